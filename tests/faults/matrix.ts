/**
 * The matrix: what each kind of call comes to when its requests meet each fault of the connection.
 *
 * @module
 */
import type { Answer, Fault } from "../../src/simulator/mod.ts";
import type { KindName } from "./kinds.ts";
import type { Level } from "./row.ts";

/** A number, or the least and the most that it may be. */
export type Count = number | readonly [least: number, most: number];

/** What a call comes to. */
export interface End {
  /** Tag of the error, or of the reason of a `DssError`; `ok` for none. */
  readonly error: string;
  /** How often the request was sent. */
  readonly attempts: Count;
  /** How many of these requests DSS carried out. */
  readonly requests: Count;
  /** How many things the call left in DSS. */
  readonly leftOver: number;
}

/** One row: a call, what its requests meet, and what it comes to. */
export interface Case {
  /** Number of the fault in the list of the README. */
  readonly row: string;
  readonly given: KindName;
  /** What is shown of the fault. */
  readonly name: string;
  readonly fault: Fault | Answer;
  /** How many requests meet it. */
  readonly times: number;
  readonly expected: End;
  /** Where Deno sends a GET again by itself, because a connection breaks that it kept. */
  readonly expectedOnDeno?: End;
  /** Milliseconds between the first two attempts, in virtual time. */
  readonly pause?: readonly [least: number, most: number];
  readonly levels?: ReadonlyArray<Level>;
}

type Cell = readonly [error: string, attempts: Count, requests: Count, leftOver: number, onDeno?: Cell];

/** What each kind of call comes to when one request meets the fault, and when all do. */
type Ends = Readonly<Record<KindName, readonly [once: Cell, always: Cell]>>;

/** A wait looks as often as it takes. */
const looks: Count = [1, 200];

const waits: Readonly<Record<"through" | "lost", Cell>> = {
  through: ["ok", looks, looks, 0],
  lost: ["ContactLost", looks, 0, 0],
};

/** Nothing was sent: everything may be sent again. */
const refused: Ends = {
  "read": [["ok", 2, 1, 0], ["Unreachable", 5, 0, 0]],
  "put": [["ok", 2, 1, 1], ["Unreachable", 5, 0, 0]],
  "delete": [["ok", 2, 1, 1], ["Unreachable", 5, 0, 0]],
  "start": [["ok", 2, 1, 1], ["Unreachable", 5, 0, 0]],
  "stream down": [["ok", 2, 1, 0], ["Unreachable", 5, 0, 0]],
  "stream up": [["ok", 2, 1, 1], ["Unreachable", 5, 0, 0]],
  "wait": [waits.through, waits.lost],
  "take": [["ok", 2, 1, 1], ["Unreachable", 5, 0, 0]],
};

/** Whether it was sent cannot be told, and it was not carried out. */
const lostRequest: Ends = {
  "read": [["ok", 2, 1, 0], ["Unreachable", 5, 0, 0]],
  "put": [["ok", 2, 1, 1], ["OutcomeUnknown", 5, 0, 0]],
  "delete": [["ok", 2, 1, 1], ["OutcomeUnknown", 5, 0, 0]],
  "start": [["OutcomeUnknown", 1, 0, 0], ["OutcomeUnknown", 1, 0, 0]],
  "stream down": [["ok", 2, 1, 0], ["Unreachable", 5, 0, 0]],
  "stream up": [["OutcomeUnknown", 1, 0, 0], ["OutcomeUnknown", 1, 0, 0]],
  "wait": [waits.through, waits.lost],
  "take": [["FutureLost", 1, 0, 0, ["ok", 2, 1, 1]], ["FutureLost", 1, 0, 0]],
};

/** A gateway answers; DSS may have carried it out. */
const gateway: Ends = {
  ...lostRequest,
  "take": [["FutureLost", 1, 0, 0], ["FutureLost", 1, 0, 0]],
  "read": [["ok", 2, 1, 0], ["Unavailable", 5, 0, 0]],
  "stream down": [["ok", 2, 1, 0], ["Unavailable", 5, 0, 0]],
};

/** Refused, and surely not carried out: only what may be sent twice anyway is sent again. */
const rateLimited: Ends = {
  "read": [["ok", 2, 1, 0], ["RateLimited", 5, 0, 0]],
  "put": [["ok", 2, 1, 1], ["RateLimited", 5, 0, 0]],
  "delete": [["ok", 2, 1, 1], ["RateLimited", 5, 0, 0]],
  "start": [["RateLimited", 1, 0, 0], ["RateLimited", 1, 0, 0]],
  "stream down": [["ok", 2, 1, 0], ["RateLimited", 5, 0, 0]],
  "stream up": [["RateLimited", 1, 0, 0], ["RateLimited", 1, 0, 0]],
  "wait": [waits.through, waits.lost],
  "take": [["RateLimited", 1, 0, 0], ["RateLimited", 1, 0, 0]],
};

/** Not DSS answers, and will not by trying again. */
const notDss: Ends = {
  "read": [["UnexpectedContent", 1, 0, 0], ["UnexpectedContent", 1, 0, 0]],
  "put": [["UnexpectedContent", 1, 0, 0], ["UnexpectedContent", 1, 0, 0]],
  "delete": [["UnexpectedContent", 1, 0, 0], ["UnexpectedContent", 1, 0, 0]],
  "start": [["UnexpectedContent", 1, 0, 0], ["UnexpectedContent", 1, 0, 0]],
  "stream down": [["UnexpectedContent", 1, 0, 0], ["UnexpectedContent", 1, 0, 0]],
  "stream up": [["UnexpectedContent", 1, 0, 0], ["UnexpectedContent", 1, 0, 0]],
  "wait": [["UnexpectedContent", 1, 0, 0], ["UnexpectedContent", 1, 0, 0]],
  "take": [["UnexpectedContent", 1, 0, 0], ["UnexpectedContent", 1, 0, 0]],
};

/** DSS carried it out, and no header came back. */
const lostAnswer: Ends = {
  "read": [["ok", 2, 2, 0], ["Unreachable", 5, 5, 0]],
  "put": [["ok", 2, 2, 1], ["OutcomeUnknown", 5, 5, 1]],
  "delete": [["ok", 2, 2, 1], ["OutcomeUnknown", 5, 5, 1]],
  "start": [["OutcomeUnknown", 1, 1, 1], ["OutcomeUnknown", 1, 1, 1]],
  "stream down": [["ok", 2, 2, 0], ["Unreachable", 5, 5, 0]],
  "stream up": [["OutcomeUnknown", 1, 1, 1], ["OutcomeUnknown", 1, 1, 1]],
  "wait": [waits.through, ["ContactLost", looks, looks, 0]],
  "take": [["FutureLost", 1, 1, 1], ["FutureLost", 1, 1, 1]],
};

/** As {@linkcode lostAnswer}, but a header came: what a stream has handed out cannot be taken back, so it is not asked for again. */
const lostBody: Ends = {
  ...lostAnswer,
  // The second time there is nothing to delete, which DSS says with 500; its words are lost.
  "delete": [["ok", 2, 2, 1], ["OutcomeUnknown", 2, 2, 1]],
  "read": [["ok", 2, 2, 0], ["Truncated", 5, 5, 0]],
  "stream down": [["Truncated", 1, 1, 0], ["Truncated", 1, 1, 0]],
};

/** Nothing comes any more; the deadline ends it, that of an upload is longer. */
const stalledHeader: Ends = {
  ...lostAnswer,
  "read": [["ok", 2, 2, 0], ["TimedOut", 5, 5, 0]],
  "stream down": [["ok", 2, 2, 0], ["TimedOut", 5, 5, 0]],
};

/** As {@linkcode stalledHeader}; a stream ends by its idle limit. */
const stalledBody: Ends = {
  ...stalledHeader,
  "stream down": [["TimedOut", 1, 1, 0], ["TimedOut", 1, 1, 0]],
};

/** Longer than the deadline, and not that of an upload. */
const slowHeader: Ends = {
  ...stalledHeader,
  "stream up": [["ok", 1, 1, 1], ["ok", 1, 1, 1]],
};

/** As {@linkcode slowHeader}; a stream may take as long as bytes come. */
const slowBody: Ends = {
  ...slowHeader,
  "stream down": [["ok", 1, 1, 0], ["ok", 1, 1, 0]],
};

/** It takes its time, and all is well. */
const healthy: Ends = {
  "read": [["ok", 1, 1, 0], ["ok", 1, 1, 0]],
  "put": [["ok", 1, 1, 1], ["ok", 1, 1, 1]],
  "delete": [["ok", 1, 1, 1], ["ok", 1, 1, 1]],
  "start": [["ok", 1, 1, 1], ["ok", 1, 1, 1]],
  "stream down": [["ok", 1, 1, 0], ["ok", 1, 1, 0]],
  "stream up": [["ok", 1, 1, 1], ["ok", 1, 1, 1]],
  "wait": [waits.through, waits.through],
  "take": [["ok", 1, 1, 1], ["ok", 1, 1, 1]],
};

/** A success that says nothing: what needs no words of it has succeeded, what starts something cannot tell what. */
const malformed: Ends = {
  ...healthy,
  "read": [["Undecodable", 1, 1, 0], ["Undecodable", 1, 1, 0]],
  "start": [["OutcomeUnknown", 1, 1, 1], ["OutcomeUnknown", 1, 1, 1]],
  "stream down": [["other result", 1, 1, 0], ["other result", 1, 1, 0]],
  "wait": [["Undecodable", 1, 1, 0], ["Undecodable", 1, 1, 0]],
  "take": [["FutureLost", 1, 1, 1], ["FutureLost", 1, 1, 1]],
};

/** As {@linkcode malformed}. */
const empty: Ends = {
  ...malformed,
  "read": [["UnexpectedContent", 1, 1, 0], ["UnexpectedContent", 1, 1, 0]],
  "wait": [["UnexpectedContent", 1, 1, 0], ["UnexpectedContent", 1, 1, 0]],
};

/** More than is held in memory; a stream has no limit, and this one no end. */
const huge: Omit<Ends, "stream down"> = {
  "read": [["TooLarge", 1, 1, 0], ["TooLarge", 1, 1, 0]],
  "put": [["OutcomeUnknown", 1, 1, 1], ["OutcomeUnknown", 1, 1, 1]],
  "delete": [["OutcomeUnknown", 1, 1, 1], ["OutcomeUnknown", 1, 1, 1]],
  "start": [["OutcomeUnknown", 1, 1, 1], ["OutcomeUnknown", 1, 1, 1]],
  "stream up": [["OutcomeUnknown", 1, 1, 1], ["OutcomeUnknown", 1, 1, 1]],
  "wait": [["TooLarge", 1, 1, 0], ["TooLarge", 1, 1, 0]],
  "take": [["TooLarge", 1, 1, 1], ["TooLarge", 1, 1, 1]],
};

const faults: ReadonlyArray<readonly [row: string, fault: Fault, ends: Partial<Ends>]> = [
  ["F1", "refused", refused],
  ["F4", "lost request", lostRequest],
  ["F4", "lost answer", lostAnswer],
  ["F5", "broken header", lostAnswer],
  ["F6", "lost body", lostBody],
  ["F6", "truncated body", lostBody],
  ["F6", "short body", lostBody],
  ["F6", "unterminated body", lostBody],
  ["F7", "truncated gzip", lostBody],
  ["F7", "corrupt gzip", lostBody],
  ["F8", "stalled header", stalledHeader],
  ["F8", "stalled body", stalledBody],
  ["F8", "slow header", slowHeader],
  ["F8", "slow body", slowBody],
  ["F9", "slow answer", healthy],
  ["F10", "rate limited", rateLimited],
  ["F11", "unavailable", gateway],
  ["F11", "bad gateway", gateway],
  ["F12", "login page", notDss],
  ["F12", "redirect", notDss],
  ["F20", "malformed json", malformed],
  ["F22", "empty answer", empty],
  ["F21", "huge body", huge],
];

const endOf = ([error, attempts, requests, leftOver]: Cell): End => ({ error, attempts, requests, leftOver });

/** All cases of the matrix. */
export const matrix: ReadonlyArray<Case> = faults.flatMap(([row, fault, ends]) =>
  (Object.keys(ends) as ReadonlyArray<KindName>).flatMap((given) =>
    ends[given]!.map((cell, index): Case => ({
      row,
      given,
      name: fault,
      fault,
      times: index === 0 ? 1 : Number.POSITIVE_INFINITY,
      expected: endOf(cell),
      ...(cell[4] === undefined ? {} : { expectedOnDeno: endOf(cell[4]) }),
    }))
  )
);
