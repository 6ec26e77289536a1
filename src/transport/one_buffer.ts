/**
 * Streams of bytes whose pieces may all come in one buffer.
 *
 * @module
 * @internal
 */
import type * as Stream from "effect/Stream";

const ways = new WeakMap<object, () => unknown>();

/** Says how a stream goes when each of its pieces is used up before the next is asked for. */
export const reusable = <S extends object>(stream: S, reusing: () => S): S => {
  ways.set(stream, reusing);
  return stream;
};

/** The same stream for one who uses up each piece before the next one comes: nothing is left for the runtime to collect. */
export const inOneBuffer = <E, R>(stream: Stream.Stream<Uint8Array, E, R>): typeof stream =>
  (ways.get(stream)?.() ?? stream) as typeof stream;
