/**
 * The client of HTTP that stands on `fetch`.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Result from "effect/Result";
import type * as Scope from "effect/Scope";
import * as FetchHttpClient from "effect/http/FetchHttpClient";
import type * as HttpBody from "effect/http/HttpBody";
import * as HttpClient from "effect/http/HttpClient";
import type * as HttpClientError from "effect/http/HttpClientError";
import * as HttpClientRequest from "effect/http/HttpClientRequest";
import * as HttpClientResponse from "effect/http/HttpClientResponse";
import { fastPaths } from "../fast_paths.ts";
import { fetchOnce } from "./fetch_once.ts";
import { fetchUpload } from "./fetch_upload.ts";
import type { Received } from "./received.ts";
import {
  type Undoing,
  undoneByAll,
  undoneByDeno,
  undoneByNobody,
  unreadableEncoding,
  withoutEncoding,
} from "./content_encoding.ts";
import { fetchedBody } from "./body.ts";
import type { DssErrorReason } from "../errors/reasons.ts";

/** Sends a request; the connection is let go when the scope closes. */
export type ScopedExecute = (
  request: HttpClientRequest.HttpClientRequest,
) => Effect.Effect<Received, HttpClientError.HttpClientError, Scope.Scope>;

/** A request as `fetch` takes it. */
export interface PlainRequest {
  readonly method: string;
  readonly url: string;
  /** With lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: HttpBody.HttpBody | undefined;
}

/** How a request and its whole answer go in one step. */
export interface OneStep {
  /** Most bytes of the body, by the status; `undefined` for one that is left to be streamed. */
  readonly limit: (status: number) => number | undefined;
  /** What ends an exchange that stays open, because its body is streamed. */
  readonly open: AbortController | undefined;
  /** How long it may take, in milliseconds, and what it means when it takes longer. */
  readonly deadline: number;
  readonly late: () => DssErrorReason;
  /** What it means that no answer comes. */
  readonly failed: (cause: unknown) => DssErrorReason;
  /** What it means that the body breaks off. */
  readonly broken: (cause: unknown) => DssErrorReason;
}

/** Sends a request and reads the whole answer: one suspension of the fiber, with one timer of the runtime. */
export type FetchWhole = (request: PlainRequest, step: OneStep) => Effect.Effect<Received, DssErrorReason>;

const isDeno = "Deno" in globalThis;

/** The shorter way past the clients that this module has made. */
const direct = new WeakMap<HttpClient.HttpClient, FetchWhole>();

/** How a client sends a request and reads the whole answer in one step, when it can; on the clock of the system alone. */
export const wholeFetch = (client: HttpClient.HttpClient): FetchWhole | undefined =>
  fastPaths.directFetch ? direct.get(client) : undefined;

/** What `fetch` has undone of the encodings, by what was asked for. */
const undoneByFetch = (asksForNone: boolean): Undoing =>
  !isDeno ? undoneByAll : asksForNone ? undoneByNobody : undoneByDeno;

/** An answer of a client without its encoding. */
export const readable = <R extends Received>(
  client: HttpClient.HttpClient,
  { headers }: Pick<HttpClientRequest.HttpClientRequest, "headers">,
  response: R,
): R => {
  const asksForNone = headers["accept-encoding"] === "identity";
  if (!direct.has(client)) return withoutEncoding(response, undoneByNobody, asksForNone);
  return withoutEncoding(response, undoneByFetch(asksForNone), true);
};

/** How a client sends within a scope. */
export const scopedExecute = (client: HttpClient.HttpClient): ScopedExecute => {
  const scoped = HttpClient.withScope(client);
  return (request) =>
    // The span of such a client would show addresses with ids.
    Effect.provideService(scoped.execute(request), HttpClient.TracerDisabledWhen, () => true).pipe(
      Effect.map((response) => readable(client, request, response)),
    );
};

/** The headers that are looked at. */
const read = ["content-type", "content-length", "content-encoding", "content-range", "dss-version"];
const readOfFailures = [...read, "location", "retry-after", "date"];

/** Asking for each costs a tenth of going through all. */
const headersOf = ({ ok, headers }: Response): Received["headers"] => {
  const found: Record<string, string> = {};
  for (const name of ok ? read : readOfFailures) {
    const value = headers.get(name);
    if (value !== null) found[name] = value;
  }
  return found;
};

/** An answer of `fetch`: its address is that of the request unless it says otherwise, which is costly to ask. */
class FetchedAnswer implements Received {
  readonly status: number;
  readonly url: string;
  readonly headers: Received["headers"];
  readonly web: ReadableStream<Uint8Array>;
  private readonly response: Response;

  constructor({ url }: PlainRequest, response: Response) {
    this.status = response.status;
    this.url = response.redirected ? response.url : url;
    this.headers = headersOf(response);
    // No content is an empty one.
    this.web = response.body ?? new Blob().stream();
    this.response = response;
  }

  /** As Effect's own client has it: for what is rare. */
  private get ofEffect(): HttpClientResponse.HttpClientResponse {
    return HttpClientResponse.fromWeb(HttpClientRequest.get(this.url), this.response);
  }

  get arrayBuffer(): Received["arrayBuffer"] {
    return this.ofEffect.arrayBuffer;
  }

  get stream(): Received["stream"] {
    return this.ofEffect.stream;
  }
}

/** Making an error for each end would cost more than the rest of it. */
export const closed: Error = new Error("The exchange is closed");

const contentOf = (body: HttpBody.HttpBody): BodyInit | undefined => {
  switch (body._tag) {
    case "Empty":
    case "Stream":
      return undefined;
    case "FormData":
      return body.formData;
    default:
      return body.body as BodyInit;
  }
};

const fetchingWhole = (fetch: typeof globalThis.fetch): FetchWhole => (request, step) =>
  Effect.callback<Received, DssErrorReason>((resume) => {
    const controller = step.open ?? new AbortController();
    const timer = setTimeout(() => end(Effect.fail(step.late())), step.deadline);
    const letGo = (): void => {
      clearTimeout(timer);
      controller.abort(closed);
    };
    const exchanged = async (): Promise<Received> => {
      const { method, url, headers, body } = request;
      const [content, type] = body === undefined || body._tag === "Empty" ? [] : [contentOf(body), body.contentType];
      const response = await fetch(url, {
        method,
        headers: type === undefined ? headers : { ...headers, "content-type": type },
        redirect: "manual",
        signal: controller.signal,
        ...(content === undefined ? {} : { body: content }),
      });
      const undone = undoneByFetch(headers["accept-encoding"] === "identity");
      const answer = withoutEncoding<Received>(new FetchedAnswer(request, response), undone, true);
      const limit = step.limit(answer.status);
      if (limit === undefined || unreadableEncoding(answer) !== undefined) return answer;
      const whole = await fetchedBody(response, answer, limit).catch((cause) => Result.fail(step.broken(cause)));
      return Object.assign(answer, { whole });
    };
    const end = (exchange: Effect.Effect<Received, DssErrorReason>): void => {
      // A body that was not read to its end would hold the connection.
      if (step.open === undefined) letGo();
      else clearTimeout(timer);
      resume(exchange);
    };
    exchanged().then(
      (answer) => end(Effect.succeed(answer)),
      (cause) => end(Effect.fail(step.failed(cause))),
    );
    return Effect.sync(letGo);
  });

/** An `HttpClient` over a `fetch`, which follows no redirects and sends nothing twice. */
export const layerFetch = (fetch: typeof globalThis.fetch): Layer.Layer<HttpClient.HttpClient> => {
  const careful = fetchOnce(fetchUpload(fetch));
  return Layer.effect(
    HttpClient.HttpClient,
    Effect.map(HttpClient.HttpClient, (client) => {
      direct.set(client, fetchingWhole(careful));
      return client;
    }),
  ).pipe(
    // Layers are shared by identity: without `fresh`, a second connection gets the `fetch` of the first.
    Layer.provide(Layer.fresh(FetchHttpClient.layer)),
    // Both runtimes forward the ticket of a request to other hosts when they follow a redirect.
    Layer.provide(Layer.succeed(FetchHttpClient.RequestInit, { redirect: "manual" })),
    Layer.provide(Layer.succeed(FetchHttpClient.Fetch, careful)),
  );
};
