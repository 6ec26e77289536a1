/**
 * What a request that got no answer means: each runtime says it in its own words.
 *
 * What this table does not know counts as "may have been sent".
 *
 * @module
 * @internal
 */
import { TlsFailure, Truncated, Unreachable, UploadFailed } from "../errors/reasons.ts";
import type { Scrub } from "../errors/scrubber.ts";

/** How a runtime tells one kind of failure: by code (Node) or by text (Deno). */
interface Row {
  readonly codes: RegExp;
  readonly text: RegExp;
  readonly kind: "content" | "proxy" | "tls" | "nothing sent";
}

const table: ReadonlyArray<Row> = [
  {
    kind: "content",
    // Node reads the file of a blob while it sends it, and refuses one that is not as it was.
    codes: /^NotReadableError$/,
    text: /^The blob could not be read$/i,
  },
  {
    kind: "proxy",
    codes: /^$/, // Node has none for it
    text: /proxy authentication required|Proxy response \(407\)/i,
  },
  {
    kind: "tls",
    codes: /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_|EPROTO|ERR_OSSL)/,
    text: /certificate|UnknownIssuer|NotValidForName|HandshakeFailure|received fatal alert|invalid peer/i,
  },
  {
    kind: "nothing sent",
    codes:
      /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_ACCESS_DENIED|NotCapable)$/,
    text:
      /client error \(Connect\)|tcp connect error|dns error|failed to lookup|Requires net access|unsuccessful tunnel|Proxy response \(\d+\) !== 200|Requests to port \d+ are blocked|^bad port$/i,
  },
];

/** Deno and Effect put the address into their texts, where the ids of objects would be taken for words of the runtime. */
const withoutAddress = (text: string): string => text.replaceAll(/( for url )?\(?\w+:\/\/\S*/g, "");

/** What one error says. */
interface Said {
  readonly code: string;
  readonly text: string;
}

/** An error and its causes, outermost first: Effect wraps the runtime's, Node wraps the socket's. */
const chain = (error: unknown, scrub: Scrub): ReadonlyArray<Said> => {
  const found: Array<Said> = [];
  for (let at: unknown = error; at instanceof Error && found.length < 8; at = at.cause) {
    const { code } = at as { readonly code?: unknown };
    found.push({ code: typeof code === "string" ? code : at.name, text: withoutAddress(scrub(at.message)) });
    if (at instanceof AggregateError) found.push(...at.errors.flatMap((one) => chain(one, scrub)));
  }
  return found;
};

/** What the innermost error says, in one short line. */
const words = (errors: ReadonlyArray<Said>): string =>
  (errors.at(-1)?.text ?? "").replaceAll(/\s+/g, " ").trim().slice(0, 200);

/**
 * The reason for which a request, or the reading of its answer, failed below HTTP.
 *
 * @param during Whether the header of an answer had come.
 */
export const transportFailure = (
  error: unknown,
  during: "request" | "body",
  instance: string,
  scrub: Scrub,
): Unreachable | TlsFailure | Truncated | UploadFailed => {
  const errors = chain(error, scrub);
  const kind = table.find((row) => errors.some(({ code, text }) => row.codes.test(code) || row.text.test(text)))?.kind;
  const detail = words(errors) || "no detail";
  if (during === "body") return new Truncated({ detail });
  if (kind === "content") {
    return new UploadFailed({ detail: `${detail}: its file was changed or deleted before it was sent` });
  }
  if (kind === "tls") return new TlsFailure({ instance, detail });
  if (kind === "proxy") {
    return new Unreachable({ instance, detail, nothingSent: true, needsProxyCredentials: true });
  }
  return new Unreachable({ instance, detail, nothingSent: kind === "nothing sent" });
};
