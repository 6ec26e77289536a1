/**
 * Runs of DSS as spans, so that a pipeline is seen in a tracing tool: a run, its steps, the jobs of these, their activities.
 *
 * @module
 */
import * as Cause from "effect/Cause";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Option from "effect/Option";
import * as Tracer from "effect/Tracer";
import { JobStatus } from "../../schemas/automation/job.ts";
import { ScenarioRun } from "../../schemas/automation/scenario_run.ts";
import { ScenarioRunDetails, StepRun } from "../../schemas/automation/scenario_run_details.ts";

import type { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { get, path } from "../../src/transport/request.ts";

/** Something that ran in DSS. */
interface Past {
  readonly name: string;
  /** In milliseconds since 1970. */
  readonly start: number | null | undefined;
  readonly end: number | null | undefined;
  /** How it ended, in DSS's words. */
  readonly outcome: string | undefined;
  /** Why it failed; `undefined` when it did not. */
  readonly failure: string | undefined;
  readonly attributes: Readonly<Record<string, string | null | undefined>>;
  readonly parts: ReadonlyArray<Past>;
}

const failing = new Set(["FAILED", "ABORTED"]);

const failureOf = (outcome: string | null | undefined, said: string | null | undefined): string | undefined =>
  failing.has(outcome ?? "") ? said ?? outcome ?? undefined : undefined;

const jobPast = ({ baseStatus }: JobStatus): Past => {
  const { def, state, jobStartTime, jobEndTime, activities, unexpectedFailure } = baseStatus;
  return {
    name: `job ${def.id}`,
    start: jobStartTime,
    end: jobEndTime,
    outcome: state,
    failure: failureOf(state, unexpectedFailure?.message),
    attributes: { "dataiku.project": def.projectKey, "dataiku.job": def.id },
    parts: Object.entries(activities ?? {}).map(([id, activity]) => ({
      name: `activity ${id}`,
      start: activity.startTime,
      end: activity.endTime,
      outcome: activity.state ?? undefined,
      failure: failureOf(activity.state, activity.firstFailure?.message),
      attributes: { "dataiku.recipe": activity.recipeName, "dataiku.recipe.type": activity.recipeType },
      parts: [],
    })),
  };
};

const stepPast = (run: StepRun, jobs: ReadonlyArray<JobStatus>): Past => {
  const { step, start, end, result } = run;
  const ids = StepRun.jobIds(run);
  return {
    name: `step ${step.name ?? step.id ?? "without a name"}`,
    start,
    end: end || result?.endTime,
    outcome: StepRun.outcome(run),
    failure: failureOf(StepRun.outcome(run), StepRun.firstError(run)?.thrown?.message),
    attributes: { "dataiku.step": step.id, "dataiku.step.type": step.type },
    parts: jobs.filter(({ baseStatus }) => ids.includes(baseStatus.def.id)).map(jobPast),
  };
};

const runPast = (details: ScenarioRunDetails, jobs: ReadonlyArray<JobStatus>): Past => {
  const { scenario, runId, start, end, result } = details.scenarioRun;
  const outcome = ScenarioRun.outcome(details.scenarioRun);
  return {
    name: `scenario ${scenario.projectKey ? `${scenario.projectKey}.` : ""}${scenario.id}`,
    start,
    end: end || result?.endTime,
    outcome,
    failure: failureOf(outcome, ScenarioRunDetails.firstError(details)?.thrown?.message),
    attributes: {
      "dataiku.project": scenario.projectKey,
      "dataiku.scenario": scenario.id,
      "dataiku.run": runId,
    },
    parts: ScenarioRunDetails.steps(details).map((step) => stepPast(step, jobs)),
  };
};

const nanos = (millis: number): bigint => BigInt(Math.trunc(millis)) * 1_000_000n;

/** Makes the span of something that has ended, and of all its parts; what still runs, or never began, has none. */
const spansOf = (tracer: Tracer.Tracer, past: Past, parent: Option.Option<Tracer.AnySpan>): void => {
  const { name, start, end, outcome, failure, attributes, parts } = past;
  const hasEnded = typeof start === "number" && start > 0 && typeof end === "number" && end > 0;
  const span = hasEnded
    ? tracer.span({
      name,
      parent,
      annotations: Context.empty(),
      links: [],
      startTime: nanos(start),
      kind: "internal",
      root: Option.isNone(parent),
      sampled: true,
    })
    : undefined;
  for (const part of parts) spansOf(tracer, part, span === undefined ? parent : Option.some(span));
  if (span === undefined) return;
  for (const [key, value] of Object.entries({ ...attributes, "dataiku.outcome": outcome })) {
    if (value !== undefined && value !== null) span.attribute(key, value);
  }
  span.end(
    nanos(Math.max(end!, start!)),
    failure === undefined ? Exit.void : Exit.failCause(Cause.fail(new Error(failure))),
  );
};

/**
 * Gives the tracer in context a run of a scenario as spans, with DSS's own times, below the current span: the run, its steps, their jobs
 * and the activities of these. What still runs is left out; without a tracer nothing is done. `ScenarioRuns.trace` reads what it takes.
 *
 * Attributes are ids, types and outcomes (`dataiku.project`, `dataiku.scenario`, `dataiku.run`, `dataiku.step`, `dataiku.job`,
 * `dataiku.recipe`, `dataiku.outcome`); what failed has the status of an error, with DSS's words.
 */
export function traceRun(
  details: ScenarioRunDetails,
  jobs: ReadonlyArray<JobStatus> = [],
): Effect.Effect<void> {
  return Effect.flatMap(
    Effect.option(Effect.currentParentSpan),
    (parent) =>
      Effect.withFiber((fiber) => {
        const tracer = fiber.getRef(Tracer.Tracer);
        if (tracer !== Tracer.nativeTracer) spansOf(tracer, runPast(details, jobs), parent);
        return Effect.void;
      }),
  );
}

/** @internal Reads the jobs of a run, and traces it. */
export const traceWithJobs = (
  dss: Dss,
  method: string,
  projectKey: string,
  details: ScenarioRunDetails,
): Effect.Effect<void, DssError> => {
  const job = (id: string) =>
    dss.json(method, get(path`/projects/${projectKey}/jobs/${id}/`), JobStatus).pipe(
      Effect.asSome,
      // A step may build in other projects, and DSS forgets old jobs.
      Effect.catchIf(({ reason }) => reason._tag === "NotFound", () => Effect.succeedNone),
    );
  return Effect.flatMap(
    Effect.forEach(ScenarioRunDetails.jobIds(details), job, { concurrency: 4 }),
    (jobs) => traceRun(details, jobs.flatMap(Option.toArray)),
  );
};
