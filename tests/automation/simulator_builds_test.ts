import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { Dss, path, post } from "../../src/mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { type Json, read, send } from "../fixtures/simulated_scenarios.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, Dss | Simulator>) => Effect.provide(test, Simulator.layer());

const joined = { type: "DATASET", id: "orders_joined" };

/** Builds that make no sense, each with words of its refusal. */
const nonsense: ReadonlyArray<readonly [what: string, definition: Json, words: RegExp]> = [
  ["nothing", { outputs: [] }, /nothing to build/],
  ["no outputs", {}, /nothing to build/],
  ["an unknown type", { type: "BUILD_ALL", outputs: [joined] }, /no type of build BUILD_ALL.*RECURSIVE_BUILD/],
  ["an empty type", { type: "", outputs: [joined] }, /no type of build/],
  ["a type in lower case", { type: "recursive_build", outputs: [joined] }, /no type of build recursive_build/],
  ["a partition where there are none", { outputs: [{ ...joined, partition: "2025-10-01" }] }, /not partitioned/],
  ["a partition of one output of two", { outputs: [joined, { ...joined, partition: "x" }] }, /not partitioned/],
  ["a dataset without a name", { outputs: [{ type: "DATASET" }] }, /needs an id/],
];

describe("a build that makes no sense", () => {
  it.effect.each(nonsense)("is refused: %s", ([, definition, words]) =>
    simulated(Effect.gen(function* () {
      const jobs = path`/projects/SALES/jobs/`;
      const before = yield* read<ReadonlyArray<unknown>>(jobs);
      const dss = yield* Dss;
      const { reason } = yield* Effect.flip(dss.text("Test.build", post(jobs, { json: definition })));
      expect(reason._tag).toBe("Invalid");
      expect(reason.message).toMatch(words);
      expect(yield* read<ReadonlyArray<unknown>>(jobs)).toHaveLength(before.length);
    })));

  it.effect.each([
    ["NP", "orders_joined"],
    ["", "orders_joined"],
    ["NP", "features"],
    ["2025-10-01", "features"],
    ["2025-10-01,2025-10-02", "features"],
  ])("and one that does is not: partition %j of %s", ([partition, id]) =>
    simulated(Effect.gen(function* () {
      const project = id === "features" ? "CHURN" : "SALES";
      const job = yield* send(path`/projects/${project}/jobs/`, { outputs: [{ type: "DATASET", id, partition }] });
      expect(job.id).toMatch(/^Build_/);
    })));
});
