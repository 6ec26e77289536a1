/**
 * Follows a run of a scenario, the jobs that it starts, and a task.
 *
 * @module
 */
import { Effect, Option, Schedule, Stream } from "effect";
import type { ContactLost, DssError } from "@effect-dataiku/dss/dss";
import type { FutureOperation } from "@effect-dataiku/dss/futures";
import { Jobs, JobStatus } from "@effect-dataiku/dss/jobs";
import {
  ScenarioRunDetails,
  type ScenarioRunOperation,
  type ScenarioRunState,
} from "@effect-dataiku/dss/scenario-runs";
import type { ScenarioSettings } from "@effect-dataiku/dss/scenarios";
import type { Picture } from "./picture.ts";

/** What a piece of news makes of a picture. */
type Change = (picture: Picture) => Picture;

const withJobs = (statuses: ReadonlyArray<JobStatus>): Change => (picture) => ({
  ...picture,
  jobs: new Map([...picture.jobs, ...statuses.map((status) => [status.baseStatus.def.id, status] as const)]),
});

/** Asks for the jobs that a run names; those that have ended are not asked for again. */
const namedJobs = (jobs: Jobs, projectKey: string) => {
  const ended = new Set<string>();
  return Effect.fn("namedJobs")(function* ({ details }: ScenarioRunState) {
    const open = details === undefined ? [] : ScenarioRunDetails.jobIds(details).filter((id) => !ended.has(id));
    // What cannot be read is not shown: a step may build in other projects, and does not say in which.
    const found = yield* Effect.forEach(open, (id) => Effect.option(jobs.get(projectKey, id)), { concurrency: 4 });
    const statuses = found.flatMap(Option.toArray);
    for (const status of statuses) if (JobStatus.endedAt(status) !== undefined) ended.add(status.baseStatus.def.id);
    return statuses;
  });
};

const startedByHand = ["API", "USER"];

/** The ids of the jobs that scenarios of a project start from now on, each once. */
const newJobs = (jobs: Jobs, projectKey: string): Stream.Stream<string, DssError> => {
  const seen = new Set<string>();
  const list = jobs.list(projectKey, { limit: 20 }).pipe(
    // It is asked again soon: a DSS that restarts does not end the demo.
    Effect.catchIf(({ isRetryable }) => isRetryable, () => Effect.succeed([])),
    Effect.map((all) => {
      const unseen = all.filter(({ def, stableState }) =>
        !stableState && !seen.has(def.id) && !startedByHand.includes(def.triggeredFrom ?? "")
      ).map(({ def }) => def.id);
      for (const id of unseen) seen.add(id);
      return unseen;
    }),
  );
  return Stream.flattenIterable(Stream.fromEffectSchedule(list, Schedule.spaced("1 second")));
};

/** What is known of a run, again with each change, to its end. */
export const watch = (
  { projectKey, states }: ScenarioRunOperation,
  settings: ScenarioSettings,
  task: Option.Option<FutureOperation<unknown>>,
): Stream.Stream<Picture, DssError | ContactLost, Jobs> =>
  Stream.unwrap(Effect.map(Jobs, (jobs) => {
    const namedBy = namedJobs(jobs, projectKey);
    const ofRun = Stream.mapEffect(states, (run) =>
      Effect.map(namedBy(run), (named): Change => (picture) => ({ ...withJobs(named)(picture), run })));
    const ofJobs = newJobs(jobs, projectKey).pipe(
      Stream.flatMap((id) =>
        Stream.unwrap(Effect.map(jobs.attach(projectKey, id), (job) => job.states)), {
        concurrency: "unbounded",
      }),
      Stream.map(({ status }) => withJobs([status])),
    );
    const ofTask = Option.match(task, {
      onNone: () => Stream.empty,
      onSome: (task) => Stream.map(task.states, (state): Change => (picture) => ({ ...picture, task: state })),
    });
    return ofRun.pipe(
      // The end of the run ends it all.
      Stream.merge(Stream.merge(ofJobs, ofTask), { haltStrategy: "left" }),
      Stream.scan((): Picture => ({ settings, jobs: new Map() }), (picture, change) => change(picture)),
    );
  }));
