/**
 * One attempt: a request goes out, its whole answer comes back within a deadline, or one reason says why not.
 *
 * @module
 * @internal
 */
import * as Clock from "effect/Clock";
import * as Context from "effect/Context";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import * as Result from "effect/Result";
import * as Scope from "effect/Scope";
import type * as Tracer from "effect/Tracer";
import * as Headers from "effect/http/Headers";
import * as HttpBody from "effect/http/HttpBody";
import * as HttpClientRequest from "effect/http/HttpClientRequest";
import * as HttpTraceContext from "effect/http/HttpTraceContext";
import * as UrlParams from "effect/http/UrlParams";
import { type Answer, lenientText, longestTimer, readBody } from "./body.ts";
import { unreadableEncoding } from "./content_encoding.ts";
import { NotRecorded } from "./not_recorded.ts";
import { classify } from "./classify.ts";
import type { SeenVersion } from "./dss_version.ts";
import { closed, type FetchWhole, type PlainRequest, type ScopedExecute } from "./fetch_client.ts";
import { type Instance, unfitLogin } from "./instance.ts";
import {
  type DssErrorReason,
  Invalid,
  TimedOut,
  Truncated,
  UnexpectedContent,
  UploadFailed,
} from "../errors/reasons.ts";
import { search } from "./query.ts";
import type { DssRequest } from "./request.ts";
import { oneLine } from "../errors/one_line.ts";
import { requestBody, type UploadProgress } from "./request_body.ts";
import { retryAfter } from "./retry.ts";
import type { Scrub } from "../errors/scrubber.ts";
import { transportFailure } from "./transport_failure.ts";
import type { Received } from "./received.ts";

/** What an attempt needs besides the request. */
export interface Surroundings {
  readonly execute: ScopedExecute;
  /** Sends and brings the whole answer in one step, where the client can. */
  readonly fetchWhole: FetchWhole | undefined;
  /** Most bytes of an answer that is read whole; `undefined` for one that is streamed. */
  readonly limit?: number;
  readonly instance: Instance;
  /** Login to act for. */
  readonly actingFor: string | undefined;
  /** Span of the call, when somebody may see it. */
  readonly span: Tracer.Span | undefined;
  readonly traceHeaders: boolean;
  /** Whether the answer may be compressed: a runtime may hide that a compressed body is cut. */
  readonly compressible?: boolean;
  readonly deadline: Duration.Duration;
  /** Longest pause between two pieces of a streamed body. */
  readonly idleLimit: Duration.Duration;
  readonly scrub: Scrub;
  /** Told the headers of each answer. */
  readonly version: SeenVersion;
}

/** What is done with an answer whose status says success. */
export type ReadAnswer<A> = (
  answer: Answer,
  broken: (error: unknown) => DssErrorReason,
) => Effect.Effect<A, DssErrorReason>;

/** Prefix of the public API, as the official client sends it. */
const prefix = "/dip/publicapi";

/** Most bytes of an error answer that are read. */
const errorBodyLimit = 1_048_576;

/** A client that follows redirects has done so before we see the answer; the address it ended at tells. */
const redirectedTo = (answered: string, url: string): string | undefined => {
  if (answered === url || !URL.canParse(answered)) return undefined;
  const [asked, found] = [new URL(url), new URL(answered)];
  return asked.origin === found.origin && asked.pathname === found.pathname ? undefined : found.origin;
};

/** A request whose body flows for long is in time as long as it flows; then its answer has the deadline. */
const whileUploading = (
  progress: UploadProgress,
  idleLimit: Duration.Duration,
  deadline: Duration.Duration,
): Effect.Effect<never, TimedOut> =>
  Effect.gen(function* () {
    for (let seen = -1; !progress.ended;) {
      if (seen === progress.pieces) return yield* Effect.fail(new TimedOut({ after: idleLimit, waitingFor: "bytes" }));
      seen = progress.pieces;
      yield* Effect.sleep(idleLimit);
    }
    yield* Effect.sleep(deadline);
    return yield* Effect.fail(new TimedOut({ after: deadline, waitingFor: "answer" }));
  });

/** The clock where nobody has provided another one: a timer of the runtime is on it. */
const systemClock = Context.get(Context.empty(), Clock.Clock);

/** Makes one attempt; `hold` says how long an answer that is streamed stays open. */
export const exchange = <A, R>(
  request: DssRequest,
  read: ReadAnswer<A>,
  hold: (attempt: Effect.Effect<A, DssErrorReason, Scope.Scope>) => Effect.Effect<A, DssErrorReason, R>,
  surroundings: Surroundings,
): Effect.Effect<A, DssErrorReason, R> =>
  Effect.withFiber((fiber) => {
    const clock = fiber.getRef(Clock.Clock);
    const began = clock.currentTimeMillisUnsafe();
    const { instance, actingFor, span, deadline, limit, scrub } = surroundings;
    const query = search(request.query);
    if (Result.isFailure(query)) return Effect.fail(new Invalid({ detail: oneLine(query.failure, 500) }));
    const unfit = actingFor === undefined ? undefined : unfitLogin(actingFor);
    if (unfit !== undefined) return Effect.fail(new Invalid({ detail: unfit }));
    const body = requestBody(request);
    if (body instanceof Invalid) return Effect.fail(body);
    const progress = body?.progress;
    const sent: PlainRequest = {
      method: request.method,
      url: `${instance.url}${prefix}${request.path.value}${query.success}`,
      headers: {
        ...instance.headers,
        ...(actingFor === undefined ? {} : { "x-dku-proxyuser": actingFor }),
        ...(surroundings.compressible === true ? {} : { "accept-encoding": "identity" }),
        ...(surroundings.traceHeaders && span !== undefined ? HttpTraceContext.toHeaders(span) : {}),
      },
      body: body?.body,
    };
    const millis = Duration.toMillis(deadline);
    const late = (): TimedOut => new TimedOut({ after: deadline, waitingFor: "answer" });
    const broken = (error: unknown): DssErrorReason => transportFailure(error, "body", instance.origin, scrub);
    const failed = (error: unknown): DssErrorReason => transportFailure(error, "request", instance.origin, scrub);
    const answered = (response: Received): Effect.Effect<A, DssErrorReason> => {
      const { status, headers } = response;
      const elsewhere = redirectedTo(response.url, sent.url);
      if (elsewhere !== undefined) {
        return Effect.fail(new UnexpectedContent({ status, found: "redirect", detail: scrub(elsewhere) }));
      }
      span?.attribute("http.response.status_code", status);
      surroundings.version.see(headers);
      const answer: Answer = {
        status,
        headers,
        body: response,
        leavesNoTime: (needed) =>
          clock.currentTimeMillisUnsafe() + needed > began + millis && progress === undefined ? late() : undefined,
      };
      const encoding = unreadableEncoding(response);
      if (status < 200 || status > 299) {
        const reason = failedAnswer(answer, encoding, instance, scrub, broken);
        return Effect.flatMap(reason, (reason) => Effect.fail(reason));
      }
      const unfit = notWhole(answer) ?? (encoding === undefined ? undefined : encoded(status, encoding));
      return unfit === undefined ? read(answer, broken) : Effect.fail(unfit);
    };
    const { fetchWhole } = surroundings;
    if (
      fetchWhole !== undefined && progress === undefined && clock === systemClock &&
      millis <= longestTimer
    ) {
      const most = (status: number) => status < 200 || status > 299 ? errorBodyLimit : limit;
      const step = { limit: most, open: undefined, deadline: millis, late, failed, broken };
      if (limit !== undefined) return Effect.flatMap(fetchWhole(sent, step), answered);
      return hold(Effect.flatMap(Effect.scope, (scope) => {
        const open = new AbortController();
        return Scope.addFinalizer(scope, Effect.sync(() => open.abort(closed))).pipe(
          Effect.andThen(fetchWhole(sent, { ...step, open })),
          Effect.flatMap(answered),
        );
      }));
    }
    const asked = Effect.mapError(surroundings.execute(ofEffect(sent)), (error) => {
      if (error.cause instanceof NotRecorded) return new Invalid({ detail: error.cause.message });
      const { failure } = progress ?? {};
      return failure === undefined ? failed(error) : new UploadFailed({ detail: scrub(String(failure.cause)) });
    });
    const exchanged = Effect.flatMap(asked, answered);
    return hold(
      progress === undefined
        ? Effect.timeoutOrElse(exchanged, { duration: deadline, orElse: () => Effect.fail(late()) })
        : Effect.raceFirst(exchanged, whileUploading(progress, surroundings.idleLimit, deadline)),
    );
  });

/** A request as the clients of Effect take it. */
const ofEffect = ({ method, url, headers, body }: PlainRequest): HttpClientRequest.HttpClientRequest => {
  const bare = HttpClientRequest.makeWith(
    method as HttpClientRequest.HttpClientRequest["method"],
    url,
    UrlParams.empty,
    Option.none(),
    Headers.fromInput(headers),
    HttpBody.empty,
  );
  return body === undefined ? bare : HttpClientRequest.setBody(bare, body);
};

/** That an answer is a part of what was asked for: nobody has asked for a part. */
const notWhole = ({ status, headers }: Answer): Truncated | undefined => {
  const range = headers["content-range"];
  if (status !== 206 && status !== 226 && range === undefined) return undefined;
  const what = range === undefined ? "" : `, ${oneLine(range, 100)}`;
  return new Truncated({ detail: `a part was answered where the whole was asked for: status ${status}${what}` });
};

const encoded = (status: number, encoding: string): UnexpectedContent =>
  new UnexpectedContent({ status, found: "encoding", detail: `bytes in the encoding ${oneLine(encoding, 100)}` });

/** What an answer that is not a success says; of one in an encoding that nobody can read here, the status says it. */
const failedAnswer = (
  answer: Answer,
  encoding: string | undefined,
  instance: Instance,
  scrub: (text: string) => string,
  broken: (error: unknown) => DssErrorReason,
): Effect.Effect<DssErrorReason> =>
  Effect.gen(function* () {
    // An error whose body breaks off is still that error: the status says more than the missing words.
    const body = encoding !== undefined
      ? new TextEncoder().encode(`its words are in the encoding ${encoding}`)
      : yield* Effect.orElseSucceed(readBody(answer, errorBodyLimit, broken), () => new Uint8Array());
    const now = yield* Clock.currentTimeMillis;
    const { status, headers } = answer;
    return classify({
      status,
      contentType: headers["content-type"],
      location: headers["location"],
      retryAfter: retryAfter(headers["retry-after"], headers["date"], now),
      body: lenientText(body),
      scrub,
      instance: instance.origin,
    });
  });
