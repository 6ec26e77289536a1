/**
 * Why a call to DSS failed: one tagged class per reason.
 *
 * @module
 */
import * as Duration from "effect/Duration";
import * as Schema from "effect/Schema";
import { openEnum } from "../json/open.ts";
import { type ErrorClass, errorClass, type ErrorJson } from "./error_class.ts";
import { connectionHints, type ConnectionProblem, pageHint, tlsHints, type TlsProblem } from "./hints.ts";
import {
  Conflict,
  Forbidden,
  Invalid,
  NotFound,
  RateLimited,
  ServerFailure,
  Unauthorized,
  Unavailable,
} from "./refusals.ts";
import { Token } from "./token.ts";

export type { ConnectionProblem, TlsProblem } from "./hints.ts";
export {
  Conflict,
  Forbidden,
  Invalid,
  NotFound,
  RateLimited,
  type Refusal,
  Refused,
  ServerFailure,
  Unauthorized,
  Unavailable,
} from "./refusals.ts";

const UnreachableBase: ErrorClass<
  Unreachable,
  "Unreachable",
  "instance" | "detail" | "nothingSent" | "needsProxyCredentials" | "problem"
> = errorClass("Unreachable", () => ({
  instance: Schema.String,
  detail: Schema.String,
  nothingSent: Schema.Boolean,
  needsProxyCredentials: Schema.optionalKey(Schema.Boolean),
  problem: Schema.optionalKey(openEnum<ConnectionProblem>()),
}));

/** DSS could not be reached: nothing listens, no such host, the connection broke, a permission of the runtime is missing. */
export class Unreachable extends UnreachableBase {
  /** Origin of the instance, as `https://dss.example.com:11200`. */
  declare readonly instance: string;
  /** What the runtime says, without addresses and secrets. */
  declare readonly detail: string;
  /** Whether it is certain that DSS received nothing. */
  declare readonly nothingSent: boolean;
  /** Whether a proxy refuses the connection until it is given credentials. */
  declare readonly needsProxyCredentials?: boolean;
  /** What went wrong, where more is known than that it did. */
  declare readonly problem?: ConnectionProblem;
  /** A later attempt may succeed, unless a proxy wants to know who asks. */
  get isRetryable(): boolean {
    return this.needsProxyCredentials !== true;
  }
  /** One line. */
  override get message(): string {
    const hint = this.needsProxyCredentials === true
      ? "give user and password in the address of the proxy, as http://user:password@proxy:3128"
      : this.problem === undefined
      ? "check the URL, the port and the proxy"
      : connectionHints[this.problem];
    return `DSS cannot be reached at ${this.instance} (${this.detail}): ${hint}`;
  }
}

const TlsFailureBase: ErrorClass<TlsFailure, "TlsFailure", "instance" | "detail" | "problem"> = errorClass(
  "TlsFailure",
  () => ({
    instance: Schema.String,
    detail: Schema.String,
    problem: Schema.optionalKey(openEnum<TlsProblem>()),
  }),
);

/** No trusted connection came about: unknown authority, expired or foreign certificate, missing client certificate, no TLS at all. */
export class TlsFailure extends TlsFailureBase {
  /** Origin of the instance. */
  declare readonly instance: string;
  /** What the runtime says. */
  declare readonly detail: string;
  /** What is wrong; `other` when absent. */
  declare readonly problem?: TlsProblem;
  /** The same certificate will be shown again. */
  readonly isRetryable = false;
  /** One line. */
  override get message(): string {
    const hint = tlsHints[this.problem ?? "other"];
    return `No trusted connection to ${this.instance} (${this.detail}): ${hint}, see TLS in the README`;
  }
}

const TimedOutBase: ErrorClass<TimedOut, "TimedOut", "after" | "waitingFor"> = errorClass("TimedOut", () => ({
  after: Schema.DurationFromString,
  waitingFor: openEnum<"answer" | "bytes">(),
}));

/** No complete answer came in time. */
export class TimedOut extends TimedOutBase {
  /** The limit that was exceeded. */
  declare readonly after: Duration.Duration;
  /** What was waited for: a whole answer, or the next bytes of a stream. */
  declare readonly waitingFor: "answer" | "bytes";
  /** A later attempt may succeed. */
  readonly isRetryable = true;
  /** One line. */
  override get message(): string {
    const what = this.waitingFor === "answer" ? "No complete answer" : "No further bytes";
    return `${what} within ${
      Duration.format(this.after)
    }: DSS or the way to it is slow or stalled; a longer deadline can be set in the options`;
  }
}

const UnexpectedContentBase: ErrorClass<UnexpectedContent, "UnexpectedContent", "status" | "found" | "detail"> =
  errorClass("UnexpectedContent", () => ({
    status: Schema.Finite,
    found: openEnum<"html">(),
    detail: Schema.String,
  }));

/**
 * Something other than DSS answered, or DSS answered something other than was asked: a login page, HTML of a proxy or a firewall, a
 * redirect, nothing, bytes in an encoding that was not asked for, a status that says nothing here (1xx, 300, 304).
 */
export class UnexpectedContent extends UnexpectedContentBase {
  /** HTTP status; 0 where the header could not be read. */
  declare readonly status: number;
  /** What came instead. */
  declare readonly found: "html" | "redirect" | "empty" | "text" | "encoding" | "status" | "header";
  /** Title of the page, target of the redirect, the encoding, or the first words; at most 200 characters. */
  declare readonly detail: string;
  /** The same will come again. */
  readonly isRetryable = false;
  /** One line. */
  override get message(): string {
    const found = `Answered ${this.status} with`;
    if (this.found === "redirect") {
      return `${found} a redirect to ${this.detail}, which is not followed: give the URL of DSS itself`;
    }
    if (this.found === "html") return `${found} an HTML page (${this.detail}): ${pageHint(this.status)}`;
    if (this.found === "header") {
      return `Answered with a header that is too large for this runtime (${this.detail}): ` +
        "on Node raise it with --max-http-header-size, or have what stands before DSS set fewer headers and cookies";
    }
    if (this.found === "encoding") {
      return `${found} ${this.detail}, which was not asked for: have what stands before DSS pass its answers on as they are`;
    }
    if (this.found === "status") {
      return `Answered ${this.status}, which says nothing here (${this.detail}): something before DSS answers for it, ask who runs it`;
    }
    return this.found === "empty"
      ? `${found} nothing, expected content: a proxy may have cut the answer`
      : `${found} something that is not JSON (${this.detail}): check that the URL is that of DSS`;
  }
}

const TruncatedBase: ErrorClass<Truncated, "Truncated", "detail"> = errorClass("Truncated", () => ({
  detail: Schema.String,
}));

/** The answer broke off before its end. */
export class Truncated extends TruncatedBase {
  /** What the runtime says. */
  declare readonly detail: string;
  /** A later attempt may succeed. */
  readonly isRetryable = true;
  /** One line. */
  override get message(): string {
    return `The answer broke off before its end (${this.detail}): the connection or DSS went away`;
  }
}

const TooLargeBase: ErrorClass<TooLarge, "TooLarge", "limit" | "streamedBy"> = errorClass("TooLarge", () => ({
  limit: Schema.Finite,
  streamedBy: Schema.optionalKey(Schema.String),
}));

/** The answer is larger than the limit for bodies that are held in memory. */
export class TooLarge extends TooLargeBase {
  /** The limit, in bytes. */
  declare readonly limit: number;
  /** The method that gives the same as a stream, as `Jobs.logStream`, when there is one. */
  declare readonly streamedBy?: string;
  /** The same will come again. */
  readonly isRetryable = false;
  /** One line. */
  override get message(): string {
    const orStream = this.streamedBy === undefined
      ? ""
      : `, or use \`${this.streamedBy}\`, which gives the bytes as they come`;
    return `The answer is larger than ${this.limit} bytes: raise \`maxBodyBytes\` in the options${orStream}`;
  }
}

const UndecodableBase: ErrorClass<Undecodable, "Undecodable", "field" | "detail" | "advice"> = errorClass(
  "Undecodable",
  () => ({
    field: Schema.String,
    detail: Schema.String,
    advice: Schema.optionalKey(Schema.String),
  }),
);

/** DSS answered JSON that does not have the expected shape. */
export class Undecodable extends UndecodableBase {
  /** Path of the first field that does not fit, as `[0].def.id`; empty for the whole answer. */
  declare readonly field: string;
  /** What was expected there. */
  declare readonly detail: string;
  /** What to do, when the one who asks can do something; by default to report it. */
  declare readonly advice?: string;
  /** The same will come again. */
  readonly isRetryable = false;
  /** One line. */
  override get message(): string {
    const where = this.field === "" ? "The answer" : `Field ${this.field} of the answer`;
    const advice = this.advice ?? "this version of DSS may differ, please report it";
    return `${where} does not have the expected shape (${this.detail}): ${advice}`;
  }
}

const RequiresDssBase: ErrorClass<RequiresDss, "RequiresDss", "needed" | "found"> = errorClass("RequiresDss", () => ({
  needed: Schema.String,
  found: Schema.String,
}));

/** The instance has a version of DSS that cannot do this yet; nothing was done. */
export class RequiresDss extends RequiresDssBase {
  /** First version that can, as `14.4`. */
  declare readonly needed: string;
  /** Version of the instance, as `13.5.2`. */
  declare readonly found: string;
  /** The instance has to be upgraded first. */
  readonly isRetryable = false;
  /** One line. */
  override get message(): string {
    return `DSS ${this.needed} or newer is needed for this, the instance has ${this.found}`;
  }
}

const OutcomeUnknownBase: ErrorClass<OutcomeUnknown, "OutcomeUnknown", "lost" | "candidates"> = errorClass(
  "OutcomeUnknown",
  () => ({
    lost: Schema.Union([Unreachable, TimedOut, Truncated, Unavailable, UnexpectedContent, Undecodable, TooLarge]),
    candidates: Schema.optionalKey(Schema.Array(Token)),
  }),
);

/** A write was sent and its answer was lost: DSS may have done it or not. Nothing is ever written again by itself. */
export class OutcomeUnknown extends OutcomeUnknownBase {
  /** How the answer was lost: it did not come, a gateway answered instead, or what came says nothing or cannot be held. */
  declare readonly lost: Unreachable | TimedOut | Truncated | Unavailable | UnexpectedContent | Undecodable | TooLarge;
  /** What may have come of a start: what was started since and matches; each token can be resumed. Absent when DSS could not be asked. */
  declare readonly candidates?: ReadonlyArray<Token>;
  /** Whoever sends it again must first look whether it was done. */
  readonly isRetryable = false;
  /** One line. */
  override get message(): string {
    const found = this.candidates?.map(({ ids }) => ids.join(" ")).join(", ");
    const maybe = found === undefined || found === "" ? "" : ` (it may be ${found})`;
    return `It was sent, but the answer was lost, so DSS may have done it or not${maybe}; look before you repeat it. ${this.lost.message}`;
  }
}

const UploadFailedBase: ErrorClass<UploadFailed, "UploadFailed", "detail"> = errorClass("UploadFailed", () => ({
  detail: Schema.String,
}));

/** The content to upload could not be read to its end; DSS got an incomplete request, which it refuses. */
export class UploadFailed extends UploadFailedBase {
  /** What the content failed with. */
  declare readonly detail: string;
  /** The content will fail again. */
  readonly isRetryable = false;
  /** One line. */
  override get message(): string {
    return `The content to upload could not be read to its end (${this.detail})`;
  }
}

/** Why a call failed. */
export type DssErrorReason =
  | Unreachable
  | TlsFailure
  | TimedOut
  | Unauthorized
  | Forbidden
  | NotFound
  | Conflict
  | Invalid
  | RateLimited
  | Unavailable
  | ServerFailure
  | RequiresDss
  | UnexpectedContent
  | Truncated
  | TooLarge
  | Undecodable
  | UploadFailed
  | OutcomeUnknown;

/** Schema of {@linkcode DssErrorReason}. */
export const DssErrorReason: Schema.Codec<DssErrorReason, ErrorJson> = Schema.suspend(() =>
  Schema.Union([
    Unreachable,
    TlsFailure,
    TimedOut,
    Unauthorized,
    Forbidden,
    NotFound,
    Conflict,
    Invalid,
    RateLimited,
    Unavailable,
    ServerFailure,
    RequiresDss,
    UnexpectedContent,
    Truncated,
    TooLarge,
    Undecodable,
    UploadFailed,
    OutcomeUnknown,
  ])
);
