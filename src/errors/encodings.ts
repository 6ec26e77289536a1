/**
 * How servers write a text: in addresses, in JSON, in pages, in Base64, in hexadecimal. All that is known of it stands here.
 *
 * Escapes can stand for any character, one inside of another; so they are read, not foretold.
 *
 * @module
 * @internal
 */

/** Names that pages have for characters. */
const entities: Readonly<Record<string, string>> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", sol: "/", bsol: "\\", plus: "+", equals: "=" },
  ...{ colon: ":", semi: ";", comma: ",", period: ".", num: "#", percnt: "%", dollar: "$", excl: "!", quest: "?" },
  ...{ lpar: "(", rpar: ")", lsqb: "[", rsqb: "]", lbrack: "[", rbrack: "]", lcub: "{", rcub: "}", ast: "*" },
  ...{ commat: "@", lowbar: "_", verbar: "|", hat: "^", grave: "`", tab: "\t", newline: "\n" },
};

const jsonEscapes: Readonly<Record<string, string>> = {
  ...{ n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", v: "\v" },
  ...{ "/": "/", "\\": "\\", '"': '"', "'": "'", "`": "`" },
};

const character = (code: number): string => code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";

const entity = /&(?:#x([\da-f]{1,8})|#(\d{1,8})|([a-z]{2,8}));?/gi;

const readEntity = (whole: string, hex?: string, decimal?: string, name?: string): string => {
  if (hex !== undefined) return character(parseInt(hex, 16));
  if (decimal !== undefined) return character(Number(decimal));
  return entities[String(name).toLowerCase()] ?? whole;
};

/** A text of a page as people read it. */
export const readPage = (html: string): string => html.replaceAll(entity, readEntity);

const bytesOf = (percents: string): Uint8Array =>
  Uint8Array.from(percents.slice(1).split("%"), (hex) => parseInt(hex, 16));

/** The characters of some bytes, each with how many bytes it has; what is no UTF-8 is Latin-1. */
const readBytes = (bytes: Uint8Array): ReadonlyArray<readonly [text: string, length: number]> => {
  const found: Array<readonly [string, number]> = [];
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at]!;
    if (first < 0x80) {
      found.push([String.fromCharCode(first), 1]);
      at += 1;
      continue;
    }
    const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(at, at + length));
    const isUtf8 = !text.includes("\ufffd") && at + length <= bytes.length;
    found.push(isUtf8 ? [text, length] : [String.fromCharCode(first), 1]);
    at += isUtf8 ? length : 1;
  }
  return found;
};

/** A text without its escapes, and where each of its characters begins in what was written. */
export interface Reading {
  readonly text: string;
  /** One more than there are characters; absent when the text is what was written. */
  readonly places?: Uint32Array;
}

/** Where a character of a reading, or its end, stands in what was written. */
export const placeOf = ({ places }: Reading, at: number): number => places?.[at] ?? at;

const escape =
  /((?:%[\da-f]{2})+)|%u([\da-f]{4})|\\(?:u([\da-f]{4})|u\{([\da-f]{1,6})\}|x([\da-f]{2})|([nrtbfv/\\"'`]))|&(?:#x[\da-f]{1,8}|#\d{1,8}|[a-z]{2,8});?|\0+/gi;

/** What an escape stands for, each character with the length of how it was written; `undefined` for what is none. */
const readEscape = (match: RegExpExecArray): ReadonlyArray<readonly [text: string, length: number]> | undefined => {
  const [whole, percents, ...numbers] = match;
  if (percents !== undefined) return readBytes(bytesOf(percents)).map(([text, length]) => [text, length * 3]);
  // Between the characters of what was read as if it had one byte for each.
  if (whole.startsWith("\0")) return [["", whole.length]];
  const letter = numbers.pop();
  const hex = numbers.find((number) => number !== undefined);
  const text = hex !== undefined
    ? parseInt(hex, 16) > 0x10ffff ? whole : String.fromCodePoint(parseInt(hex, 16))
    : letter !== undefined
    ? jsonEscapes[letter.toLowerCase()]!
    : readPage(whole);
  return text === whole ? undefined : [[text, whole.length]];
};

const readOnce = (reading: Reading): Reading | undefined => {
  const { text } = reading;
  if (!/[%\\&\0]/.test(text)) return undefined;
  const pieces: Array<string> = [];
  const places = new Uint32Array(text.length + 1);
  let [length, from, isSame] = [0, 0, true];
  const keep = (until: number): void => {
    pieces.push(text.slice(from, until));
    for (; from < until; from++) places[length++] = placeOf(reading, from);
  };
  for (const match of text.matchAll(escape)) {
    const read = readEscape(match);
    if (read === undefined) continue;
    isSame = false;
    keep(match.index);
    for (const [piece, written] of read) {
      pieces.push(piece);
      for (let unit = 0; unit < piece.length; unit++) places[length++] = placeOf(reading, from);
      from += written;
    }
  }
  if (isSame) return undefined;
  keep(text.length);
  places[length] = placeOf(reading, text.length);
  return { text: pieces.join(""), places: places.subarray(0, length + 1) };
};

/** Escapes of escapes of escapes: more is not read. */
const deepest = 6;

/** A text as it was written, and as it is read without its escapes, as often as it has any. */
export const readings = (text: string): ReadonlyArray<Reading> => {
  const found: Array<Reading> = [{ text }];
  for (let next; found.length <= deepest && (next = readOnce(found.at(-1)!)) !== undefined;) found.push(next);
  return found;
};

/** The bytes of a text, in UTF-8, and in Latin-1 where that is something else. */
const asBytes = (text: string): ReadonlyArray<Uint8Array> => {
  const utf8 = new TextEncoder().encode(text);
  const isLatin = /[\x80-\xff]/.test(text) && !/[^\0-\xff]/.test(text);
  return isLatin ? [utf8, Uint8Array.from(text, (one) => one.charCodeAt(0))] : [utf8];
};

/** Bytes as Base64. */
export const toBase64 = (bytes: Uint8Array): string => {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(binary);
};

/** The bytes that Base64 or base64url stands for, with its padding or without; `undefined` for what is neither. */
export const fromBase64 = (text: string): Uint8Array | undefined => {
  const plain = text.replaceAll(/\s+/g, "").replaceAll("-", "+").replaceAll("_", "/");
  // No bytes have such a length; to be told so takes long.
  if (plain.length % 4 === 1) return undefined;
  try {
    return Uint8Array.from(atob(plain), (one) => one.charCodeAt(0));
  } catch {
    return undefined;
  }
};

/** Shorter Base64 is found in any text. */
const longEnough = 8;

/**
 * What stands for a text in Base64 and base64url, wherever it stands in what was written so: without the characters at its ends, which
 * stand for a part of its neighbours too.
 *
 * @param shortest How many characters are left at least.
 */
export const inBase64 = (text: string, shortest: number = longEnough): ReadonlyArray<string> =>
  asBytes(text).flatMap((bytes) =>
    [0, 1, 2].flatMap((before) => {
      const all = new Uint8Array(before + bytes.length);
      all.set(bytes, before);
      const core = toBase64(all).slice([0, 2, 3][before], Math.floor(all.length * 8 / 6));
      return core.length < shortest ? [] : [core, core.replaceAll("+", "-").replaceAll("/", "_")];
    })
  );

/** A text as JSON has it between quotes. */
export const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** A text as a segment of an address has it. */
export const inAddress = (text: string): string => encodeURIComponent(text.toWellFormed());

/** A text in hexadecimal, in lower case. */
export const inHex = (text: string): ReadonlyArray<string> =>
  asBytes(text).map((bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
