/** Scenario runs: our calls for those of the official client. */
import { Effect, Stream } from "effect";
import type { ScenarioRun, ScenarioRunOperation } from "../../../mod.ts";
import { scenarioRunDetails } from "../../payloads/automation/scenario_runs.ts";
import type { Noun, OurCall } from "../harness/noun.ts";

const ids = ["WIRE_PROJ", "nightly"] as const;
const fire = { projectKey: ids[0], scenarioId: ids[1], trigger: { id: "manual" }, runId: "2026-01-01-00-00-00-000" };

const run: OurCall = ({ scenarioRuns }) => scenarioRuns.run(...ids);

/** As far as the end, and not further: of a run that failed, `result` also reads the steps. */
const toTheEnd = (operation: Effect.Effect<ScenarioRunOperation, unknown>): Effect.Effect<unknown, unknown> =>
  Effect.flatMap(operation, ({ states }) => Stream.runDrain(states));

/** As far as the run. */
const toTheRun: OurCall = ({ scenarioRuns }) =>
  Effect.flatMap(
    scenarioRuns.start(...ids),
    ({ states }) => Stream.runDrain(Stream.takeUntil(states, ({ run }) => run !== undefined)),
  );

/** What the official client does with a run that it has listed. */
const withRun =
  (use: (run: ScenarioRun, services: Parameters<OurCall>[0]) => Effect.Effect<unknown, unknown>): OurCall =>
  (services) => Effect.flatMap(services.scenarioRuns.list(...ids), ([run]) => use(run!, services));

const wait = withRun(({ runId }, { scenarioRuns }) =>
  Effect.flatMap(scenarioRuns.attach(...ids, runId), ({ result }) => result)
);
const details = withRun(({ runId }, { scenarioRuns }) => scenarioRuns.get(...ids, runId));

const log = (options?: { readonly step: string }): OurCall =>
  withRun(({ runId }, { scenarioRuns }) => scenarioRuns.log(...ids, runId, options));

/** The official client refuses by itself when the scenario is no test; ours lets DSS refuse. */
const report = (options?: { readonly step: string }): OurCall =>
  withRun(({ runId, scenario }, { scenarioRuns }) =>
    scenario.markedAsTest === true ? Stream.runDrain(scenarioRuns.report(...ids, runId, options)) : Effect.void
  );

const waiter: OurCall = ({ scenarioRuns }) => toTheEnd(scenarioRuns.follow({ ...fire, runId: "r1" }));

const scenarioRuns: Noun = {
  areas: [],
  methods: {
    "DSSScenario.abort": { ours: "ScenarioRuns.abort", calls: [({ scenarioRuns }) => scenarioRuns.abort(...ids)] },
    "DSSScenario.run_and_wait": {
      ours: "ScenarioRuns.run",
      calls: [
        run,
        ({ scenarioRuns }) => toTheEnd(scenarioRuns.start(...ids, { params: { a: 1 } })),
        ({ scenarioRuns }) => toTheEnd(scenarioRuns.start(...ids)),
        run,
        run,
      ],
    },
    "DSSScenario.run": {
      ours: "ScenarioRuns.start",
      calls: [
        ({ scenarioRuns }) => scenarioRuns.start(...ids),
        ({ scenarioRuns }) => scenarioRuns.start(...ids, { params: { a: 1 } }),
      ],
    },
    "DSSScenario.get_last_runs": {
      ours: "ScenarioRuns.list",
      calls: [
        ({ scenarioRuns }) => scenarioRuns.list(...ids),
        ({ scenarioRuns }) => scenarioRuns.list(...ids, { limit: 3, onlyFinished: true }),
      ],
    },
    "DSSScenario.get_runs_by_date": {
      ours: "ScenarioRuns.byDate",
      calls: [
        ({ scenarioRuns }) => scenarioRuns.byDate(...ids, { from: "2026-01-01", to: "2026-01-31" }),
        ({ scenarioRuns }) => scenarioRuns.byDate(...ids, { from: new Date("2026-01-01"), to: new Date("2026-01-31") }),
        // The default of the official client is the day on which it was imported.
        ({ scenarioRuns }) => scenarioRuns.byDate(...ids, { from: "2026-01-01", to: "2026-11-21" }),
      ],
    },
    "DSSScenario.get_last_finished_run": {
      ours: "ScenarioRuns.lastFinished",
      calls: [0, 1].map(() => ({ scenarioRuns }) => scenarioRuns.lastFinished(...ids)),
    },
    "DSSScenario.get_last_successful_run": {
      ours: "ScenarioRuns.lastSuccessful",
      calls: [({ scenarioRuns }) => scenarioRuns.lastSuccessful(...ids)],
    },
    "DSSScenario.get_current_run": {
      ours: "ScenarioRuns.current",
      calls: [({ scenarioRuns }) => scenarioRuns.current(...ids)],
    },
    "DSSScenario.get_run": {
      ours: "ScenarioRuns.get",
      calls: [({ scenarioRuns }) => scenarioRuns.get(...ids, "2026-01-01-00-00-01-000")],
    },
    "DSSScenario.get_average_duration": {
      ours: "ScenarioRuns.averageDuration",
      calls: [
        ({ scenarioRuns }) => scenarioRuns.averageDuration(...ids),
        ({ scenarioRuns }) => scenarioRuns.averageDuration(...ids, { runs: 2 }),
      ],
    },
    "DSSScenario.get_trigger_fire": {
      ours: "ScenarioRuns.fire",
      calls: [({ scenarioRuns }) => scenarioRuns.fire({ ...fire, trigger: { id: "trig_1" } })],
    },
    "DSSScenarioRun.refresh": {
      ours: "ScenarioRuns.refresh",
      calls: [withRun((run, { scenarioRuns }) => scenarioRuns.refresh(run))],
    },
    "DSSScenarioRun.wait_for_completion": { ours: "ScenarioRuns.attach().result", calls: [wait, wait] },
    "DSSScenarioRun.get_info": { ours: "ScenarioRuns.list", calls: [withRun(Effect.succeed)] },
    "DSSScenarioRun.get_details": { ours: "ScenarioRuns.get", calls: [details, details] },
    "DSSScenarioRun.get_report": { ours: "ScenarioRuns.report", calls: [report(), report()] },
    "DSSScenarioRun.get_step_run_report": { ours: "ScenarioRuns.report", calls: [report({ step: "build_0" })] },
    "DSSScenarioRun.get_log": { ours: "ScenarioRuns.log", calls: [log(), log({ step: "build_0" })] },
    "DSSScenarioRunWaiter.wait": { ours: "ScenarioRuns.follow().result", calls: [waiter, waiter] },
    "DSSTriggerFire.wait_for_scenario_run": {
      ours: "ScenarioRuns.start().states",
      calls: [toTheRun, toTheRun, toTheRun],
    },
    "DSSTriggerFire.get_scenario_run": {
      ours: "ScenarioRuns.ofFire",
      calls: [0, 1].map(() => ({ scenarioRuns }) =>
        Effect.andThen(scenarioRuns.start(...ids), scenarioRuns.ofFire(fire))
      ),
    },
    "DSSTriggerFire.is_cancelled": {
      ours: "ScenarioRuns.fire",
      calls: [
        ({ scenarioRuns }) => scenarioRuns.start(...ids),
        ({ scenarioRuns }) => Effect.andThen(scenarioRuns.start(...ids), scenarioRuns.fire(fire)),
      ],
    },
    "DSSProject.get_last_test_scenario_runs_report": {
      ours: "ScenarioRuns.testReport",
      calls: [
        ({ scenarioRuns }) => Stream.runDrain(scenarioRuns.testReport(ids[0])),
        ({ scenarioRuns }) => Stream.runDrain(scenarioRuns.testReport(ids[0], { bundleId: "b1" })),
      ],
    },
    "DSSProject.get_last_test_scenario_runs_html_report": {
      ours: "ScenarioRuns.testReport",
      calls: [
        ({ scenarioRuns }) => Stream.runDrain(scenarioRuns.testReport(ids[0], { format: "html" })),
        ({ scenarioRuns }) => Stream.runDrain(scenarioRuns.testReport(ids[0], { format: "html", bundleId: "b1" })),
      ],
    },
    "DSSProject.get_testing_status": {
      ours: "ScenarioRuns.testingStatus",
      calls: [
        ({ scenarioRuns }) => scenarioRuns.testingStatus(ids[0]),
        ({ scenarioRuns }) => scenarioRuns.testingStatus(ids[0], { bundleId: "b1" }),
      ],
    },
  },
  withoutRequest: {
    "DSSScenarioRun.id": "ScenarioRun",
    "DSSScenarioRun.running": "ScenarioRun.isRunning",
    "DSSScenarioRun.outcome": "ScenarioRun.outcome",
    "DSSScenarioRun.trigger": "ScenarioRun.trigger",
    "DSSScenarioRun.get_start_time": "ScenarioRun.startedAt",
    "DSSScenarioRun.start_time": "ScenarioRun.startedAt",
    "DSSScenarioRun.get_end_time": "ScenarioRun.endedAt",
    "DSSScenarioRun.end_time": "ScenarioRun.endedAt",
    "DSSScenarioRun.get_duration": "ScenarioRun.duration",
    "DSSScenarioRun.duration": "ScenarioRun.duration",
    "DSSScenarioRunDetails.steps": "ScenarioRunDetails.steps",
    "DSSScenarioRunDetails.last_step": "ScenarioRunDetails.lastStep",
    "DSSScenarioRunDetails.first_error_details": "ScenarioRunDetails.firstError",
    "DSSStepRunDetails.outcome": "StepRun.outcome",
    "DSSStepRunDetails.job_ids": "StepRun.jobIds",
    "DSSStepRunDetails.first_error_details": "StepRun.firstError",
    "DSSTriggerFire.get_raw": "TriggerFire",
    "DSSTestingStatus.nb_total_ran_scenarios": "TestingStatus",
    "DSSTestingStatus.nb_scenarios_per_outcome": "TestingStatus",
    "DSSTestingStatus.get_raw": "TestingStatus",
  },
  samples: {
    "GET /projects/{}/scenarios/{}/{}/": scenarioRunDetails.in("minimal"),
  },
};

export default scenarioRuns;
