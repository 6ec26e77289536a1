/**
 * Journeys with definitions of scenarios.
 *
 * @module
 */
import { Effect, Result } from "effect";
import {
  type DssError,
  type ScenarioSettings,
  type ServiceRecord,
  type SettingsConflict,
  type SettingsDropped,
  type SettingsUnverified,
  stepBasedScenario,
} from "../../../mod.ts";
import {
  type Claim,
  type Environment,
  failureOf,
  type Journey,
  journey,
  pauseUpTo,
  type ShownError,
} from "../environment.ts";

type UpdateError = DssError | SettingsConflict | SettingsDropped | SettingsUnverified;

const updateErrors = {
  DssError: true,
  SettingsConflict: true,
  SettingsDropped: true,
  SettingsUnverified: true,
} as const;

const addTag = (tag: string) => (settings: ScenarioSettings): ScenarioSettings => ({
  ...settings,
  tags: [...settings.tags ?? [], tag],
});

/** An update is done when it is said to be, and not done when its failure is definite. */
const isToldTruly = ({ settings, marker }: Environment): Claim => (over) => {
  const found = over.truth.scenario(settings)?.document.tags?.filter((tag) => tag === marker).length ?? 0;
  if (over.exit._tag === "Success") return found === 1 ? undefined : `the edit was made ${found} times`;
  const failure = failureOf(over) as (ShownError & { readonly written?: boolean }) | undefined;
  if (failure === undefined) return found <= 1 ? undefined : `the edit was made ${found} times`;
  const isDefinite = failure._tag === "DssError"
    ? failure.reason?._tag !== "OutcomeUnknown"
    : failure.written === false;
  return isDefinite && found > 0 ? "an update that failed was made" : undefined;
};

const updated = journey<UpdateError>("update settings", updateErrors, (environment) => {
  const { first, settings, marker } = environment;
  environment.claim(isToldTruly(environment));
  return first.scenarios.updateSettings(settings.projectKey, settings.id, addTag(marker));
});

const savedLater = journey<UpdateError>(
  "save settings that were edited slowly",
  updateErrors,
  (environment) =>
    Effect.gen(function* () {
      const { first, second, settings: { projectKey, id }, marker } = environment;
      environment.claim(isToldTruly(environment));
      const since = yield* first.scenarios.settings(projectKey, id);
      yield* pauseUpTo(600, environment);
      return yield* second.scenarios.saveSettings(projectKey, id, addTag(marker)(since), { since });
    }),
);

const together = journey<UpdateError>(
  "update settings while another program does",
  updateErrors,
  (environment) =>
    Effect.gen(function* () {
      const { first, second, settings: { projectKey, id }, marker } = environment;
      const update = (program: ServiceRecord, tag: string) =>
        Effect.result(Effect.andThen(
          pauseUpTo(2, environment),
          program.scenarios.updateSettings(projectKey, id, addTag(tag)),
        ));
      const tags = [`${marker}-a`, `${marker}-b`] as const;
      const ends = yield* Effect.all([update(first, tags[0]), update(second, tags[1])], { concurrency: "unbounded" });
      const failed = ends.find(Result.isFailure);
      if (failed !== undefined) return yield* Effect.fail(failed.failure);
      environment.claim(({ truth }) =>
        tags.every((tag) => truth.scenario({ projectKey, id })?.document.tags?.includes(tag))
          ? undefined
          : "two updates are told to have succeeded, and one is lost"
      );
    }),
);

const created = journey<DssError>(
  "create a scenario and delete it",
  { DssError: true },
  (environment) =>
    Effect.gen(function* () {
      const { first, second, dataset: { projectKey }, marker } = environment;
      environment.intend("POST", `/projects/${projectKey}/scenarios/`);
      let phase: "create" | "delete" | "deleted" = "create";
      environment.claim((over) => {
        const found = over.truth.scenarios(projectKey).filter(({ document }) => document.name === marker).length;
        const failure = failureOf(over);
        if (found > 1) return `${found} scenarios came of one creation`;
        if (phase === "deleted" && found > 0) return "a scenario that was deleted is there";
        const definite = failure !== undefined && failure.reason?._tag !== "OutcomeUnknown";
        if (phase === "create" && definite && found > 0) return "a creation that failed was made";
        return phase === "delete" && definite && found === 0 ? "a deletion that failed was made" : undefined;
      });
      const id = yield* first.scenarios.create(projectKey, stepBasedScenario(marker, []));
      yield* pauseUpTo(10, environment);
      phase = "delete";
      yield* second.scenarios.delete(projectKey, id);
      phase = "deleted";
    }),
);

/** All of them. */
export const scenarioJourneys: ReadonlyArray<Journey> = [updated, savedLater, together, created];
