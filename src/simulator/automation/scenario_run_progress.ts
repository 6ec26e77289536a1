/**
 * How the runs of scenarios go in the simulated DSS: step after step, to an end or an abort.
 *
 * @module
 * @internal
 */
import { endFuture, type FutureRecord, startFuture } from "../kernel/futures.ts";
import { abortJob, type JobRecord } from "./jobs_state.ts";
import type { Outcome } from "../kernel/outcomes.ts";
import { paramsOf, type RunOutcome, runsAs, stepsOf } from "./scenario_document.ts";
import {
  closeRun,
  closeStep,
  newRun,
  type ScenarioRun,
  type StepRun,
  type Thrown,
  thrown,
  timeId,
  type WorkEnd,
  writeLog,
} from "./scenario_run_document.ts";
import { isDue, secondsOf, startBuild, worse } from "./scenario_step_work.ts";
import type { CurrentRun, ScenarioRecord } from "./scenario_record.ts";
import type { JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { projects } from "../projects/projects_state.ts";

/** From one step to the next, in milliseconds. */
const pause = 100;

/** From an abort to the result, in milliseconds: in between, DSS says that the scenario does not run. */
const abortTakes = 1000;

/** How long the script of a scenario runs, in seconds. */
const scriptSeconds = 8;

/** No step is tried more often. */
const mostRetries = 100;

/** What a run begins with. */
export interface RunStart {
  /** The fire that it comes of. */
  readonly trigger: JsonObject;
  /** How it was scripted to end. */
  readonly outcome: Outcome;
  /** Told once, when the result is there. */
  readonly onEnd: (run: ScenarioRun, at: number) => void;
}

const count = (value: unknown, most: number): number =>
  typeof value === "number" ? Math.max(0, Math.min(value, most)) : 0;

/** A run that has not ended. */
export class RunInProgress implements CurrentRun {
  /** The run. */
  readonly run: ScenarioRun;
  private readonly world: World;
  private readonly scenario: ScenarioRecord;
  private readonly begun: RunStart;
  private readonly future: FutureRecord;
  private readonly login: string;
  private readonly openJobs: Set<JobRecord> = new Set();
  private readonly stepOutcomes: Map<string, RunOutcome> = new Map();
  private readonly steps: Array<JsonObject>;
  /** Id of the step at which the scripted outcome happens, once that is known. */
  private scriptedStep: string | undefined;
  private status: RunOutcome = "SUCCESS";
  private error: Thrown | undefined;

  /** Starts a run. */
  constructor(world: World, scenario: ScenarioRecord, at: number, begun: RunStart) {
    this.world = world;
    this.scenario = scenario;
    this.begun = begun;
    const { document, projectKey, id } = scenario;
    this.login = runsAs(document);
    this.steps = document.type === "custom_python" ? [] : [...stepsOf(document)];
    this.scriptedStep = begun.outcome.step;
    this.run = newRun(scenario, begun.trigger, at);
    this.future = startFuture(world, at, {
      owner: this.login,
      displayName: `Scenario ${projectKey}.${id}`,
      kind: "SCENARIO_RUN",
      targets: [{ projectKey, objectType: "SCENARIO", objectId: id, runId: this.run.runId }],
      isListedApart: true,
      seconds: Number.POSITIVE_INFINITY,
      end: () => ({ result: null }),
      onAbort: (at) => this.abort(at),
    });
    writeLog(this.run, at, `Run ${this.run.runId} of scenario ${projectKey}.${id} started as ${this.login}`);
    this.later(at, (now) => document.type === "custom_python" ? this.runScript(now) : this.proceed(now));
  }

  /** Id of the future that stands for it. */
  get futureId(): string {
    return this.future.jobId;
  }

  /** Stops it; its result is there at `endsAt`. */
  abort(at: number, endsAt: number = at + abortTakes): void {
    const { run, world } = this;
    if (run.stopped) return;
    run.stopped = true;
    writeLog(run, at, "Abort requested");
    for (const job of this.openJobs) abortJob(job, at);
    const open = run.stepRuns.at(-1);
    if (open !== undefined && open.result === undefined) closeStep(run, open, { outcome: "ABORTED" }, at);
    if (this.future.state === "RUNNING") endFuture(world, this.future, "ABORTED", at);
    world.agenda.at(endsAt, (now) => this.finish("ABORTED", now));
  }

  /** Its name in snapshots. */
  toJSON(): string {
    return this.run.runId;
  }

  /** Lets something happen, unless the run was stopped by then. */
  private later(at: number, happen: (at: number) => void, delay = pause): void {
    this.world.agenda.at(at + delay, (now) => {
      if (!this.run.stopped) happen(now);
    });
  }

  private proceed(at: number): void {
    for (let step = this.steps.shift(); step !== undefined; step = this.steps.shift()) {
      if (isDue(step, this.status, this.stepOutcomes)) return this.attempt(step, 0, at);
      writeLog(this.run, at, `Step ${step.name} is skipped`, String(step.id));
    }
    this.endOfSteps(at);
  }

  /** A scenario none of whose steps ran still ends as it was scripted to. */
  private endOfSteps(at: number): void {
    const { end, seconds } = this.begun.outcome;
    if (this.scriptedStep !== undefined || (end === "done" && seconds === undefined)) {
      return this.finish(this.status, at);
    }
    this.work({ seconds: 1, outcome: this.begun.outcome }, at, (worked, now) => this.endWith(worked, now));
  }

  private runScript(at: number): void {
    writeLog(this.run, at, "Running the script");
    this.later(at, (now) => writeLog(this.run, now, "print: working"), scriptSeconds * 250);
    this.work({ seconds: scriptSeconds, outcome: this.begun.outcome }, at, (worked, now) => this.endWith(worked, now));
  }

  private endWith({ outcome, thrown }: WorkEnd, at: number): void {
    this.error = thrown;
    this.finish(outcome, at);
  }

  private attempt(step: JsonObject, retryIndex: number, at: number): void {
    const { run, world } = this;
    const stepId = String(step.id);
    const runId = timeId(at, run.stepRuns.at(-1)?.runId);
    const stepRun: StepRun = { runId, retryIndex, start: at, end: 0, step, additionalReportItems: [] };
    run.stepRuns.push(stepRun);
    writeLog(run, at, `Step ${step.name} (${step.type}) started`, stepId);
    const outcome = this.scriptFor(stepId);
    const onEnd = (end: WorkEnd, now: number): void => this.endOfAttempt(step, stepRun, end, now);
    if (
      step.type !== "build_flowitem" || (outcome.end !== "done" && outcome.end !== "warn") ||
      outcome.seconds !== undefined
    ) {
      return this.work({ seconds: secondsOf(step.type), outcome, stepId }, at, onEnd);
    }
    startBuild(world, step, at, {
      home: world.of(projects).get(this.scenario.projectKey)!,
      initiator: this.login,
      onJob: (job, now) => {
        this.openJobs.add(job);
        writeLog(run, now, `Job ${job.def.id} started`, stepId);
      },
      onItem: (item, now) => {
        stepRun.additionalReportItems.push(item);
        writeLog(
          run,
          now,
          `Job ${item.jobId} ended: ${item.outcome}`,
          stepId,
          item.thrown === undefined ? "INFO" : "ERROR",
        );
      },
      onEnd: (end, now) =>
        onEnd({ ...end, outcome: worse(end.outcome, outcome.end === "warn" ? "WARNING" : "SUCCESS") }, now),
    });
  }

  /** How a step was scripted to end: without a name, the script is about the first step that runs. */
  private scriptFor(stepId: string): Outcome {
    this.scriptedStep ??= stepId;
    return this.scriptedStep === stepId ? this.begun.outcome : { end: "done" };
  }

  /** Work that starts no job. */
  private work(
    { seconds, outcome, stepId }: { readonly seconds: number; readonly outcome: Outcome; readonly stepId?: string },
    at: number,
    onEnd: (end: WorkEnd, at: number) => void,
  ): void {
    const { run } = this;
    const full = (outcome.seconds ?? seconds) * 1000;
    const early = outcome.end === "fail" || outcome.end === "abort" || outcome.end === "stall";
    this.later(at, (now) => {
      if (outcome.end === "stall") return writeLog(run, now, "No further progress", stepId);
      if (outcome.end === "abort") {
        writeLog(run, now, outcome.message ?? "Aborted by a user", stepId);
        return this.abort(now);
      }
      if (outcome.end === "warn") {
        writeLog(run, now, outcome.message ?? "Done with warnings", stepId, "WARN");
        return onEnd({ outcome: "WARNING" }, now);
      }
      if (outcome.end !== "fail") return onEnd({ outcome: "SUCCESS" }, now);
      const message = outcome.message ?? "Connection refused";
      writeLog(run, now, message, stepId, "ERROR");
      onEnd(
        { outcome: "FAILED", thrown: thrown(stepId === undefined ? "Script failed" : "Step failed", message) },
        now,
      );
    }, early ? full * (outcome.after ?? 0.5) : full);
  }

  private endOfAttempt(step: JsonObject, stepRun: StepRun, end: WorkEnd, at: number): void {
    const retried = end.outcome === "FAILED" && stepRun.retryIndex < count(step.maxRetriesOnFail, mostRetries);
    const proceeds = !retried && end.outcome === "FAILED" && paramsOf(step).proceedOnFailure === true;
    const closed: WorkEnd = proceeds ? { ...end, outcome: "WARNING" } : end;
    closeStep(this.run, stepRun, closed, at);
    if (this.run.stopped) return;
    if (retried) {
      const delay = Math.max(pause, count(step.delayBetweenRetries, 86_400) * 1000);
      return this.later(at, (now) => this.attempt(step, stepRun.retryIndex + 1, now), delay);
    }
    if (closed.outcome === "FAILED") {
      this.error ??= thrown("Step failed", end.thrown?.message ?? `Step ${step.name} failed`);
    }
    this.status = step.resetScenarioStatus === true ? closed.outcome : worse(this.status, closed.outcome);
    this.stepOutcomes.set(String(step.name), closed.outcome);
    this.later(at, (now) => this.proceed(now));
  }

  private finish(outcome: RunOutcome, at: number): void {
    const { run, error, future, world } = this;
    closeRun(run, outcome === "FAILED" && error !== undefined ? { outcome, thrown: error } : { outcome }, at);
    if (future.state === "RUNNING") {
      future.result = run.result;
      endFuture(world, future, "DONE", at);
    }
    this.begun.onEnd(run, at);
  }
}
