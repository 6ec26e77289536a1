import { describe, expect, it } from "@effect/vitest";
import { DateTime, Duration, Effect, Stream } from "effect";
import { HttpServerResponse } from "effect/http";
import {
  type RunDays,
  ScenarioRun,
  ScenarioRunDetails,
  ScenarioRuns,
} from "../../services/automation/scenario_runs.ts";
import { failure, json, page, Received, type ReceivedRequest, type Reply } from "../fixtures/dss_server.ts";
import { morning, PlannedScenarios, runsOn } from "../fixtures/scripted_runs.ts";

const nightly = "/projects/SALES/scenarios/NIGHTLY";

const document = (nth: number, outcome: string | undefined, seconds = 60) => ({
  scenario: { projectKey: "SALES", id: "NIGHTLY" },
  runId: `run-${nth}`,
  start: morning - nth * 3_600_000,
  end: outcome === undefined ? 0 : morning - nth * 3_600_000 + seconds * 1000,
  trigger: { trigger: { id: "manual", type: "manual" } },
  ...(outcome === undefined ? {} : { result: { outcome } }),
});

/** Answers with as many of these runs as are asked for. */
const history = (runs: ReadonlyArray<ReturnType<typeof document>>) => ({ target }: ReceivedRequest): Reply => {
  const { searchParams } = new URL(target, "https://dss.test");
  const all = searchParams.get("onlyFinishedRuns") === "true" ? runs.filter((run) => run.result !== undefined) : runs;
  return json(all.slice(0, Number(searchParams.get("limit"))));
};

const lastRuns = (limit: number, onlyFinished: boolean) =>
  `GET ${nightly}/get-last-runs?limit=${limit}&onlyFinishedRuns=${onlyFinished}`;

describe("the last runs", () => {
  const runs = [document(0, undefined), document(1, "FAILED"), document(2, "WARNING"), document(3, "SUCCESS")];

  it.effect("are ten by default, newest first, the going one among them", () =>
    Effect.gen(function* () {
      const found = yield* (yield* ScenarioRuns).list("SALES", "NIGHTLY");
      expect(found.map(({ runId }) => runId)).toEqual(["run-0", "run-1", "run-2", "run-3"]);
      expect(found.map(ScenarioRun.isRunning)).toEqual([true, false, false, false]);
      expect((yield* Received).lines).toEqual([lastRuns(10, false)]);
    }).pipe(Effect.provide(runsOn(history(runs)))));

  it.effect("are as many as asked, without the going one", () =>
    Effect.gen(function* () {
      const found = yield* (yield* ScenarioRuns).list("SALES", "NIGHTLY", { limit: 2, onlyFinished: true });
      expect(found.map(ScenarioRun.outcome)).toEqual(["FAILED", "WARNING"]);
      expect((yield* Received).lines).toEqual([lastRuns(2, true)]);
    }).pipe(Effect.provide(runsOn(history(runs)))));

  it.effect("tell the current one, the last finished one, and the last successful one by what counts", () =>
    Effect.gen(function* () {
      const service = yield* ScenarioRuns;
      expect((yield* service.current("SALES", "NIGHTLY"))?.runId).toBe("run-0");
      expect((yield* service.lastFinished("SALES", "NIGHTLY"))?.runId).toBe("run-1");
      expect((yield* service.lastSuccessful("SALES", "NIGHTLY"))?.runId).toBe("run-2");
      expect((yield* service.lastSuccessful("SALES", "NIGHTLY", { warning: "failure" }))?.runId).toBe("run-3");
      expect((yield* Received).lines).toEqual([
        lastRuns(1, false),
        lastRuns(10, false),
        lastRuns(10, true),
        lastRuns(10, true),
      ]);
    }).pipe(Effect.provide(runsOn(history(runs)))));

  it.effect("may be none", () =>
    Effect.gen(function* () {
      const service = yield* ScenarioRuns;
      expect(yield* service.current("SALES", "NIGHTLY")).toBeUndefined();
      expect(yield* service.lastFinished("SALES", "NIGHTLY")).toBeUndefined();
      expect(yield* service.lastSuccessful("SALES", "NIGHTLY")).toBeUndefined();
      expect(yield* service.averageDuration("SALES", "NIGHTLY", { runs: 1 })).toBeUndefined();
    }).pipe(Effect.provide(runsOn(history([])))));

  it.effect("have no current one when the newest has ended", () =>
    Effect.gen(function* () {
      expect(yield* (yield* ScenarioRuns).current("SALES", "NIGHTLY")).toBeUndefined();
    }).pipe(Effect.provide(runsOn(history(runs.slice(1))))));
});

describe("a success long ago", () => {
  const failures = (count: number) => Array.from({ length: count }, (_, nth) => document(nth, "FAILED"));

  it.effect("is found by looking further back", () =>
    Effect.gen(function* () {
      const found = yield* (yield* ScenarioRuns).lastSuccessful("SALES", "NIGHTLY");
      expect(found?.runId).toBe("run-250");
      expect((yield* Received).lines).toEqual([lastRuns(10, true), lastRuns(100, true), lastRuns(1000, true)]);
    }).pipe(Effect.provide(runsOn(history([...failures(250), document(250, "SUCCESS")])))));

  it.effect("is not looked for when all runs were seen", () =>
    Effect.gen(function* () {
      expect(yield* (yield* ScenarioRuns).lastSuccessful("SALES", "NIGHTLY")).toBeUndefined();
      expect((yield* Received).lines).toEqual([lastRuns(10, true), lastRuns(100, true)]);
    }).pipe(Effect.provide(runsOn(history(failures(30))))));

  it.effect("is not looked for behind 10,000 runs", () =>
    Effect.gen(function* () {
      expect(yield* (yield* ScenarioRuns).lastSuccessful("SALES", "NIGHTLY")).toBeUndefined();
      expect((yield* Received).lines.at(-1)).toBe(lastRuns(10_000, true));
    }).pipe(Effect.provide(runsOn(history(failures(10_050))))));
});

describe("the mean duration", () => {
  const runs = [
    document(0, "SUCCESS", 30),
    document(1, "FAILED", 5),
    document(2, "WARNING", 60),
    document(3, "ABORTED", 1),
    document(4, "SUCCESS", 90),
  ];

  it.effect("is that of the last three runs that succeeded", () =>
    Effect.gen(function* () {
      const mean = yield* (yield* ScenarioRuns).averageDuration("SALES", "NIGHTLY");
      expect(mean).toEqual(Duration.seconds(60));
      expect((yield* Received).lines).toEqual([lastRuns(3, true), lastRuns(30, true)]);
    }).pipe(Effect.provide(runsOn(history(runs)))));

  it.effect.each(
    [
      [{ runs: 1 }, 30],
      [{ runs: 2 }, 45],
      [{ runs: 0 }, 30],
      [{ runs: 2, warning: "failure" }, 60],
      [{ runs: 4 }, undefined],
      [{ runs: 3, warning: "failure" }, undefined],
    ] as const,
  )("of %o is %s s", ([options, seconds]) =>
    Effect.gen(function* () {
      const mean = yield* (yield* ScenarioRuns).averageDuration("SALES", "NIGHTLY", options);
      expect(mean).toEqual(seconds === undefined ? undefined : Duration.seconds(seconds));
    }).pipe(Effect.provide(runsOn(history(runs)))));
});

describe("runs by date", () => {
  const asked: ReadonlyArray<readonly [days: RunDays, query: string]> = [
    [{ from: "2025-09-01", to: "2025-10-01" }, "fromDate=2025-09-01&toDate=2025-10-01"],
    [{ from: "2025-09-01" }, "fromDate=2025-09-01&toDate=2025-10-03"],
    [{ from: new Date(morning), to: morning + 86_400_000 }, "fromDate=2025-10-01&toDate=2025-10-02"],
    [
      { from: DateTime.makeZonedUnsafe("2025-09-30T22:30:00Z", { timeZone: "Europe/Paris" }), to: "2026-01-01" },
      "fromDate=2025-10-01&toDate=2026-01-01",
    ],
  ];
  it.effect.each(asked)("%o are asked as days", ([days, query]) =>
    Effect.gen(function* () {
      yield* (yield* ScenarioRuns).byDate("SALES", "NIGHTLY", days);
      expect((yield* Received).lines).toEqual([`GET ${nightly}/get-runs-by-date?${query}`]);
    }).pipe(Effect.provide(runsOn(() => json([document(1, "SUCCESS")])))));

  it.effect("of what is not a day are refused before anything is sent", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* ScenarioRuns).byDate("SALES", "NIGHTLY", { from: "last week" }));
      expect(error.message).toBe('ScenarioRuns.byDate: Not sent ("last week" is not a day, as 2025-10-01)');
      expect((yield* Received).lines).toEqual([]);
    }).pipe(Effect.provide(runsOn(() => json([])))));

  const paris = { timeZone: "Europe/Paris" };
  const days: ReadonlyArray<readonly [DateTime.DateTime.Input, string]> = [
    ["2024-02-29", "2024-02-29"],
    ["2000-02-29", "2000-02-29"],
    ["2025-12-31", "2025-12-31"],
    // A text says its day, whatever its zone or that of the machine.
    ["2025-10-01T00:00:00+02:00", "2025-10-01"],
    ["2025-10-01T23:30:00-05:00", "2025-10-01"],
    ["2025-10-01T12:00", "2025-10-01"],
    ["2025-10-01 00:00:00", "2025-10-01"],
    ["2025-10-01T22:00:00Z", "2025-10-01"],
    [new Date("2025-10-01"), "2025-10-01"],
    [new Date("2025-10-01T00:00:00-05:00"), "2025-10-01"],
    [new Date("2025-10-01T22:17:03.123Z"), "2025-10-01"],
    [Date.UTC(2025, 9, 1), "2025-10-01"],
    [DateTime.makeUnsafe("2025-10-01T22:00:00Z"), "2025-10-01"],
    [DateTime.makeZonedUnsafe("2025-09-30T22:00:00Z", paris), "2025-10-01"],
    [{ year: 2025, month: 10, day: 1 }, "2025-10-01"],
    [{ year: 2025, month: 10, day: 1, hour: 23 }, "2025-10-01"],
    [{ year: 2025, month: 10 }, "2025-10-01"],
    [{ epochMilliseconds: Date.UTC(2025, 9, 1) }, "2025-10-01"],
    [{ epochMilliseconds: Date.UTC(2025, 8, 30, 22), timeZoneId: "Europe/Paris" }, "2025-10-01"],
  ];
  it.effect.each(days)("%o is one day on every machine", ([day, expected]) =>
    Effect.gen(function* () {
      yield* (yield* ScenarioRuns).byDate("SALES", "NIGHTLY", { from: day, to: day });
      expect((yield* Received).lines[0]).toContain(`?fromDate=${expected}&toDate=${expected}`);
    }).pipe(Effect.provide(runsOn(() => json([])))));

  const none: ReadonlyArray<DateTime.DateTime.Input> = [
    ...["2025-02-31", "2025-02-29", "1900-02-29", "2025-04-31", "2025-13-01", "2025-00-10", "2025-01-00", "2025-1-5"],
    ...["2025-02-31T00:00:00Z", "2025-10-01T25:00:00Z", "2025-10-01Tnoon", "2025-10", "20251001", "October 1, 2025"],
    ...["+012025-01-01", "", " 2025-10-01", "2025-10-01\n", "today"],
    Number.NaN,
    Infinity,
    new Date(Number.NaN),
    Date.UTC(12025, 0, 1),
    { year: 2025, month: 2, day: 31 },
    { year: 2025, month: 13, day: 1 },
    { year: 2025, month: 1, day: 0 },
    { year: 2025, month: 1, day: 1, hour: 24 },
  ];
  it.effect.each(none.map((day) => [day] as const))(
    "%o is no day, and nothing is sent",
    ([day]) =>
      Effect.gen(function* () {
        for (const days of [{ from: day }, { from: "2025-01-01", to: day }]) {
          const { message, reason } = yield* Effect.flip((yield* ScenarioRuns).byDate("SALES", "NIGHTLY", days));
          expect(reason._tag).toBe("Invalid");
          expect(message).toContain("is not a day, as 2025-10-01");
        }
        expect((yield* Received).lines).toEqual([]);
      }).pipe(Effect.provide(runsOn(() => json([])))),
  );

  const midnights = [
    "Europe/Paris",
    "Europe/London",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Pacific/Kiritimati",
  ];
  const east = midnights.flatMap((timeZone) => {
    const at = DateTime.toEpochMillis(
      DateTime.makeZonedUnsafe({ year: 2025, month: 10, day: 1 }, { timeZone, adjustForTimeZone: true }),
    );
    return [[timeZone, new Date(at)], [timeZone, at], [timeZone, { epochMilliseconds: at }]] as const;
  });
  it.effect.each(east)("midnight in %s is not taken for the day before, as %o", ([, day]) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(
        (yield* ScenarioRuns).byDate("SALES", "NIGHTLY", { from: "2025-09-01", to: day }),
      );
      expect(error.reason._tag).toBe("Invalid");
      expect(error.message).toMatch(
        / is 2025-09-30 in UTC, but midnight of the day after in a zone east of it: give the day/,
      );
      expect((yield* Received).lines).toEqual([]);
    }).pipe(Effect.provide(runsOn(() => json([])))));
});

describe("one run", () => {
  const stepRuns = [
    {
      step: { id: "build_0", name: "Build", type: "build_flowitem" },
      result: { outcome: "SUCCESS" },
      additionalReportItems: [{ type: "JOB_EXECUTED", jobId: "job-1" }, { type: "CHECKS" }],
    },
    {
      step: { id: "check_1", name: "Check" },
      result: { outcome: "FAILED", thrown: { title: "Bad", message: "Bad rows" } },
    },
    { step: { id: "later" }, start: morning, end: 0 },
  ];
  const details = { scenarioRun: document(1, "FAILED"), stepRuns };

  it.effect("is read with its steps, jobs and first error", () =>
    Effect.gen(function* () {
      const found = yield* (yield* ScenarioRuns).get("SALES", "NIGHTLY", "run-1");
      expect(ScenarioRunDetails.steps(found)).toHaveLength(3);
      expect(ScenarioRunDetails.jobIds(found)).toEqual(["job-1"]);
      expect(ScenarioRunDetails.lastStep(found)?.step.id).toBe("later");
      expect(ScenarioRunDetails.firstError(found)).toMatchObject({
        step: { id: "check_1" },
        thrown: { message: "Bad rows" },
      });
      expect((yield* Received).lines).toEqual([`GET ${nightly}/run-1/`]);
    }).pipe(Effect.provide(runsOn(() => json(details)))));

  it.effect("is read again by what is known of it", () =>
    Effect.gen(function* () {
      const service = yield* ScenarioRuns;
      const run = yield* service.refresh(document(1, undefined));
      expect(ScenarioRun.outcome(run)).toBe("FAILED");
      expect((yield* Received).lines).toEqual([`GET ${nightly}/run-1/`]);
    }).pipe(Effect.provide(runsOn(() => json(details)))));

  it.effect("has a log, and one for each step", () =>
    Effect.gen(function* () {
      const service = yield* ScenarioRuns;
      expect(yield* service.log("SALES", "NIGHTLY", "run-1")).toBe("line 1\nline 2\n");
      yield* service.log("SALES", "NIGHTLY", "run-1", { step: "a b" });
      expect((yield* Received).lines).toEqual([`GET ${nightly}/run-1/log`, `GET ${nightly}/run-1/log?stepId=a+b`]);
    }).pipe(Effect.provide(runsOn(() => HttpServerResponse.text("line 1\nline 2\n")))));

  const xml = "<testsuites><testsuite/></testsuites>";

  it.effect("has a JUnit report, and one for each step", () =>
    Effect.gen(function* () {
      const service = yield* ScenarioRuns;
      const report = service.report("SALES", "NIGHTLY", "run-1").pipe(Stream.decodeText, Stream.mkString);
      expect(yield* report).toBe(xml);
      yield* Stream.runDrain(service.report("SALES", "NIGHTLY", "run-1", { step: "check_1" }));
      expect((yield* Received).lines).toEqual([
        `GET ${nightly}/run-1/scenario-run-report`,
        `GET ${nightly}/run-1/step-run-report?stepId=check_1`,
      ]);
    }).pipe(Effect.provide(runsOn(() => HttpServerResponse.text(xml, { contentType: "application/xml" })))));

  it.effect("of a scenario that is no test has no report: DSS refuses", () =>
    Effect.gen(function* () {
      const service = yield* ScenarioRuns;
      const error = yield* Effect.flip(Stream.runDrain(service.report("SALES", "NIGHTLY", "run-1")));
      expect(error).toMatchObject({ method: "ScenarioRuns.report", reason: { _tag: "Invalid" } });
    }).pipe(Effect.provide(runsOn(() => failure(400, "java.lang.IllegalArgumentException", "not a test")))));
});

describe("the tests of a project", () => {
  it.effect("have a status, of the project or of a bundle", () =>
    Effect.gen(function* () {
      const service = yield* ScenarioRuns;
      const status = yield* service.testingStatus("SALES");
      expect(status).toEqual({ nbTotalRanScenarios: 3, nbScenariosPerOutcome: { SUCCESS: 2, FAILED: 1 } });
      yield* service.testingStatus("SALES", { bundleId: "v1" });
      expect((yield* Received).lines).toEqual([
        "GET /projects/SALES/scenarios/testing-status",
        "GET /projects/SALES/scenarios/testing-status?bundleId=v1",
      ]);
    }).pipe(
      Effect.provide(runsOn(() => json({ nbTotalRanScenarios: 3, nbScenariosPerOutcome: { SUCCESS: 2, FAILED: 1 } }))),
    ));

  it.effect("have reports: XML for programs, a page for people, which is not taken for a login page", () =>
    Effect.gen(function* () {
      const service = yield* ScenarioRuns;
      const text = (stream: ReturnType<typeof service.testReport>) => stream.pipe(Stream.decodeText, Stream.mkString);
      expect(yield* text(service.testReport("SALES", { bundleId: "v1", format: "html" }))).toContain("Test report");
      const error = yield* Effect.flip(text(service.testReport("SALES")));
      expect(error.reason).toMatchObject({ _tag: "UnexpectedContent", found: "html" });
      expect((yield* Received).lines).toEqual([
        "GET /projects/SALES/scenarios/last-test-scenario-runs-html-report?bundleId=v1",
        "GET /projects/SALES/scenarios/last-test-scenario-runs-report",
      ]);
    }).pipe(Effect.provide(runsOn(() => page("Test report")))));
});

it.effect("a fire tells whether it was cancelled, and which run came of it", () => {
  const scenarios = new PlannedScenarios([{ cancelled: 0 }, { waits: 0 }]);
  return Effect.gen(function* () {
    const service = yield* ScenarioRuns;
    yield* service.start("SALES", "NIGHTLY");
    yield* service.start("SALES", "NIGHTLY");
    const handles = scenarios.fires.map(({ runId }) => ({
      projectKey: "SALES",
      scenarioId: "NIGHTLY",
      trigger: { id: "manual" },
      runId,
    }));
    const [cancelled, going] = yield* Effect.forEach(handles, (handle) => service.fire(handle));
    expect([cancelled?.cancelled, going?.cancelled]).toEqual([true, false]);
    expect(yield* service.ofFire(cancelled!)).toBeUndefined();
    const run = yield* service.ofFire(going!);
    expect(ScenarioRun.trigger(run!)).toMatchObject({ id: "manual", type: "manual" });
    expect((yield* Received).lines.at(-3)).toBe(
      "GET /projects/SALES/scenarios/trigger/NIGHTLY/manual?triggerRunId=2025-10-01-09-00-00-000-fire-1",
    );
  }).pipe(Effect.provide(runsOn(scenarios.answer)));
});
