/**
 * The runs of scenarios in the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import {
  type Call,
  invalid,
  jsonAnswer,
  missing,
  type Route,
  type SimulatedRefusal,
  textAnswer,
  type User,
} from "../kernel/route.ts";
import { fire, fireDocument, manualTrigger } from "./scenario_fires_state.ts";
import { htmlReport, junitReport, lastTestRuns, stepReport, testingStatus } from "./scenario_reports.ts";
import { runDetails, runDocument, runLog, type ScenarioRun } from "./scenario_run_document.ts";
import { findScenario } from "./scenarios.ts";
import { fireOf } from "./scenarios_state.ts";
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { findProject } from "../projects/projects_state.ts";

const findRun = (world: World, call: Call): Effect.Effect<ScenarioRun, SimulatedRefusal> =>
  Effect.flatMap(findScenario(world, call), ({ runs }) => {
    const run = runs.find(({ runId }) => runId === call.params.runId);
    return run === undefined ? Effect.fail(missing(`Run ${call.params.runId}`)) : Effect.succeed(run);
  });

/** A run of what was a test scenario then. */
const findTestRun = (world: World, call: Call): Effect.Effect<ScenarioRun, SimulatedRefusal> =>
  Effect.flatMap(
    findRun(world, call),
    (run) =>
      run.scenario.markedAsTest === true
        ? Effect.succeed(run)
        : Effect.fail(invalid(`Scenario ${run.scenario.id} was not marked as a test scenario when it ran`)),
  );

const authContext = ({ login, admin }: User): JsonObject => ({
  authSource: "PERSONAL_API_KEY",
  realUserLogin: login,
  userGroups: admin ? ["administrators"] : ["readers"],
  userProfile: "FULL_DESIGNER",
  via: [],
  userGroupLevelPermissions: { admin, mayCreateProjects: admin },
  apiKey: {
    id: `key-of-${login}`,
    label: "API key",
    description: "",
    user: login,
    createdOn: 0,
    createdBy: login,
    expiresOn: 0,
  },
});

/** The begin of a day, in the time of the server. */
const dayOf = (query: URLSearchParams, name: string): Effect.Effect<number, SimulatedRefusal> => {
  const text = query.get(name) ?? "";
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time)
    ? Effect.fail(invalid(`${name} must be a day like 2025-10-01, not "${text}"`))
    : Effect.succeed(time);
};

const junit = (report: string) => textAnswer(report, "application/xml;charset=utf-8");

/** @internal */
export const scenarioRunsRoutes: ReadonlyArray<Route> = [
  {
    method: "POST",
    path: "/projects/:projectKey/scenarios/:scenarioId/run",
    known: "public evidence",
    note:
      "The fields of a recorded answer. The run comes a second later. While the scenario runs, delayedTriggersBehavior decides, which is documented; that of several fires that wait the last one counts is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const scenario = yield* findScenario(world, call);
        const params = call.json ?? {};
        if (!isJsonObject(params)) return yield* Effect.fail(invalid("The parameters of a run must be a JSON object"));
        const triggerAuthCtx = authContext(call.user);
        const made = fire(world, scenario, call.now, { trigger: manualTrigger, params, triggerAuthCtx });
        return jsonAnswer(fireDocument(scenario, made));
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/scenarios/trigger/:scenarioId/:triggerId",
    known: "official client",
    note: "The fire, with cancelled as it is now; that a fire that is not known is an error is assumed.",
    handle: (call, world) =>
      Effect.flatMap(findScenario(world, call), (scenario) => {
        const runId = call.query.get("triggerRunId") ?? "";
        const found = fireOf(scenario, call.params.triggerId!, runId);
        return found === undefined ? Effect.fail(missing(`Trigger run ${runId}`)) : Effect.succeed(jsonAnswer(found));
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/scenarios/:scenarioId/get-run-for-trigger",
    known: "official client",
    note: "No scenarioRun until there is a run; that a fire that is not known has none is assumed.",
    handle: (call, world) =>
      Effect.map(findScenario(world, call), ({ runs }) => {
        const [triggerId, triggerRunId] = [call.query.get("triggerId"), call.query.get("triggerRunId")];
        const run = runs.find(({ trigger }) =>
          trigger.runId === triggerRunId && isJsonObject(trigger.trigger) && trigger.trigger.id === triggerId
        );
        return jsonAnswer(run === undefined ? {} : { scenarioRun: runDocument(run) });
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/scenarios/:scenarioId/get-last-runs",
    known: "public evidence",
    note: "Newest first, seen on DSS 14; ten when no limit is sent is what the official client sends by itself.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { runs } = yield* findScenario(world, call);
        const limit = Number(call.query.get("limit") ?? 10);
        if (!Number.isInteger(limit) || limit < 0) return yield* Effect.fail(invalid("limit must be a number"));
        const finished = call.query.get("onlyFinishedRuns")?.toLowerCase() === "true";
        const found = runs.filter((run) => !finished || run.result !== undefined).reverse();
        return jsonAnswer(found.slice(0, limit).map(runDocument));
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/scenarios/:scenarioId/get-runs-by-date",
    known: "official client",
    note:
      "Runs that began on fromDate or later and before toDate, in the time of the server; that the newest is first is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { runs } = yield* findScenario(world, call);
        const from = yield* dayOf(call.query, "fromDate");
        const to = yield* dayOf(call.query, "toDate");
        return jsonAnswer(runs.filter(({ start }) => start >= from && start < to).reverse().map(runDocument));
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/scenarios/:scenarioId/:runId",
    known: "documented",
    note:
      "Fields as the official client documents them; the scenarioRun of each step is left out. Which steps run, their retries and resets are documented; of formulas only comparisons of outcomes are evaluated. Build steps start jobs, one for each project, which is assumed; other steps take some seconds. A script has no steps, which is public evidence.",
    handle: (call, world) => Effect.map(findRun(world, call), (run) => jsonAnswer(runDetails(run))),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/scenarios/:scenarioId/:runId/log",
    known: "official client",
    note: "Plain text; the form of its lines is assumed, and that a step that is not known has an empty log.",
    handle: (call, world) =>
      Effect.map(findRun(world, call), (run) => textAnswer(runLog(run, call.query.get("stepId")))),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/scenarios/:scenarioId/abort",
    known: "public evidence",
    note:
      "The message is one that was seen; nothing happens when the scenario does not run, which is documented. Fires that wait go on, which is assumed.",
    handle: (call, world) =>
      Effect.map(findScenario(world, call), ({ current }) => {
        current?.abort(call.now);
        return jsonAnswer({ msg: "abort requested" });
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/scenarios/:scenarioId/:runId/scenario-run-report",
    known: "official client",
    note: "JUnit XML, for test scenarios alone; its exact form, and the status of the refusal, are assumed.",
    handle: (call, world) => Effect.map(findTestRun(world, call), (run) => junit(junitReport([run]))),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/scenarios/:scenarioId/:runId/step-run-report",
    known: "official client",
    note: "JUnit XML, for test scenarios alone; that a step that did not run is an error is assumed.",
    handle: (call, world) =>
      Effect.flatMap(findTestRun(world, call), (run) => {
        const report = stepReport(run, call.query.get("stepId"));
        return report === undefined
          ? Effect.fail(missing(`Run of step ${call.query.get("stepId")}`))
          : Effect.succeed(junit(report));
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/scenarios/last-test-scenario-runs-report",
    known: "official client",
    note:
      "JUnit XML of the last finished run of each test scenario; that no run is of a bundle on a design node is assumed.",
    handle: ({ params, query }, world) =>
      Effect.map(
        findProject(world, params.projectKey),
        (project) => junit(junitReport(lastTestRuns(project, query.get("bundleId")))),
      ),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/scenarios/last-test-scenario-runs-html-report",
    known: "official client",
    note: "The same as HTML; its contents are assumed.",
    handle: ({ params, query }, world) =>
      Effect.map(
        findProject(world, params.projectKey),
        (project) =>
          textAnswer(htmlReport(project, lastTestRuns(project, query.get("bundleId"))), "text/html;charset=utf-8"),
      ),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/scenarios/testing-status",
    known: "official client",
    note: "Counts the last finished runs of test scenarios; that outcomes that did not occur are left out is assumed.",
    handle: ({ params, query }, world) =>
      Effect.map(
        findProject(world, params.projectKey),
        (project) => jsonAnswer(testingStatus(lastTestRuns(project, query.get("bundleId")))),
      ),
  },
];
