/**
 * UTF-8 that comes in pieces, and may have bytes in it that are none.
 *
 * @module
 * @internal
 */
import { joined } from "../../src/transport/joined.ts";

/** How many bytes the character has that begins at a place; 0 when those there are none, as a table of the Unicode standard has it. */
const lengthAt = (bytes: Uint8Array, at: number): number => {
  const [lead, second] = [bytes[at]!, bytes[at + 1] ?? 0];
  if (lead < 0x80) return 1;
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  // Longer forms than needed, surrogates, and what is beyond Unicode.
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (length === 0 || second < least || second > most) return 0;
  for (let next = at + 2; next < at + length; next++) {
    if ((bytes[next] ?? 0) >> 6 !== 0b10) return 0;
  }
  return length;
};

/** Where the character begins that a piece ends in; its length when it ends with a whole one, or with no character at all. */
const endOfWhole = (bytes: Uint8Array): number => {
  for (let at = bytes.length - 1; at >= Math.max(bytes.length - 3, 0); at--) {
    const byte = bytes[at]!;
    if (byte >> 6 === 0b10) continue;
    const length = byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return at + length > bytes.length ? at : bytes.length;
  }
  return bytes.length;
};

/** Reads pieces of UTF-8. A byte that is none becomes a lone surrogate, which no text in UTF-8 has: {@linkcode hasOtherBytes} finds it. */
export class Utf8Pieces {
  /** Whether a byte was met that is not UTF-8. */
  hasMetOthers = false;

  // A byte order mark would be the beginning of the first cell; a replaced character would be a lost one.
  private readonly strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  /** The beginning of a character. */
  private rest: Uint8Array = new Uint8Array();

  /** The text of a piece, without the character that it ends in. */
  decode(piece: Uint8Array): string {
    const bytes = this.rest.length === 0 ? piece : joined([this.rest, piece]);
    const end = endOfWhole(bytes);
    this.rest = bytes.slice(end);
    const whole = bytes.subarray(0, end);
    try {
      return this.strict.decode(whole);
    } catch {
      this.hasMetOthers = true;
      return this.withOthers(whole);
    }
  }

  /** Whether the last piece ended in a character. */
  get endsInside(): boolean {
    return this.rest.length > 0;
  }

  private withOthers(bytes: Uint8Array): string {
    let text = "";
    let from = 0;
    for (let at = 0; at < bytes.length;) {
      const length = lengthAt(bytes, at);
      if (length === 0) {
        text += this.strict.decode(bytes.subarray(from, at)) + String.fromCharCode(0xdc00 + bytes[at]!);
        from = at + 1;
      }
      at += Math.max(length, 1);
    }
    return text + this.strict.decode(bytes.subarray(from));
  }
}

/** Whether a text has bytes in it that are not UTF-8. */
export const hasOtherBytes = (text: string): boolean => !text.isWellFormed();
