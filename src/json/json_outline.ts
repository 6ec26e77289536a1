/**
 * The outline of a JSON text: whether it ends inside of something, and how deep it is, without parsing it.
 *
 * @module
 * @internal
 */

/** What a byte is: 0 for nothing of interest, as most are. */
const kinds = new Uint8Array(256);
const [quote, backslash, opens, closes] = [1, 2, 3, 4];
kinds[0x22] = quote;
kinds[0x5c] = backslash;
for (const byte of [0x5b, 0x7b]) kinds[byte] = opens; // [ and {
for (const byte of [0x5d, 0x7d]) kinds[byte] = closes; // ] and }

/** What is known of a text up to a place in it. */
export class JsonOutline {
  /** How many objects and lists are open. */
  depth = 0;
  /** How many were open at once. */
  deepest = 0;
  private inString = false;
  /** Bytes of the next piece that an escape takes. */
  private escaped = 0;

  /** Whether the text ends inside of an object, a list or a string. */
  get endsInside(): boolean {
    return this.inString || this.depth > 0;
  }

  /** Looks at the next piece of a text in UTF-8. */
  add(bytes: Uint8Array): void {
    let { depth, deepest, inString } = this;
    const { length } = bytes;
    let at = this.escaped;
    for (; at < length; at++) {
      const kind = kinds[bytes[at]!]!;
      if (kind === 0) continue;
      if (kind === quote) inString = !inString;
      else if (inString) at += kind === backslash ? 1 : 0;
      else if (kind === closes) depth -= 1;
      else if (kind === opens) {
        depth += 1;
        if (depth > deepest) deepest = depth;
      }
    }
    this.escaped = at - length;
    this.depth = depth;
    this.deepest = deepest;
    this.inString = inString;
  }
}

/** How much of a text, in how many places, tells whether it may be deep. */
const sample = 16_384;
const samples = 16;

/** Whether a text goes so deep in some place that it may be deep as a whole: parsing takes long for each level. */
export const mayBeDeep = (bytes: Uint8Array): boolean => {
  for (let place = 0; place < samples; place++) {
    const from = Math.floor((bytes.length - sample) * place / (samples - 1));
    const outline = new JsonOutline();
    outline.add(bytes.subarray(from, from + sample));
    if (Math.abs(outline.depth) > sample / 16) return true;
  }
  return false;
};
