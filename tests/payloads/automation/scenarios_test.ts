import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import {
  isBuildStep,
  isCheckStep,
  isFollowTrigger,
  isMailReporter,
  isMetricsStep,
  isPythonStep,
  isSqlStep,
  isTemporalTrigger,
  ScenarioListItem,
  ScenarioSettings,
  ScenarioStatus,
} from "../../../mod.ts";
import { makeServices } from "../../../services/all_services.ts";
import { dssServer, json } from "../../fixtures/dss_server.ts";
import { customPython, lightStatus, listItem, stepBased } from "./scenarios.ts";
import { itIsReturned, type Returning } from "../returned.ts";

const project = "SALES";
const id = "NIGHTLY_BUILD";

itIsReturned("a scenario in a list", {
  document: listItem,
  schema: ScenarioListItem,
  through: {
    "Scenarios.list": {
      answers: (item) => [[item]],
      call: ({ scenarios }) => Effect.map(scenarios.list(project), ([item]) => item!),
    },
  },
  accessors: [ScenarioStatus.startedAt, ScenarioStatus.nextRunAt],
});

itIsReturned("the light status of a scenario", {
  document: lightStatus,
  schema: ScenarioStatus,
  through: { "Scenarios.status": { call: ({ scenarios }) => scenarios.status(project, id) } },
  accessors: [ScenarioStatus.startedAt, ScenarioStatus.nextRunAt],
});

const through: Readonly<Record<string, Returning<ScenarioSettings>>> = {
  "Scenarios.settings": { call: ({ scenarios }) => scenarios.settings(project, id) },
  "Scenarios.updateSettings": {
    answers: (settings) => [settings, {}, settings],
    call: ({ scenarios }) => scenarios.updateSettings(project, id, (settings) => settings),
  },
  "Scenarios.saveSettings": {
    answers: (settings) => [settings, {}, settings],
    call: ({ scenarios }) =>
      Effect.flatMap(
        scenarios.settings(project, id),
        (settings) => scenarios.saveSettings(project, id, settings),
      ),
  },
};

const accessors: ReadonlyArray<(settings: ScenarioSettings) => unknown> = [
  ScenarioSettings.effectiveRunAs,
  ({ triggers }) => triggers.map((trigger) => [isTemporalTrigger(trigger), isFollowTrigger(trigger)]),
  ({ reporters }) => reporters.map(isMailReporter),
  (settings) =>
    ScenarioSettings.steps(settings).map((step) => [
      isBuildStep(step),
      isCheckStep(step),
      isMetricsStep(step),
      isPythonStep(step),
      isSqlStep(step),
    ]),
];

itIsReturned("a scenario of steps", { document: stepBased, schema: ScenarioSettings, through, accessors });

itIsReturned("a scenario that is a script", { document: customPython, schema: ScenarioSettings, through, accessors });

describe("the guards", () => {
  it("know what DSS stores", () => {
    const { triggers, reporters, params } = stepBased.in("maximal") as unknown as ScenarioSettings;
    expect(triggers.map((trigger) => [isTemporalTrigger(trigger), isFollowTrigger(trigger)])).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
    expect(reporters.map(isMailReporter)).toEqual([true]);
    const guards = [isBuildStep, isCheckStep, isMetricsStep, isPythonStep, isSqlStep];
    expect(params.steps!.map((step) => guards.findIndex((guard) => guard(step)))).toEqual([0, 1, 2, -1, 3, 4]);
  });
});

describe("what DSS answers to writes", () => {
  it.effect.each([{}, { msg: "Updated scenario SALES.NIGHTLY_BUILD" }, "saved", null])(
    "may be %j",
    (answer) =>
      Effect.gen(function* () {
        const { scenarios } = yield* makeServices;
        yield* scenarios.saveScript(project, id, "print(1)");
        yield* scenarios.delete(project, id);
      }).pipe(Effect.provide(dssServer(() => json(answer)))),
  );
});
