/**
 * The client of HTTP that stands on `fetch`.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Scope from "effect/Scope";
import * as FetchHttpClient from "effect/http/FetchHttpClient";
import * as Headers from "effect/http/Headers";
import type * as HttpBody from "effect/http/HttpBody";
import * as HttpClient from "effect/http/HttpClient";
import * as HttpClientError from "effect/http/HttpClientError";
import type * as HttpClientRequest from "effect/http/HttpClientRequest";
import * as HttpClientResponse from "effect/http/HttpClientResponse";
import { fastPaths } from "../fast_paths.ts";
import { fetchOnce } from "./fetch_once.ts";
import { fetchUpload } from "./fetch_upload.ts";
import type { Received } from "./received.ts";
import { undoneByAll, undoneByDeno, undoneByNobody, withoutEncoding } from "./content_encoding.ts";

/** Sends a request; the connection is let go when the scope closes. */
export type ScopedExecute = (
  request: HttpClientRequest.HttpClientRequest,
) => Effect.Effect<Received, HttpClientError.HttpClientError, Scope.Scope>;

const isDeno = "Deno" in globalThis;

/** The shorter way through the clients that this module has made. */
const direct = new WeakMap<HttpClient.HttpClient, ScopedExecute>();

/** An answer of a client without its encoding. */
export const readable = <R extends Received>(
  client: HttpClient.HttpClient,
  { headers }: HttpClientRequest.HttpClientRequest,
  response: R,
): R => {
  const asksForNone = headers["accept-encoding"] === "identity";
  if (!direct.has(client)) return withoutEncoding(response, undoneByNobody, asksForNone);
  return withoutEncoding(response, !isDeno ? undoneByAll : asksForNone ? undoneByNobody : undoneByDeno, true);
};

/** How a client sends within a scope. */
export const scopedExecute = (client: HttpClient.HttpClient): ScopedExecute => {
  const execute = executing(client);
  return (request) => Effect.map(execute(request), (response) => readable(client, request, response));
};

const executing = (client: HttpClient.HttpClient): ScopedExecute => {
  const scoped = HttpClient.withScope(client);
  // The span of such a client would show addresses with ids.
  const execute: ScopedExecute = (request) =>
    Effect.provideService(scoped.execute(request), HttpClient.TracerDisabledWhen, () => true);
  const short = direct.get(client);
  return short === undefined || !fastPaths.directFetch ? execute : (request) =>
    // What is uploaded piece by piece needs all the care of Effect's own client.
    request.body._tag === "Stream" ? execute(request) : short(request);
};

const failure = (request: HttpClientRequest.HttpClientRequest, cause: unknown): HttpClientError.HttpClientError =>
  new HttpClientError.HttpClientError({ reason: new HttpClientError.TransportError({ request, cause }) });

/** An answer of `fetch`: its address is that of the request unless it says otherwise, which is costly to ask. */
class FetchedAnswer implements Received {
  readonly status: number;
  readonly url: string;
  readonly headers: Headers.Headers;
  private readonly original: HttpClientResponse.HttpClientResponse;

  constructor(request: HttpClientRequest.HttpClientRequest, response: Response) {
    this.status = response.status;
    this.url = response.redirected ? response.url : request.url;
    this.headers = Headers.fromInput(response.headers);
    this.original = HttpClientResponse.fromWeb(request, response);
  }

  get arrayBuffer(): Received["arrayBuffer"] {
    return this.original.arrayBuffer;
  }

  get stream(): Received["stream"] {
    return this.original.stream;
  }
}

/** Making an error for each end would cost more than the rest of it. */
const closed = new Error("The exchange is closed");

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

const sendDirectly = (fetch: typeof globalThis.fetch): ScopedExecute => (request) =>
  Effect.flatMap(Effect.scope, (scope) => {
    const controller = new AbortController();
    const content = contentOf(request.body);
    const { "content-length": _, ...headers } = request.headers;
    const sent = Effect.callback<Received, HttpClientError.HttpClientError>((resume) => {
      const failed = (cause: unknown): void => resume(Effect.fail(failure(request, cause)));
      try {
        fetch(request.url, {
          method: request.method,
          headers,
          redirect: "manual",
          signal: controller.signal,
          ...(content === undefined ? {} : { body: content }),
        }).then((response) => resume(Effect.succeed(new FetchedAnswer(request, response))), failed);
      } catch (cause) {
        failed(cause);
      }
    });
    return Effect.andThen(Scope.addFinalizer(scope, Effect.sync(() => controller.abort(closed))), sent);
  });

/** An `HttpClient` over a `fetch`, which follows no redirects and sends nothing twice. */
export const layerFetch = (fetch: typeof globalThis.fetch): Layer.Layer<HttpClient.HttpClient> => {
  const careful = fetchOnce(fetchUpload(fetch));
  return Layer.effect(
    HttpClient.HttpClient,
    Effect.map(HttpClient.HttpClient, (client) => {
      direct.set(client, sendDirectly(careful));
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
