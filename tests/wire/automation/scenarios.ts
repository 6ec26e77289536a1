/** Scenarios: our calls for those of the official client. */
import { Effect, flow } from "effect";
import {
  addTrigger,
  dailyTrigger,
  hourlyTrigger,
  monthlyTrigger,
  periodicTrigger,
  type ScenarioSettings,
  type ScenarioStatus,
  setActive,
  setRunAs,
  type TemporalTrigger,
  weeklyTrigger,
} from "../../../mod.ts";
import type { ServiceRecord } from "../../../services/all_services.ts";
import type { Noun } from "../harness/noun.ts";

const project = "WIRE_PROJ";
const id = "nightly";

/** Python writes the start as a time, in the time zone of its own machine; ours writes the day, as DSS stores it. */
const from = (startingFrom: string, { params, ...trigger }: TemporalTrigger): TemporalTrigger => ({
  ...trigger,
  params: { ...params, startingFrom },
});

const settings = ({ scenarios }: ServiceRecord) => scenarios.settings(project, id);
const status = ({ scenarios }: ServiceRecord) => scenarios.status(project, id);
const list = ({ scenarios }: ServiceRecord) => scenarios.list(project);
const script = ({ scenarios }: ServiceRecord) => scenarios.script(project, id);

const scenarios: Noun = {
  areas: ["scenario"],
  methods: {
    "DSSProject.list_scenarios": { ours: "Scenarios.list", calls: [list, list, list] },
    "DSSProject.list_test_scenarios": {
      ours: "Scenarios.list",
      calls: [(services) => Effect.map(list(services), (all) => all.filter(({ markedAsTest }) => markedAsTest))],
    },
    "DSSProject.create_scenario": {
      ours: "Scenarios.create",
      calls: [
        ({ scenarios }) => scenarios.create(project, { type: "step_based", name: "Nightly", params: {} }),
        ({ scenarios }) =>
          scenarios.create(project, { type: "custom_python", name: "Nightly", params: {}, active: true }),
      ],
    },
    "DSSScenario.get_status": { ours: "Scenarios.status", calls: [status] },
    "DSSScenario.get_settings": {
      ours: "Scenarios.settings",
      calls: [settings, (services) => Effect.andThen(settings(services), script(services)), settings, settings],
    },
    "DSSScenario.delete": { ours: "Scenarios.delete", calls: [({ scenarios }) => scenarios.delete(project, id)] },
    "DSSScenario.get_definition": { ours: "Scenarios.settings", calls: [status, settings] },
    "DSSScenario.set_definition": {
      ours: "Scenarios.saveSettings",
      calls: [
        ({ scenarios }) => scenarios.saveStatus(project, id, { id, active: false } as ScenarioStatus),
        ({ scenarios }) => scenarios.saveSettings(project, id, { id, params: {} } as ScenarioSettings),
      ],
    },
    "DSSScenario.get_payload": { ours: "Scenarios.script", calls: [script, script] },
    "DSSScenario.set_payload": {
      ours: "Scenarios.saveScript",
      calls: [
        ({ scenarios }) => scenarios.saveScript(project, id, "print(2)", { extension: "py" }),
        ({ scenarios }) => scenarios.saveScript(project, id, "select 2", { extension: "sql" }),
      ],
    },
    "DSSScenarioSettings.save": {
      ours: "Scenarios.updateSettings",
      calls: [
        ({ scenarios }) =>
          scenarios.updateSettings(
            project,
            id,
            flow(setActive(false), setRunAs("bob"), addTrigger(periodicTrigger({ every: 10 }))),
          ),
        ({ scenarios }) =>
          scenarios.updateSettings(
            project,
            id,
            flow(
              addTrigger(
                from(
                  "2026-01-02T00:00:00.000+0000",
                  hourlyTrigger({ minute: 5, startHour: 3, every: 2, timezone: "UTC" }),
                ),
              ),
              addTrigger(from("2026-01-02T00:00:00.000+0000", weeklyTrigger(["Monday"], { hour: 4, minute: 5 }))),
              addTrigger(from("2026-01-02T00:00:00.000+0000", dailyTrigger({ hour: 4 }))),
              addTrigger(from("2026-01-03T00:00:00.000+0000", monthlyTrigger("last", { hour: 1, minute: 2 }))),
            ),
          ),
      ],
    },
    "PythonScriptBasedScenarioSettings.save": {
      ours: "Scenarios.saveScript",
      calls: [
        (services) =>
          Effect.gen(function* () {
            const { scenarios } = services;
            const read = yield* settings(services);
            yield* script(services);
            yield* scenarios.saveSettings(project, id, read);
            yield* scenarios.saveScript(project, id, "print(2)");
          }),
      ],
    },
  },
  comesWith: { "DSSScenario.get_object_discussions": "discussion" },
  withoutRequest: {
    "DSSProject.get_scenario": "Scenarios.settings",
    "DSSScenarioListItem.to_scenario": "Scenarios.list",
    "DSSScenarioListItem.id": "ScenarioListItem.id",
    "DSSScenarioListItem.running": "ScenarioListItem.running",
    "DSSScenarioListItem.start_time": "ScenarioStatus.startedAt",
    "DSSScenarioStatus.get_raw": "Scenarios.status",
    "DSSScenarioStatus.running": "ScenarioStatus.running",
    "DSSScenarioStatus.next_run": "ScenarioStatus.nextRunAt",
    "DSSScenarioSettings.get_raw": "Scenarios.settings",
    "DSSScenarioSettings.active": "setActive",
    "DSSScenarioSettings.run_as": "setRunAs",
    "DSSScenarioSettings.effective_run_as": "ScenarioSettings.effectiveRunAs",
    "DSSScenarioSettings.raw_triggers": "mapTriggers",
    "DSSScenarioSettings.raw_reporters": "mapReporters",
    "DSSScenarioSettings.add_periodic_trigger": "periodicTrigger",
    "DSSScenarioSettings.add_hourly_trigger": "hourlyTrigger",
    "DSSScenarioSettings.add_daily_trigger": "dailyTrigger",
    "DSSScenarioSettings.add_monthly_trigger": "monthlyTrigger",
    "StepBasedScenarioSettings.raw_steps": "mapSteps",
    "PythonScriptBasedScenarioSettings.code": "Scenarios.script",
  },
  samples: {
    "GET /projects/{}/scenarios/{}/light": { running: false },
    "GET /projects/{}/scenarios/{}": { triggers: [], reporters: [] },
  },
};

export default scenarios;
