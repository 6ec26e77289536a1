/**
 * Scenario runs that come to nothing, or to something else.
 *
 * @module
 */
import assert from "node:assert/strict";
import { Effect, Fiber, Schema } from "effect";
import { get, path, ScenarioRun, ScenarioRuns } from "../../../mod.ts";
import { type Outcome, Simulator } from "../../../src/simulator/mod.ts";
import { Way } from "../play.ts";
import type { Row } from "../row.ts";
import { asking, failsWith, journey, type Title } from "./journey.ts";

const scenario = ["SALES", "NIGHTLY_BUILD"] as const;

const script = (outcome: Outcome) =>
  Effect.flatMap(Simulator, (simulator) => simulator.script(`scenarios/${scenario.join(".")}`, outcome));

/** What is the same on sockets is played in process alone: runs take minutes. */
const inProcess = { levels: ["process"] } as const;

const ended = (title: Title, outcome: Outcome, tag: string, says?: string): Row =>
  journey(
    title,
    Effect.gen(function* () {
      yield* script(outcome);
      const run = yield* (yield* ScenarioRuns).start(...scenario);
      const error = yield* failsWith(run.result, tag);
      if (says !== undefined) assert.ok("outcome" in error && error.outcome === says, error.message);
      assert.ok(error.token !== undefined);
    }),
    inProcess,
  );

/** Runs of scenarios. */
export const scenarioJourneys: ReadonlyArray<Row> = [
  ended(
    ["F27", "the trigger fire is cancelled", "scenario run", "TriggerCancelled"],
    { end: "cancel" },
    "TriggerCancelled",
  ),
  journey(
    ["F27", "another run never ends before it", "scenario run with a timeout", "WaitTimedOut with its token"],
    Effect.gen(function* () {
      yield* script({ end: "stall" });
      const runs = yield* ScenarioRuns;
      yield* runs.start(...scenario);
      const error = yield* failsWith(runs.run(...scenario, { timeout: "1 hour" }), "WaitTimedOut");
      assert.ok(error.token !== undefined);
    }),
    inProcess,
  ),
  journey(
    ["F27", "the run appears long after the fire", "scenario run", "SUCCESS"],
    Effect.gen(function* () {
      yield* script({ end: "done", seconds: 600, times: 1 });
      const runs = yield* ScenarioRuns;
      yield* runs.start(...scenario);
      assert.equal(ScenarioRun.outcome(yield* runs.run(...scenario)), "SUCCESS");
    }),
    inProcess,
  ),
  ended(
    ["F28", "somebody aborts the run", "scenario run", "ScenarioRunFailed, ABORTED"],
    { end: "abort" },
    "ScenarioRunFailed",
    "ABORTED",
  ),
  ended(
    ["F28", "a step fails", "scenario run", "ScenarioRunFailed, FAILED"],
    { end: "fail" },
    "ScenarioRunFailed",
    "FAILED",
  ),
  journey(
    ["F28", "the run ends with warnings", "scenario run", "a success, or by policy a failure"],
    Effect.gen(function* () {
      yield* script({ end: "warn" });
      const runs = yield* ScenarioRuns;
      assert.equal(ScenarioRun.outcome(yield* runs.run(...scenario)), "WARNING");
      yield* failsWith(runs.run(...scenario, { warning: "failure" }), "ScenarioRunFailed");
    }),
    inProcess,
  ),
  journey(
    ["F28", "the run is deleted", "scenario run", "NotFound with its token"],
    Effect.gen(function* () {
      yield* script({ end: "stall" });
      const run = yield* (yield* ScenarioRuns).start(...scenario);
      const wait = yield* Effect.forkChild(failsWith(run.result, "NotFound"));
      yield* Effect.sleep("1 minute");
      const gone = JSON.stringify({
        errorType: "com.dataiku.dip.exceptions.NotFoundException",
        message: "no such run",
      });
      const answer = { status: 404, headers: { "content-type": "application/json" }, body: gone };
      yield* (yield* Way).inject(answer, { path: "/scenarios/", times: Number.POSITIVE_INFINITY });
      const { token } = yield* Fiber.join(wait);
      assert.ok(token !== undefined);
    }),
    inProcess,
  ),
  journey(
    [
      "F28",
      "another run is going when this one is aborted",
      "abort of a scenario run",
      "AbortUncertain, the other goes on",
    ],
    Effect.gen(function* () {
      yield* script({ end: "stall" });
      const runs = yield* ScenarioRuns;
      const other = yield* runs.start(...scenario);
      yield* Effect.sleep("1 minute");
      const run = yield* runs.start(...scenario);
      const error = yield* failsWith(run.abort, "AbortUncertain");
      assert.ok(error.token !== undefined);
      assert.ok(!(yield* other.state).isFinal);
    }),
    inProcess,
  ),
  journey(
    [
      "F28",
      "another run begins while this one is aborted",
      "abort of a scenario run",
      "AbortUncertain, nothing is aborted",
    ],
    Effect.gen(function* () {
      yield* script({ end: "stall" });
      const run = yield* (yield* ScenarioRuns).start(...scenario);
      yield* Effect.sleep("1 minute");
      const lastRuns = get(path`/projects/${scenario[0]}/scenarios/${scenario[1]}/get-last-runs`, {
        query: { limit: 1 },
      });
      const known = yield* asking((dss) =>
        dss.json("Test.look", lastRuns, Schema.Array(Schema.Record(Schema.String, Schema.Unknown)))
      );
      const body = JSON.stringify([{ ...known[0], runId: "of-somebody-else" }]);
      const answer = { status: 200, headers: { "content-type": "application/json" }, body };
      const way = yield* Way;
      yield* way.inject(answer, { path: "/get-last-runs", times: Number.POSITIVE_INFINITY });
      yield* failsWith(run.abort, "AbortUncertain");
      assert.ok((yield* way.sent).every(({ target }) => !target.endsWith("/abort")));
    }),
    inProcess,
  ),
  journey(
    ["F4", "the answer to the abort is lost", "abort of a scenario run", "ok, and nothing else is aborted"],
    Effect.gen(function* () {
      yield* script({ end: "stall" });
      const runs = yield* ScenarioRuns;
      const run = yield* runs.start(...scenario);
      yield* Effect.sleep("1 minute");
      yield* (yield* Way).inject("lost answer", { method: "POST", path: "/abort" });
      yield* run.abort;
      const error = yield* failsWith(run.result, "ScenarioRunFailed");
      assert.ok("outcome" in error && error.outcome === "ABORTED");
      const aborts = (yield* (yield* Way).handled).filter(({ target }) => target.endsWith("/abort"));
      assert.equal(aborts.length, 1);
    }),
    inProcess,
  ),
  journey(
    ["F25", "DSS restarts in the wait", "scenario run", "ScenarioRunFailed, ABORTED"],
    Effect.gen(function* () {
      yield* script({ end: "stall" });
      const run = yield* (yield* ScenarioRuns).start(...scenario);
      yield* Effect.sleep("1 minute");
      yield* (yield* Simulator).restart("3 minutes");
      const error = yield* failsWith(run.result, "ScenarioRunFailed");
      assert.ok("outcome" in error && error.outcome === "ABORTED", error.message);
    }),
    inProcess,
  ),
];
