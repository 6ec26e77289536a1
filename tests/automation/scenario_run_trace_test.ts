import { describe, expect, it } from "@effect/vitest";
import { Effect, Layer, Option, Tracer } from "effect";
import { type JobStatus, ScenarioRuns, traceRun } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { during } from "../fixtures/virtual_time.ts";

/** The spans that an effect gives to a tracer, as a tree of names. */
const spansOf = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const spans: Array<Tracer.NativeSpan> = [];
    const tracer = Tracer.make({
      span(options) {
        const span = new Tracer.NativeSpan(options);
        spans.push(span);
        return span;
      },
    });
    yield* Effect.provideService(effect, Tracer.Tracer, tracer);
    return spans;
  });

const parentOf = (span: Tracer.NativeSpan): string | undefined =>
  Option.match(span.parent, {
    onNone: () => undefined,
    onSome: (parent) => "name" in parent ? parent.name : parent.spanId,
  });

const details = {
  scenarioRun: {
    scenario: { projectKey: "P", id: "S" },
    runId: "r1",
    start: 1000,
    end: 9000,
    result: { outcome: "FAILED" },
  },
  stepRuns: [
    {
      step: { id: "a", name: "Build", type: "build_flowitem" },
      start: 1000,
      end: 5000,
      result: { outcome: "SUCCESS" },
      additionalReportItems: [{ type: "JOB_EXECUTED", jobId: "J1" }],
    },
    {
      step: { id: "b" },
      start: 5000,
      end: 0,
      result: { outcome: "FAILED", endTime: 6000, thrown: { message: "No space" } },
    },
    { step: { id: "c" }, start: 6000, end: 0 },
  ],
};

const job: JobStatus = {
  baseStatus: {
    def: { id: "J1", projectKey: "P" } as never,
    state: "DONE",
    jobStartTime: 1500,
    jobEndTime: 4000,
    activities: {
      act: { state: "DONE", startTime: 2000, endTime: 3000, recipeName: "compute" },
      never: { startTime: 0 },
    },
  },
};

describe("a run of DSS as spans", () => {
  it.effect("has its steps, their jobs and activities below it, at the times of DSS", () =>
    Effect.gen(function* () {
      const spans = yield* spansOf(Effect.withSpan(traceRun(details as never, [job]), "pipeline"));
      const found = spans.slice(1).map((span) => {
        const { status } = span;
        return [
          `${span.name} < ${parentOf(span)}`,
          status._tag === "Ended"
            ? [Number(status.startTime) / 1e6, Number(status.endTime) / 1e6, status.exit._tag]
            : [],
        ];
      });
      expect(Object.fromEntries(found)).toEqual({
        "scenario P.S < pipeline": [1000, 9000, "Failure"],
        "step Build < scenario P.S": [1000, 5000, "Success"],
        "job J1 < step Build": [1500, 4000, "Success"],
        "activity act < job J1": [2000, 3000, "Success"],
        "step b < scenario P.S": [5000, 6000, "Failure"],
      });
      const [, run] = spans;
      expect(Object.fromEntries(run!.attributes)).toEqual({
        "dataiku.project": "P",
        "dataiku.scenario": "S",
        "dataiku.run": "r1",
        "dataiku.outcome": "FAILED",
      });
    }));

  it.effect("is read with its jobs by the service", () =>
    Effect.gen(function* () {
      const runs = yield* ScenarioRuns;
      const { runId } = yield* during("1 hour", runs.run("SALES", "NIGHTLY_BUILD"));
      const spans = yield* spansOf(runs.trace("SALES", "NIGHTLY_BUILD", runId));
      const names = spans.map(({ name }) => name);
      expect(names).toContain("scenario SALES.NIGHTLY_BUILD");
      expect(names.filter((name) => name.startsWith("activity"))).toHaveLength(2);
      expect(spans.every(({ status }) => status._tag === "Ended")).toBe(true);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("is nothing without a tracer", () => traceRun(details as never, [job]));
});

it.effect("a run that is not there cannot be traced", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip((yield* ScenarioRuns).trace("SALES", "NIGHTLY_BUILD", "none"));
    expect(error.reason._tag).toBe("NotFound");
  }).pipe(Effect.provide(Layer.fresh(Simulator.layer()))));
