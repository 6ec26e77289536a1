/**
 * What of an exchange is secret, and does not go into a cassette.
 *
 * @module
 * @internal
 */
import type * as Headers from "effect/http/Headers";
import type { RecordedBody } from "./cassette.ts";
import { parseExact } from "../json/exact_json.ts";
import { type Scrub, scrubber } from "../errors/scrubber.ts";

const mask = "<redacted>";

const words =
  "password|passwd|passphrase|secret|secretkey|secret_?content|token|api_?key|private_?key|access_?key|ticket|cookie|" +
  "authorization|credential|triggerAuthCtx|proxySettingsAsString";

/** Fields whose value is a secret, whatever the object. */
const secretName = new RegExp(`(${words})$`, "i");

/** In a text: a name, what parts it from its value, and the value up to the quote that it begins with. */
const quotedSecret = new RegExp(`((?:${words})[\\\\"']*\\s*[:=]\\s*(\\\\?["']))(?:(?!\\2).)+`, "gis");

/** The same without quotes; what stands for no value is no secret. */
const bareSecret = new RegExp(
  `((?:${words})[\\\\"']*\\s*[:=]\\s*(?:(?:basic|bearer)\\s+)?)(?!null|none|true|false|undefined)[^\\s"',;&<>\\\\{}()[\\]]+`,
  "gi",
);

/** Fields that are secret in what some paths speak of. */
const secretOfTarget: ReadonlyArray<readonly [target: RegExp, name: RegExp]> = [
  [/^\/(admin\/globalAPIKeys|(admin\/)?personal-api-keys|users\/[^/]+\/personal-api-keys)/i, /^key$/],
  [/^\/auth\/ticket-from-browser-headers/, /^msg$/],
  [/^\/(admin\/)?connections\//, /^(params|resolvedParams)$/],
  [/^\/admin\/licensing\/license/, /./],
  [/^\/secrets-manager\/secrets\/[^/]+\/actions\//, /^value$/],
];

/** Headers that say nothing of who asks. */
const openHeaders =
  /^(accept|accept-encoding|content-type|content-length|user-agent|x-dku-proxyuser|traceparent|tracestate|b3|x-b3-.*)$/;

/** Secrets that are looked for in all texts are at least so long: a shorter one would be found in any text, and DSS gives none. */
const shortest = 8;

/** The secrets in the headers of a request: credentials, cookies, what a gateway asks for. */
export const secretsOfHeaders = (headers: Headers.Headers): ReadonlyArray<string> =>
  Object.entries(headers).flatMap(([name, value]) => {
    if (openHeaders.test(name)) return [];
    const bare = value.replace(/^(Basic|Bearer) /i, "");
    const pair = /^Basic /i.test(value) ? atobOr(bare) : undefined;
    const credentials = pair === undefined ? [] : [pair, ...pair.split(":")];
    return [bare, ...bare.split(/[;=\s]+/), ...credentials];
  });

const atobOr = (base64: string): string | undefined => {
  try {
    return atob(base64);
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** Whether an object is a pair whose name, or a mark beside it, says that its value is a secret. */
const isSecretPair = (object: Readonly<Record<string, unknown>>): boolean =>
  object.secret === true || [object.name, object.key].some((name) => typeof name === "string" && secretName.test(name));

/** Removes the secrets of one recording. */
export class Redaction {
  private readonly connection = new Set<string>();
  private readonly learned = new Set<string>();
  private scrubConnection: Scrub = scrubber([]);
  private scrubAll: Scrub = scrubber([]);

  /** Keeps secrets of the connection out of everything. */
  add(secrets: ReadonlyArray<string>): void {
    const long = secrets.filter((secret) => secret.trim().length >= shortest);
    if (long.every((secret) => this.connection.has(secret))) return;
    for (const secret of long) this.connection.add(secret);
    this.compile();
  }

  private compile(): void {
    this.scrubConnection = scrubber([...this.connection], shortest);
    this.scrubAll = scrubber([...this.connection, ...this.learned], shortest);
  }

  /** Keeps the secrets in a body out of everything: a key that DSS gave may come again elsewhere. */
  learn(target: string, bytes: Uint8Array): void {
    const known = this.learned.size;
    const parsed = parsedOf(textOf(bytes));
    if (parsed !== undefined) this.redacted(parsed.json, target, (secret) => void this.learned.add(secret));
    if (this.learned.size > known) this.compile();
  }

  /** A text without secrets. */
  text(text: string): string {
    return this.scrubAll(text).replaceAll(quotedSecret, `$1${mask}`).replaceAll(bareSecret, `$1${mask}`);
  }

  /** Path and query without secrets. */
  target(target: string): string {
    const [path, query] = target.split("?", 2) as [string, string | undefined];
    const shown = this.scrubAll(path)
      .replace(/(\/globalAPIKeys\/)[^/]+/i, `$1${mask}`)
      // A secret that was replayed as its mask.
      .replaceAll(encodeURIComponent(mask), mask);
    if (query === undefined) return shown;
    const pairs = query.split("&").map((pair) => {
      const [name] = pair.split("=", 1) as [string];
      return secretName.test(name) ? `${name}=${mask}` : this.scrubAll(pair);
    });
    return `${shown}?${pairs.join("&").replaceAll(encodeURIComponent(mask), mask)}`;
  }

  /** A body without secrets; none when it is empty. */
  body(target: string, bytes: Uint8Array): RecordedBody | undefined {
    if (bytes.length === 0) return undefined;
    const text = textOf(bytes);
    if (text === undefined) {
      const latin = new TextDecoder("latin1").decode(bytes);
      return this.scrubAll(latin) === latin
        ? { base64: base64Of(bytes) }
        : { withheld: "it holds a secret, and is no text that could be shown without it" };
    }
    const parsed = parsedOf(text);
    if (parsed === undefined) {
      return secretOfTarget.some(([pattern]) => pattern.test(target))
        ? { withheld: "it speaks of secrets, and is not complete JSON that could be shown without them" }
        : { text: this.text(text) };
    }
    const json = this.redacted(parsed.json, target, () => undefined);
    const written = stringified(json);
    if (written === undefined) return { withheld: "this runtime cannot write its numbers exactly" };
    // White space and the like are kept, where there is nothing to hide.
    return written === text || stringified(parsed.json) !== written ? { json } : { text: this.text(text) };
  }

  private redacted(value: unknown, target: string, found: (secret: string) => void): unknown {
    const names = secretOfTarget.filter(([pattern]) => pattern.test(target)).map(([, name]) => name);
    const isSecret = (name: string): boolean => secretName.test(name) || names.some((one) => one.test(name));
    /** `own` says that the part is a secret by its own name, and not only by that of what it is in. */
    const walk = (part: unknown, within: string, secret: boolean, own: boolean): unknown => {
      if (typeof part === "string") {
        if (!secret || part === "") return this.text(part);
        // What is beside a secret, as the name of a host, is hidden there, but it is a common word elsewhere.
        if (own && part.length >= shortest && part !== mask) found(part);
        return mask;
      }
      if (Array.isArray(part)) return part.map((one) => walk(one, within, secret, own));
      if (!isObject(part) || isDigits(part)) return part;
      const isPair = within === "secrets" || isSecretPair(part);
      return Object.fromEntries(
        Object.entries(part).map(([name, one]) => {
          const named = isSecret(name) || (isPair && name === "value");
          return [this.scrubConnection(name), walk(one, name, secret || named, named)];
        }),
      );
    };
    return walk(value, "", false, false);
  }
}

/** Whether it is no object of the document, but stands for digits that a number cannot hold. */
const isDigits = (value: Readonly<Record<string, unknown>>): boolean =>
  (JSON as { isRawJSON?(value: unknown): boolean }).isRawJSON?.(value) === true || typeof value.toJSON === "function";

const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
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

const base64Of = (bytes: Uint8Array): string => {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(binary);
};
