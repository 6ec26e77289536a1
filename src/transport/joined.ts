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

/** Bytes that are gathered piece by piece, in one buffer that grows: the pieces themselves are let go. */
export class Gathered {
  /** How many have come. */
  size = 0;
  private first: Uint8Array | undefined;
  private buffer: Uint8Array = new Uint8Array();
  private readonly limit: number;

  /** @param limit Most bytes that will come. */
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
    if (size > this.buffer.length) {
      const grown = new Uint8Array(Math.min(Math.max(size, 2 * this.buffer.length, 65_536), this.limit));
      grown.set(this.first ?? this.buffer.subarray(0, this.size));
      this.first = undefined;
      this.buffer = grown;
    }
    this.buffer.set(piece, this.size);
  }

  /** All that came; nothing may be added any more. */
  all(): Uint8Array {
    return this.first ?? this.buffer.subarray(0, this.size);
  }
}
