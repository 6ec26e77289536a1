/**
 * Scenario runs: requesting them, following them to their end, and their history, logs and reports.
 *
 * @module
 */
import * as DateTime from "effect/DateTime";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type * as Stream from "effect/Stream";
import { ScenarioRun, TestingStatus } from "../../schemas/automation/scenario_run.ts";
import type { ScenarioRunDetails } from "../../schemas/automation/scenario_run_details.ts";
import type { TriggerFire, TriggerFireHandle } from "../../schemas/automation/trigger_fire.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import type { ContactLost, WaitTimedOut } from "../../src/operation/operation.ts";
import { get, path } from "../../src/transport/request.ts";
import { traceWithJobs } from "./scenario_run_trace.ts";
import { inProject, scenarioRunCalls } from "./scenario_run_calls.ts";
import type { ScenarioRunEnd } from "./scenario_run_failed.ts";
import { dayOf, lastRunsThat } from "./scenario_run_history.ts";
import { attachRun, followFire, isSuccess, resumeRun, type ScenarioRunOperation } from "./scenario_run_operation.ts";
import type {
  AverageDurationOptions,
  ListScenarioRunsOptions,
  RunDays,
  RunPartOptions,
  RunScenarioOptions,
  ScenarioWaitOptions,
  SuccessOptions,
  TestingOptions,
  TestReportOptions,
} from "./scenario_run_options.ts";
import { requestRun } from "./scenario_run_request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import type { TokenInvalid } from "../../src/errors/token.ts";

export * from "../../schemas/automation/scenario_run.ts";
export * from "../../schemas/automation/scenario_run_details.ts";
export * from "../../schemas/automation/trigger_fire.ts";
export { type ScenarioRunEnd, ScenarioRunFailed, TriggerCancelled } from "./scenario_run_failed.ts";
export { traceRun } from "./scenario_run_trace.ts";
export type { ScenarioRunOperation } from "./scenario_run_operation.ts";
export type * from "./scenario_run_options.ts";
export type { FireState, RunState, ScenarioRunState } from "./scenario_run_state.ts";

/**
 * Scenario runs: requesting them, following them to their end, and their history, logs and reports.
 *
 * A request is a trigger fire first; DSS makes a run of it after a moment, lets it wait while the scenario runs, or cancels it. Nothing of
 * that has to be known to use {@linkcode ScenarioRuns.run}.
 *
 * @example
 * ```ts
 * import { Effect, Layer } from "effect";
 * import { ScenarioRun, ScenarioRuns } from "@effect-dataiku/dss/scenario-runs";
 *
 * const outcome = Effect.gen(function* () {
 *   const runs = yield* ScenarioRuns;
 *   const run = yield* runs.run("SALES", "NIGHTLY_BUILD", { params: { country: "FR" } });
 *   return ScenarioRun.outcome(run);
 * });
 * const run: ScenarioRun = {
 *   scenario: { projectKey: "SALES", id: "NIGHTLY_BUILD" },
 *   runId: "2025-10-01-15-39-58-021",
 *   start: 1759333198021,
 *   result: { outcome: "SUCCESS" },
 * };
 * const fake = Layer.mock(ScenarioRuns, { run: () => Effect.succeed(run) });
 * const found = await Effect.runPromise(Effect.provide(outcome, fake));
 * if (found !== "SUCCESS") throw new Error("unexpected");
 * ```
 */
export interface ScenarioRuns {
  /**
   * Requests a run and gives its operation.
   *
   * It is not interrupted while the request is on the wire, and never sent twice: a lost answer is `OutcomeUnknown`, with the runs that
   * may have come of it. With `correlation` that is the one that did, once it runs.
   */
  start(
    projectKey: string,
    scenarioId: string,
    options?: RunScenarioOptions,
  ): Effect.Effect<ScenarioRunOperation, DssError>;
  /**
   * Requests a run and waits for its end; the run is aborted when the wait is interrupted, at whatever point.
   *
   * DSS can only abort what a scenario runs now: a request that still waits behind another run when it is interrupted is not aborted, and
   * that is logged as a warning. A lost contact or an exceeded `timeout` aborts nothing: their errors carry the token to go on with.
   */
  run(
    projectKey: string,
    scenarioId: string,
    options?: RunScenarioOptions,
  ): Effect.Effect<ScenarioRun, DssError | ScenarioRunEnd | ContactLost | WaitTimedOut>;
  /** The operation of a trigger fire, and of the run that comes of it. */
  follow(fire: TriggerFireHandle, options?: ScenarioWaitOptions): Effect.Effect<ScenarioRunOperation>;
  /** The operation of a run known by its id. */
  attach(
    projectKey: string,
    scenarioId: string,
    runId: string,
    options?: ScenarioWaitOptions,
  ): Effect.Effect<ScenarioRunOperation>;
  /** The operation that a token names. */
  resume(token: unknown, options?: ScenarioWaitOptions): Effect.Effect<ScenarioRunOperation, TokenInvalid>;
  /**
   * Asks DSS to abort what the scenario runs now, whoever started it; does nothing when it does not run.
   *
   * To abort one's own run and no other, use the `abort` of its operation.
   */
  abort(projectKey: string, scenarioId: string): Effect.Effect<void, DssError>;
  /** A trigger fire: whether it was cancelled. */
  fire(fire: TriggerFireHandle): Effect.Effect<TriggerFire, DssError>;
  /** The run that came of a trigger fire; `undefined` when there is none, or none yet. */
  ofFire(fire: TriggerFireHandle): Effect.Effect<ScenarioRun | undefined, DssError>;
  /** The last runs, newest first. */
  list(
    projectKey: string,
    scenarioId: string,
    options?: ListScenarioRunsOptions,
  ): Effect.Effect<ReadonlyArray<ScenarioRun>, DssError>;
  /** The runs of some days. What is not a day is refused with `Invalid` before anything is sent. */
  byDate(projectKey: string, scenarioId: string, days: RunDays): Effect.Effect<ReadonlyArray<ScenarioRun>, DssError>;
  /** The run that is going; `undefined` when the scenario does not run. */
  current(projectKey: string, scenarioId: string): Effect.Effect<ScenarioRun | undefined, DssError>;
  /** The last run that ended, well or not; `undefined` when none did. */
  lastFinished(projectKey: string, scenarioId: string): Effect.Effect<ScenarioRun | undefined, DssError>;
  /** The last run that succeeded; `undefined` when none of the last 10,000 did. */
  lastSuccessful(
    projectKey: string,
    scenarioId: string,
    options?: SuccessOptions,
  ): Effect.Effect<ScenarioRun | undefined, DssError>;
  /** Mean duration of the last runs that succeeded; `undefined` when there are fewer than asked for among the last 10,000. */
  averageDuration(
    projectKey: string,
    scenarioId: string,
    options?: AverageDurationOptions,
  ): Effect.Effect<Duration.Duration | undefined, DssError>;
  /** A run with its steps. */
  get(projectKey: string, scenarioId: string, runId: string): Effect.Effect<ScenarioRunDetails, DssError>;
  /** A run as it is now. */
  refresh(run: ScenarioRun): Effect.Effect<ScenarioRun, DssError>;
  /** Gives the tracer in context a run that has ended as spans: its steps, their jobs and activities, see `traceRun`. */
  trace(projectKey: string, scenarioId: string, runId: string): Effect.Effect<void, DssError>;
  /**
   * The log of a run, or of one of its steps, so far. Scripts write into it: it may hold secrets. One beyond `maxBodyBytes` of the connection
   * is `TooLarge`: stream it.
   */
  log(projectKey: string, scenarioId: string, runId: string, options?: RunPartOptions): Effect.Effect<string, DssError>;
  /** The bytes of the log of a run, or of one of its steps, so far, as they come: for logs that do not fit into memory. */
  logStream(
    projectKey: string,
    scenarioId: string,
    runId: string,
    options?: RunPartOptions,
  ): Stream.Stream<Uint8Array, DssError>;
  /** The JUnit report of a run, or of one of its steps, as bytes of XML. DSS makes one only for scenarios that are marked as tests. */
  report(
    projectKey: string,
    scenarioId: string,
    runId: string,
    options?: RunPartOptions,
  ): Stream.Stream<Uint8Array, DssError>;
  /** The report of the last runs of all test scenarios of a project, as bytes. */
  testReport(projectKey: string, options?: TestReportOptions): Stream.Stream<Uint8Array, DssError>;
  /** How the last runs of the test scenarios of a project ended. */
  testingStatus(projectKey: string, options?: TestingOptions): Effect.Effect<TestingStatus, DssError>;
}

/** Key of {@linkcode ScenarioRuns}, with its layer. */
export const ScenarioRuns: DssService<ScenarioRuns> = service(
  "ScenarioRuns",
  Effect.map(Dss, (dss): ScenarioRuns => {
    const calls = scenarioRunCalls(dss);
    const logOf = (projectKey: string, scenarioId: string, runId: string, options?: RunPartOptions) =>
      get(path`/projects/${projectKey}/scenarios/${scenarioId}/${runId}/log`, {
        query: { stepId: options?.step },
        streamedBy: "ScenarioRuns.logStream",
      });
    const start: ScenarioRuns["start"] = (projectKey, scenarioId, options = {}) =>
      Effect.flatMap(
        requestRun(dss, calls, projectKey, scenarioId, options),
        (fire) => followFire(calls, fire, options, fire),
      );
    return {
      start,
      run: (projectKey, scenarioId, options) => runOperation(start(projectKey, scenarioId, options)),
      follow: (fire, options) => followFire(calls, fire, options),
      attach: (projectKey, scenarioId, runId, options) => attachRun(calls, projectKey, scenarioId, runId, options),
      resume: (token, options) => resumeRun(calls, token, options),
      abort: (projectKey, scenarioId) => calls.abort("ScenarioRuns.abort", projectKey, scenarioId),
      fire: (fire) => calls.fire("ScenarioRuns.fire", fire),
      ofFire: (fire) => calls.runOfFire("ScenarioRuns.ofFire", fire),
      list: (projectKey, scenarioId, options) =>
        calls.lastRuns(
          "ScenarioRuns.list",
          projectKey,
          scenarioId,
          options?.limit ?? 10,
          options?.onlyFinished ?? false,
        ),
      byDate: (projectKey, scenarioId, days) =>
        Effect.gen(function* () {
          const method = "ScenarioRuns.byDate";
          const fromDate = yield* dayOf(method, days.from);
          const toDate = yield* dayOf(method, days.to ?? DateTime.add(yield* DateTime.now, { days: 2 }));
          const runs = yield* dss.json(
            method,
            get(path`/projects/${projectKey}/scenarios/${scenarioId}/get-runs-by-date`, {
              query: { fromDate, toDate },
            }),
            Schema.Array(ScenarioRun),
          );
          return runs.map((run) => inProject(run, projectKey));
        }),
      current: (projectKey, scenarioId) => calls.current("ScenarioRuns.current", projectKey, scenarioId),
      lastFinished: (projectKey, scenarioId) =>
        Effect.map(
          calls.lastRuns("ScenarioRuns.lastFinished", projectKey, scenarioId, 10, false),
          (runs) => runs.find((run) => !ScenarioRun.isRunning(run)),
        ),
      lastSuccessful: (projectKey, scenarioId, options) =>
        Effect.map(
          lastRunsThat(calls, "ScenarioRuns.lastSuccessful", projectKey, scenarioId, 1, 10, (run) =>
            isSuccess(ScenarioRun.outcome(run), options)),
          ([run]) =>
            run,
        ),
      averageDuration: (projectKey, scenarioId, options) => {
        const count = Math.max(options?.runs ?? 3, 1);
        return Effect.map(
          lastRunsThat(
            calls,
            "ScenarioRuns.averageDuration",
            projectKey,
            scenarioId,
            count,
            count,
            (run) => isSuccess(ScenarioRun.outcome(run), options) && ScenarioRun.endedAt(run) !== undefined,
          ),
          (runs) => {
            const durations = runs.flatMap((run) => ScenarioRun.duration(run) ?? []);
            const sum = durations.reduce((sum, each) => sum + Duration.toMillis(each), 0);
            return durations.length < count ? undefined : Duration.millis(sum / count);
          },
        );
      },
      get: (projectKey, scenarioId, runId) => calls.details("ScenarioRuns.get", projectKey, scenarioId, runId),
      refresh: ({ scenario, runId }) =>
        Effect.map(
          calls.details("ScenarioRuns.refresh", scenario.projectKey ?? "", scenario.id, runId),
          ({ scenarioRun }) => scenarioRun,
        ),
      trace: (projectKey, scenarioId, runId) => {
        const method = "ScenarioRuns.trace";
        return Effect.flatMap(
          calls.details(method, projectKey, scenarioId, runId),
          (details) => traceWithJobs(dss, method, projectKey, details),
        );
      },
      log: (...args) => dss.text("ScenarioRuns.log", logOf(...args)),
      logStream: (...args) => dss.stream("ScenarioRuns.logStream", logOf(...args)),
      report: (projectKey, scenarioId, runId, options) =>
        dss.stream(
          "ScenarioRuns.report",
          options?.step === undefined
            ? get(path`/projects/${projectKey}/scenarios/${scenarioId}/${runId}/scenario-run-report`)
            : get(path`/projects/${projectKey}/scenarios/${scenarioId}/${runId}/step-run-report`, {
              query: { stepId: options.step },
            }),
        ),
      testReport: (projectKey, options) => {
        const query = { bundleId: options?.bundleId };
        return dss.stream(
          "ScenarioRuns.testReport",
          options?.format === "html"
            ? get(path`/projects/${projectKey}/scenarios/last-test-scenario-runs-html-report`, { query, page: true })
            : get(path`/projects/${projectKey}/scenarios/last-test-scenario-runs-report`, { query }),
        );
      },
      testingStatus: (projectKey, options) =>
        dss.json(
          "ScenarioRuns.testingStatus",
          get(path`/projects/${projectKey}/scenarios/testing-status`, { query: { bundleId: options?.bundleId } }),
          TestingStatus,
        ),
    };
  }),
);
