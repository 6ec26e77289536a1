/**
 * What of an exchange is secret, and does not go into a cassette.
 *
 * @module
 * @internal
 */
import type * as Headers from "effect/http/Headers";
import type { RecordedBody } from "./cassette.ts";
import { compressionOf, type Inside } from "./inside.ts";
import { fromBase64, toBase64 } from "../errors/encodings.ts";
import { mask } from "../errors/mask.ts";
import { type Find, type Scrub, scrubber } from "../errors/scrubber.ts";
import { isSecretHeader, isSecretParameter, namedSecrets, secretsOfHeader } from "../errors/secret_names.ts";
import { parseExact } from "../json/exact_json.ts";
import { isPair, secretFields, secretsAt, speaksOfSecrets } from "../transport/secret_places.ts";

/** Secrets that are looked for in all texts are at least so long: a shorter one would be found in any text, and DSS gives none. */
const shortest = 8;

/** The secrets in the headers of a request: credentials, cookies, what a gateway asks for. */
export const secretsOfHeaders = (headers: Headers.Headers): ReadonlyArray<string> =>
  Object.entries(headers).flatMap(([name, value]) => isSecretHeader(name) ? secretsOfHeader(value) : []);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** Finds what stands under the name of a secret, also where a text is written otherwise. */
const findNamed: Find = ({ text }) => namedSecrets(text);

/** Texts that are longer are no document in a document. */
const longestInside = 1_048_576;

/** Base64 as a value: shorter is a word as well. */
const base64Value = /^(?:data:[^,]{0,100};base64,)?([A-Za-z\d+/_-]{12,}={0,2})$/;

/** Removes the secrets of one recording. */
export class Redaction {
  private readonly connection = new Set<string>();
  private readonly learned = new Set<string>();
  private scrubConnection: Scrub = scrubber([], shortest, []);
  private scrubKnown: Scrub = scrubber([], shortest, []);
  private scrubAll: Scrub = scrubber([], shortest, [findNamed]);

  /** Keeps secrets of the connection out of everything. */
  add(secrets: ReadonlyArray<string>): void {
    this.know(this.connection, secrets);
  }

  private know(known: Set<string>, secrets: ReadonlyArray<string>): void {
    const { size } = known;
    for (const secret of secrets) if (secret.trim().length >= shortest && secret !== mask) known.add(secret);
    if (known.size === size) return;
    const all = [...this.connection, ...this.learned];
    this.scrubConnection = scrubber([...this.connection], shortest, []);
    this.scrubKnown = scrubber(all, shortest, []);
    this.scrubAll = scrubber(all, shortest, [findNamed]);
  }

  /** Keeps the secrets in a body out of everything: a key that DSS gave may come again elsewhere. */
  learn(target: string, bytes: Uint8Array): void {
    const parsed = parsedOf(textOf(bytes));
    if (parsed !== undefined) this.know(this.learned, secretsAt(target, parsed.json, false));
  }

  /** A text without secrets. */
  text(text: string): string {
    return this.scrubAll(text);
  }

  /** A text that may be a document or bytes written as text, without the secrets in it. */
  private value(text: string, target: string): string {
    const plain = this.text(text);
    if (plain !== text || text.length < shortest) return plain;
    const inner = /^\s*[[{"]/.test(text) && text.length <= longestInside ? parsedOf(text) : undefined;
    if (inner !== undefined) {
      const json = this.redacted(inner.json, target);
      const [before, after] = [stringified(inner.json), stringified(json)];
      return before === after ? text : after ?? mask;
    }
    const base64 = base64Value.exec(text)?.[1];
    const bytes = base64 === undefined ? undefined : fromBase64(base64);
    if (bytes === undefined) return text;
    // What is compressed inside cannot be looked into at once.
    return compressionOf(bytes) !== undefined || this.holdsSecret(target, bytes) ? mask : text;
  }

  /** Path and query without secrets. */
  target(target: string): string {
    const [path, query] = target.split("?", 2) as [string, string | undefined];
    const isOpen = (text: string): boolean => this.value(text, "") === text;
    const shown = this.scrubKnown(path)
      .replace(/(\/globalAPIKeys\/)[^/]+/i, `$1${mask}`)
      // A secret that was replayed as its mask.
      .replaceAll(encodeURIComponent(mask), mask)
      .split("/").map((segment) => isOpen(decoded(segment)) ? segment : mask).join("/");
    if (query === undefined) return shown;
    const pairs = this.scrubKnown(query).replaceAll(encodeURIComponent(mask), mask).split("&").map((pair) => {
      const [name, ...rest] = pair.split("=") as [string, ...ReadonlyArray<string>];
      const value = decoded(rest.join("=").replaceAll("+", " "));
      return rest.length > 0 && (isSecretParameter(name) || !isOpen(value)) ? `${name}=${mask}` : pair;
    });
    return `${shown}?${pairs.join("&")}`;
  }

  /** Whether there is a secret in bytes, whatever they are. */
  private holdsSecret(target: string, bytes: Uint8Array): boolean {
    const text = textOf(bytes);
    if (text === undefined) return wordsIn(bytes).some((words) => this.text(words) !== words);
    const parsed = parsedOf(text);
    return parsed === undefined
      ? this.text(text) !== text
      : stringified(this.redacted(parsed.json, target)) !== stringified(parsed.json);
  }

  /** A body without secrets; none when it is empty. */
  body(target: string, bytes: Uint8Array, inside: Inside): RecordedBody | undefined {
    if ("unknown" in inside) return { withheld: `${inside.unknown}, so whether it holds a secret cannot be told` };
    if (bytes.length === 0) return undefined;
    const text = textOf(bytes);
    if (text === undefined) {
      return [bytes, ...inside.contents].some((content) => this.holdsSecret(target, content))
        ? { withheld: "it holds a secret, and is no text that could be shown without it" }
        : { base64: toBase64(bytes) };
    }
    const parsed = parsedOf(text);
    if (parsed === undefined) {
      return speaksOfSecrets(target)
        ? { withheld: "it speaks of secrets, and is not complete JSON that could be shown without them" }
        : { text: this.value(text, target) };
    }
    const json = this.redacted(parsed.json, target);
    const written = stringified(json);
    if (written === undefined) return { withheld: "this runtime cannot write its numbers exactly" };
    // White space and the like are kept, where there is nothing to hide.
    return written === text || stringified(parsed.json) !== written ? { json } : { text: this.text(text) };
  }

  private redacted(value: unknown, target: string): unknown {
    const isSecretField = secretFields(target);
    const walk = (part: unknown, within: string, secret: boolean): unknown => {
      if (typeof part === "string") return secret && part !== "" ? mask : this.value(part, target);
      if (Array.isArray(part)) return part.map((one) => walk(one, within, secret));
      if (!isObject(part) || isDigits(part)) return part;
      // What a pair in a list of secrets is called is none.
      const inside = secret && !isPair(part);
      return Object.fromEntries(
        Object.entries(part).map(([name, one]) => {
          const isSecret = inside || (secret && name === "value") || isSecretField(part, within, name);
          return [this.scrubConnection(name), walk(one, name, isSecret)];
        }),
      );
    };
    return walk(value, "", false);
  }
}

/** Whether it is no object of the document, but stands for digits that a number cannot hold. */
const isDigits = (value: Readonly<Record<string, unknown>>): boolean =>
  (JSON as { isRawJSON?(value: unknown): boolean }).isRawJSON?.(value) === true || typeof value.toJSON === "function";

/** Bytes as text; text with NUL characters is none, but that of another character set. */
const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
};

/** The words that may be in bytes that are no text of ours: each byte a character, or two as UTF-16 has them. */
const wordsIn = (bytes: Uint8Array): ReadonlyArray<string> => [
  new TextDecoder("latin1").decode(bytes).replaceAll("\0", ""),
  new TextDecoder().decode(bytes),
  new TextDecoder("utf-16le").decode(bytes),
  new TextDecoder("utf-16be").decode(bytes),
];

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const parsedOf = (text: string | undefined): { readonly json: unknown } | undefined => {
  if (text === undefined) return undefined;
  try {
    return { json: parseExact(text) };
  } catch {
    return undefined;
  }
};

const stringified = (json: unknown): string | undefined => {
  try {
    return JSON.stringify(json);
  } catch {
    return undefined;
  }
};
