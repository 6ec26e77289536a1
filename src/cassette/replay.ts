/**
 * Replaying: what was recorded answers in place of a DSS.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import * as Stream from "effect/Stream";
import * as HttpClient from "effect/http/HttpClient";
import * as HttpClientError from "effect/http/HttpClientError";
import type * as HttpClientRequest from "effect/http/HttpClientRequest";
import type * as HttpClientResponse from "effect/http/HttpClientResponse";
import * as HttpServerResponse from "effect/http/HttpServerResponse";
import type {
  Cassette,
  CassetteOptions,
  RecordedBody,
  RecordedExchange,
  RecordedFailure,
  RecordedRequest,
} from "./cassette.ts";
import { Redaction, secretsOfHeaders } from "./secrets.ts";
import { NotRecorded } from "../transport/not_recorded.ts";
import { actingForOf, learnSent, sentBody, shownBody, targetOf } from "./recorded_request.ts";
import { GivenSecrets } from "../transport/request_secrets.ts";

/** What tells a request from others; two that are equal are answered in turn. */
const keyOf = ({ method, target, actingFor, body }: RecordedRequest): string =>
  JSON.stringify([method, target, actingFor ?? null, body ?? null]);

const bytesOf = (body: RecordedBody | undefined): Uint8Array => {
  if (body === undefined || "withheld" in body) return new Uint8Array();
  if ("base64" in body) return Uint8Array.from(atob(body.base64), (character) => character.charCodeAt(0));
  return new TextEncoder().encode("text" in body ? body.text : JSON.stringify(body.json));
};

const revived = ({ name, message, code }: RecordedFailure): Error =>
  Object.assign(new Error(message), { name, ...(code === undefined ? {} : { code }) });

const failed = (request: HttpClientRequest.HttpClientRequest, cause: Error): HttpClientError.HttpClientError =>
  new HttpClientError.HttpClientError({ reason: new HttpClientError.TransportError({ request, cause }) });

const answered = (
  exchange: RecordedExchange,
  request: HttpClientRequest.HttpClientRequest,
): Effect.Effect<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError> => {
  const { answer, failure } = exchange;
  if (failure !== undefined) return Effect.fail(failed(request, revived(failure)));
  if (answer === undefined) return Effect.never;
  const { status, headers, body, cut } = answer;
  if (body !== undefined && "withheld" in body) {
    const what = `the answer to ${request.method} ${exchange.request.target} is not on the cassette: ${body.withheld}`;
    return Effect.fail(failed(request, new NotRecorded(what)));
  }
  const bytes = bytesOf(body);
  const contentType = headers["content-type"] ?? "application/octet-stream";
  const response = cut === undefined
    ? bytes.length === 0
      ? HttpServerResponse.empty({ status, headers })
      : HttpServerResponse.uint8Array(bytes, { status, headers, contentType })
    : HttpServerResponse.stream(
      Stream.concat(Stream.make(bytes), cut === "not read further" ? Stream.never : Stream.fail(revived(cut))),
      { status, headers, contentType },
    );
  return Effect.succeed(HttpServerResponse.toClientResponse(response, { request }));
};

/** An `HttpClient` that answers from a cassette, from its beginning. */
export const makeReplay = (cassette: Cassette, options: CassetteOptions): HttpClient.HttpClient => {
  const redaction = new Redaction();
  redaction.add((options.secrets ?? []).map((secret) => Redacted.value(secret)));
  const left = new Map<string, Array<RecordedExchange>>();
  for (const exchange of cassette.exchanges) {
    const key = keyOf(exchange.request);
    left.set(key, [...left.get(key) ?? [], exchange]);
  }
  return HttpClient.make((request, url) =>
    Effect.gen(function* () {
      const target = targetOf(url);
      const sent = yield* sentBody(request.body);
      redaction.add([...secretsOfHeaders(request.headers), ...yield* GivenSecrets]);
      learnSent(sent, target, redaction);
      const body = shownBody(sent, target, redaction);
      const actingFor = actingForOf(request.headers);
      const asked: RecordedRequest = {
        method: request.method,
        target: redaction.target(target),
        ...(actingFor === undefined ? {} : { actingFor: redaction.text(actingFor) }),
        ...(body === undefined ? {} : { body }),
      };
      const recorded = left.get(keyOf(asked));
      const next = recorded?.shift();
      if (next !== undefined) return yield* answered(next, request);
      const what = `${asked.method} ${asked.target}`;
      const why = recorded !== undefined
        ? `is on the cassette, but was asked more often than it was recorded`
        : cassette.exchanges.some((other) => `${other.request.method} ${other.request.target}` === what)
        ? `is on the cassette, but with another body or for another user`
        : `is not on the cassette`;
      return yield* Effect.fail(failed(request, new NotRecorded(`${what} ${why}`)));
    })
  );
};
