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
  Unauthorized,
  Unavailable,
  UnexpectedContent,
  Unreachable,
} from "../errors/reasons.ts";
import type { Scrub } from "../errors/scrubber.ts";

type RefusalClass = new (refusal: Refusal) => DssErrorReason;

interface Row {
  readonly status: (status: number) => boolean;
  readonly type?: RegExp;
  readonly words?: RegExp;
  readonly as: RefusalClass;
}

const is = (...all: ReadonlyArray<number>) => (status: number): boolean => all.includes(status);

/** First row that fits. */
const table: ReadonlyArray<Row> = [
  { status: is(429), as: RateLimited },
  { status: is(502, 503, 504), as: Unavailable },
  { status: is(404), as: NotFound },
  { status: is(409), as: Conflict },
  // Dataiku's own command line: DSS wraps NotFoundException in UnauthorizedException, so not-found comes before rights.
  {
    status: is(401, 403),
    type: /UnauthorizedException$/,
    words: /not found|does not exist|NotFoundException/i,
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
  { status: is(500), type: /(Unauthorized|AccessDenied|Forbidden)Exception$/, as: Forbidden },
  {
    status: is(500),
    type: /(IllegalArgument|InvalidParameter|BadRequest|JsonSyntax|JsonParse)Exception$/,
    as: Invalid,
  },
  { status: is(500), type: /(AlreadyExists|Conflict)Exception$/, as: Conflict },
  // Seen live: 500 with "does not exist", "not found" and "Not a file:" for objects that are missing.
  { status: is(500), words: /does not exist|not found|^Not a file: /i, as: NotFound },
  { status: () => true, as: ServerFailure },
];

/** Whether a body is an HTML page. */
export const isHtml = (body: string, contentType: string | undefined): boolean =>
  contentType?.startsWith("text/html") === true || /^\s*<(!doctype|html)/i.test(body.slice(0, 200));

/** Title of an HTML page, else its first words. */
export const pageTitle = (html: string): string => {
  const head = html.slice(0, 20_000);
  const title = /<title[^>]*>([^<]*)/i.exec(head)?.[1] ?? head.replaceAll(/<[^>]*>/g, " ");
  return oneLine(title, 200) || "no title";
};

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

const refusal = ({ status, body, contentType, scrub }: FailedAnswer): Refusal => {
  const json = object(body, scrub);
  if (json === undefined) {
    const text = scrub(body);
    const detail = isHtml(text, contentType) ? pageTitle(text) : oneLine(text, 500);
    return { status, detail: detail || "no message" };
  }
  const { errorType, message, detailedMessage, ...details } = json;
  return {
    status,
    detail: oneLine(text(detailedMessage) ?? text(message) ?? "no message", 500),
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

/** The reason that an answer with a status outside 200-299 stands for. */
export const classify = (answer: FailedAnswer): DssErrorReason => {
  const { status, contentType, retryAfter, body, scrub } = answer;
  if (status < 400) {
    return new UnexpectedContent({
      status,
      found: "redirect",
      detail: oneLine(target(scrub(answer.location ?? "")), 200),
    });
  }
  if (status === 407) {
    const detail = "the proxy asks for credentials";
    return new Unreachable({ instance: answer.instance, detail, nothingSent: true, needsProxyCredentials: true });
  }
  if (status === 404 && isHtml(body, contentType)) {
    return new UnexpectedContent({ status, found: "html", detail: pageTitle(scrub(body)) });
  }
  const refused = refusal(answer);
  const row = table.find((row) =>
    row.status(status) && (row.type === undefined || row.type.test(refused.errorType ?? "")) &&
    (row.words === undefined || row.words.test(refused.detail))
  )!;
  return new row.as(retryAfter === undefined ? refused : { ...refused, retryAfter });
};
