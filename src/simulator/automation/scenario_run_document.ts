/**
 * Runs of scenarios in the simulated DSS: what is known of them, and how DSS says it.
 *
 * @module
 * @internal
 */
import { type RunOutcome, runsAs } from "./scenario_document.ts";
import type { JsonObject } from "../kernel/stored_document.ts";

/** What a scenario is. */
export interface ScenarioDefinition {
  readonly projectKey: string;
  readonly id: string;
  readonly document: JsonObject;
}

/** An error, as scenarios report it. */
export interface Thrown {
  readonly clazz: string;
  readonly title: string;
  readonly message: string;
  readonly stack: string;
  readonly code: string | null;
  readonly fixability: string | null;
}

/** How the work of a step ended. */
export interface WorkEnd {
  readonly outcome: RunOutcome;
  readonly thrown?: Thrown;
}

/** What a step did besides ending: the jobs that it ran. */
export interface ReportItem {
  readonly type: string;
  readonly jobId: string;
  readonly outcome: RunOutcome;
  readonly target: JsonObject;
  readonly start: number;
  readonly end: number;
  readonly thrown?: Thrown;
}

/** How a step or a run ended. */
export interface RunResult {
  readonly type: string;
  readonly outcome: RunOutcome;
  readonly target: JsonObject;
  readonly start: number;
  readonly end: number;
  readonly endTime: number;
  readonly thrown?: Thrown;
  readonly logTail?: JsonObject;
}

/** One attempt at a step. */
export interface StepRun {
  readonly runId: string;
  /** How often it was tried before. */
  readonly retryIndex: number;
  readonly start: number;
  end: number;
  readonly step: JsonObject;
  result?: RunResult;
  readonly additionalReportItems: Array<ReportItem>;
}

/** A line of the log of a run. */
interface LogLine {
  readonly stepId: string | undefined;
  readonly text: string;
}

/** A run of a scenario. */
export interface ScenarioRun {
  readonly runId: string;
  /** The scenario as it was when the run began. */
  readonly scenario: JsonObject;
  /** The fire that it came of. */
  readonly trigger: JsonObject;
  readonly runAsUser: JsonObject;
  readonly start: number;
  end: number;
  /** Whether it was told to stop: its scenario then counts as not running, though its result is not there yet. */
  stopped: boolean;
  result?: RunResult;
  readonly stepRuns: Array<StepRun>;
  readonly log: Array<LogLine>;
}

const timeOf = (id: string): number => {
  const [year = 0, month = 1, ...rest] = id.split("-").map(Number);
  return Date.UTC(year, month - 1, ...rest);
};

/** A time as an id, like `2025-10-01-15-39-58-021`; the one after the last id when the time is not later. */
export const timeId = (millis: number, last: string | undefined): string => {
  const id = new Date(millis).toISOString().replaceAll(/[T:.]/g, "-").replace("Z", "");
  return last === undefined || last < id ? id : timeId(timeOf(last) + 1, undefined);
};

/** Makes an error, as scenarios report it. */
export const thrown = (
  title: string,
  message: string,
  { clazz = "java.lang.Exception", code = null }: { readonly clazz?: string; readonly code?: string | null } = {},
): Thrown => ({
  clazz,
  title,
  message,
  stack: `${clazz}: ${message}\n\tat com.dataiku.dip.simulated.Scenario.run(Scenario.java:1)`,
  code,
  fixability: null,
});

/** Writes a line into the log of a run. */
export const writeLog = (run: ScenarioRun, at: number, text: string, stepId?: string, level = "INFO"): void => {
  const time = new Date(at).toISOString().replace("T", "-").replace("Z", "");
  run.log.push({ stepId, text: `[${time}] [${stepId ?? "scenario"}] [${level}] - ${text}` });
};

/** The log of a run, or of one step. */
export const runLog = (run: ScenarioRun, stepId: string | null): string =>
  run.log.filter((line) => stepId === null || line.stepId === stepId).map(({ text }) => `${text}\n`).join("");

/** The end of the log of a run, or of one step, as failures show it. */
const logTail = (run: ScenarioRun, stepId: string | undefined): JsonObject => {
  const lines = run.log.filter((line) => stepId === undefined || line.stepId === stepId).map(({ text }) => text);
  const shown = lines.slice(-20);
  return { totalLines: lines.length, lines: shown, status: shown.map((line) => line.includes("[ERROR]") ? 3 : 1) };
};

/** A run that begins. */
export const newRun = (
  { document, projectKey, id, runs }: ScenarioDefinition & { readonly runs: ReadonlyArray<ScenarioRun> },
  trigger: JsonObject,
  at: number,
): ScenarioRun => {
  const { name, type, active, runAsUser, markedAsTest } = document;
  return {
    runId: timeId(at, runs.at(-1)?.runId),
    scenario: { projectKey, id, name, type, active, runAsUser, markedAsTest },
    trigger,
    runAsUser: { authSource: "USER_FROM_UI", realUserLogin: runsAs(document) },
    start: at,
    end: 0,
    stopped: false,
    stepRuns: [],
    log: [],
  };
};

const resultOf = (
  part: { readonly type: string; readonly target: JsonObject; readonly start: number },
  { outcome, thrown }: WorkEnd,
  at: number,
  tail: JsonObject,
): RunResult => ({
  ...part,
  outcome,
  end: at,
  endTime: at,
  ...(thrown === undefined ? {} : { thrown }),
  ...(outcome === "FAILED" ? { logTail: tail } : {}),
});

/** Ends an attempt at a step. */
export const closeStep = (run: ScenarioRun, stepRun: StepRun, end: WorkEnd, at: number): void => {
  const { projectKey, id: scenarioId } = run.scenario;
  const stepId = String(stepRun.step.id);
  writeLog(run, at, `Step ${stepRun.step.name} ended: ${end.outcome}`, stepId);
  const target = { type: "SCENARIO_STEP", projectKey, scenarioId, stepId };
  stepRun.end = at;
  stepRun.result = resultOf({ type: "STEP_DONE", target, start: stepRun.start }, end, at, logTail(run, stepId));
};

/** Ends a run. */
export const closeRun = (run: ScenarioRun, end: WorkEnd, at: number): void => {
  const { projectKey, id: scenarioId } = run.scenario;
  writeLog(run, at, `Run ended: ${end.outcome}`);
  const target = { type: "SCENARIO", projectKey, scenarioId };
  run.stopped = true;
  run.end = at;
  run.result = resultOf({ type: "SCENARIO_DONE", target, start: run.start }, end, at, logTail(run, undefined));
};

/** A run, as DSS says it. */
export const runDocument = ({ scenario, runId, start, end, trigger, runAsUser, result }: ScenarioRun): JsonObject => ({
  scenario,
  runId,
  start,
  end,
  trigger,
  runAsUser,
  variables: {},
  clustersUsed: [],
  reportersStates: [],
  ...(result === undefined ? {} : { result }),
});

/** The details of a run: with its steps. */
export const runDetails = (run: ScenarioRun): JsonObject => ({
  scenarioRun: runDocument(run),
  stepRuns: run.stepRuns,
});
