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
import * as Result from "effect/Result";
import * as Scope from "effect/Scope";
import * as Semaphore from "effect/Semaphore";
import * as Stream from "effect/Stream";
import * as HttpClient from "effect/http/HttpClient";
import { decodeJson, lenientText, readBody, refusePage, streamBody } from "./answer.ts";
import type { Dss } from "./dss.ts";
import { DssError } from "./dss_error.ts";
import type { DssOptions } from "./dss_options.ts";
import { parseExact, parseJson } from "./exact_json.ts";
import { exchange, type ReadAnswer } from "./exchange.ts";
import { readInstance } from "./instance.ts";
import { type DssErrorReason, Invalid, type OutcomeUnknown, TimedOut, UnexpectedContent } from "./reasons.ts";
import type { DssRequest } from "./request.ts";
import { isLost, nextPause, nothingSent, retryPolicy, RetryQuota, verdict } from "./retry.ts";
import { type Scrub, scrubber } from "./secrets.ts";

const millis = (duration: Duration.Input | undefined, otherwise: Duration.Input): Duration.Duration =>
  Duration.fromInputUnsafe(duration ?? otherwise);

/** Makes the connection. */
export const makeTransport = (
  options: DssOptions,
  client: HttpClient.HttpClient,
  ActingFor: Context.Reference<string | undefined>,
): Effect.Effect<Dss, DssError> => {
  const instance = readInstance(options);
  if ("wrong" in instance) {
    return Effect.fail(new DssError({ method: "Dss.make", reason: new Invalid({ detail: instance.wrong }) }));
  }
  const http = HttpClient.withScope(client);
  const permits = Semaphore.makeUnsafe(options.concurrency ?? 8);
  const policy = retryPolicy(options.retry);
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

  /** Attempts until one succeeds or none is left; `gone` is the answer of a DELETE that was carried out by a lost attempt. */
  const attempts = <A>(
    request: DssRequest,
    attempt: Effect.Effect<A, DssErrorReason, Scope.Scope>,
    gone: A | undefined,
  ): Effect.Effect<A, DssErrorReason, Scope.Scope> =>
    Effect.gen(function* () {
      const repeatable = request.repeatable ?? request.method !== "POST";
      const starts = request.starts === true;
      let lost: OutcomeUnknown["lost"] | undefined;
      let waited = 0;
      for (let made = 1;; made++) {
        const end = yield* Effect.result(permitted(attempt, starts));
        yield* Effect.annotateCurrentSpan("http.request.attempts", made);
        if (Result.isSuccess(end)) {
          quota.giveBack();
          return end.success;
        }
        const reason = end.failure;
        if (
          lost !== undefined && request.method === "DELETE" && reason._tag === "NotFound" && gone !== undefined
        ) return gone;
        if (isLost(reason)) lost = reason;
        const mayRepeat = reason.isRetryable && (repeatable || nothingSent(reason));
        const asked = "retryAfter" in reason ? reason.retryAfter : undefined;
        const pause = mayRepeat ? nextPause(policy, made, waited, asked, yield* Random.next) : undefined;
        if (pause === undefined || !quota.take()) return yield* Effect.fail(verdict(request, reason, lost));
        waited += pause;
        yield* starts ? Effect.interruptible(Effect.sleep(pause)) : Effect.sleep(pause);
        const { unlessDone } = request;
        if (lost !== undefined && unlessDone !== undefined && (yield* Effect.orElseSucceed(unlessDone, () => true))) {
          return yield* Effect.fail(verdict(request, lost, lost));
        }
      }
    }).pipe(request.starts === true ? Effect.uninterruptible : (self) => self);

  const send = <A>(
    method: string,
    request: DssRequest,
    read: (scrub: Scrub) => ReadAnswer<A>,
    behaviour: { readonly scoped: boolean; readonly gone?: A; readonly compressible?: boolean } = { scoped: true },
  ): Effect.Effect<A, DssError, Scope.Scope> =>
    Effect.gen(function* () {
      const { invalid } = request.path;
      if (invalid !== undefined) return yield* Effect.fail(new Invalid({ detail: invalid }));
      const scrub = scrubber([...instance.secrets, ...request.path.secrets]);
      const attempt = exchange(request, read(scrub), {
        http,
        instance,
        actingFor: yield* ActingFor,
        traceHeaders: options.traceHeaders ?? false,
        compressible: behaviour.compressible ?? false,
        deadline: request.slow === true || request.parts !== undefined || request.content !== undefined
          ? slowDeadline
          : deadline,
        idleLimit,
        scrub,
      });
      return yield* attempts(request, behaviour.scoped ? Effect.scoped(attempt) : attempt, behaviour.gone);
    }).pipe(
      Effect.mapError((reason) => new DssError({ method, reason })),
      Effect.withSpan(method, {
        kind: "client",
        attributes: { "http.request.method": request.method, "http.route": request.path.template },
      }),
    );

  /** The whole body; its size is on the span. */
  const bodyOf: ReadAnswer<Uint8Array> = (response, broken) =>
    Effect.tap(
      readBody(response, maxBodyBytes, broken),
      (bytes) => Effect.annotateCurrentSpan("http.response.body.size", bytes.length),
    );

  return Effect.succeed<Dss>({
    instance: instance.origin,
    json: (method, request, schema) =>
      Effect.scoped(send(method, request, (scrub) => (response, broken) =>
        Effect.flatMap(
          bodyOf(response, broken),
          (bytes) => decodeJson(response, bytes, schema, request.exact === true ? parseExact : parseJson, scrub),
        ), { scoped: true, compressible: true })),
    text: (method, request) =>
      Effect.scoped(
        send(method, request, (scrub) => (response, broken) =>
          Effect.flatMap(
            bodyOf(response, broken),
            (bytes) => Effect.as(refusePage(response, bytes, scrub), lenientText(bytes)),
          )),
      ),
    empty: (method, request) =>
      Effect.scoped(
        send(method, request, (scrub) => (response, broken) =>
          Effect.flatMap(
            bodyOf(response, broken),
            (bytes) => Effect.as(refusePage(response, bytes, scrub), true),
          ), { scoped: true, gone: true }),
      ).pipe(Effect.asVoid),
    stream: (method, request) => {
      const idle = new TimedOut({ after: idleLimit, waitingFor: "bytes" });
      const read: ReadAnswer<Stream.Stream<Uint8Array, DssErrorReason>> = (response, broken) =>
        request.page !== true && response.headers["content-type"]?.startsWith("text/html") === true
          ? Effect.fail(new UnexpectedContent({ status: response.status, found: "html", detail: "a page, not data" }))
          : Effect.succeed(Stream.timeoutOrElse(streamBody(response, broken), {
            duration: idleLimit,
            orElse: () => Stream.fail(idle),
          }));
      return Stream.unwrap(send(method, request, () => read, { scoped: false })).pipe(
        Stream.mapError((error) => error._tag === "DssError" ? error : new DssError({ method, reason: error })),
      );
    },
  });
};
