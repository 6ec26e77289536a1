/**
 * Answers that are compressed: undone or refused, never handed out as they are.
 *
 * Runtimes undo a compression that they asked for themselves. We ask for none where a cut body could not be told (`identity`), and then Deno
 * undoes none, whatever comes; Node and browsers undo what they know, and leave the header.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import { joined } from "./joined.ts";
import type { Received } from "./received.ts";

/** The encodings of an answer, in the order in which they were made; what servers write there that is none does not count. */
const encodingsOf = (headers: Readonly<Record<string, string | undefined>>): ReadonlyArray<string> =>
  (headers["content-encoding"] ?? "").toLowerCase().split(",").map((name) => name.trim()).filter((name) =>
    !/^$|^(identity|none|binary|chunked|[78]bit|utf-?8|us-ascii|iso-8859-\d+)$/.test(name)
  );

/** Whether a client has undone the encodings of an answer, whose header it leaves. */
export type Undoing = (encodings: ReadonlyArray<string>) => boolean;

/** What `fetch` undoes on Node and in browsers, whatever was asked for. */
export const undoneByAll: Undoing = (encodings) =>
  encodings.every((encoding) => ["gzip", "x-gzip", "deflate", "br"].includes(encoding));

/** What `fetch` undoes on Deno, when it has asked for it itself. */
export const undoneByDeno: Undoing = (encodings) => encodings.length === 1 && ["gzip", "br"].includes(encodings[0]!);

/** What a client undoes that undoes nothing, or of which it is not known. */
export const undoneByNobody: Undoing = () => false;

/** What the bytes of an encoding begin with; `undefined` where nothing tells them. */
const begins: Readonly<Record<string, (bytes: Uint8Array) => boolean>> = {
  "gzip": ([a, b]) => a === 0x1f && b === 0x8b,
  "deflate": ([a = 0, b = 0]) => (a & 0x0f) === 8 && (a * 256 + b) % 31 === 0,
  "zstd": ([a, b, c, d]) => a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd,
};

/** The names that runtimes have for what undoes an encoding. */
const streamNames: Readonly<Record<string, string>> = { br: "brotli" };

/** What undoes an encoding here; `undefined` where this runtime has nothing that does. */
const undoing = (encoding: string): DecompressionStream | undefined => {
  try {
    return new DecompressionStream((streamNames[encoding] ?? encoding) as CompressionFormat);
  } catch {
    return undefined;
  }
};

const plain = (encoding: string): string => encoding === "x-gzip" ? "gzip" : encoding;

/** Whether an answer is encoded so that nobody here can read it. */
export const unreadableEncoding = ({ headers, undone }: Received): string | undefined =>
  undone === undefined && headers["content-encoding"] !== undefined
    ? encodingsOf(headers).join(", ") || undefined
    : undefined;

/** As many bytes as tell an encoding. */
const telling = 4;

const streamOf = (bytes: AsyncIterator<Uint8Array>): ReadableStream<Uint8Array> =>
  new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await bytes.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: async () => void await bytes.return?.(),
  }, { highWaterMark: 0 });

const through = (bytes: ReadableStream<Uint8Array>, encoding: string): ReadableStream<Uint8Array> =>
  bytes.pipeThrough(undoing(encoding)! as ReadableWritablePair<Uint8Array, Uint8Array>);

/** What bytes that begin so are encoded with, outermost; none where a client has undone it without saying so. */
const outermostOf = (first: Uint8Array, encoding: string, certain: boolean): string | undefined => {
  if (first.length === 0) return undefined;
  const isSo = begins[encoding]?.(first);
  if (isSo === true) return encoding;
  // Nothing tells the bytes of `br`, and some servers leave out what those of `deflate` begin with.
  const isTold = isSo !== undefined && encoding !== "deflate";
  if (isTold || !(certain || first.some((byte) => byte < 9 || byte > 0x7e))) return undefined;
  return encoding === "deflate" ? "deflate-raw" : encoding;
};

/** The bytes of an answer without its encodings. */
async function* decoded(
  bytes: AsyncIterator<Uint8Array>,
  encodings: ReadonlyArray<string>,
  certain: boolean,
): AsyncGenerator<Uint8Array> {
  try {
    let first: Uint8Array = new Uint8Array();
    for (let next; first.length < telling && (next = await bytes.next()).done !== true;) {
      first = first.length === 0 ? next.value : joined([first, next.value]);
    }
    const all = async function* (): AsyncGenerator<Uint8Array> {
      if (first.length > 0) yield first;
      for (let next; (next = await bytes.next()).done !== true;) yield next.value;
    };
    const outermost = outermostOf(first, encodings.at(-1)!, certain);
    if (outermost === undefined) return yield* all();
    const inner = encodings.slice(0, -1).toReversed();
    yield* inner.reduce(through, through(streamOf(all()), outermost));
  } finally {
    await bytes.return?.();
  }
}

/**
 * An answer without its encoding, where that can be undone; else as it is, see {@linkcode unreadableEncoding}.
 *
 * @param isUndone Whether the client has undone them.
 * @param certain Whether nobody else can have undone it: no encoding was asked for, or the client is known.
 */
export const withoutEncoding = <R extends Received>(
  response: R,
  isUndone: Undoing,
  certain: boolean,
): R => {
  if (response.headers["content-encoding"] === undefined) return response;
  const named = encodingsOf(response.headers);
  if (named.length === 0) return response;
  const encodings = named.map(plain);
  const property = (value: unknown): PropertyDescriptor => ({ value, enumerable: true });
  const undone = property(encodings.join(", "));
  if (isUndone(named)) return Object.create(response, { undone });
  if (encodings.some((encoding) => undoing(encoding) === undefined)) return response;
  const bytes = {
    [Symbol.asyncIterator]: () =>
      decoded(Stream.toAsyncIterable(response.stream)[Symbol.asyncIterator](), encodings, certain),
  };
  const stream = Stream.fromAsyncIterable(bytes, (error) => error);
  const arrayBuffer = Effect.map(Stream.runCollect(stream), (pieces) => joined(pieces).buffer);
  const { "content-encoding": _, "content-length": __, ...headers } = response.headers;
  return Object.create(response, {
    undone,
    headers: property(headers),
    stream: property(stream),
    web: property(undefined),
    arrayBuffer: property(arrayBuffer),
  });
};
