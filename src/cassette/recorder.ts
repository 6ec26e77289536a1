/**
 * Recording: what is exchanged with a DSS goes onto a cassette.
 *
 * @module
 */
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Layer from "effect/Layer";
import * as Redacted from "effect/Redacted";
import * as Stream from "effect/Stream";
import * as HttpClient from "effect/http/HttpClient";
import type * as HttpClientError from "effect/http/HttpClientError";
import type * as HttpClientRequest from "effect/http/HttpClientRequest";
import type * as HttpClientResponse from "effect/http/HttpClientResponse";
import type { Cassette, CassetteOptions, RecordedAnswer, RecordedExchange, RecordedFailure } from "./cassette.ts";
import { readable } from "../transport/fetch_client.ts";
import { joined, kept as keptPiece } from "../transport/joined.ts";
import { Redaction, secretsOfHeaders } from "./secrets.ts";
import { actingForOf, learnSent, type SentBody, sentBody, shownBody, targetOf } from "./recorded_request.ts";
import { type Inside, insideOf } from "./inside.ts";
import { unreadableEncoding } from "../transport/content_encoding.ts";
import { GivenSecrets } from "../transport/request_secrets.ts";
import { oneLine } from "../errors/one_line.ts";

/**
 * What is exchanged with a DSS goes onto a cassette.
 *
 * Headers of requests are not recorded. What lies under names such as `password`, `apiKeys` or `db_password_old`, before the `@` of an
 * address or in its signature, and what was given as `Redacted`, is replaced, and so is each of these values, and each value of a header,
 * wherever else it stands, however it is written. What cannot be looked into is not recorded: the cassette says why. Names, data and logs are recorded as they are: look at a
 * cassette before you hand it on. It is held in memory, with all that was answered.
 *
 * @example
 * ```ts
 * import { Effect, Layer } from "effect";
 * import { HttpClient } from "effect/http";
 * import { Dataiku, Projects, Recorder, Replay } from "@effect-dataiku/dss";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const { url, apiKey, client } = await Effect.runPromise(Simulator.make());
 * const recorded = Dataiku.layerClient({ url, apiKey }).pipe(
 *   Layer.provideMerge(Recorder.layer()),
 *   Layer.provide(Layer.succeed(HttpClient.HttpClient, client)), // on a real DSS: Dataiku.client()
 * );
 * const keys = Effect.flatMap(Projects, (projects) => projects.keys());
 * const cassette = await Effect.runPromise(
 *   Effect.andThen(keys, Effect.flatMap(Recorder, ({ cassette }) => cassette)).pipe(Effect.provide(recorded)),
 * );
 * const again = await Effect.runPromise(Effect.provide(keys, Replay.layer(cassette)));
 * if (cassette.exchanges.length !== 1 || !again.includes("SALES")) throw new Error("unexpected");
 * ```
 */
export interface Recorder {
  /** What was recorded up to now. */
  readonly cassette: Effect.Effect<Cassette>;
}

/** Key of {@linkcode Recorder}, with its layer. */
export interface RecorderKey extends Context.Service<Recorder, Recorder> {
  /** Records what goes through the `HttpClient` in context; what it is provided to goes through it. */
  layer(options?: CassetteOptions): Layer.Layer<Recorder | HttpClient.HttpClient, never, HttpClient.HttpClient>;
  /** A client that records what goes through another. */
  make(
    client: HttpClient.HttpClient,
    options?: CassetteOptions,
  ): Recorder & { readonly client: HttpClient.HttpClient };
}

/** An exchange as it goes on; secrets are removed when the cassette is asked for, because later ones tell of more. */
interface Exchange {
  readonly method: string;
  readonly target: string;
  readonly actingFor: string | undefined;
  readonly body: SentBody | undefined;
  response?: HttpClientResponse.HttpClientResponse;
  readonly pieces: Array<Uint8Array>;
  /** How the body of the answer ended, once it has. */
  end?: "whole" | RecordedFailure;
  failure?: RecordedFailure;
}

/** Headers of answers that matter to a client. */
const kept = [
  "content-type",
  "content-disposition",
  "location",
  "retry-after",
  "date",
  "dss-version",
  "dss-api-version",
];

/** What the runtime says, below what Effect says of it with the address. */
const failureOf = (error: unknown): RecordedFailure => {
  let found: RecordedFailure | undefined;
  for (let at = error; at instanceof Error; at = at.cause) {
    if ("_tag" in at) continue;
    const { code } = at as { readonly code?: unknown };
    const own = typeof code === "string" ? code : found?.code;
    found = { name: at.name, message: at.message, ...(own === undefined ? {} : { code: own }) };
  }
  return found ?? { name: "Error", message: "no detail" };
};

/** What of an answer's promised length did not come. */
const shortfall = (
  headers: Readonly<Record<string, string | undefined>>,
  received: number,
): RecordedFailure | undefined => {
  const { "content-length": length, "content-encoding": encoding } = headers;
  if (length === undefined || (encoding !== undefined && encoding !== "identity")) return undefined;
  return received < Number(length) ? { name: "Error", message: `${received} of ${Number(length)} bytes` } : undefined;
};

const withoutSecrets = (redaction: Redaction, failure: RecordedFailure): RecordedFailure => ({
  ...failure,
  name: redaction.text(failure.name),
  message: redaction.text(failure.message).replaceAll(/\(?\w+:\/\/\S*/g, "<address>"),
});

/** What is inside of the body of an answer, if that can be looked into. */
const insideOfAnswer = ({ response }: Exchange, bytes: Uint8Array): Effect.Effect<Inside> => {
  const encoding = response === undefined ? undefined : unreadableEncoding(response);
  return encoding === undefined ? insideOf(bytes) : Effect.succeed({
    unknown: `it comes in the encoding ${oneLine(encoding, 100)}, which cannot be undone here`,
  });
};

const answerOf = (exchange: Exchange, redaction: Redaction, inside: Inside): RecordedAnswer | undefined => {
  const { response, target, end } = exchange;
  if (response === undefined) return undefined;
  const bytes = joined(exchange.pieces);
  const body = redaction.body(target, bytes, inside);
  const headers = kept.flatMap((name) => {
    const value = response.headers[name];
    if (value === undefined) return [];
    const shown = redaction.text(name === "location" ? value.replace(/[?#].*/s, "") : value);
    return [[name, name === "location" ? redaction.target(shown) : shown] as const];
  });
  const failure = typeof end === "object" ? end : shortfall(response.headers, bytes.length);
  return {
    status: response.status,
    headers: Object.fromEntries(headers),
    ...(body === undefined ? {} : { body }),
    ...(body !== undefined && "withheld" in body
      ? {}
      : end === undefined
      ? { cut: "not read further" as const }
      : failure === undefined
      ? {}
      : { cut: withoutSecrets(redaction, failure) }),
  };
};

/** A response whose body is noted down as it is read. */
const noted = (
  response: HttpClientResponse.HttpClientResponse,
  exchange: Exchange,
): HttpClientResponse.HttpClientResponse => {
  const ended = <A>(exit: Exit.Exit<A, HttpClientError.HttpClientError>): Effect.Effect<void> =>
    Effect.sync(() => {
      if (Exit.isSuccess(exit)) exchange.end = "whole";
      else {
        const failed = exit.cause.reasons.find((reason) => reason._tag === "Fail");
        if (failed === undefined) return;
        const { error } = failed;
        exchange.end = error.reason?._tag === "EmptyBodyError" ? "whole" : failureOf(error);
      }
    });
  const stream = response.stream.pipe(
    Stream.tap((piece) => Effect.sync(() => void exchange.pieces.push(keptPiece(piece)))),
    Stream.onExit(ended),
  );
  const arrayBuffer = response.arrayBuffer.pipe(
    Effect.tap((buffer) => Effect.sync(() => void exchange.pieces.push(new Uint8Array(buffer)))),
    Effect.onExit(ended),
  );
  const text = Effect.map(arrayBuffer, (buffer) => new TextDecoder().decode(buffer));
  const property = (value: unknown): PropertyDescriptor => ({ value, enumerable: true });
  return Object.create(response, {
    stream: property(stream),
    arrayBuffer: property(arrayBuffer),
    text: property(text),
  }) as HttpClientResponse.HttpClientResponse;
};

const make: RecorderKey["make"] = (client, options = {}) => {
  const exchanges: Array<Exchange> = [];
  const secrets = new Set((options.secrets ?? []).map((secret) => Redacted.value(secret)));

  const record = (request: HttpClientRequest.HttpClientRequest, url: URL) =>
    Effect.gen(function* () {
      for (const secret of [...secretsOfHeaders(request.headers), ...yield* GivenSecrets]) secrets.add(secret);
      const exchange: Exchange = {
        method: request.method,
        target: targetOf(url),
        actingFor: actingForOf(request.headers),
        body: yield* sentBody(request.body),
        pieces: [],
      };
      exchanges.push(exchange);
      const answered = yield* Effect.tapError(client.execute(request), (error) =>
        Effect.sync(() => {
          exchange.failure = failureOf(error);
        }));
      // What is compressed could not be looked into, and replays do not say that it is.
      const response = readable(client, request, answered);
      exchange.response = response;
      // Nobody reads what is announced as nothing.
      if (response.headers["content-length"] === "0") exchange.end = "whole";
      return noted(response, exchange);
    });

  const shown = (exchange: Exchange, redaction: Redaction, inside: Inside): RecordedExchange => {
    const { method, target, actingFor, failure } = exchange;
    const body = shownBody(exchange.body, target, redaction);
    const answer = answerOf(exchange, redaction, inside);
    return {
      request: {
        method,
        target: redaction.target(target),
        ...(actingFor === undefined ? {} : { actingFor: redaction.text(actingFor) }),
        ...(body === undefined ? {} : { body }),
      },
      ...(answer === undefined ? {} : { answer }),
      ...(failure === undefined ? {} : { failure: withoutSecrets(redaction, failure) }),
    };
  };

  const cassette = Effect.gen(function* () {
    const redaction = new Redaction();
    redaction.add([...secrets]);
    for (const { target, body, pieces } of exchanges) {
      learnSent(body, target, redaction);
      redaction.learn(target, joined(pieces));
    }
    const dssVersion = exchanges.map(({ response }) => response?.headers["dss-version"]).find((one) =>
      one !== undefined
    );
    const recorded: Array<RecordedExchange> = [];
    for (const exchange of [...exchanges]) {
      recorded.push(shown(exchange, redaction, yield* insideOfAnswer(exchange, joined(exchange.pieces))));
    }
    return {
      version: 1 as const,
      ...(dssVersion === undefined ? {} : { dssVersion: redaction.text(dssVersion) }),
      exchanges: recorded,
    };
  });

  // Within the scope of the caller, as the client below: its answers are let go when that closes.
  return { cassette, client: HttpClient.make((request, url) => record(request, url)) };
};

/** Key of {@linkcode Recorder}, with its layer. */
export const Recorder: RecorderKey = Object.assign(Context.Service<Recorder>("@effect-dataiku/dss/Recorder"), {
  make,
  layer: (options?: CassetteOptions): Layer.Layer<Recorder | HttpClient.HttpClient, never, HttpClient.HttpClient> =>
    Layer.effectContext(Effect.map(HttpClient.HttpClient, (client) => {
      const { cassette, client: recording } = make(client, options);
      return Context.make(Recorder, { cassette }).pipe(Context.add(HttpClient.HttpClient, recording));
    })),
});
