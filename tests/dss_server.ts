/**
 * A DSS that answers what a test tells it to, and remembers what it was asked.
 *
 * @module
 */
import { Clock, Context, Effect, Layer, Redacted, Stream } from "effect";
import { HttpClient, HttpClientError, type HttpClientRequest, HttpServerResponse } from "effect/http";
import {
  type AllServices,
  type ConnectionOptions,
  type Credentials,
  Dataiku,
  type Dss,
  type DssError,
} from "../mod.ts";

/** A request as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query, below the prefix of the API. */
  readonly target: string;
  /** With lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** What the DSS of the test received, in order. */
export interface Received {
  readonly requests: ReadonlyArray<ReceivedRequest>;
  /** Each as `GET /futures/`. */
  readonly lines: ReadonlyArray<string>;
}

/** Key of {@linkcode Received}. */
export const Received: Context.Service<Received, Received> = Context.Service<Received>("tests/Received");

/** What comes back: an answer, or an effect of one that may take its time or fail as a runtime fails. */
export type Reply = HttpServerResponse.HttpServerResponse | Effect.Effect<HttpServerResponse.HttpServerResponse, Error>;

/** Answers requests, which are counted from 1. */
export type Script = (request: ReceivedRequest, nth: number) => Reply;

/** Address of the DSS of the tests. */
export const url = "https://dss.test";

/** What a socket says that breaks. */
export const broken = (code: string, message: string): Effect.Effect<never, Error> =>
  Effect.suspend(() => Effect.fail(Object.assign(new Error(message), { code })));

/** Nothing listens. */
export const refused: Effect.Effect<never, Error> = broken("ECONNREFUSED", "tcp connect error: Connection refused");

/** The connection breaks: whether the request arrived cannot be told. */
export const reset: Effect.Effect<never, Error> = broken("ECONNRESET", "connection reset by peer");

/** An answer in JSON. */
export const json = (
  value: unknown,
  status: number = 200,
  headers: Readonly<Record<string, string>> = {},
): HttpServerResponse.HttpServerResponse => HttpServerResponse.jsonUnsafe(value, { status, headers });

/** A failure in the shape of DSS. */
export const failure = (
  status: number,
  errorType: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): HttpServerResponse.HttpServerResponse => json({ errorType, message, detailedMessage: message }, status, headers);

/** An answer without a body. */
export const empty = (
  status: number = 200,
  headers: Readonly<Record<string, string>> = {},
): HttpServerResponse.HttpServerResponse => HttpServerResponse.empty({ status, headers });

/** An HTML page. */
export const page = (title: string, status: number = 200): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.text(`<!doctype html><html><head><title>${title}</title></head></html>`, {
    status,
    contentType: "text/html",
  });

/** An answer whose body comes in pieces, and may break. */
export const streamed = (
  pieces: Stream.Stream<string, Error>,
  headers: Readonly<Record<string, string>> = {},
): HttpServerResponse.HttpServerResponse => HttpServerResponse.stream(Stream.encodeText(pieces), { headers });

const bodyOf = ({ body }: HttpClientRequest.HttpClientRequest): string =>
  body._tag === "Uint8Array" ? new TextDecoder().decode(body.body) : "";

/** An `HttpClient` that answers so, with what it received. */
export const scriptedClient = (
  script: Script,
): { readonly client: HttpClient.HttpClient; readonly received: Received } => {
  const requests: Array<ReceivedRequest> = [];
  const client = HttpClient.make((request, { pathname, search }) =>
    Effect.gen(function* () {
      const entry: ReceivedRequest = {
        method: request.method,
        target: `${pathname.replace("/dip/publicapi", "")}${search}`,
        headers: { ...request.headers },
        body: bodyOf(request),
        at: yield* Clock.currentTimeMillis,
      };
      const reply = script(entry, requests.push(entry));
      const response = yield* Effect.isEffect(reply) ? reply : Effect.succeed(reply);
      return HttpServerResponse.toClientResponse(response, { request });
    }).pipe(
      Effect.mapError((cause) =>
        new HttpClientError.HttpClientError({ reason: new HttpClientError.TransportError({ request, cause }) })
      ),
    )
  );
  const received: Received = {
    requests,
    get lines() {
      return requests.map(({ method, target }) => `${method} ${target}`);
    },
  };
  return { client, received };
};

/** How the tests connect to their DSS: with an API key, unless told otherwise. */
export type ServerOptions = ConnectionOptions & { readonly credentials?: Credentials; readonly url?: string };

/** All services on a DSS that answers so. */
export const dssServer = (
  script: Script,
  options: ServerOptions = {},
): Layer.Layer<AllServices | Dss | Received, DssError> =>
  Layer.suspend(() => {
    const { client, received } = scriptedClient(script);
    const { credentials = { apiKey: Redacted.make("the-key") }, ...connection } = options;
    return Dataiku.layerClient({ url, ...connection, ...credentials }).pipe(
      Layer.provide(Layer.succeed(HttpClient.HttpClient, client)),
      Layer.merge(Layer.succeed(Received, received)),
    );
  });
