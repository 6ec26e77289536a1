/**
 * The ends of a release that are not its success.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { DssError } from "../../src/errors/dss_error.ts";
import { oneLine } from "../../src/errors/one_line.ts";
import { Token, TokenInvalid } from "../../src/errors/token.ts";
import { FutureAborted, FutureFailed, FutureLost } from "../../src/operation/future_failure.ts";
import { ContactLost, WaitTimedOut } from "../../src/operation/operation.ts";
import { SettingsConflict, SettingsDropped, SettingsUnverified } from "../../src/settings/settings.ts";
import { openEnum } from "../../src/json/open.ts";
import { type ErrorClass, errorClass } from "../../src/errors/error_class.ts";

/** What a release does, in this order. */
export type ApiReleaseStage = "IMPORT" | "SET" | "UPDATE" | "HEALTH" | "TEST";

/**
 * What became of the deployment when a release failed: it was not touched, it is as it was before (or gone again, when the release had
 * created it), or that could not be reached.
 */
export type ApiReleaseRestored = "NOTHING_CHANGED" | "RESTORED" | "NOT_RESTORED";

const ApiReleaseUnfitBase: ErrorClass<ApiReleaseUnfit, "ApiReleaseUnfit", "detail"> = errorClass(
  "ApiReleaseUnfit",
  () => ({
    detail: Schema.String,
  }),
);

/** What is not as a release wants it, where DSS itself refuses nothing. */
export class ApiReleaseUnfit extends ApiReleaseUnfitBase {
  /** What is wrong, what was expected, and what to do. */
  declare readonly detail: string;
  /** One line. */
  override get message(): string {
    return oneLine(this.detail, 500);
  }
}

/** Why a stage failed: one of the errors of the services that a release uses, or any other one, of which name and message are written. */
const Cause = Schema.suspend((): Schema.Codec<Error, unknown> =>
  Schema.Union([
    ApiReleaseUnfit,
    ContactLost,
    DssError,
    FutureAborted,
    FutureFailed,
    FutureLost,
    SettingsConflict,
    SettingsDropped,
    SettingsUnverified,
    TokenInvalid,
    WaitTimedOut,
    Schema.Defect() as never as Schema.Codec<Error, unknown>,
  ])
);

const ApiReleaseFailedBase: ErrorClass<
  ApiReleaseFailed,
  "ApiReleaseFailed",
  "token" | "deploymentId" | "version" | "stage" | "cause" | "restored" | "restoreCause"
> = errorClass("ApiReleaseFailed", () => ({
  token: Token,
  deploymentId: Schema.String,
  version: Schema.String,
  stage: openEnum<ApiReleaseStage>(),
  cause: Cause,
  restored: openEnum<ApiReleaseRestored>(),
  restoreCause: Schema.optionalKey(Cause),
}));

/** A version was not released: the deployment is as it was before, unless that is said to have failed too. */
export class ApiReleaseFailed extends ApiReleaseFailedBase {
  /** Names the release: resuming it tries again. */
  declare readonly token: Token;
  /** The deployment. */
  declare readonly deploymentId: string;
  /** The version that was to be released. */
  declare readonly version: string;
  /** What failed. */
  declare readonly stage: ApiReleaseStage;
  /** Why. */
  declare readonly cause: Error;
  /** What became of the deployment. */
  declare readonly restored: ApiReleaseRestored;
  /** Why it could not be restored. */
  declare readonly restoreCause?: Error;
  /** One line. */
  override get message(): string {
    const { deploymentId, version, stage, cause, restored, restoreCause } = this;
    const ends: Record<ApiReleaseRestored, string> = {
      NOTHING_CHANGED: "the deployment was not changed",
      RESTORED: "the deployment is as it was before",
      NOT_RESTORED: `the deployment could not be put back, look at it (${restoreCause?.message ?? "no reason"})`,
    };
    const said = `Version ${version} is not released on ${deploymentId}, ${stage} failed (${cause.message})`;
    return oneLine(`${said}: ${ends[restored]}`, 1000);
  }
}
