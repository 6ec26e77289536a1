/**
 * One attempt: a request goes out, its whole answer comes back within a deadline, or one reason says why not.
 *
 * @module
 * @internal
 */
import * as Clock from "effect/Clock";
import type * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import * as HttpClient from "effect/http/HttpClient";
import type * as HttpClientError from "effect/http/HttpClientError";
import * as HttpClientRequest from "effect/http/HttpClientRequest";
import type * as HttpClientResponse from "effect/http/HttpClientResponse";
import * as HttpTraceContext from "effect/http/HttpTraceContext";
import { lenientText, readBody } from "./answer.ts";
import { classify } from "./classify.ts";
import { type Instance, unfitLogin } from "./instance.ts";
import { type DssErrorReason, Invalid, TimedOut, UnexpectedContent, UploadFailed } from "./reasons.ts";
import type { DssRequest, Query } from "./request.ts";
import { requestBody, type UploadProgress } from "./request_body.ts";
import { retryAfter } from "./retry.ts";
import type { Scrub } from "./secrets.ts";
import { transportFailure } from "./transport_failure.ts";

/** What an attempt needs besides the request. */
export interface Surroundings {
  readonly http: HttpClient.HttpClient.With<HttpClientError.HttpClientError, Scope.Scope>;
  readonly instance: Instance;
  /** Login to act for. */
  readonly actingFor: string | undefined;
  readonly traceHeaders: boolean;
  /** Whether the answer may be compressed: a runtime may hide that a compressed body is cut. */
  readonly compressible: boolean;
  readonly deadline: Duration.Duration;
  /** Longest pause between two pieces of a streamed body. */
  readonly idleLimit: Duration.Duration;
  readonly scrub: Scrub;
}

/** What is done with an answer whose status says success. */
export type ReadAnswer<A> = (
  response: HttpClientResponse.HttpClientResponse,
  broken: (error: unknown) => DssErrorReason,
) => Effect.Effect<A, DssErrorReason>;

/** Prefix of the public API, as the official client sends it. */
const prefix = "/dip/publicapi";

/** Most bytes of an error answer that are read. */
const errorBodyLimit = 1_048_576;

const search = (query: Query = {}): string => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
  }
  return params.size === 0 ? "" : `?${params}`;
};

/** Why a query cannot be sent: what is not well-formed would be sent as something else. */
const unfitQuery = (query: Query = {}): string | undefined => {
  const unfit = Object.entries(query).find(([, value]) => [value].flat().some((one) => !String(one).isWellFormed()));
  return unfit === undefined ? undefined : `the value of ${unfit[0]} in the query is not well-formed Unicode`;
};

/** A client that follows redirects has done so before we see the answer; the address it ended at tells. */
const wasRedirected = (response: HttpClientResponse.HttpClientResponse, url: string): boolean => {
  if (!URL.canParse(response.url)) return false;
  const [asked, answered] = [new URL(url), new URL(response.url)];
  return asked.origin !== answered.origin || asked.pathname !== answered.pathname;
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

/** Makes one attempt. */
export const exchange = <A>(
  request: DssRequest,
  read: ReadAnswer<A>,
  { http, instance, actingFor, traceHeaders, compressible, deadline, idleLimit, scrub }: Surroundings,
): Effect.Effect<A, DssErrorReason, Scope.Scope> =>
  Effect.gen(function* () {
    const unfit = unfitQuery(request.query) ?? (actingFor === undefined ? undefined : unfitLogin(actingFor));
    if (unfit !== undefined) return yield* Effect.fail(new Invalid({ detail: unfit }));
    const url = `${instance.url}${prefix}${request.path.value}${search(request.query)}`;
    const headers = {
      ...instance.headers,
      ...(actingFor === undefined ? {} : { "x-dku-proxyuser": actingFor }),
      ...(compressible ? {} : { "accept-encoding": "identity" }),
      ...(traceHeaders ? HttpTraceContext.toHeaders(yield* Effect.orDie(Effect.currentSpan)) : {}),
    };
    const body = yield* requestBody(request);
    const progress = body?.progress;
    const sent = HttpClientRequest.make(request.method)(url, {
      headers,
      ...(body === undefined ? {} : { body: body.body }),
    });
    const broken = (error: unknown): DssErrorReason => transportFailure(error, "body", instance.origin, scrub);
    const answered = Effect.gen(function* () {
      const response = yield* http.execute(sent).pipe(
        Effect.mapError((error) =>
          progress?.failure === undefined
            ? transportFailure(error, "request", instance.origin, scrub)
            : new UploadFailed({ detail: scrub(String(progress.failure.cause)) })
        ),
      );
      if (wasRedirected(response, url)) {
        const detail = scrub(new URL(response.url).origin);
        return yield* Effect.fail(new UnexpectedContent({ status: response.status, found: "redirect", detail }));
      }
      yield* Effect.annotateCurrentSpan("http.response.status_code", response.status);
      if (response.status >= 200 && response.status < 300) return yield* read(response, broken);
      return yield* Effect.fail(yield* failedAnswer(response, instance, scrub, broken));
    });
    return yield* progress === undefined
      ? Effect.timeoutOrElse(answered, {
        duration: deadline,
        orElse: () => Effect.fail(new TimedOut({ after: deadline, waitingFor: "answer" })),
      })
      : Effect.raceFirst(answered, whileUploading(progress, idleLimit, deadline));
  }).pipe(Effect.provideService(HttpClient.TracerDisabledWhen, () => true));

/** What an answer that is not a success says. */
const failedAnswer = (
  response: HttpClientResponse.HttpClientResponse,
  instance: Instance,
  scrub: (text: string) => string,
  broken: (error: unknown) => DssErrorReason,
): Effect.Effect<DssErrorReason> =>
  Effect.gen(function* () {
    // An error whose body breaks off is still that error: the status says more than the missing words.
    const body = yield* Effect.orElseSucceed(readBody(response, errorBodyLimit, broken), () => new Uint8Array());
    const now = yield* Clock.currentTimeMillis;
    return classify({
      status: response.status,
      contentType: response.headers["content-type"],
      location: response.headers["location"],
      retryAfter: retryAfter(response.headers["retry-after"], response.headers["date"], now),
      body: lenientText(body),
      scrub,
      instance: instance.origin,
    });
  });
