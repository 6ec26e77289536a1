/**
 * Playing a fault on one request, in process.
 *
 * @module
 * @internal
 */
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import type { Chance } from "./chance.ts";
import type { Fault, FaultOptions } from "./faults.ts";
import type { Answer } from "./route.ts";

/** How the runtime would say that a request got no answer. */
export class BrokenConnection extends Error {
  /** The code of the socket, as Node gives it. */
  readonly code: string;

  /** Breaks. */
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const refused = new BrokenConnection("ECONNREFUSED", "tcp connect error: Connection refused (os error 111)");
/** The connection breaks. */
export const reset: BrokenConnection = new BrokenConnection("ECONNRESET", "Connection reset by peer (os error 104)");
const closed = new BrokenConnection("UND_ERR_SOCKET", "connection closed before message completed");
const cut = new BrokenConnection("UND_ERR_SOCKET", "error reading a body from connection");
const corrupt = new BrokenConnection("Z_DATA_ERROR", "CRC computed does not match");

const html = (status: number, title: string): Answer => ({
  status,
  headers: { "content-type": "text/html" },
  body: `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
});

/** What stands in for an answer, when DSS sees nothing of the request. */
export const instead: { readonly [fault in Fault]?: Answer } = {
  "unavailable": html(503, "503 Service Temporarily Unavailable"),
  "bad gateway": html(502, "502 Bad Gateway"),
  "rate limited": { status: 429, headers: { "retry-after": "2" }, body: undefined },
  "login page": html(200, "Sign in"),
  "redirect": { status: 302, headers: { location: "https://sso.example.com/login?next=%2F" }, body: undefined },
};

/** A body that says nothing. */
export const halfJson = '{"state": ';

const encoder = new TextEncoder();

/** A piece of a body that has no end. */
export const hugePiece: Uint8Array = encoder.encode("[".repeat(65_536));

/** In how many pieces a slow answer comes at most. */
const slowPieces = 20;

const bytesOf = (body: Answer["body"]): Stream.Stream<Uint8Array, Error> =>
  body === undefined
    ? Stream.empty
    : typeof body === "string" || body instanceof Uint8Array
    ? Stream.succeed(typeof body === "string" ? encoder.encode(body) : body)
    : body;

const wholeBody = (body: Answer["body"]): Effect.Effect<Uint8Array> =>
  Effect.map(Effect.orDie(Stream.runCollect(bytesOf(body))), (chunks) => {
    const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  });

/** Cuts a body in pieces of about the same length, none of which is empty. */
export const piecesOf = (body: Uint8Array): ReadonlyArray<Uint8Array> => {
  const size = Math.max(Math.ceil(body.length / slowPieces), 1);
  return Array.from(
    { length: Math.ceil(body.length / size) },
    (_, index) => body.subarray(index * size, (index + 1) * size),
  );
};

/** How much comes of a body that is cut: never all, never nothing if it can be helped. */
export const cutAt = (length: number, chance: Chance): number =>
  length < 2 ? 0 : 1 + Math.floor(chance.next() * (length - 1));

/** What is done to an answer, its whole body and the part of it that comes. */
type Spoil = (answer: Answer, body: Uint8Array, some: Uint8Array) => Answer;

const endsWith = (some: Uint8Array, end: Stream.Stream<never, Error>): Stream.Stream<Uint8Array, Error> =>
  Stream.concat(Stream.succeed(some), end);

/** In pieces, over a time. */
const over = (time: Duration.Input, body: Uint8Array): Stream.Stream<Uint8Array> => {
  const pieces = piecesOf(body);
  const pause = Duration.millis(Duration.toMillis(Duration.fromInputUnsafe(time)) / pieces.length);
  return Stream.mapEffect(Stream.fromIterable(pieces), (piece) => Effect.as(Effect.sleep(pause), piece));
};

const compressed = (answer: Answer, body: Answer["body"]): Answer => ({
  ...answer,
  headers: { ...answer.headers, "content-encoding": "gzip" },
  body,
});

/** What becomes of an answer on its way, when its header arrives. */
const spoils: { readonly [fault in Fault]?: Spoil } = {
  "lost body": (answer) => ({ ...answer, body: Stream.fail(reset) }),
  "truncated body": (answer, _, some) => ({ ...answer, body: endsWith(some, Stream.fail(reset)) }),
  "short body": (answer, { length }, some) => ({
    ...answer,
    headers: { ...answer.headers, "content-length": String(length) },
    body: Stream.succeed(some),
  }),
  "unterminated body": (answer, body) => ({ ...answer, body: endsWith(body, Stream.fail(cut)) }),
  // Node hands out what it could decompress as if it were all.
  "truncated gzip": (answer, _, some) => compressed(answer, Stream.succeed(some)),
  "corrupt gzip": (answer, _, some) => compressed(answer, endsWith(some, Stream.fail(corrupt))),
  "stalled body": (answer, _, some) => ({ ...answer, body: endsWith(some, Stream.never) }),
  "slow body": (answer, body) => ({ ...answer, body: over("100 seconds", body) }),
  "slow answer": (answer, body) => ({ ...answer, body: over("20 seconds", body) }),
  "malformed json": (answer) => ({ ...answer, body: halfJson }),
  "empty answer": (answer) => ({ ...answer, body: undefined }),
  "huge body": (answer) => ({ ...answer, body: Stream.forever(Stream.succeed(hugePiece)) }),
};

/** A request that meets a fault. */
export interface Faulty {
  readonly fault: Fault | Answer;
  /** Lets DSS do what is asked. */
  readonly handle: Effect.Effect<Answer>;
  /** What the client says that it can decompress. */
  readonly acceptEncoding: string | undefined;
  readonly chance: Chance;
}

/** Whether a server may compress its answer. */
export const mayCompress = (acceptEncoding: string | undefined): boolean => acceptEncoding?.trim() !== "identity";

/** Plays a fault around the handling of a request. */
export const playFault = (
  { fault, handle, acceptEncoding, chance }: Faulty,
): Effect.Effect<Answer, BrokenConnection> => {
  if (typeof fault !== "string") return Effect.succeed(fault);
  const answer = instead[fault];
  if (answer !== undefined) return Effect.succeed(answer);
  switch (fault) {
    case "refused":
      return Effect.fail(refused);
    case "lost request":
      return Effect.fail(reset);
    case "lost answer":
    case "broken header":
      return Effect.andThen(handle, Effect.fail(fault === "lost answer" ? reset : closed));
    case "stalled header":
      return Effect.andThen(handle, Effect.never);
    case "slow header":
      return Effect.tap(handle, () => Effect.sleep("100 seconds"));
  }
  const plain = fault.endsWith("gzip") && !mayCompress(acceptEncoding) ? "short body" : fault;
  const spoil = spoils[plain] ?? ((answer) => answer);
  return Effect.gen(function* () {
    const answer = yield* handle;
    const body = yield* wholeBody(answer.body);
    return spoil(answer, body, body.subarray(0, cutAt(body.length, chance)));
  });
};

/** A fault that waits for its requests. */
interface Waiting {
  readonly fault: Fault | Answer;
  readonly options: FaultOptions;
  skip: number;
  left: number;
}

/** The faults that wait for their requests. */
export class FaultQueue {
  private readonly waiting: Array<Waiting> = [];

  /** Lets the next requests that fit meet a fault. */
  add(fault: Fault | Answer, options: FaultOptions): void {
    this.waiting.push({ fault, options, skip: options.skip ?? 0, left: options.times ?? 1 });
  }

  /** The fault that a request meets. */
  take(method: string, target: string): Fault | Answer | undefined {
    for (const entry of this.waiting) {
      const { options } = entry;
      const fits = (options.method ?? method) === method && target.includes(options.path ?? "");
      if (!fits || entry.left <= 0) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.left -= 1;
      return entry.fault;
    }
    return undefined;
  }
}
