/**
 * The outline of a JSON text: whether it ends inside of something, and how deep it is, without parsing it.
 *
 * @module
 * @internal
 */

const quote = 0x22;
const backslash = 0x5c;

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
    let at = this.escaped;
    for (; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (inString) {
        if (byte === quote) inString = false;
        else if (byte === backslash) at++;
      } else if (byte === quote) inString = true;
      else if ((byte | 0x20) === 0x7b) { // { and [
        depth += 1;
        if (depth > deepest) deepest = depth;
      } else if ((byte | 0x20) === 0x7d) depth -= 1; // } and ]
    }
    this.escaped = at - bytes.length;
    this.depth = depth;
    this.deepest = deepest;
    this.inString = inString;
  }
}
