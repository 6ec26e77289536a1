/**
 * What an answer of DSS that is not a success means.
 *
 * DSS's status codes lie: missing objects come as 500, unknown projects as 403. One table decides, by status first, then by the suffix of
 * `errorType`; words of the message decide only in the rows that cite where DSS was seen to use them.
 *
 * @module
 * @internal
 */
import type * as Duration from "effect/Duration";
import { oneLine } from "../errors/one_line.ts";
import {
  Conflict,
  type DssErrorReason,
  Forbidden,
  Invalid,
  NotFound,
  RateLimited,
  type Refusal,
  ServerFailure,
  TlsFailure,
  type TlsProblem,
  Unauthorized,
  Unavailable,
  UnexpectedContent,
  Unreachable,
} from "../errors/reasons.ts";
import type { Scrub } from "../errors/scrubber.ts";
import { isPage, pageTitle } from "./page.ts";

type RefusalClass = new (refusal: Refusal) => DssErrorReason;

interface Row {
  readonly status: (status: number) => boolean;
  readonly type?: RegExp;
  readonly words?: RegExp;
  readonly as: RefusalClass;
}

const is = (...all: ReadonlyArray<number>) => (status: number): boolean => all.includes(status);

/**
 * Whether a gateway says so that no answer came in time, that it takes nothing now, or that it broke: those of HTTP, of nginx (499) and AWS
 * (460), of Cloudflare (520 to 527, 530), of hosts (509, 529), of proxies (598, 599).
 */
const isOfGateway = is(
  ...[408, 425, 460, 499, 502, 503, 504, 509],
  ...[520, 521, 522, 523, 524, 525, 526, 527, 529, 530, 598, 599],
);

/** Whether a status says what of a request does not fit, whoever says it. */
const isOfRequest = is(411, 413, 414, 431, 494);

/** Whether a gateway says by a status that the request did not reach the origin: it is not taken yet, or no connection came about. */
export const isUntouched: (status: number | undefined) => boolean = (status = 0) =>
  is(425, 521, 523, 525, 526, 530)(status);

/** First row that fits. */
const table: ReadonlyArray<Row> = [
  { status: is(429), as: RateLimited },
  { status: isOfGateway, as: Unavailable },
  { status: is(404), as: NotFound },
  { status: is(409), as: Conflict },
  // Dataiku's own command line: DSS wraps NotFoundException in UnauthorizedException, so not-found comes before rights.
  {
    status: is(401, 403),
    type: /UnauthorizedException$/,
    words: /not found|does not exist|doesn['’]t exist|NotFoundException/i,
    as: NotFound,
  },
  { status: is(401, 403), type: /UnauthorizedException$/, as: Forbidden },
  { status: is(401), as: Unauthorized },
  { status: is(403), as: Forbidden },
  // Seen live on DSS 15: 400 "Bundle <id> already exists".
  { status: is(400), words: /already exists/i, as: Conflict },
  { status: (status) => status >= 400 && status < 500, as: Invalid },
  { status: is(500), type: /NotFoundException$/, as: NotFound },
  { status: is(500), type: /NotAuthenticatedException$/, as: Unauthorized },
  // Public programs look for these words: "Connection 'x' does not exist" comes as IllegalArgumentException, "PYTHON env x doesn't exist" too.
  {
    status: is(500),
    type: /IllegalArgumentException$/,
    words: /does not exist|doesn['’]t exist/i,
    as: NotFound,
  },
  { status: is(500), type: /(Unauthorized|AccessDenied|Forbidden)Exception$/, as: Forbidden },
  {
    status: is(500),
    type: /(IllegalArgument|InvalidParameter|BadRequest|JsonSyntax|JsonParse)Exception$/,
    as: Invalid,
  },
  { status: is(500), type: /(AlreadyExists|Conflict)Exception$/, as: Conflict },
  // Seen live: 500 with "does not exist", "not found" and "Not a file:" for objects that are missing.
  { status: is(500), words: /does not exist|doesn['’]t exist|not found|^Not a file: /i, as: NotFound },
  { status: () => true, as: ServerFailure },
];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A body as an object, when it is one, without secrets. */
const object = (body: string, scrub: Scrub): Record<string, unknown> | undefined => {
  try {
    const json: unknown = JSON.parse(body, (_, value: unknown) => {
      if (typeof value === "string") return scrub(value);
      return isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([key, held]) => [scrub(key), held]))
        : value;
    });
    return isObject(json) ? json : undefined;
  } catch {
    return undefined; // DSS and gateways answer plain text too: the text is the message then
  }
};

const text = (value: unknown): string | undefined => typeof value === "string" && value !== "" ? value : undefined;

/** The words of the first of some fields that has any. */
const wordsOfFirst = (object: Readonly<Record<string, unknown>>, ...names: ReadonlyArray<string>): string | undefined =>
  names.map((name) => wordsOf(object[name])).find((words) => words !== undefined);

/**
 * What a part of an error says: a text, an object with words, or a list of either.
 *
 * DSS says it as `detailedMessage` and `message`; gateways as `title` with `detail` (`problem+json`), as `error` with `error_description`
 * (OAuth), as `msg`, `errorMessage`, `fault.faultstring`, or as a list of such.
 */
const wordsOf = (part: unknown): string | undefined => {
  if (Array.isArray(part)) {
    return part.slice(0, 5).map(wordsOf).filter((words) => words !== undefined).join("; ") || undefined;
  }
  if (!isObject(part)) return text(part);
  const own = wordsOfFirst(part, "detailedMessage", "message", "Message", "errorMessage", "msg", "faultstring");
  if (own !== undefined) return own;
  const head = text(part.title) ?? text(part.error);
  const more = wordsOfFirst(part, "error_description", "detail", "description", "reason");
  if (head === undefined) return more ?? wordsOfFirst(part, "error", "errors", "Error", "fault", "Fault");
  return more === undefined || more.startsWith(head) ? more ?? head : `${head}: ${more}`;
};

/** Whether the body of a failure is a page: words alone are none, whatever is said of their type. */
const isFailurePage = ({ body, contentType }: FailedAnswer): boolean =>
  isPage(body, contentType) && /<[!a-z]/i.test(body);

const refusal = (answer: FailedAnswer, json: Readonly<Record<string, unknown>> | undefined): Refusal => {
  const { status, body, scrub } = answer;
  if (json === undefined) {
    const detail = isFailurePage(answer) ? pageTitle(body, scrub) : oneLine(scrub(body), 500);
    return { status, detail: detail || "no message" };
  }
  const { errorType, message: _, detailedMessage: __, ...details } = json;
  return {
    status,
    detail: oneLine(wordsOf(json) ?? "no message", 500),
    ...(typeof errorType === "string" ? { errorType } : {}),
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
};

/** An answer that is not a success. */
export interface FailedAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly location: string | undefined;
  readonly retryAfter: Duration.Duration | undefined;
  readonly body: string;
  readonly scrub: Scrub;
  readonly instance: string;
}

/** Host and path of a redirect: its query may hold a token. */
const target = (location: string): string => location.split(/[?#]/)[0] || "an unnamed address";

const statusNames: Readonly<Record<number, string>> = {
  100: "continue",
  101: "other protocols",
  300: "several choices",
  304: "not modified",
  305: "use a proxy",
};

/** What the pages of nginx say of trust: before HTTP it has no way to say it. */
const trustInPages: ReadonlyArray<readonly [words: RegExp, problem: TlsProblem]> = [
  [/no required SSL certificate was sent/i, "clientCertificate"],
  [/the SSL certificate error/i, "refusedCertificate"],
  [/plain HTTP request was sent to HTTPS port/i, "plainHttp"],
];

/** The reason that a page with a status of 400 or more stands for; none where the status alone says it. */
const ofPage = ({ status, body, scrub, instance }: FailedAnswer): DssErrorReason | undefined => {
  if (status === 429 || isOfGateway(status) || isOfRequest(status)) return undefined;
  const detail = pageTitle(body, scrub);
  const problem = trustInPages.find(([words]) => words.test(body))?.[1];
  return problem === undefined || status >= 500
    ? new UnexpectedContent({ status, found: "html", detail })
    : new TlsFailure({ instance, detail, problem });
};

/** The reason that an answer with a status outside 200-299 stands for. */
export const classify = (answer: FailedAnswer): DssErrorReason => {
  const { status, location, retryAfter, body, scrub } = answer;
  if ([301, 302, 303, 307, 308].includes(status) || (status === 300 && location !== undefined)) {
    return new UnexpectedContent({ status, found: "redirect", detail: oneLine(target(scrub(location ?? "")), 200) });
  }
  if (status < 400) {
    return new UnexpectedContent({
      status,
      found: "status",
      detail: statusNames[status] ?? "a status without a meaning",
    });
  }
  if (status === 407) {
    const detail = "the proxy asks for credentials";
    return new Unreachable({ instance: answer.instance, detail, nothingSent: true, needsProxyCredentials: true });
  }
  const json = object(body, scrub);
  const page = json === undefined && isFailurePage(answer) ? ofPage(answer) : undefined;
  if (page !== undefined) return page;
  const refused = refusal(answer, json);
  const row = table.find((row) =>
    row.status(status) && (row.type === undefined || row.type.test(refused.errorType ?? "")) &&
    (row.words === undefined || row.words.test(refused.detail))
  )!;
  return new row.as(retryAfter === undefined ? refused : { ...refused, retryAfter });
};
