/**
 * The ends of a release that are not its success.
 *
 * @module
 */
import { oneLine } from "../../src/errors/one_line.ts";
import type { Token } from "../../src/errors/token.ts";
import { PlainError } from "../../src/errors/plain_error.ts";

/** What a release does, in this order. */
export type ApiReleaseStage = "IMPORT" | "SET" | "UPDATE" | "HEALTH" | "TEST";

/**
 * What became of the deployment when a release failed: it was not touched, it is as it was before (or gone again, when the release had
 * created it), or that could not be reached.
 */
export type ApiReleaseRestored = "NOTHING_CHANGED" | "RESTORED" | "NOT_RESTORED";

/** A version was not released: the deployment is as it was before, unless that is said to have failed too. */
export class ApiReleaseFailed extends PlainError<{
  /** Names the release: resuming it tries again. */
  readonly token: Token;
  /** The deployment. */
  readonly deploymentId: string;
  /** The version that was to be released. */
  readonly version: string;
  /** What failed. */
  readonly stage: ApiReleaseStage;
  /** Why. */
  readonly cause: Error;
  /** What became of the deployment. */
  readonly restored: ApiReleaseRestored;
  /** Why it could not be restored. */
  readonly restoreCause?: Error;
}> {
  /** Tag of this error. */
  readonly _tag = "ApiReleaseFailed" as const;
  /** Name of this error, as logs show it. */
  override readonly name = "ApiReleaseFailed" as const;
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

/** What is not as a release wants it, where DSS itself refuses nothing. */
export class ApiReleaseUnfit extends PlainError<{
  /** What is wrong, what was expected, and what to do. */
  readonly detail: string;
}> {
  /** Tag of this error. */
  readonly _tag = "ApiReleaseUnfit" as const;
  /** Name of this error, as logs show it. */
  override readonly name = "ApiReleaseUnfit" as const;
  /** One line. */
  override get message(): string {
    return oneLine(this.detail, 500);
  }
}
