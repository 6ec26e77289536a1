/**
 * Reading the body of an answer: bounded in memory, never silently cut.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Stream from "effect/Stream";
import { Gathered } from "./joined.ts";
import type { Received } from "./received.ts";
import { type DssErrorReason, type TimedOut, TooLarge, Truncated } from "../errors/reasons.ts";

/** An answer whose header has come. */
export interface Answer {
  readonly status: number;
  /** With lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** What its body is read from. */
  readonly body: Pick<Received, "arrayBuffer" | "stream" | "undone" | "whole">;
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

/** The bytes of a body, as they come; a body that ends early fails. */
export const streamBody = (
  answer: Answer,
  broken: (error: unknown) => DssErrorReason,
): Stream.Stream<Uint8Array, DssErrorReason> =>
  Stream.suspend(() => {
    let received = 0;
    return Stream.concat(
      answer.body.stream.pipe(
        Stream.tap((chunk) => Effect.sync(() => void (received += chunk.length))),
        Stream.mapError(broken),
      ),
      Stream.suspend(() => Stream.fromEffectDrain(complete(answer, received))),
    );
  });

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
  if (promised === 0) return Result.succeed(new Uint8Array());
  if (promised !== undefined && promised > limit) return Result.fail(new TooLarge({ limit }));
  const checked = (bytes: Uint8Array): Result.Result<Uint8Array, Truncated> => {
    const cut = cutOff(promised, bytes.length);
    return cut === undefined ? Result.succeed(bytes) : Result.fail(cut);
  };
  if (promised !== undefined && promised > 0) return checked(new Uint8Array(await response.arrayBuffer()));
  const gathered = new Gathered(limit);
  let sinceTurn = 0;
  const pieces = piecesOf(body);
  for (let piece; (piece = await pieces.next()).done !== true;) {
    if (!gathered.add(piece.value)) {
      pieces.return?.().catch(() => {}); // a server that goes on sending would be waited for
      return Result.fail(new TooLarge({ limit }));
    }
    sinceTurn += piece.value.length;
    if (sinceTurn < turn) continue;
    sinceTurn = 0;
    await pause();
  }
  return checked(gathered.all());
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
