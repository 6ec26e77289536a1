/**
 * Reading the body of an answer: bounded in memory, never silently cut.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
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
  readonly body: Pick<Received, "arrayBuffer" | "stream" | "undone">;
  /** That its deadline leaves no time for work of so many milliseconds, which nothing could interrupt. */
  readonly leavesNoTime: (millis: number) => TimedOut | undefined;
}

/** Length that the header promises, when the body comes as it is. */
export const promisedLength = ({ headers, body }: Answer): number | undefined => {
  const { "content-length": length } = headers;
  return length === undefined || body.undone !== undefined ? undefined : Number(length);
};

/** What came of a body, compared with what was promised. */
const complete = (answer: Answer, received: number): Effect.Effect<void, Truncated> => {
  const promised = promisedLength(answer);
  return promised === undefined || Number.isNaN(promised) || received >= promised
    ? Effect.void
    : Effect.fail(new Truncated({ detail: `${received} of ${promised} bytes` }));
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
