/**
 * Keeps the scenarios of a project from running while something goes on.
 *
 * @module
 */
import { Console, Data, Effect } from "effect";
import { type ContactLost, Dss, type DssError, type SettingsError, type WaitTimedOut } from "@effect-dataiku/dss/dss";
import { type ScenarioRunEnd, ScenarioRuns } from "@effect-dataiku/dss/scenario-runs";
import { Scenarios, ScenarioSettings, setActive } from "@effect-dataiku/dss/scenarios";

/** Scenarios could not be made active again. */
export class StillFrozen
  extends Data.Error<{ readonly project: string; readonly failures: Readonly<Record<string, string>> }> {
  readonly _tag = "StillFrozen" as const;
  override get message(): string {
    const failures = Object.entries(this.failures).map(([id, why]) => `${id} (${why})`).join(", ");
    return `Scenarios of ${this.project} stay inactive, make them active by hand: ${failures}`;
  }
}

/**
 * Lets the triggers of a scenario fire, or not.
 *
 * A scenario without a run-as user runs as who changed it last. So that it goes on to run as the same user, the change is made in the name
 * of that user, which needs an administrator's key.
 */
const activate = Effect.fn("activate")(function* (project: string, id: string, active: boolean) {
  const scenarios = yield* Scenarios;
  const settings = yield* scenarios.settings(project, id);
  const login = ScenarioSettings.effectiveRunAs(settings);
  const change = scenarios.updateSettings(project, id, setActive(active));
  return yield* settings.runAsUser || login === undefined ? change : Dss.as(change, login);
});

/** Waits for the runs that are under way; how they end does not matter. */
const awaitRuns = Effect.fn("awaitRuns")(function* (project: string) {
  const [scenarios, runs] = [yield* Scenarios, yield* ScenarioRuns];
  for (const { id, running } of yield* scenarios.list(project)) {
    const run = running ? yield* runs.current(project, id) : undefined;
    if (run === undefined) continue;
    yield* Console.log(`Waiting for the run ${run.runId} of ${id}`);
    const operation = yield* runs.attach(project, id, run.runId);
    yield* Effect.catchTag(operation.result, "ScenarioRunFailed", () => Effect.void);
  }
});

const freeze = Effect.fn("freeze")(function* (project: string, frozen: Set<string>) {
  const scenarios = yield* Scenarios;
  for (const { id, active } of yield* scenarios.list(project)) {
    if (!active) continue;
    frozen.add(id); // before the change: should its answer be lost, it is undone all the same
    yield* activate(project, id, false);
  }
  yield* Console.log(`Inactive: ${[...frozen].join(", ") || "none, nothing was active"}`);
  yield* awaitRuns(project);
});

const restore = Effect.fn("restore")(function* (project: string, frozen: ReadonlySet<string>) {
  const failures: Record<string, string> = {};
  for (const id of frozen) {
    yield* Effect.catch(activate(project, id, true), (error) => Effect.sync(() => void (failures[id] = error.message)));
  }
  if (Object.keys(failures).length > 0) return yield* new StillFrozen({ project, failures });
  yield* Console.log(`Active again: ${[...frozen].join(", ") || "none"}`);
});

/** What can go wrong besides what is run. */
export type FreezeError = DssError | SettingsError | ScenarioRunEnd | ContactLost | WaitTimedOut | StillFrozen;

/** Runs an effect while no scenario of the project runs; whatever comes of it, afterwards they are as they were. */
export const whileFrozen = <A, E, R>(
  project: string,
  use: Effect.Effect<A, E, R>,
): Effect.Effect<A, E | FreezeError, R | Scenarios | ScenarioRuns> =>
  Effect.acquireUseRelease(
    Effect.sync(() => new Set<string>()),
    (frozen) => Effect.andThen(freeze(project, frozen), use),
    (frozen) => restore(project, frozen),
  );
