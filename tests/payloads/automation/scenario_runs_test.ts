import { describe, expect, it } from "@effect/vitest";
import { Effect, Option, Schema, Stream } from "effect";
import {
  ScenarioRun,
  ScenarioRunDetails,
  ScenarioRunFailed,
  type ScenarioRunOperation,
  type ScenarioRunState,
  StepRun,
  TestingStatus,
  TriggerFire,
} from "../../../mod.ts";
import type { ServiceRecord } from "../../../services/all_services.ts";
import { itIsReturned } from "../returned.ts";
import { scenarioRun, scenarioRunDetails, testingStatus, triggerFire } from "./scenario_runs.ts";

const ids = ["SALES", "NIGHTLY_BUILD"] as const;
const runId = "2025-10-01-15-39-58-021";
const handle = { projectKey: ids[0], scenarioId: ids[1], trigger: { id: "manual" }, runId: "2025-10-01-15-39-56-668" };

type Json = Readonly<Record<string, unknown>>;

const state = (operation: Effect.Effect<ScenarioRunOperation, unknown>): Effect.Effect<ScenarioRunState, unknown> =>
  Effect.flatMap(operation, ({ state }) => state);

const theRun = (operation: Effect.Effect<ScenarioRunOperation, unknown>): Effect.Effect<ScenarioRun, unknown> =>
  Effect.map(state(operation), ({ run }) => run!);

const resumed = ({ scenarioRuns }: ServiceRecord) =>
  Effect.flatMap(scenarioRuns.follow(handle), ({ token }) => scenarioRuns.resume(Option.getOrThrow(token)));

/** A run that has ended so. */
const ended = (outcome: string) => (run: Json): Json => ({ ...run, result: { ...run["result"] as Json, outcome } });
const succeeded = ended("SUCCESS");
const failed = ended("FAILED");

const cancelled = (fire: Json): Json => ({ ...fire, cancelled: true });

itIsReturned("a trigger fire", {
  document: triggerFire,
  schema: TriggerFire,
  through: {
    "ScenarioRuns.fire": { call: ({ scenarioRuns }) => scenarioRuns.fire(handle) },
    "ScenarioRuns.follow().state": {
      answers: (fire) => [{}, fire],
      call: ({ scenarioRuns }) => Effect.map(state(scenarioRuns.follow(handle)), ({ fire }) => fire!),
    },
    "ScenarioRuns.start().states": {
      call: ({ scenarioRuns }) =>
        Effect.map(
          Stream.runHead(Stream.unwrap(Effect.map(scenarioRuns.start(...ids), ({ states }) => states))),
          (state) => Option.getOrThrow(state).fire!,
        ),
    },
    "TriggerCancelled.fire": {
      answers: (fire) => [cancelled(fire)],
      call: ({ scenarioRuns }) =>
        Effect.flatMap(
          Effect.flip(scenarioRuns.run(...ids)),
          (error) => error._tag === "TriggerCancelled" ? Effect.succeed(error.fire) : Effect.fail(error),
        ),
      gives: cancelled,
    },
  },
  accessors: [TriggerFire.firedAt],
});

itIsReturned("a scenario run", {
  document: scenarioRun,
  schema: ScenarioRun,
  through: {
    "ScenarioRuns.list": {
      answers: (run) => [[run]],
      call: ({ scenarioRuns }) => Effect.map(scenarioRuns.list(...ids), ([run]) => run!),
    },
    "ScenarioRuns.byDate": {
      answers: (run) => [[run]],
      call: ({ scenarioRuns }) => Effect.map(scenarioRuns.byDate(...ids, { from: "2025-10-01" }), ([run]) => run!),
    },
    "ScenarioRuns.lastFinished": {
      answers: (run) => [[failed(run)]],
      call: ({ scenarioRuns }) => Effect.map(scenarioRuns.lastFinished(...ids), (run) => run!),
      gives: failed,
    },
    "ScenarioRuns.lastSuccessful": {
      answers: (run) => [[failed(run), succeeded(run)]],
      call: ({ scenarioRuns }) => Effect.map(scenarioRuns.lastSuccessful(...ids), (run) => run!),
      gives: succeeded,
    },
    "ScenarioRuns.current": {
      answers: (run) => [[{ ...run, result: null }]],
      call: ({ scenarioRuns }) => Effect.map(scenarioRuns.current(...ids), (run) => run!),
      gives: (run) => ({ ...run, result: null }),
    },
    "ScenarioRuns.ofFire": {
      answers: (run) => [{ scenarioRun: run }],
      call: ({ scenarioRuns }) => Effect.map(scenarioRuns.ofFire(handle), (run) => run!),
    },
    "ScenarioRuns.refresh": {
      answers: (run) => [{ scenarioRun: run, stepRuns: [] }],
      call: ({ scenarioRuns }) =>
        scenarioRuns.refresh({ scenario: { projectKey: ids[0], id: ids[1] }, runId, start: 1 }),
    },
    "ScenarioRuns.attach().state": {
      answers: (run) => [{ scenarioRun: run, stepRuns: [] }],
      call: ({ scenarioRuns }) => theRun(scenarioRuns.attach(...ids, runId)),
    },
    "ScenarioRuns.resume().state": {
      answers: (run) => [{ scenarioRun: run }],
      call: (services) => theRun(resumed(services)),
    },
    "ScenarioRuns.run": {
      answers: (run) => [triggerFire.in("minimal"), { scenarioRun: run }, { scenarioRun: succeeded(run) }],
      call: ({ scenarioRuns }) =>
        // An outcome that is not known yet is a failure.
        Effect.catchTag(scenarioRuns.run(...ids), "ScenarioRunFailed", ({ run }) => Effect.succeed(run)),
      gives: (run) => {
        const { result } = run as { readonly result?: unknown };
        return result === undefined || result === null ? succeeded(run) : run;
      },
    },
    "ScenarioRunFailed.run": {
      answers: (run) => [triggerFire.in("minimal"), { scenarioRun: failed(run) }, {}],
      call: ({ scenarioRuns }) =>
        Effect.flatMap(Effect.flip(scenarioRuns.run(...ids)), (error) => {
          expect(error.message).toContain("NIGHTLY_BUILD of SALES ended as FAILED");
          return error._tag === "ScenarioRunFailed" ? Effect.succeed(error.run) : Effect.fail(error);
        }),
      gives: failed,
    },
  },
  accessors: [
    ScenarioRun.isRunning,
    ScenarioRun.outcome,
    ScenarioRun.startedAt,
    ScenarioRun.endedAt,
    (run) => ScenarioRun.duration(run),
    ScenarioRun.trigger,
  ],
});

itIsReturned("a scenario run with its steps", {
  document: scenarioRunDetails,
  schema: ScenarioRunDetails,
  through: {
    "ScenarioRuns.get": { call: ({ scenarioRuns }) => scenarioRuns.get(...ids, runId) },
    "ScenarioRuns.attach().state": {
      call: ({ scenarioRuns }) => Effect.map(state(scenarioRuns.attach(...ids, runId)), ({ details }) => details!),
    },
    "ScenarioRuns.follow({ steps: true }).state": {
      answers: (details) => [{ scenarioRun: details["scenarioRun"] }, details],
      call: ({ scenarioRuns }) =>
        Effect.map(state(scenarioRuns.follow(handle, { steps: true })), ({ details }) => details!),
    },
    "ScenarioRunFailed.details": {
      answers: (details) => [
        triggerFire.in("minimal"),
        { scenarioRun: failed(details["scenarioRun"] as Json) },
        details,
      ],
      call: ({ scenarioRuns }) =>
        Effect.flatMap(
          Effect.flip(scenarioRuns.run(...ids)),
          (error) =>
            error._tag === "ScenarioRunFailed" && error.details !== undefined
              ? Effect.succeed(error.details)
              : Effect.fail(error),
        ),
    },
  },
  accessors: [
    ScenarioRunDetails.firstError,
    ScenarioRunDetails.jobIds,
    ScenarioRunDetails.lastStep,
    (details) => ScenarioRunDetails.steps(details).map(StepRun.outcome),
    (details) => ScenarioRunDetails.steps(details).map(StepRun.startedAt),
    (details) => ScenarioRunDetails.steps(details).map(StepRun.endedAt),
  ],
});

itIsReturned("the testing status of a project", {
  document: testingStatus,
  schema: TestingStatus,
  through: {
    "ScenarioRuns.testingStatus": { call: ({ scenarioRuns }) => scenarioRuns.testingStatus("SALES") },
  },
});

describe("what DSS stores of the fire of a run", () => {
  const run = { scenario: { projectKey: "SALES", id: "NIGHTLY_BUILD" }, runId, start: 1759333198021 };
  it.effect.each([
    undefined,
    null,
    "manual",
    7,
    ["manual"],
    {},
    { trigger: null },
    { trigger: "manual" },
    { trigger: { type: "manual" } },
  ])("may be anything, as %o, and is kept", (trigger) =>
    Effect.gen(function* () {
      const document = trigger === undefined ? run : { ...run, trigger };
      const decoded = yield* Schema.decodeUnknownEffect(ScenarioRun)(document);
      expect(ScenarioRun.trigger(decoded)).toBeUndefined();
      expect(yield* Schema.encodeUnknownEffect(ScenarioRun)(decoded)).toStrictEqual(document);
    }));

  it.effect("is told when it is well-formed, without saying who it was for", () =>
    Effect.gen(function* () {
      const document = { ...run, trigger: triggerFire.in("maximal") };
      const decoded = yield* Schema.decodeUnknownEffect(ScenarioRun)(document);
      expect(ScenarioRun.trigger(decoded)).toMatchObject({ id: "manual", name: "API run" });
      expect(JSON.stringify(decoded)).not.toContain("maria");
    }));

  it.effect("may have a number as its id", () =>
    Effect.gen(function* () {
      const fire = yield* Schema.decodeUnknownEffect(TriggerFire)({ ...triggerFire.in("minimal"), runId: 17 });
      expect(fire.runId).toBe("17");
    }));
});

describe("the first error", () => {
  const failedStep = (more: Json) => ({ step: { id: "a" }, result: { outcome: "FAILED" }, ...more });
  const of = (stepRuns: ReadonlyArray<unknown>, result: unknown = { outcome: "FAILED" }) =>
    Effect.map(
      Schema.decodeUnknownEffect(ScenarioRunDetails)({
        scenarioRun: {
          scenario: { projectKey: "SALES", id: "NIGHTLY_BUILD" },
          runId,
          start: 1759333198021,
          result,
        },
        stepRuns,
      }),
      ScenarioRunDetails.firstError,
    );
  const item = { type: "JOB_EXECUTED", jobId: "j", outcome: "FAILED", thrown: { title: "from the job" } };

  it.effect("is what the first failed step says, before its report", () =>
    Effect.gen(function* () {
      const steps = [
        { step: { id: "before" }, result: { outcome: "SUCCESS" } },
        failedStep({
          result: { outcome: "FAILED", thrown: { title: "from the step" } },
          additionalReportItems: [item],
        }),
      ];
      expect(yield* of(steps)).toMatchObject({ step: { id: "a" }, thrown: { title: "from the step" }, jobId: "j" });
    }));

  it.effect("is what the first failed item of its report says, even of a step that goes on", () =>
    Effect.gen(function* () {
      const done = { ...item, outcome: "SUCCESS", thrown: { title: "no failure" } };
      expect(yield* of([{ step: { id: "a" }, additionalReportItems: [done, item] }])).toMatchObject({
        thrown: { title: "from the job" },
        jobId: "j",
      });
    }));

  it.effect("names the step when nothing is said", () =>
    Effect.gen(function* () {
      expect(yield* of([failedStep({ additionalReportItems: null })])).toEqual({ step: { id: "a" } });
    }));

  const title = (title: string) => ({ title });
  const tried = (id: string, outcome: string | undefined, words?: string) => ({
    step: { id },
    ...(outcome === undefined ? {} : { result: { outcome, ...(words === undefined ? {} : { thrown: title(words) }) } }),
  });
  const failedRun = { outcome: "FAILED", thrown: title("from the run") };
  const succeededAtLast = { ...tried("a", "SUCCESS"), additionalReportItems: [item, { ...item, outcome: "SUCCESS" }] };
  const table: ReadonlyArray<readonly [string, ReadonlyArray<unknown>, unknown, unknown]> = [
    ["the words of the run when the step has none", [failedStep({})], failedRun, {
      step: { id: "a" },
      thrown: title("from the run"),
    }],
    ...[null, {}, title(""), { title: null, message: " " }].map((thrown) =>
      [
        `the words of the run when those of the step are ${JSON.stringify(thrown)}`,
        [failedStep({ result: { outcome: "FAILED", thrown } })],
        failedRun,
        { step: { id: "a" }, thrown: title("from the run") },
      ] as const
    ),
    [
      "the words of the report before those of the run",
      [failedStep({ additionalReportItems: [{ ...item, thrown: null }, item] })],
      failedRun,
      { step: { id: "a" }, thrown: item.thrown, jobId: "j" },
    ],
    [
      "the job that failed, in the words of the run",
      [
        failedStep({ additionalReportItems: [{ ...item, thrown: null }] }),
      ],
      failedRun,
      { step: { id: "a" }, thrown: title("from the run"), jobId: "j" },
    ],
    [
      "the empty words of the step when the run has none",
      [
        failedStep({ result: { outcome: "FAILED", thrown: { code: null } } }),
      ],
      { outcome: "FAILED", thrown: {} },
      { step: { id: "a" }, thrown: { code: null } },
    ],
    [
      "not of a try after which the step succeeded",
      [
        tried("a", "FAILED", "at first"),
        tried("a", "SUCCESS"),
        tried("b", "FAILED", "for good"),
      ],
      failedRun,
      { step: { id: "b" }, thrown: title("for good") },
    ],
    [
      "not of a try after which the step ended with warnings",
      [
        tried("a", "FAILED", "at first"),
        tried("a", "WARNING"),
        tried("b", "FAILED", "for good"),
      ],
      failedRun,
      { step: { id: "b" }, thrown: title("for good") },
    ],
    [
      "not of a try that is being repeated",
      [
        tried("a", "FAILED", "at first"),
        tried("a", undefined),
      ],
      null,
      undefined,
    ],
    [
      "of the first try when the last one failed too",
      [
        tried("a", "FAILED", "at first"),
        tried("a", "FAILED", "at last"),
      ],
      failedRun,
      { step: { id: "a" }, thrown: title("at first") },
    ],
    [
      "of the first try when the last one was aborted",
      [
        tried("a", "FAILED", "at first"),
        tried("a", "ABORTED"),
      ],
      failedRun,
      { step: { id: "a" }, thrown: title("at first") },
    ],
    ["not of a job that a step ran again", [succeededAtLast, tried("b", "FAILED", "for good")], failedRun, {
      step: { id: "b" },
      thrown: title("for good"),
    }],
    [
      "of the run when all steps succeeded in the end",
      [
        tried("a", "FAILED", "at first"),
        tried("a", "SUCCESS"),
        { ...succeededAtLast, step: { id: "b" } },
      ],
      failedRun,
      { thrown: title("from the run") },
    ],
    [
      "none of a run that succeeded on retry",
      [
        tried("a", "FAILED", "at first"),
        tried("a", "SUCCESS"),
      ],
      { outcome: "SUCCESS" },
      undefined,
    ],
    [
      "of each step that has no id, because nothing tells tries apart",
      [
        { step: {}, result: { outcome: "FAILED", thrown: title("at first") } },
        { step: {}, result: { outcome: "SUCCESS" } },
      ],
      failedRun,
      { step: {}, thrown: title("at first") },
    ],
  ];
  it.effect.each(table)("is %s", ([, steps, result, expected]) =>
    Effect.gen(function* () {
      expect(yield* of(steps, result)).toEqual(expected);
    }));

  it.effect("of a run is in the message of its failure", () =>
    Effect.gen(function* () {
      const details = yield* Schema.decodeUnknownEffect(ScenarioRunDetails)({
        scenarioRun: {
          scenario: { projectKey: "SALES", id: "NIGHTLY_BUILD" },
          runId,
          start: 1759333198021,
          result: failedRun,
        },
        stepRuns: [tried("a", "FAILED", "at first"), tried("a", "SUCCESS"), tried("b", "FAILED")],
      });
      const token = { kind: "scenario-run", version: 1, dss: "https://dss.test", ids: [] } as const;
      expect(new ScenarioRunFailed({ token, run: details.scenarioRun, details }).message).toBe(
        `Scenario NIGHTLY_BUILD of SALES ended as FAILED (step b: from the run): see the log of its run ${runId}`,
      );
    }));

  it.effect("is what the run says when no step failed", () =>
    Effect.gen(function* () {
      const thrown = { title: "from the run" };
      expect(yield* of([], { outcome: "FAILED", thrown })).toEqual({ thrown });
      expect(yield* of([], { outcome: "ABORTED", thrown: null })).toBeUndefined();
    }));
});
