/**
 * Releases as operations. Unlike others it is this program that does the work: it goes on while somebody waits or watches.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import * as Option from "effect/Option";
import * as Semaphore from "effect/Semaphore";
import * as Stream from "effect/Stream";
import * as SubscriptionRef from "effect/SubscriptionRef";
import { type Former, release, type ReleasePlan, type ReleaseTools } from "./api_release.ts";
import { type ApiReleaseFailed, type ApiReleaseStage, ApiReleaseUnfit } from "./api_release_failed.ts";
import { AbortUncertain, type Operation, type OperationState } from "../../src/operation/operation.ts";

/** Where a release stands. */
export interface ApiReleaseState extends OperationState {
  /** What is being done, or how it ended. */
  readonly phase: ApiReleaseStage | "RESTORE" | "RELEASED" | "FAILED";
  /** Why it failed. */
  readonly failure?: ApiReleaseFailed;
}

/** A version that was released. */
export interface ApiReleased {
  /** The deployment. */
  readonly deploymentId: string;
  /** The version. */
  readonly version: string;
  /** What the deployment was before; `undefined` for one that the release created. */
  readonly former: Former | undefined;
}

/** A release that is under way. */
export type ApiReleaseOperation = Operation<ApiReleaseState, ApiReleased, ApiReleaseFailed>;

const endOf = (exit: Exit.Exit<unknown, ApiReleaseFailed>): ApiReleaseState => {
  if (Exit.isSuccess(exit)) return { phase: "RELEASED", isFinal: true };
  const failure = Exit.findErrorOption(exit);
  return { phase: "FAILED", isFinal: true, ...(Option.isSome(failure) ? { failure: failure.value } : {}) };
};

/** Makes the operation of a release. */
export const makeReleaseOperation = (
  plan: ReleasePlan,
  tools: Omit<ReleaseTools, "tell" | "goesOn">,
): Effect.Effect<ApiReleaseOperation> =>
  Effect.map(SubscriptionRef.make<ApiReleaseState>({ phase: "IMPORT", isFinal: false }), (state) => {
    const lock = Semaphore.makeUnsafe(1);
    let ended: Exit.Exit<ApiReleased, ApiReleaseFailed> | undefined;
    let isAborted = false;
    const { deploymentId, version, former, token } = plan;
    const whole: ReleaseTools = {
      ...tools,
      tell: (phase) => SubscriptionRef.set(state, { phase, isFinal: false }),
      goesOn: Effect.suspend(() =>
        isAborted ? Effect.fail(new ApiReleaseUnfit({ detail: "it was aborted" })) : Effect.void
      ),
    };
    /** Goes on from wherever it stands: whoever is interrupted leaves the rest to the next. */
    const run = lock.withPermit(Effect.suspend(() => {
      if (ended !== undefined) return ended;
      const released: ApiReleased = { deploymentId, version, former };
      return release(plan, whole).pipe(
        Effect.as(released),
        Effect.exit,
        Effect.tap((exit) => {
          ended = exit;
          return SubscriptionRef.set(state, endOf(exit));
        }),
        Effect.flatten,
      );
    }));
    const states = Stream.unwrap(
      Effect.as(
        Effect.forkScoped(Effect.ignore(run)),
        SubscriptionRef.changes(state).pipe(
          Stream.changesWith((before, after) => before.phase === after.phase),
          Stream.takeUntil(({ isFinal }) => isFinal),
        ),
      ),
    );
    const abort = Effect.suspend(() => {
      isAborted = true;
      // In a fiber of its own: an update in one that is interrupted is not sent.
      return Effect.flatMap(Effect.forkDetach(Effect.result(run)), Fiber.join);
    }).pipe(
      Effect.flatMap((end) =>
        end._tag === "Failure" && end.failure.restored === "NOT_RESTORED"
          ? Effect.fail(new AbortUncertain({ token, detail: end.failure.message }))
          : Effect.void
      ),
    );
    return { token: Option.some(token), state: SubscriptionRef.get(state), states, result: run, abort };
  });
