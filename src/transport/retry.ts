/**
 * When a request is sent again, and after which pause.
 *
 * @module
 * @internal
 */
import * as Duration from "effect/Duration";
import { isUntouched } from "./classify.ts";
import type { RetryOptions } from "./transport_options.ts";
import { type DssErrorReason, OutcomeUnknown, type Undecodable, type UnexpectedContent } from "../errors/reasons.ts";
import type { DssRequest } from "./request.ts";

/** The retry options in milliseconds. */
export interface RetryPolicy {
  readonly times: number;
  readonly base: number;
  readonly longest: number;
  readonly budget: number;
}

/**
 * The attempts that all calls of a connection may make again together.
 *
 * Each pause takes one, each success gives one back: while DSS is down, a thousand callers do not make it five thousand requests, and a
 * first attempt is always made, so that calls succeed as soon as DSS is up.
 */
export class RetryQuota {
  private left: number;
  private readonly size: number;

  /** Starts full. */
  constructor(size: number) {
    this.size = size;
    this.left = size;
  }

  /** Takes one, if one is left. */
  take(): boolean {
    if (this.left === 0) return false;
    this.left -= 1;
    return true;
  }

  /** Gives one back. */
  giveBack(): void {
    this.left = Math.min(this.left + 1, this.size);
  }
}

/** Fills in the defaults. */
export const retryPolicy = (options: RetryOptions = {}): RetryPolicy => ({
  times: options.times ?? 4,
  base: Duration.toMillis(Duration.fromInputUnsafe(options.base ?? "500 millis")),
  longest: Duration.toMillis(Duration.fromInputUnsafe(options.longest ?? "30 seconds")),
  budget: Duration.toMillis(Duration.fromInputUnsafe(options.budget ?? "1 minute")),
});

/**
 * Pause before the next attempt in milliseconds, or `undefined` when there is none.
 *
 * @param attempt How many attempts were made.
 * @param waited Milliseconds spent on pauses before.
 * @param asked What `Retry-After` asks for.
 * @param random Between 0 and 1.
 */
export const nextPause = (
  policy: RetryPolicy,
  attempt: number,
  waited: number,
  asked: Duration.Duration | undefined,
  random: number,
): number | undefined => {
  if (attempt > policy.times) return undefined;
  const grown = policy.base * 2 ** (attempt - 1) * (0.5 + random / 2);
  const wanted = asked === undefined ? grown : Math.max(Duration.toMillis(asked), grown);
  const pause = Math.min(wanted, policy.longest);
  return waited + pause > policy.budget ? undefined : pause;
};

/**
 * What `Retry-After` asks for: seconds, or a date that is compared with the answer's own `Date`, because clocks differ.
 *
 * Anything else (negative, not a number) asks for nothing.
 */
export const retryAfter = (
  header: string | undefined,
  date: string | undefined,
  now: number,
): Duration.Duration | undefined => {
  const value = header?.trim();
  if (value === undefined || value === "") return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Duration.seconds(Number(value));
  if (!/[a-z]/i.test(value)) return undefined;
  const until = Date.parse(value);
  const from = date === undefined ? now : Date.parse(date);
  const millis = until - (Number.isNaN(from) ? now : from);
  return Number.isNaN(millis) || millis < 0 ? undefined : Duration.millis(millis);
};

/** Whether an attempt may have reached DSS without its answer reaching us. */
export const isLost = (reason: DssErrorReason): reason is OutcomeUnknown["lost"] => {
  if (reason._tag === "Unreachable") return !reason.nothingSent;
  if (reason._tag === "Unavailable") return !isUntouched(reason.status);
  return reason._tag === "TimedOut" || reason._tag === "Truncated";
};

/** Whether it is certain that DSS received nothing. */
export const nothingSent = (reason: DssErrorReason): boolean => reason._tag === "Unreachable" && reason.nothingSent;

/** Whether what came back tells nothing of what was done: a success without what it should say, or something before DSS that failed. */
export const saysNothing = (reason: DssErrorReason): reason is UnexpectedContent | Undecodable => {
  if (reason._tag === "Undecodable") return reason.field === "";
  if (reason._tag !== "UnexpectedContent") return false;
  return reason.found === "html"
    ? reason.status >= 500
    : ["empty", "encoding", "status", "header"].includes(reason.found);
};

/**
 * Whether what came of a later attempt tells what came of a lost one: DSS itself refuses what it would have refused before, or has done it now.
 *
 * Nothing else tells: what the lost attempt has done may be what DSS stumbles over, and a gateway or a login page knows nothing of it.
 */
const tells = (reason: DssErrorReason): boolean => {
  switch (reason._tag) {
    case "Invalid":
    case "NotFound":
    case "Forbidden":
    case "Unauthorized":
      return reason.errorType !== undefined;
    default:
      return reason._tag === "Undecodable";
  }
};

/** What the caller is told when no further attempt is made. */
export const verdict = (
  request: DssRequest,
  reason: DssErrorReason,
  lost: OutcomeUnknown["lost"] | undefined,
): DssErrorReason => {
  const onlyReads = request.method === "GET" || (request.method === "POST" && request.repeatable === true);
  if (onlyReads) return reason;
  if (saysNothing(reason) || reason._tag === "TooLarge") return new OutcomeUnknown({ lost: reason });
  return lost === undefined || tells(reason) ? reason : new OutcomeUnknown({ lost });
};
