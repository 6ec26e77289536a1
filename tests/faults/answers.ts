/**
 * What calls come to when DSS, or a server before it, answers otherwise than well.
 *
 * @module
 */
import type { Answer } from "../../src/simulator/mod.ts";
import type { KindName } from "./kinds.ts";
import type { Case, Count } from "./matrix.ts";
import { bodyLimit, secret } from "./play.ts";
import type { Level } from "./row.ts";

const json = "application/json;charset=utf-8";

const answer = (status: number, body: Answer["body"], headers: Answer["headers"] = {}): Answer => ({
  status,
  headers: { ...(body === undefined ? {} : { "content-type": json }), ...headers },
  body,
});

/** A failure as DSS words it. */
const failure = (status: number, errorType: string, message: string, more: object = {}): Answer =>
  answer(status, JSON.stringify({ errorType, message, detailedMessage: message, ...more }));

const page = (status: number, title: string): Answer =>
  answer(status, `<!doctype html><html><head><title>${title}</title></head></html>`, { "content-type": "text/html" });

/** What a call comes to: the tag of its end, and how often it is sent; DSS sees none of it. */
type Expected = Readonly<{ [kind in KindName]?: readonly [error: string, attempts: Count] }>;

interface Line {
  readonly row: string;
  readonly name: string;
  readonly answer: Answer;
  readonly ends: Expected;
  /** How many requests meet it; by default all. */
  readonly times?: number;
  readonly pause?: readonly [least: number, most: number];
  readonly levels?: ReadonlyArray<Level>;
}

/** Not sent again, whatever is called. */
const final = (error: string): Expected => ({
  "read": [error, 1],
  "put": [error, 1],
  "delete": [error, 1],
  "start": [error, 1],
  "stream down": [error, 1],
  "wait": [error, 1],
});

/** A GET is sent again, a start is not. */
const passing = (error: string): Expected => ({ "read": [error, 5], "start": ["OutcomeUnknown", 1] });

const limited = (retryAfter: string, headers: Answer["headers"] = {}): Answer =>
  answer(429, undefined, { "retry-after": retryAfter, ...headers });

/** The pauses of virtual time: those of a back-off lie between half and all of half a second. */
const backOff = [250, 500] as const;

/** The first attempt meets it. */
const pause = (name: string, answer: Answer, pause: readonly [least: number, most: number]): Line => ({
  row: "F10",
  name,
  answer,
  ends: { "read": ["ok", 2], "put": ["ok", 2] },
  times: 1,
  pause,
  levels: ["process"],
});

const unauthorized = "com.dataiku.dip.exceptions.NotAuthenticatedException";
const forbidden = "com.dataiku.dip.exceptions.UnauthorizedException";
const notFound = "com.dataiku.dip.exceptions.NotFoundException";

const reads = (error: string): Expected => ({ "read": [error, 1], "wait": [error, 1] });

/** A day, by the clock of a server that is wrong by a day. */
const date = (seconds: number): string => new Date(Date.UTC(2025, 9, 2, 9, 0, seconds)).toUTCString();

const deep = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;

const lines: ReadonlyArray<Line> = [
  pause("Retry-After: 7", limited("7"), [7000, 7000]),
  pause("Retry-After: 0.1, below the back-off", limited("0.1"), backOff),
  pause("Retry-After: a date three seconds after that of the server", limited(date(3), { date: date(0) }), [
    3000,
    3000,
  ]),
  pause("Retry-After: a date before that of the server", limited(date(0), { date: date(3) }), backOff),
  pause("Retry-After: a date, by our clock", limited(new Date(12_000).toUTCString()), [1000, 12_000]),
  pause("Retry-After: a day", limited("86400"), [30_000, 30_000]),
  pause("Retry-After: -5", limited("-5"), backOff),
  pause("Retry-After: soon", limited("soon"), backOff),
  pause("Retry-After: empty", limited(""), backOff),
  pause("429 without Retry-After", answer(429, undefined), backOff),
  pause("503 with Retry-After: 4", answer(503, undefined, { "retry-after": "4" }), [4000, 4000]),
  {
    row: "F10",
    name: "Retry-After: a day, each time",
    answer: limited("86400"),
    ends: { "read": ["RateLimited", [3, 5]] },
  },
  { row: "F10", name: "429 with a page", answer: page(429, "Slow down"), ends: { "read": ["RateLimited", 5] } },
  ...[502, 503, 504].flatMap((status): ReadonlyArray<Line> => [
    {
      row: "F11",
      name: `${status} with a page`,
      answer: page(status, "Gateway".repeat(100)),
      ends: passing("Unavailable"),
    },
    {
      row: "F11",
      name: `${status} with JSON`,
      answer: failure(status, "Gateway", "down"),
      ends: passing("Unavailable"),
    },
    { row: "F11", name: `${status} with nothing`, answer: answer(status, undefined), ends: passing("Unavailable") },
  ]),
  ...[408, 499, 520, 522, 524, 527, 530].flatMap((status): ReadonlyArray<Line> => [
    {
      row: "F11",
      name: `${status}, by which a gateway gives up`,
      answer: page(status, "A gateway"),
      ends: status === 530 ? { "read": ["Unavailable", 5], "start": ["Unavailable", 1] } : passing("Unavailable"),
    },
    {
      row: "F11",
      name: `${status} of a gateway`,
      answer: page(status, "A gateway"),
      ends: { "read": ["ok", 2], "put": ["ok", 2], "delete": ["ok", 2] },
      times: 1,
    },
  ]),
  {
    row: "F12",
    name: "403 with a page of a firewall",
    answer: page(403, "Request blocked"),
    ends: final("UnexpectedContent"),
  },
  {
    row: "F12",
    name: "a login page said to be JSON",
    answer: { ...page(200, "Sign in"), headers: { "content-type": json } },
    // A stream is what it is said to be.
    ends: { ...final("UnexpectedContent"), "stream down": ["other result", 1] },
  },
  ...[301, 303, 307, 308].map((status): Line => ({
    row: "F12",
    name: `${status} to another host`,
    answer: answer(status, undefined, { location: "http://elsewhere.invalid/login" }),
    ends: final("UnexpectedContent"),
  })),
  {
    row: "F12",
    name: "text that is no JSON",
    answer: answer(200, "It works", { "content-type": "text/plain" }),
    ends: { "read": ["UnexpectedContent", 1], "start": ["UnexpectedContent", 1] },
  },
  {
    row: "F13",
    name: "401 as DSS says it",
    answer: failure(401, unauthorized, "Unknown API Key"),
    ends: final("Unauthorized"),
  },
  { row: "F13", name: "401 with nothing", answer: answer(401, undefined), ends: final("Unauthorized") },
  {
    row: "F14",
    name: "403 without the right",
    answer: failure(403, forbidden, "You may not"),
    ends: final("Forbidden"),
  },
  {
    row: "F14",
    name: "403 for the licence",
    answer: failure(403, "com.dataiku.dip.server.LicenseException", "Not licensed"),
    ends: final("Forbidden"),
  },
  {
    row: "F14",
    name: "403 for an unknown project",
    answer: failure(403, forbidden, "NotFoundException: project X does not exist"),
    ends: reads("NotFound"),
  },
  { row: "F15", name: "404 as DSS says it", answer: failure(404, notFound, "No such job"), ends: final("NotFound") },
  { row: "F15", name: "404 with nothing", answer: answer(404, undefined), ends: final("NotFound") },
  {
    row: "F15",
    name: "404 with a page of a gateway",
    answer: page(404, "Not Found"),
    ends: final("UnexpectedContent"),
  },
  {
    row: "F15",
    name: "500 for what does not exist",
    answer: failure(500, notFound, "Job x does not exist"),
    ends: final("NotFound"),
  },
  {
    row: "F16",
    name: "409",
    answer: failure(409, "com.dataiku.dip.exceptions.AlreadyExistsException", "It exists"),
    ends: final("Conflict"),
  },
  {
    row: "F16",
    name: "400 for what exists already",
    answer: failure(400, "java.lang.Exception", "Bundle v1 already exists"),
    ends: final("Conflict"),
  },
  {
    row: "F17",
    name: "400",
    answer: failure(400, "java.lang.IllegalArgumentException", "Wrong"),
    ends: final("Invalid"),
  },
  {
    row: "F17",
    name: "422",
    answer: failure(422, "java.lang.IllegalArgumentException", "Wrong"),
    ends: final("Invalid"),
  },
  {
    row: "F17",
    name: "413 with a page",
    answer: page(413, "Too large"),
    ends: { "read": ["Invalid", 1], "stream up": ["Invalid", 1] },
  },
  {
    row: "F18",
    name: "500 of an argument",
    answer: failure(500, "java.lang.IllegalArgumentException", "Wrong"),
    ends: final("Invalid"),
  },
  {
    row: "F18",
    name: "500 of a null pointer",
    answer: failure(500, "java.lang.NullPointerException", "null"),
    ends: final("ServerFailure"),
  },
  {
    row: "F18",
    name: "500 of the licence",
    answer: failure(500, "com.dataiku.dip.server.LicenseException", "No"),
    ends: final("ServerFailure"),
  },
  {
    row: "F18",
    name: "500 of a query that is wrong",
    answer: failure(500, "java.sql.SQLException", "syntax error"),
    ends: final("ServerFailure"),
  },
  {
    row: "F18",
    name: "500 of a database that is away",
    answer: failure(500, "java.sql.SQLRecoverableException", "Connection reset"),
    ends: final("ServerFailure"),
  },
  {
    row: "F18",
    name: "501",
    answer: failure(501, "java.lang.UnsupportedOperationException", "Not here"),
    ends: final("ServerFailure"),
  },
  { row: "F18", name: "500 with nothing", answer: answer(500, undefined), ends: final("ServerFailure") },
  {
    row: "F19",
    name: "500 of two megabytes",
    answer: failure(500, "java.lang.Exception", "x", { stackTraceStr: "at x\n".repeat(400_000) }),
    ends: reads("ServerFailure"),
  },
  {
    row: "F19",
    name: "500 with a page in its words",
    answer: failure(500, "java.lang.Exception", `<html>\n${"<b>x</b>\n".repeat(500)}`),
    ends: reads("ServerFailure"),
  },
  {
    row: "F19",
    name: "500 that repeats the key",
    answer: failure(500, secret, `Key ${secret} and ${btoa(`${secret}:`)}`, { [secret]: [secret] }),
    ends: reads("ServerFailure"),
  },
  {
    row: "F19",
    name: "a redirect that repeats the key",
    answer: answer(302, undefined, { location: `http://elsewhere.invalid/${secret}?key=${secret}` }),
    ends: reads("UnexpectedContent"),
  },
  { row: "F20", name: "NaN", answer: answer(200, '[{"a": NaN}]'), ends: reads("Undecodable") },
  { row: "F20", name: "half a string", answer: answer(200, '[{"a": "b'), ends: reads("Undecodable") },
  {
    row: "F20",
    name: "bytes that are not UTF-8",
    answer: answer(200, new Uint8Array([0x5b, 0x22, 0xff, 0x22, 0x5d])),
    ends: reads("Undecodable"),
  },
  {
    row: "F20",
    name: "a hundred thousand arrays in each other",
    answer: answer(200, deep(100_000)),
    ends: reads("Undecodable"),
  },
  {
    row: "F20",
    name: "a number of a hundred thousand digits",
    answer: answer(200, "9".repeat(100_000)),
    ends: reads("Undecodable"),
  },
  {
    row: "F20",
    name: "a byte order mark before a list",
    answer: answer(200, "\ufeff[]"),
    ends: { "read": ["other result", 1] },
  },
  {
    row: "F21",
    name: "a body of twice the limit",
    answer: answer(200, `["${"x".repeat(2 * bodyLimit)}"]`),
    ends: reads("TooLarge"),
  },
  {
    row: "F22",
    name: "204 where an object is expected",
    answer: answer(204, undefined),
    ends: { ...reads("UnexpectedContent"), "start": ["OutcomeUnknown", 1] },
  },
  {
    row: "F22",
    name: "null where an object is expected",
    answer: answer(200, "null"),
    ends: { ...reads("Undecodable"), "start": ["OutcomeUnknown", 1] },
  },
  {
    row: "F22",
    name: "no field of an object",
    answer: answer(200, "{}"),
    ends: { ...reads("Undecodable"), "start": ["Undecodable", 1] },
  },
  {
    row: "F23",
    name: "a needed field of another type",
    answer: answer(200, '{"baseStatus": {"state": 7}}'),
    ends: { "wait": ["Undecodable", 1] },
  },
];

/** All cases. */
export const answers: ReadonlyArray<Case> = lines.flatMap(({ row, name, answer, ends, times, pause, levels }) =>
  (Object.keys(ends) as ReadonlyArray<KindName>).map((given): Case => {
    const [error, attempts] = ends[given]!;
    const done = error === "ok" ? 1 : 0;
    return {
      row,
      given,
      name,
      fault: answer,
      times: times ?? Number.POSITIVE_INFINITY,
      expected: { error, attempts, requests: done, leftOver: done === 1 && given !== "read" ? 1 : 0 },
      ...(pause === undefined ? {} : { pause }),
      ...(levels === undefined ? {} : { levels }),
    };
  })
);
