/**
 * What a request that got no answer means: each runtime says it in its own words.
 *
 * What this table does not know counts as "may have been sent".
 *
 * @module
 * @internal
 */
import {
  type ConnectionProblem,
  TlsFailure,
  type TlsProblem,
  Truncated,
  UnexpectedContent,
  Unreachable,
  UploadFailed,
} from "../errors/reasons.ts";
import type { Scrub } from "../errors/scrubber.ts";

/** What may be wrong with the trust of a connection, first what says most; by the words of a runtime without what parts them, in lower case. */
const trust: ReadonlyArray<readonly [words: RegExp, problem: TlsProblem]> = [
  // Names of hosts stand in what is said of them, and could have any word.
  [/certaltnameinvalid|hostnamemismatch|notvalidfor(any)?name|unrecogni[sz]edname/, "wrongHost"],
  [/alertcertificaterequired|peerdidnotreturnacertificate/, "clientCertificate"],
  [
    /alert(bad|unsupported)certificate|alertunknownca|alertcertificate(expired|unknown|revoked)|alertaccessdenied/,
    "refusedCertificate",
  ],
  [
    /alertprotocolversion|unsupportedprotocol|versiontoolow|inappropriatefallback|peerisincompatible\w*(version|tls1)/,
    "version",
  ],
  [/wrongversionnumber|invalidcontenttype|packetlengthtoolong|sslhttprequest|unknownprotocol|corruptmessage/, "noTls"],
  [
    /alerthandshakefailure|alertinsufficientsecurity|alertnoapplicationprotocol|nosharedcipher|peerisincompatible/,
    "noAgreement",
  ],
  [/notyetvalid|notvalidyet/, "notYetValid"],
  [/certhasexpired|certificate(has)?expired|certexpired/, "expired"],
  [/revoked/, "revoked"],
  [
    /causedasendentity|invalidpurpose|extendedkeyusage|invalidca|pathlength|keytoosmall|mdtooweak|badencoding|unsupportedcertversion|unhandledcritical/,
    "unfitCertificate",
  ],
  [/unknownissuer|selfsigned|unableto(get|verify)|certuntrusted|certsignaturefailure|badsignature/, "unknownAuthority"],
  [/^cert|errtls|errssl|errossl|eproto$|invalidpeer|fatalalert|handshakefailure|certificate/, "other"],
];

/** How a runtime tells one kind of failure: by code (Node) or by text (Deno). */
interface Row {
  readonly codes: RegExp;
  readonly text: RegExp;
  readonly as: (about: About) => Failure;
}

/** What is known of a failure besides its kind. */
interface About {
  readonly instance: string;
  readonly detail: string;
}

type Failure = Unreachable | TlsFailure | Truncated | UnexpectedContent | UploadFailed;

const unreachable = (nothingSent: boolean, problem?: ConnectionProblem) => (about: About): Failure =>
  new Unreachable({ ...about, nothingSent, ...(problem === undefined ? {} : { problem }) });

const proxyAsks = (about: About): Failure =>
  new Unreachable({ ...about, nothingSent: true, needsProxyCredentials: true });

const none = /^$/;

const beforeTrust: ReadonlyArray<Row> = [
  {
    // Node reads the file of a blob while it sends it, and refuses one that is not as it was.
    codes: /^NotReadableError$/,
    text: /^The blob could not be read$/i,
    as: ({ detail }) => new UploadFailed({ detail: `${detail}: its file was changed or deleted before it was sent` }),
  },
  // Node has no code for it.
  { codes: none, text: /proxy authentication required|Proxy response \(407\)/i, as: proxyAsks },
];

const afterTrust: ReadonlyArray<Row> = [
  { codes: /^(ERR_ACCESS_DENIED|NotCapable)$/, text: /Requires net access/i, as: unreachable(true, "notPermitted") },
  { codes: none, text: /Requests to port \d+ are blocked|^bad port$/i, as: unreachable(true, "blockedPort") },
  {
    codes: /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/,
    text:
      /client error \(Connect\)|before secure TLS connection|tcp connect error|dns error|failed to lookup|unsuccessful tunnel|Proxy response \(\d+\) !== 200/i,
    as: unreachable(true),
  },
  {
    codes: /^(UND_ERR_HEADERS_OVERFLOW|HPE_HEADER_OVERFLOW)$/,
    text: /message head is too large/i,
    as: ({ detail }) => new UnexpectedContent({ status: 0, found: "header", detail }),
  },
  // Node takes no 100 that it has not asked for, and no 101; Deno gives the second as the status of the answer.
  ...([["bad response", 100, "continue"], ["bad upgrade", 101, "other protocols"]] as const).map((
    [words, status, detail],
  ) => ({
    codes: none,
    text: new RegExp(`^${words}$`),
    as: () => new UnexpectedContent({ status, found: "status", detail }),
  })),
  {
    codes: /^HPE_(?!HEADER_OVERFLOW)/,
    text: /invalid HTTP (version|status|header)|invalid content-length|Parse Error|does not match the HTTP/i,
    as: unreachable(false, "notHttp"),
  },
  {
    codes: /^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/,
    text: /connection (reset|closed|error)|broken pipe|other side closed|unexpected eof|end of file/i,
    as: unreachable(false, "broken"),
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

/** What is wrong with the trust of a connection, if that is what it failed for. */
const trustProblem = (errors: ReadonlyArray<Said>): TlsProblem | undefined => {
  const said = errors.map(({ code, text }) => [code, text].map((one) => one.toLowerCase().replaceAll(/[^a-z\d]/g, "")));
  return trust.find(([words]) => said.some((one) => one.some((text) => words.test(text))))?.[1];
};

const fits = (errors: ReadonlyArray<Said>) => ({ codes, text }: Row): boolean =>
  errors.some((said) => (said.code !== "" && codes.test(said.code)) || (said.text !== "" && text.test(said.text)));

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
): Failure => {
  const errors = chain(error, scrub);
  const about: About = { instance, detail: words(errors) || "no detail" };
  if (during === "body") return new Truncated({ detail: about.detail });
  const early = beforeTrust.find(fits(errors));
  if (early !== undefined) return early.as(about);
  const problem = trustProblem(errors);
  if (problem !== undefined) return new TlsFailure({ ...about, problem });
  return (afterTrust.find(fits(errors))?.as ?? unreachable(false))(about);
};
