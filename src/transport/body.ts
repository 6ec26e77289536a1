/**
 * Reading the body of an answer: bounded in memory, never silently cut.
 *
 * @module
 * @internal
 */
import * as Cause from "effect/Cause";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Stream from "effect/Stream";
import { Gathered } from "./joined.ts";
import type { Received } from "./received.ts";
import { type DssErrorReason, TimedOut, TooLarge, Truncated } from "../errors/reasons.ts";

/** An answer whose header has come. */
export interface Answer {
  readonly status: number;
  /** With lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** What its body is read from. */
  readonly body: Pick<Received, "arrayBuffer" | "stream" | "undone" | "web" | "whole">;
  /** That its deadline leaves no time for work of so many milliseconds, which nothing could interrupt. */
  readonly leavesNoTime: (millis: number) => TimedOut | undefined;
}

/** Length that the header promises, when the body comes as it is. */
export const promisedLength = (
  { headers, body }: { readonly headers: Answer["headers"]; readonly body: Pick<Received, "undone"> },
): number | undefined => {
  const { "content-length": length } = headers;
  return length === undefined || body.undone !== undefined ? undefined : Number(length);
};

/** Why what came of a body is not all of it. */
const cutOff = (promised: number | undefined, received: number): Truncated | undefined =>
  promised === undefined || Number.isNaN(promised) || received >= promised
    ? undefined
    : new Truncated({ detail: `${received} of ${promised} bytes` });

/** What came of a body, compared with what was promised. */
const complete = (answer: Answer, received: number): Effect.Effect<void, Truncated> => {
  const cut = cutOff(promisedLength(answer), received);
  return cut === undefined ? Effect.void : Effect.fail(cut);
};

/** How a body is streamed. */
export interface Streaming {
  /** Longest pause between two pieces. */
  readonly idleLimit: Duration.Duration;
  /** Whether all pieces may come in one buffer, see `inOneBuffer`. */
  readonly reuses: boolean;
}

/** The bytes of a body, as they come; a body that ends early, or pauses for too long, fails. */
export const streamBody = (
  answer: Answer,
  broken: (error: unknown) => DssErrorReason,
  { idleLimit, reuses }: Streaming,
): Stream.Stream<Uint8Array, DssErrorReason> => {
  const { web, stream } = answer.body;
  const late = (): TimedOut => new TimedOut({ after: idleLimit, waitingFor: "bytes" });
  return Stream.suspend(() => {
    let received = 0;
    const pieces = web === undefined
      ? Stream.timeoutOrElse(Stream.mapError(stream, broken), {
        duration: idleLimit,
        orElse: () => Stream.fail(late()),
      })
      : webPieces(web, Duration.toMillis(idleLimit), late, broken, reuses);
    return Stream.concat(
      Stream.tap(pieces, (piece) => Effect.sync(() => void (received += piece.length))),
      Stream.suspend(() => Stream.fromEffectDrain(complete(answer, received))),
    );
  });
};

/** Size of a buffer that is used for all pieces, in bytes. */
const bufferSize = 1_048_576;

/** What reads a stream of the runtime piece by piece: into one buffer that is used again, where it can. */
const readerOf = (web: ReadableStream<Uint8Array>, reuses: boolean): () => Promise<Uint8Array | undefined> => {
  if (!reuses) {
    const reader = web.getReader();
    return async () => (await reader.read()).value;
  }
  const reader = web.getReader({ mode: "byob" });
  let buffer = new ArrayBuffer(bufferSize);
  return async () => {
    const { done, value } = await reader.read(new Uint8Array(buffer));
    if (value !== undefined) buffer = value.buffer;
    return done ? undefined : value;
  };
};

/** The pieces of a stream of the runtime, each waited for with a timer; the exchange that it is of lets it go. */
const webPieces = (
  web: ReadableStream<Uint8Array>,
  idleLimit: number,
  late: () => DssErrorReason,
  broken: (error: unknown) => DssErrorReason,
  reuses: boolean,
): Stream.Stream<Uint8Array, DssErrorReason> =>
  Stream.fromPull(Effect.sync(() => {
    const read = readerOf(web, reuses);
    return Effect.callback<readonly [Uint8Array], DssErrorReason | Cause.Done>((resume) => {
      const timer = idleLimit > longestTimer ? undefined : setTimeout(() => resume(Effect.fail(late())), idleLimit);
      const end = (piece: Effect.Effect<readonly [Uint8Array], DssErrorReason | Cause.Done>): void => {
        clearTimeout(timer);
        resume(piece);
      };
      read().then(
        (piece) => end(piece === undefined ? Cause.done() : Effect.succeed([piece])),
        (error) => end(Effect.fail(broken(error))),
      );
      return Effect.sync(() => clearTimeout(timer));
    });
  }));

/** Longest delay of a timer, in milliseconds: a longer one would fire at once. */
export const longestTimer: number = 2 ** 31 - 1;

/** The whole body, of at most `limit` bytes. */
export const readBody = (
  answer: Answer,
  limit: number,
  broken: (error: unknown) => DssErrorReason,
): Effect.Effect<Uint8Array, DssErrorReason> => {
  const { whole } = answer.body;
  if (whole !== undefined) return Effect.fromResult(whole);
  const promised = promisedLength(answer);
  if (promised === 0) return Effect.succeed(new Uint8Array());
  if (promised !== undefined && promised > limit) return Effect.fail(new TooLarge({ limit }));
  // A length that is known is held by HTTP itself: the runtime reads it at once.
  const bytes = promised !== undefined && promised > 0
    ? Effect.mapBoth(answer.body.arrayBuffer, { onFailure: broken, onSuccess: (buffer) => new Uint8Array(buffer) })
    : collected(answer, limit, broken);
  return Effect.tap(bytes, ({ length }) => complete(answer, length));
};

/** After so many bytes others have their turn, the timer of the deadline among them: what has come already is read without a pause. */
const turn = 1_048_576;

/** Lets others have their turn. */
const pause = (): Promise<void> =>
  new Promise((resume) => "setImmediate" in globalThis ? setImmediate(resume) : setTimeout(resume));

/** The whole body of an answer of `fetch`, of at most `limit` bytes; throws what the runtime says of a body that breaks. */
export const fetchedBody = async (
  response: Response,
  body: Received,
  limit: number,
): Promise<Result.Result<Uint8Array, TooLarge | Truncated>> => {
  const promised = promisedLength({ headers: body.headers, body });
  const isKnown = promised !== undefined && promised > 0;
  if (isKnown && promised > limit) return Result.fail(new TooLarge({ limit }));
  const bytes = isKnown ? new Uint8Array(await response.arrayBuffer()) : await gathered(piecesOf(body), limit);
  const wrong = bytes === undefined ? new TooLarge({ limit }) : cutOff(promised, bytes.length);
  return wrong === undefined ? Result.succeed(bytes!) : Result.fail(wrong);
};

/** Pieces as one; `undefined` when they are more than the limit. */
const gathered = async (pieces: AsyncIterator<Uint8Array>, limit: number): Promise<Uint8Array | undefined> => {
  const all = new Gathered(limit);
  let sinceTurn = 0;
  for (let piece; (piece = await pieces.next()).done !== true;) {
    if (!all.add(piece.value)) {
      pieces.return?.().catch(() => {}); // a server that goes on sending would be waited for
      return undefined;
    }
    sinceTurn += piece.value.length;
    if (sinceTurn < turn) continue;
    sinceTurn = 0;
    await pause();
  }
  return all.all();
};

/** The pieces of a body; those of a stream of the runtime without an iterator, which costs more, and which not all browsers have. */
const piecesOf = ({ web, stream }: Received): AsyncIterator<Uint8Array> => {
  if (web === undefined) return Stream.toAsyncIterable(stream)[Symbol.asyncIterator]();
  const reader = web.getReader();
  return {
    next: () => reader.read() as Promise<IteratorResult<Uint8Array>>,
    return: async () => ({ done: true, value: await reader.cancel() }),
  };
};

/** The bytes of a body of unknown length, of at most `limit`. */
const collected = (
  answer: Answer,
  limit: number,
  broken: (error: unknown) => DssErrorReason,
): Effect.Effect<Uint8Array, DssErrorReason> =>
  Effect.suspend(() => {
    const gathered = new Gathered(limit);
    let sinceTurn = 0;
    // A fetch answer without a body has no stream: nothing was received.
    return Stream.runForEach(answer.body.stream, (chunk) => {
      if (!gathered.add(chunk)) return Effect.fail(new TooLarge({ limit }));
      sinceTurn += chunk.length;
      if (sinceTurn < turn) return Effect.void;
      sinceTurn = 0;
      return Effect.yieldNow;
    }).pipe(
      Effect.catch((error) =>
        error._tag === "TooLarge" || (error._tag === "HttpClientError" && error.reason._tag === "EmptyBodyError")
          ? error._tag === "TooLarge" ? Effect.fail(error) : Effect.void
          : Effect.fail(broken(error))
      ),
      Effect.map(() => gathered.all()),
    );
  });

/** The character set that an answer says its text is in, when it says one. */
export const charsetOf = ({ headers }: Answer): string | undefined =>
  /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(headers["content-type"] ?? "")?.[1]?.toLowerCase();

/** What reads a character set; UTF-8 where this runtime does not know it. */
const decoderOf = (charset: string): TextDecoder => {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
};

/** The text of a body that is shown to people: what is not of its character set is replaced. */
export const lenientText = (bytes: Uint8Array, charset: string = "utf-8"): string => decoderOf(charset).decode(bytes);
