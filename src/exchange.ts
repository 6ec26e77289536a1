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
import * as HttpBody from "effect/http/HttpBody";
import * as HttpClient from "effect/http/HttpClient";
import type * as HttpClientError from "effect/http/HttpClientError";
import * as HttpClientRequest from "effect/http/HttpClientRequest";
import type * as HttpClientResponse from "effect/http/HttpClientResponse";
import * as HttpTraceContext from "effect/http/HttpTraceContext";
import { lenientText, readBody } from "./answer.ts";
import { classify } from "./classify.ts";
import type { Instance } from "./instance.ts";
import { type DssErrorReason, Invalid, TimedOut, UnexpectedContent } from "./reasons.ts";
import type { DssRequest, Query } from "./request.ts";
import { retryAfter } from "./retry.ts";
import { transportFailure } from "./transport_failure.ts";

/** What an attempt needs besides the request. */
export interface Surroundings {
  readonly http: HttpClient.HttpClient.With<HttpClientError.HttpClientError, Scope.Scope>;
  readonly instance: Instance;
  /** Login to act for. */
  readonly actingFor: string | undefined;
  readonly traceHeaders: boolean;
  readonly deadline: Duration.Duration;
  /** Removes secrets from what is shown. */
  readonly scrub: (text: string) => string;
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

const httpRequest = (
  request: DssRequest,
  url: string,
  headers: Readonly<Record<string, string>>,
): Effect.Effect<HttpClientRequest.HttpClientRequest, Invalid> =>
  Effect.try({
    try: () =>
      HttpClientRequest.make(request.method)(url, {
        headers,
        ...(request.json === undefined
          ? {}
          : { body: HttpBody.text(JSON.stringify(request.json), "application/json") }),
      }),
    catch: (error) =>
      new Invalid({ detail: `the body is not JSON: ${error instanceof Error ? error.message : error}` }),
  });

/** A client that follows redirects has done so before we see the answer; the address it ended at tells. */
const wasRedirected = (response: HttpClientResponse.HttpClientResponse, url: string): boolean => {
  if (!URL.canParse(response.url)) return false;
  const [asked, answered] = [new URL(url), new URL(response.url)];
  return asked.origin !== answered.origin || asked.pathname !== answered.pathname;
};

/** Makes one attempt. */
export const exchange = <A>(
  request: DssRequest,
  read: ReadAnswer<A>,
  { http, instance, actingFor, traceHeaders, deadline, scrub }: Surroundings,
): Effect.Effect<A, DssErrorReason, Scope.Scope> =>
  Effect.gen(function* () {
    const url = `${instance.url}${prefix}${request.path.value}${search(request.query)}`;
    const headers = {
      ...instance.headers,
      ...(actingFor === undefined ? {} : { "x-dku-proxyuser": actingFor }),
      ...(traceHeaders ? HttpTraceContext.toHeaders(yield* Effect.orDie(Effect.currentSpan)) : {}),
    };
    const sent = yield* httpRequest(request, url, headers);
    const broken = (error: unknown): DssErrorReason => transportFailure(error, "body", instance.origin, scrub);
    const response = yield* http.execute(sent).pipe(
      Effect.mapError((error) => transportFailure(error, "request", instance.origin, scrub)),
    );
    if (wasRedirected(response, url)) {
      const detail = new URL(response.url).origin;
      return yield* Effect.fail(new UnexpectedContent({ status: response.status, found: "redirect", detail }));
    }
    yield* Effect.annotateCurrentSpan("http.response.status_code", response.status);
    if (response.status >= 200 && response.status < 300) return yield* read(response, broken);
    // An error whose body breaks off is still that error: the status says more than the missing words.
    const body = yield* Effect.orElseSucceed(readBody(response, errorBodyLimit, broken), () => new Uint8Array());
    const now = yield* Clock.currentTimeMillis;
    return yield* Effect.fail(classify({
      status: response.status,
      contentType: response.headers["content-type"],
      location: response.headers["location"],
      retryAfter: retryAfter(response.headers["retry-after"], response.headers["date"], now),
      body: lenientText(body),
      scrub,
      instance: instance.origin,
    }));
  }).pipe(
    Effect.provideService(HttpClient.TracerDisabledWhen, () => true),
    Effect.timeoutOrElse({
      duration: deadline,
      orElse: () => Effect.fail(new TimedOut({ after: deadline, waitingFor: "answer" })),
    }),
  );
