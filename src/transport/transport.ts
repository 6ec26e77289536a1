/**
 * Sending: attempts, permits and spans, and the verbs that read what came back.
 *
 * @module
 * @internal
 */
import type * as Context from "effect/Context";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Random from "effect/Random";
import type * as Schema from "effect/Schema";
import * as Scope from "effect/Scope";
import * as Semaphore from "effect/Semaphore";
import * as Stream from "effect/Stream";
import * as Tracer from "effect/Tracer";
import type * as HttpClient from "effect/http/HttpClient";
import { decodeJson, refusePage, refusePageStream } from "./answer.ts";
import { type Answer, charsetOf, lenientText, readBody, streamBody } from "./body.ts";
import { DssError } from "../errors/dss_error.ts";
import type { TransportOptions } from "./transport_options.ts";
import { SeenVersion } from "./dss_version.ts";
import { exchange, type ReadAnswer } from "./exchange.ts";
import { fastPaths } from "../fast_paths.ts";
import { scopedExecute, wholeFetch } from "./fetch_client.ts";
import type { Instance } from "./instance.ts";
import { countRetry, measure, unmeasured } from "./metrics.ts";
import { type DssErrorReason, Invalid, type OutcomeUnknown, TooLarge } from "../errors/reasons.ts";
import { reusable } from "./one_buffer.ts";
import type { DssRequest } from "./request.ts";
import { isLost, nextPause, nothingSent, retryPolicy, RetryQuota, verdict } from "./retry.ts";
import { type Scrub, scrubber } from "../errors/scrubber.ts";

const millis = (duration: Duration.Input | undefined, otherwise: Duration.Input): Duration.Duration =>
  Duration.fromInputUnsafe(duration ?? otherwise);

/** The verbs of a connection. Each takes the name of the calling method, as `"Jobs.get"`: its span and its errors carry it. */
export interface Transport {
  /** Sends a request and decodes the JSON of the answer. */
  json<A>(method: string, request: DssRequest, schema: Schema.Codec<A, unknown>): Effect.Effect<A, DssError>;
  /** Sends a request and gives the answer as text. */
  text(method: string, request: DssRequest): Effect.Effect<string, DssError>;
  /** Sends a request and drops the answer; a DELETE that was sent again and then finds nothing has succeeded. */
  empty(method: string, request: DssRequest): Effect.Effect<void, DssError>;
  /** Sends a request and streams the bytes of the answer; an answer that ends early fails the stream. */
  stream(method: string, request: DssRequest): Stream.Stream<Uint8Array, DssError>;
}

/** Makes the verbs of a connection. */
export const makeTransport = (
  instance: Instance,
  options: TransportOptions,
  client: HttpClient.HttpClient,
  ActingFor: Context.Reference<string | undefined>,
): Transport => {
  const scrubInstance = scrubber(instance.secrets);
  const permits = Semaphore.makeUnsafe(options.concurrency ?? 8);
  const policy = retryPolicy(options.retry);
  const version = new SeenVersion();
  const connection = {
    execute: scopedExecute(client),
    fetchWhole: wholeFetch(client),
    instance,
    traceHeaders: options.traceHeaders === true,
    version,
  };
  const quota = new RetryQuota(options.retry?.quota ?? 100);
  const deadline = millis(options.deadline, "30 seconds");
  const slowDeadline = millis(options.slowDeadline, "10 minutes");
  const idleLimit = millis(options.idleLimit, "1 minute");
  const maxBodyBytes = options.maxBodyBytes ?? 268_435_456;

  /** Holds a permit; what starts something waits for it interruptibly, and is not interrupted afterwards. */
  const permitted = <A, E, R>(effect: Effect.Effect<A, E, R>, starts: boolean): Effect.Effect<A, E, R> =>
    starts
      // In a scope, because an interruption may come between the taking and the first step after it.
      ? Effect.scopedWith((scope) =>
        Effect.andThen(Effect.interruptible(Scope.provide(permits.takeScoped(1), scope)), effect)
      )
      : permits.withPermit(effect);

  const isMeasured = options.metrics === true;
  const measured = isMeasured ? measure : unmeasured;

  /** Attempts until one succeeds or none is left; `gone` is the answer of a DELETE that was carried out by a lost attempt. */
  const attempts = <A, R>(
    method: string,
    request: DssRequest,
    attempt: Effect.Effect<A, DssErrorReason, R>,
    gone: A | undefined,
    span: Tracer.Span | undefined,
  ): Effect.Effect<A, DssErrorReason, R> => {
    const repeatable = request.repeatable ?? request.method !== "POST";
    const starts = request.starts === true;
    const one = Effect.tap(permitted(attempt, starts), () => Effect.sync(() => quota.giveBack()));
    let lost: OutcomeUnknown["lost"] | undefined;
    let waited = 0;
    const next = (made: number): Effect.Effect<A, DssErrorReason, R> => {
      span?.attribute("http.request.attempts", made);
      return Effect.catch(one, (reason) => failed(made, reason));
    };
    /** What comes after an attempt that failed. */
    const failed = (made: number, reason: DssErrorReason): Effect.Effect<A, DssErrorReason, R> =>
      Effect.gen(function* () {
        if (
          lost !== undefined && request.method === "DELETE" && reason._tag === "NotFound" && gone !== undefined
        ) return gone;
        if (isLost(reason)) lost = reason;
        const mayRepeat = reason.isRetryable && (repeatable || nothingSent(reason));
        const asked = "retryAfter" in reason ? reason.retryAfter : undefined;
        const pause = mayRepeat ? nextPause(policy, made, waited, asked, yield* Random.next) : undefined;
        if (pause === undefined || !quota.take()) return yield* Effect.fail(verdict(request, reason, lost));
        waited += pause;
        if (isMeasured) yield* countRetry(method, reason);
        yield* starts ? Effect.interruptible(Effect.sleep(pause)) : Effect.sleep(pause);
        const { unlessDone } = request;
        if (lost !== undefined && unlessDone !== undefined && (yield* Effect.orElseSucceed(unlessDone, () => true))) {
          return yield* Effect.fail(verdict(request, lost, lost));
        }
        return yield* next(made + 1);
      });
    return starts ? Effect.uninterruptible(next(1)) : next(1);
  };

  /** Runs within the span of a call; without a tracer that could see it, and no headers to send of it, there is none. */
  const spanned = <A, E, R>(
    method: string,
    request: DssRequest,
    run: (span: Tracer.Span | undefined, actingFor: string | undefined) => Effect.Effect<A, E, R>,
  ): Effect.Effect<A, E, R> =>
    Effect.withFiber((fiber) => {
      const actingFor = fiber.getRef(ActingFor);
      const isSeen = options.traceHeaders === true || fiber.getRef(Tracer.Tracer) !== Tracer.nativeTracer;
      if (!isSeen && fastPaths.unseenSpans) return run(undefined, actingFor);
      const attributes = { "http.request.method": request.method, "http.route": request.path.template };
      return Effect.useSpan(method, { kind: "client", attributes }, (span) =>
        Effect.withParentSpan(run(span, actingFor), span));
    });

  /** Sends; `hold` says how long an answer that is streamed stays open. */
  const send = <A, R>(
    method: string,
    request: DssRequest,
    read: (scrub: Scrub, span: Tracer.Span | undefined) => ReadAnswer<A>,
    hold: (attempt: Effect.Effect<A, DssErrorReason, Scope.Scope>) => Effect.Effect<A, DssErrorReason, R>,
    behaviour: { readonly limit?: number; readonly gone?: A; readonly compressible?: boolean } = {},
  ): Effect.Effect<A, DssError, R> =>
    measured(method, request)(spanned(method, request, (span, actingFor) => {
      const { invalid, secrets } = request.path;
      if (invalid !== undefined) return Effect.fail(new Invalid({ detail: invalid }));
      const lacking = version.lacks(request);
      if (lacking !== undefined) return Effect.fail(lacking);
      const scrub = secrets.length === 0 ? scrubInstance : scrubber([...instance.secrets, ...secrets]);
      const isSlow = request.slow === true || request.parts !== undefined || request.content !== undefined;
      const patience = { deadline: isSlow ? slowDeadline : deadline, idleLimit };
      const attempt = exchange(request, read(scrub, span), hold, {
        ...connection,
        ...behaviour,
        ...patience,
        actingFor,
        span,
        scrub,
      });
      return Effect.mapError(
        attempts(method, request, attempt, behaviour.gone, span),
        (reason) => version.explains(request, reason),
      );
    })).pipe(Effect.mapError((reason) => new DssError({ method, reason })));

  /** Sends, and reads the whole body; its size is on the span. */
  const whole = <A>(
    method: string,
    request: DssRequest,
    read: (answer: Answer, bytes: Uint8Array, scrub: Scrub) => Effect.Effect<A, DssErrorReason>,
    behaviour?: { readonly gone?: A; readonly compressible?: boolean },
  ): Effect.Effect<A, DssError> => {
    const { streamedBy } = request;
    const named = (reason: DssErrorReason): DssErrorReason =>
      reason._tag === "TooLarge" && streamedBy !== undefined
        ? new TooLarge({ limit: reason.limit, streamedBy })
        : reason;
    return send(
      method,
      request,
      (scrub, span) => (answer, broken) =>
        Effect.flatMap(Effect.mapError(readBody(answer, maxBodyBytes, broken), named), (bytes) => {
          span?.attribute("http.response.body.size", bytes.length);
          return read(answer, bytes, scrub);
        }),
      Effect.scoped,
      { ...behaviour, limit: maxBodyBytes },
    );
  };

  return {
    json: (method, request, schema) =>
      whole(
        method,
        request,
        (answer, bytes, scrub) => decodeJson(answer, bytes, schema, request, scrub),
        { compressible: true },
      ),
    text: (method, request) =>
      whole(
        method,
        request,
        (answer, bytes, scrub) => Effect.as(refusePage(answer, bytes, scrub), lenientText(bytes, charsetOf(answer))),
      ),
    empty: (method, request) =>
      Effect.asVoid(whole(
        method,
        request,
        (answer, bytes, scrub) => Effect.as(refusePage(answer, bytes, scrub), true),
        { gone: true },
      )),
    stream: (method, request) => {
      const read =
        (reuses: boolean) =>
        (scrub: Scrub): ReadAnswer<Stream.Stream<Uint8Array, DssErrorReason>> =>
        (answer, broken) => {
          const bytes = streamBody(answer, broken, { idleLimit, reuses });
          return Effect.succeed(request.page === true ? bytes : refusePageStream(answer, bytes, scrub));
        };
      const streamed = (reuses: boolean): Stream.Stream<Uint8Array, DssError> =>
        Stream.unwrap(send(method, request, read(reuses), (attempt) => attempt)).pipe(
          Stream.mapError((error) => error._tag === "DssError" ? error : new DssError({ method, reason: error })),
        );
      return reusable(streamed(false), () => streamed(true));
    },
  };
};
