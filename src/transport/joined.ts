/**
 * Pieces of bytes as one.
 *
 * @module
 * @internal
 */

/** Copies pieces into one. */
export const joined = (pieces: ReadonlyArray<Uint8Array>): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
};

/** A piece that is kept: one of Deno may hold a buffer of sixteen times its length. */
export const kept = (piece: Uint8Array): Uint8Array =>
  piece.buffer.byteLength > 2 * piece.length ? piece.slice() : piece;

/** Most bytes that a buffer grows to in its place; beyond, it is copied. */
const reserved = 536_870_912;

/** By how many bytes a buffer grows at least. */
const step = 1_048_576;

/** Bytes that are gathered piece by piece, in one buffer that grows in its place: the pieces themselves are let go. */
export class Gathered {
  /** How many have come. */
  size = 0;
  private first: Uint8Array | undefined;
  private buffer: ArrayBuffer = new ArrayBuffer();
  private readonly limit: number;

  /** Takes at most so many bytes. */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** Takes a piece; false when there are too many bytes then. */
  add(piece: Uint8Array): boolean {
    const size = this.size + piece.length;
    if (size > this.limit) return false;
    if (this.size === 0) this.first = piece;
    else this.put(piece, size);
    this.size = size;
    return true;
  }

  private put(piece: Uint8Array, size: number): void {
    if (size > this.buffer.maxByteLength) {
      const grown = new ArrayBuffer(size, { maxByteLength: Math.max(Math.min(this.limit, reserved), 2 * size) });
      new Uint8Array(grown).set(this.first ?? new Uint8Array(this.buffer, 0, this.size));
      this.first = undefined;
      this.buffer = grown;
    }
    if (size > this.buffer.byteLength) this.buffer.resize(Math.min(size + step, this.buffer.maxByteLength));
    new Uint8Array(this.buffer, this.size).set(piece);
  }

  /** All that came; nothing may be added any more. */
  all(): Uint8Array {
    // Browsers read no text from a buffer that may grow.
    return this.first ?? new Uint8Array(this.buffer.transferToFixedLength(this.size));
  }
}
