/**
 * Stops and starts of code studios, as operations: the task of DSS ends them, and the state of the code studio says how.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { CodeStudioStatus } from "../../schemas/code/code_studio.ts";
import type { FutureState } from "../../src/operation/future_state.ts";
import { CodeStudioFailed } from "./code_studio_failed.ts";
import type { Dss } from "../../src/connection/dss.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import { instantOf } from "../../src/json/epoch.ts";
import { type FutureEnd, FutureLost } from "../../src/operation/future_failure.ts";
import { makeFutureOperation } from "../../src/operation/future_operation.ts";
import { makeOperation } from "../../src/operation/make_operation.ts";
import type {
  ContactLost,
  Operation,
  OperationState,
  WaitOptions,
  WaitTimedOut,
} from "../../src/operation/operation.ts";
import { adaptivePolling } from "../../src/operation/polling.ts";
import { get, path } from "../../src/transport/request.ts";
import type { Token } from "../../src/errors/token.ts";

/** Where a stop or a start stands; its phase is the state of the code studio. */
export interface CodeStudioOperationState extends OperationState {
  /** What the code studio says. */
  readonly status: CodeStudioStatus;
}

/** A stop or a start, which ends with the status of the code studio. */
export type CodeStudioOperation = Operation<CodeStudioOperationState, CodeStudioStatus, FutureEnd | CodeStudioFailed>;

/** @internal Kind of the tokens of these operations. */
export const codeStudioKind = "code-studio";

/** @internal A stop or a start. */
export interface CodeStudioChange {
  /** The method, for errors. */
  readonly method: string;
  readonly projectKey: string;
  readonly codeStudioId: string;
  /** The state that it is to end in. */
  readonly expected: "RUNNING" | "STOPPED";
  /** What DSS answered to the start, or just the id of the future. */
  readonly future: FutureState | string;
  /** When it began by the clock of DSS, in milliseconds since 1970; `0` when DSS did not say. */
  readonly began: number;
}

/** @internal Asks where a code studio stands. */
export const codeStudioStatus = (
  dss: Dss,
  method: string,
  projectKey: string,
  codeStudioId: string,
): Effect.Effect<CodeStudioStatus, DssError> =>
  dss.json(method, get(path`/projects/${projectKey}/code-studios/${codeStudioId}/status`), CodeStudioStatus);

/** Stands for the result of a future that DSS has forgotten. */
const forgotten = Symbol("forgotten");

const isSettled = ({ state }: CodeStudioStatus): boolean => state !== "STARTING" && state !== "STOPPING";

/** @internal Makes the operation. */
export const makeCodeStudioOperation = (
  dss: Dss,
  { method, projectKey, codeStudioId, expected, future, began }: CodeStudioChange,
  options?: WaitOptions,
): Effect.Effect<CodeStudioOperation> =>
  Effect.gen(function* () {
    const jobId = typeof future === "string" ? future : future.jobId ?? undefined;
    const token: Token | undefined = jobId === undefined ? undefined : {
      kind: codeStudioKind,
      version: 1,
      dss: dss.instance,
      ids: [jobId, projectKey, codeStudioId, expected, String(began)],
    };
    const named = token === undefined ? {} : { token };
    const task = yield* makeFutureOperation<unknown>(dss, {
      method,
      // Without an id there is nothing to wait for, whatever else DSS says.
      future: jobId === undefined && typeof future !== "string"
        ? { hasResult: true, result: future.result ?? future }
        : future,
      result: Schema.Unknown,
      forgotten: Effect.succeedSome(forgotten),
      ...named,
    });
    const look = Effect.gen(function* () {
      const { isFinal, progress } = yield* task.state;
      // DSS forgets the result soon, and the code studio may take longer.
      const ended = isFinal ? yield* Effect.result(task.result) : undefined;
      const failure = ended !== undefined && Result.isFailure(ended) ? ended.failure : undefined;
      if (failure instanceof DssError) return yield* Effect.fail(failure);
      const status = yield* codeStudioStatus(dss, method, projectKey, codeStudioId);
      const startedAt = instantOf(began);
      return {
        phase: status.state,
        isFinal: isFinal && (failure !== undefined || isSettled(status)),
        status,
        ...(startedAt === undefined ? {} : { startedAt }),
        ...(progress === undefined ? {} : { progress }),
      };
    });
    return yield* makeOperation<
      CodeStudioOperationState,
      CodeStudioStatus,
      FutureEnd | CodeStudioFailed | ContactLost | WaitTimedOut
    >({
      token: Option.fromUndefinedOr(token),
      // One that is resumed is known by its id alone.
      isNew: typeof future !== "string",
      polling: adaptivePolling({ longest: "5 seconds" }),
      look,
      end: ({ status }) =>
        Effect.flatMap(task.result, (result): Effect.Effect<CodeStudioStatus, FutureLost | CodeStudioFailed> => {
          // A code studio that runs may be the one from before: nobody can tell any more whether it was restarted.
          const isOld = result === forgotten && expected === "RUNNING" && (status.lastStateChange ?? began) < began;
          if (status.state === expected && !isOld) return Effect.succeed(status);
          return result === forgotten ? Effect.fail(new FutureLost({ ...named, finished: false })) : Effect.fail(
            new CodeStudioFailed({
              projectKey,
              codeStudioId,
              expected,
              status: dss.withoutSecrets(status),
              ...named,
            }),
          );
        }),
      abort: task.abort,
    }, options);
  });
