/**
 * Keeping secrets out of what is shown.
 *
 * @module
 * @internal
 */
import { masked, type Range } from "./mask.ts";
import { passwordsInAddresses } from "./secret_names.ts";
import { fromBase64, inAddress, inBase64, inHex, inJson, placeOf, type Reading, readings } from "./encodings.ts";

/** Removes secrets from what is shown. */
export type Scrub = (text: string) => string;

/** A secret of so many characters is hidden inside of words too: no word has it by chance. */
const longEnough = 16;

/** A shorter one as well, when it has characters that neither words nor ids have. */
const isNoWord = (secret: string): boolean => secret.length >= 8 && /[^\p{L}\p{N}_.\-\s]/u.test(secret);

/** So much of a secret is hidden at the end of a text, or at its beginning, where the rest of it was cut. */
const longPart = 8;

/** Finds secrets in a reading of a text. */
export type Find = (reading: Reading) => ReadonlyArray<Range>;

const escaped = (form: string): string => form.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** In any case, because the hexadecimal digits of an address and its host change theirs; in addresses, `+` stands for a space too. */
const folded = (text: string): string => {
  const lower = text.toLowerCase();
  const same = lower.length === text.length ? lower : text.replaceAll(/\p{Lu}/gu, (letter) => {
    const small = letter.toLowerCase();
    return small.length === letter.length ? small : letter;
  });
  return same.replaceAll("+", " ");
};

const longestFirst = (forms: Iterable<string>): ReadonlyArray<string> =>
  [...new Set(forms)].filter((form) => form !== "").sort((a, b) => b.length - a.length);

/** A secret, how it reads when it was given with escapes, and its lines: of a key of many, one may be shown. */
const partsOf = (secret: string): ReadonlyArray<string> => {
  const lines = secret.includes("\n")
    ? secret.split(/\r?\n/).filter((line) => line.length >= longEnough && !line.startsWith("-----"))
    : [];
  return [...readings(secret).map(({ text }) => text), ...lines];
};

const matches = function* (text: string, pattern: RegExp): Generator<RegExpExecArray> {
  pattern.lastIndex = 0;
  // Each from the character behind the beginning of the last: secrets may overlap.
  for (let match; (match = pattern.exec(text)) !== null; pattern.lastIndex = match.index + 1) yield match;
};

const base64Character = /[A-Za-z\d+_-]/;
const padding = /^(?:=|%3[dD]){0,2}/;

/** A part of Base64, with all that belongs to it before and behind; its padding may be written as in an address. */
const base64Around = (text: string, from: number, to: number): Range => {
  let [begin, end] = [from, to];
  while (begin > 0 && base64Character.test(text[begin - 1]!)) begin--;
  while (end < text.length && base64Character.test(text[end]!)) end++;
  return [begin, end + padding.exec(text.slice(end, end + 6))![0].length];
};

const any = (forms: ReadonlyArray<string>): RegExp => new RegExp(forms.map(escaped).join("|") || "(?!)", "g");

/** Where something may have been cut. */
const cut = /["'\s)}\]]{0,20}(?:…|\.\.\.|$)/y;

/** Finds what is left of secrets where a text was cut: at its beginning, at its end, before dots. */
const findParts = (forms: ReadonlyArray<string>): (text: string) => ReadonlyArray<Range> => {
  const heads = Map.groupBy(forms, (form) => form.slice(0, longPart));
  const tails = Map.groupBy(forms, (form) => form.slice(-longPart));
  const [anyHead, anyTail] = [any([...heads.keys()]), any([...tails.keys()])];
  return (text) => {
    if (text.length < longPart) return [];
    const found: Array<Range> = [];
    for (const { 0: head, index } of matches(text, anyHead)) {
      for (const form of heads.get(head)!) {
        let length = longPart;
        while (length < form.length && form[length] === text[index + length]) length++;
        cut.lastIndex = index + length;
        if (cut.test(text)) found.push([index, index + length]);
      }
    }
    for (const { 0: tail, index } of matches(text, anyTail)) {
      if (tails.get(tail)!.some((form) => form.endsWith(text.slice(0, index + longPart)))) {
        found.push([0, index + longPart]);
      }
    }
    return found;
  };
};

/** Finds secrets anywhere. */
const findLong = (secrets: ReadonlyArray<string>): Find => {
  if (secrets.length === 0) return () => [];
  const plain = longestFirst(secrets.flatMap(partsOf).flatMap((part) => [part, ...inHex(part)]).map(folded));
  const escapes = (part: string): ReadonlyArray<string> => [part, inJson(part), inAddress(part)];
  const base64 = longestFirst(secrets.flatMap(partsOf).flatMap(escapes).flatMap(inBase64).map(folded));
  const anyPlain = any(plain);
  const findCut = findParts([...plain, ...base64].filter((form) => form.length > longPart));
  const anyBase64 = any(base64);
  return ({ text }) => {
    const fold = folded(text);
    const found: Array<Range> = [];
    for (const { 0: { length }, index } of matches(fold, anyPlain)) found.push([index, index + length]);
    for (const { 0: { length }, index } of matches(fold, anyBase64)) {
      found.push(base64Around(text, index, index + length));
    }
    found.push(...findCut(fold));
    return found;
  };
};

const letter = "[\\p{L}\\p{N}_]";

/** A form of a secret that stands alone: a key such as `demo` is a part of many words, where it is none. */
const alone = (form: string): string => {
  const begin = new RegExp(`^${letter}`, "u").test(form) ? `(?<!${letter})` : "";
  const end = new RegExp(`${letter}$`, "u").test(form) ? `(?!${letter})` : "";
  return `${begin}${escaped(form)}${end}`;
};

const base64Run = /[A-Za-z\d+/_-]{4,}={0,2}/g;

/** What Base64 stands for, when that is a text. */
const textOfBase64 = (run: string): string | undefined => {
  const bytes = fromBase64(run);
  if (bytes === undefined) return undefined;
  const text = new TextDecoder().decode(bytes);
  return /[\p{Cc}\ufffd]/u.test(text) ? undefined : text;
};

/** Finds secrets that stand alone. */
const findShort = (secrets: ReadonlyArray<string>): Find => {
  if (secrets.length === 0) return () => [];
  const hex = secrets.filter((secret) => secret.length >= 4).flatMap(inHex);
  const forms = longestFirst([...secrets.flatMap(partsOf), ...hex, ...hex.map((form) => form.toUpperCase())]);
  const pattern = new RegExp(forms.map(alone).join("|"), "gu");
  const mayHold = new RegExp(secrets.flatMap((secret) => inBase64(secret, 3)).map(escaped).join("|") || "(?!)");
  const holds = (text: string | undefined): boolean => text !== undefined && text.search(pattern) !== -1;
  return ({ text }) => {
    const found: Array<Range> = [];
    for (const { 0: { length }, index } of text.replaceAll("+", " ").matchAll(pattern)) {
      found.push([index, index + length]);
    }
    for (const { 0: run, index } of text.matchAll(base64Run)) {
      if (!mayHold.test(run)) continue;
      if (holds(textOfBase64(run))) found.push([index, index + run.length]);
      let from = index;
      for (const piece of run.split("/")) {
        if (holds(textOfBase64(piece))) found.push([from, from + piece.length]);
        from += piece.length + 1;
      }
    }
    return found;
  };
};

/**
 * Removes secrets from a text, in every way in which servers write them. It should see the whole text: of a secret that was cut, less than
 * eight characters would stay.
 *
 * Nothing is prepared before the first text comes.
 *
 * @param within How long a secret must be to be hidden inside of words too; a shorter one is hidden where it stands alone.
 * @param others What finds others; by default, passwords in addresses, whosever they are.
 */
export const scrubber = (
  secrets: ReadonlyArray<string>,
  within: number = longEnough,
  others: ReadonlyArray<Find> = [({ text }) => passwordsInAddresses(text)],
): Scrub => {
  let finds: ReadonlyArray<Find> | undefined;
  const prepared = (): ReadonlyArray<Find> => {
    const some = [...new Set(secrets)].filter((secret) => secret !== "");
    const isLong = (secret: string): boolean => secret.length >= within || isNoWord(secret);
    return [findLong(some.filter(isLong)), findShort(some.filter((secret) => !isLong(secret))), ...others];
  };
  return (text) => {
    if (text === "") return text;
    finds ??= prepared();
    const places = readings(text).flatMap((reading) =>
      finds!.flatMap((find) => find(reading)).map(([from, to]): Range => [placeOf(reading, from), placeOf(reading, to)])
    );
    return masked(text, places);
  };
};

/** Deeper values than DSS ever says are left out of what is shown. */
const deepest = 200;

/** A value of JSON without secrets, in its names as well; what is no plain object stays. */
export const scrubbed = <A>(scrub: Scrub, value: A): A => {
  const shown = (part: unknown, depth: number): unknown => {
    if (typeof part === "string") return scrub(part);
    if (typeof part !== "object" || part === null) return part;
    if (depth > deepest) return undefined;
    if (Array.isArray(part)) return part.map((one) => shown(one, depth + 1));
    if (Object.getPrototypeOf(part) !== Object.prototype) return part;
    return Object.fromEntries(Object.entries(part).map(([name, one]) => [scrub(name), shown(one, depth + 1)]));
  };
  return shown(value, 0) as A;
};
