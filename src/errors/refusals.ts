/**
 * What DSS refuses, and what is refused here before it is sent: one tagged class per reason.
 *
 * @module
 */
import type * as Duration from "effect/Duration";
import * as Schema from "effect/Schema";
import { type ErrorClass, errorClass, PlainErrorBase } from "./error_class.ts";
import { statusHints } from "./hints.ts";

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
export class Refused extends PlainErrorBase<Refusal> {
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

/** A class of refusals. */
const refusal = <Self extends Refused, Tag extends string>(tag: Tag): ErrorClass<Self, Tag, keyof Refusal, Refused> =>
  errorClass(tag, () => ({
    status: Schema.optionalKey(Schema.Finite),
    errorType: Schema.optionalKey(Schema.String),
    detail: Schema.String,
    details: Schema.optionalKey(Schema.Record(Schema.String, Schema.Unknown)),
    retryAfter: Schema.optionalKey(Schema.DurationFromString),
  }), Refused);

const UnauthorizedBase: ErrorClass<Unauthorized, "Unauthorized", keyof Refusal, Refused> = refusal("Unauthorized");

/** The key, token or ticket is missing or not known to DSS. */
export class Unauthorized extends UnauthorizedBase {
  /** What to do. */
  override readonly hint: string = "check the API key, and that it belongs to this instance";
}

const ForbiddenBase: ErrorClass<Forbidden, "Forbidden", keyof Refusal, Refused> = refusal("Forbidden");

/** The key is known but may not do this; DSS also answers so for projects that do not exist. */
export class Forbidden extends ForbiddenBase {
  /** What to do. */
  override readonly hint: string = "check the rights of the key, and that the project exists";
}

const NotFoundBase: ErrorClass<NotFound, "NotFound", keyof Refusal, Refused> = refusal("NotFound");

/** What was asked for does not exist. */
export class NotFound extends NotFoundBase {
  /** What to do. */
  override readonly hint: string = "check the URL, the project key and the id";
}

const ConflictBase: ErrorClass<Conflict, "Conflict", keyof Refusal, Refused> = refusal("Conflict");

/** What should be created exists, or something else is at work on it. */
export class Conflict extends ConflictBase {
}

const InvalidBase: ErrorClass<Invalid, "Invalid", keyof Refusal, Refused> = refusal("Invalid");

/** DSS does not accept the request as it is; without a status, the request was not sent because it could not be right. */
export class Invalid extends InvalidBase {
  /** What to do about it, where the status says what does not fit: 411, 413, 414, 431. */
  override readonly hint: string = statusHints[this.status ?? 0] ?? "";
}

const RateLimitedBase: ErrorClass<RateLimited, "RateLimited", keyof Refusal, Refused> = refusal("RateLimited");

/** Too many requests. */
export class RateLimited extends RateLimitedBase {
  /** A later attempt may succeed. */
  override readonly isRetryable: boolean = true;
  /** What to do. */
  override readonly hint: string = "wait, or send fewer requests at once";
}

const UnavailableBase: ErrorClass<Unavailable, "Unavailable", keyof Refusal, Refused> = refusal("Unavailable");

/** A gateway answered for a DSS that is starting, overloaded, too slow for it, or down. */
export class Unavailable extends UnavailableBase {
  /** A later attempt may succeed. */
  override readonly isRetryable: boolean = true;
  /** What to do, by what the status says of the gateway. */
  override readonly hint: string = statusHints[this.status ?? 0] ?? "DSS is starting or overloaded; try again later";
}

const ServerFailureBase: ErrorClass<ServerFailure, "ServerFailure", keyof Refusal, Refused> = refusal("ServerFailure");

/** DSS failed while it worked on the request, or does not implement it. */
export class ServerFailure extends ServerFailureBase {
}
