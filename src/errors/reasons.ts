/**
 * Why a call to DSS failed: one tagged class per reason.
 *
 * @module
 */
import * as Duration from "effect/Duration";
import { connectionHints, type ConnectionProblem, pageHint, statusHints, tlsHints, type TlsProblem } from "./hints.ts";
import type { Token } from "./token.ts";
import { PlainError } from "./plain_error.ts";

export type { ConnectionProblem, TlsProblem } from "./hints.ts";

/** DSS could not be reached: nothing listens, no such host, the connection broke, a permission of the runtime is missing. */
export class Unreachable extends PlainError<{
  /** Origin of the instance, as `https://dss.example.com:11200`. */
  readonly instance: string;
  /** What the runtime says, without addresses and secrets. */
  readonly detail: string;
  /** Whether it is certain that DSS received nothing. */
  readonly nothingSent: boolean;
  /** Whether a proxy refuses the connection until it is given credentials. */
  readonly needsProxyCredentials?: boolean;
  /** What went wrong, where more is known than that it did. */
  readonly problem?: ConnectionProblem;
}> {
  /** Tag of this reason. */
  readonly _tag = "Unreachable" as const;
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

/** No trusted connection came about: unknown authority, expired or foreign certificate, missing client certificate, no TLS at all. */
export class TlsFailure extends PlainError<{
  /** Origin of the instance. */
  readonly instance: string;
  /** What the runtime says. */
  readonly detail: string;
  /** What is wrong; `other` when absent. */
  readonly problem?: TlsProblem;
}> {
  /** Tag of this reason. */
  readonly _tag = "TlsFailure" as const;
  /** The same certificate will be shown again. */
  readonly isRetryable = false;
  /** One line. */
  override get message(): string {
    const hint = tlsHints[this.problem ?? "other"];
    return `No trusted connection to ${this.instance} (${this.detail}): ${hint}, see TLS in the README`;
  }
}

/** No complete answer came in time. */
export class TimedOut extends PlainError<{
  /** The limit that was exceeded. */
  readonly after: Duration.Duration;
  /** What was waited for: a whole answer, or the next bytes of a stream. */
  readonly waitingFor: "answer" | "bytes";
}> {
  /** Tag of this reason. */
  readonly _tag = "TimedOut" as const;
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

/** What DSS or a server before it said when it refused. */
export interface Refusal {
  /** HTTP status; absent when the request was refused here, before it was sent. */
  readonly status?: number;
  /** Java class of the failure, when DSS names one. */
  readonly errorType?: string;
  /** What DSS says, in one line; at most 500 characters. */
  readonly detail: string;
  /** All other fields of DSS's error body, such as `stackTraceStr`. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** How long DSS asks to wait before the next attempt. */
  readonly retryAfter?: Duration.Duration;
}

/** The part that all refusals share: the answer's status, DSS's class of the failure and its words. */
export class Refused extends PlainError<Refusal> {
  /** Whether the same request may succeed later. */
  readonly isRetryable: boolean = false;
  /** What to do about it; empty when DSS's words say all. */
  readonly hint: string = "";
  /** One line: status, class, words, hint. */
  override get message(): string {
    const type = this.errorType?.split(".").at(-1);
    const said = type === undefined ? this.detail : `${type}: ${this.detail}`;
    const head = this.status === undefined ? "Not sent" : `DSS answered ${this.status}`;
    return this.hint === "" ? `${head} (${said})` : `${head} (${said}): ${this.hint}`;
  }
}

/** The key, token or ticket is missing or not known to DSS. */
export class Unauthorized extends Refused {
  /** Tag of this reason. */
  readonly _tag = "Unauthorized" as const;
  /** What to do. */
  override readonly hint: string = "check the API key, and that it belongs to this instance";
}

/** The key is known but may not do this; DSS also answers so for projects that do not exist. */
export class Forbidden extends Refused {
  /** Tag of this reason. */
  readonly _tag = "Forbidden" as const;
  /** What to do. */
  override readonly hint: string = "check the rights of the key, and that the project exists";
}

/** What was asked for does not exist. */
export class NotFound extends Refused {
  /** Tag of this reason. */
  readonly _tag = "NotFound" as const;
  /** What to do. */
  override readonly hint: string = "check the URL, the project key and the id";
}

/** What should be created exists, or something else is at work on it. */
export class Conflict extends Refused {
  /** Tag of this reason. */
  readonly _tag = "Conflict" as const;
}

/** DSS does not accept the request as it is; without a status, the request was not sent because it could not be right. */
export class Invalid extends Refused {
  /** Tag of this reason. */
  readonly _tag = "Invalid" as const;
  /** What to do about it, where the status says what does not fit: 411, 413, 414, 431. */
  override readonly hint: string = statusHints[this.status ?? 0] ?? "";
}

/** Too many requests. */
export class RateLimited extends Refused {
  /** Tag of this reason. */
  readonly _tag = "RateLimited" as const;
  /** A later attempt may succeed. */
  override readonly isRetryable: boolean = true;
  /** What to do. */
  override readonly hint: string = "wait, or send fewer requests at once";
}

/** A gateway answered for a DSS that is starting, overloaded, too slow for it, or down. */
export class Unavailable extends Refused {
  /** Tag of this reason. */
  readonly _tag = "Unavailable" as const;
  /** A later attempt may succeed. */
  override readonly isRetryable: boolean = true;
  /** What to do, by what the status says of the gateway. */
  override readonly hint: string = statusHints[this.status ?? 0] ?? "DSS is starting or overloaded; try again later";
}

/** DSS failed while it worked on the request, or does not implement it. */
export class ServerFailure extends Refused {
  /** Tag of this reason. */
  readonly _tag = "ServerFailure" as const;
}

/**
 * Something other than DSS answered, or DSS answered something other than was asked: a login page, HTML of a proxy or a firewall, a
 * redirect, nothing, bytes in an encoding that was not asked for, a status that says nothing here (1xx, 300, 304).
 */
export class UnexpectedContent extends PlainError<{
  /** HTTP status; 0 where the header could not be read. */
  readonly status: number;
  /** What came instead. */
  readonly found: "html" | "redirect" | "empty" | "text" | "encoding" | "status" | "header";
  /** Title of the page, target of the redirect, the encoding, or the first words; at most 200 characters. */
  readonly detail: string;
}> {
  /** Tag of this reason. */
  readonly _tag = "UnexpectedContent" as const;
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

/** The answer broke off before its end. */
export class Truncated extends PlainError<{
  /** What the runtime says. */
  readonly detail: string;
}> {
  /** Tag of this reason. */
  readonly _tag = "Truncated" as const;
  /** A later attempt may succeed. */
  readonly isRetryable = true;
  /** One line. */
  override get message(): string {
    return `The answer broke off before its end (${this.detail}): the connection or DSS went away`;
  }
}

/** The answer is larger than the limit for bodies that are held in memory. */
export class TooLarge extends PlainError<{
  /** The limit, in bytes. */
  readonly limit: number;
  /** The method that gives the same as a stream, as `Jobs.logStream`, when there is one. */
  readonly streamedBy?: string;
}> {
  /** Tag of this reason. */
  readonly _tag = "TooLarge" as const;
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

/** DSS answered JSON that does not have the expected shape. */
export class Undecodable extends PlainError<{
  /** Path of the first field that does not fit, as `[0].def.id`; empty for the whole answer. */
  readonly field: string;
  /** What was expected there. */
  readonly detail: string;
  /** What to do, when the one who asks can do something; by default to report it. */
  readonly advice?: string;
}> {
  /** Tag of this reason. */
  readonly _tag = "Undecodable" as const;
  /** The same will come again. */
  readonly isRetryable = false;
  /** One line. */
  override get message(): string {
    const where = this.field === "" ? "The answer" : `Field ${this.field} of the answer`;
    const advice = this.advice ?? "this version of DSS may differ, please report it";
    return `${where} does not have the expected shape (${this.detail}): ${advice}`;
  }
}

/** The instance has a version of DSS that cannot do this yet; nothing was done. */
export class RequiresDss extends PlainError<{
  /** First version that can, as `14.4`. */
  readonly needed: string;
  /** Version of the instance, as `13.5.2`. */
  readonly found: string;
}> {
  /** Tag of this reason. */
  readonly _tag = "RequiresDss" as const;
  /** The instance has to be upgraded first. */
  readonly isRetryable = false;
  /** One line. */
  override get message(): string {
    return `DSS ${this.needed} or newer is needed for this, the instance has ${this.found}`;
  }
}

/** A write was sent and its answer was lost: DSS may have done it or not. Nothing is ever written again by itself. */
export class OutcomeUnknown extends PlainError<{
  /** How the answer was lost: it did not come, a gateway answered instead, or what came says nothing or cannot be held. */
  readonly lost: Unreachable | TimedOut | Truncated | Unavailable | UnexpectedContent | Undecodable | TooLarge;
  /** What may have come of a start: what was started since and matches; each token can be resumed. Absent when DSS could not be asked. */
  readonly candidates?: ReadonlyArray<Token>;
}> {
  /** Tag of this reason. */
  readonly _tag = "OutcomeUnknown" as const;
  /** Whoever sends it again must first look whether it was done. */
  readonly isRetryable = false;
  /** One line. */
  override get message(): string {
    const found = this.candidates?.map(({ ids }) => ids.join(" ")).join(", ");
    const maybe = found === undefined || found === "" ? "" : ` (it may be ${found})`;
    return `It was sent, but the answer was lost, so DSS may have done it or not${maybe}; look before you repeat it. ${this.lost.message}`;
  }
}

/** The content to upload could not be read to its end; DSS got an incomplete request, which it refuses. */
export class UploadFailed extends PlainError<{
  /** What the content failed with. */
  readonly detail: string;
}> {
  /** Tag of this reason. */
  readonly _tag = "UploadFailed" as const;
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
