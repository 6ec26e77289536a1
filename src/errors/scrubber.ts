/**
 * Keeping secrets out of what is shown.
 *
 * @module
 * @internal
 */

const mask = "<redacted>";

const html: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const lowerHex = (encoded: string): string => encoded.replaceAll(/%../g, (hex) => hex.toLowerCase());

/** A secret as servers and runtimes write it: as it is, in an address, in JSON, in a page. */
const written = (secret: string): ReadonlyArray<string> => [
  secret,
  encodeURIComponent(secret),
  lowerHex(encodeURIComponent(secret)),
  JSON.stringify(secret).slice(1, -1),
  secret.replaceAll(/[&<>"']/g, (character) => html[character]!),
];

/** Removes secrets from what is shown. */
export type Scrub = (text: string) => string;

/** A secret of so many characters is hidden inside of words too: no word has it by chance. */
const longEnough = 16;

/** A shorter one as well, when it has characters that neither words nor ids have. */
const isNoWord = (secret: string): boolean => secret.length >= 8 && /[^\p{L}\p{N}_.\-\s]/u.test(secret);

const escaped = (form: string): string => form.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

const longestFirst = (secrets: ReadonlyArray<string>): ReadonlyArray<string> =>
  [...new Set(secrets.flatMap(written))].sort((a, b) => b.length - a.length);

const letter = "[\\p{L}\\p{N}_]";

/** What ends with a letter and is none of the word behind it: a character that is written otherwise, in an address or in JSON. */
const writtenCharacter = "(?<=%[\\dA-Fa-f]{2}|\\\\[bfnrt]|\\\\u[\\dA-Fa-f]{4})";

/** A form of a secret that stands alone: a key such as `demo` is a part of many words, where it is none. */
const alone = (form: string): string => {
  const begin = new RegExp(`^${letter}`, "u").test(form) ? `(?:(?<!${letter})|${writtenCharacter})` : "";
  const end = new RegExp(`${letter}$`, "u").test(form) ? `(?!${letter})` : "";
  return `${begin}${escaped(form)}${end}`;
};

const removing = (pattern: string, flags: string): Scrub => {
  if (pattern === "") return (text) => text;
  const any = new RegExp(pattern, flags);
  return (text) => text.replaceAll(any, mask);
};

/**
 * Removes secrets from a text. It must see the whole text: of a secret that was cut, a part would stay.
 *
 * @param within How long a secret must be to be hidden inside of words too; a shorter one is hidden where it stands alone.
 */
export const scrubber = (secrets: ReadonlyArray<string>, within: number = longEnough): Scrub => {
  const some = secrets.filter((secret) => secret !== "");
  const isLong = (secret: string): boolean => secret.length >= within || isNoWord(secret);
  // In any case: the hexadecimal digits of an address and its host change theirs.
  const long = removing(longestFirst(some.filter(isLong)).map(escaped).join("|"), "gi");
  const short = removing(longestFirst(some.filter((secret) => !isLong(secret))).map(alone).join("|"), "gu");
  return (text) => short(long(text));
};
