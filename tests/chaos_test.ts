import { describe, expect, it } from "@effect/vitest";
import { Data, Effect, Fiber } from "effect";
import { TestClock } from "effect/testing";
import { buildJob, type DssError, type ServiceRecord } from "../mod.ts";
import { Simulator } from "../src/simulator/mod.ts";
import { play } from "./chaos/play.ts";
import { makeProgram } from "./chaos/program.ts";
import { type Environment, type Journey, journey } from "./chaos/environment.ts";

describe("chaos", () => {
  it("in some seeds, nothing is violated", async () => {
    const ends = new Set<string>();
    for (let seed = 1; seed <= 100; seed++) {
      const played = await play(seed);
      expect(played.violations, `seed ${seed}`).toEqual([]);
      for (const end of played.ends) ends.add(end);
    }
    // There are faults enough.
    for (const end of ["ok", "interrupted", "OutcomeUnknown", "FutureLost", "Unavailable", "JobFailed"]) {
      expect(ends).toContain(end);
    }
  }, 60_000);

  it("a seed replays exactly, and another one does not", async () => {
    const traces = new Set<string>();
    for (let seed = 201; seed <= 220; seed++) {
      const [once, again] = [await play(seed), await play(seed)];
      expect(again).toEqual(once);
      traces.add(once.trace.join("\n"));
    }
    expect(traces.size).toBe(20);
  }, 60_000);
});

class Undeclared extends Data.TaggedError("Undeclared")<{ readonly message: string }> {}

const build = ({ jobs }: ServiceRecord, { dataset }: Environment) =>
  jobs.start(dataset.projectKey, buildJob(dataset.id));

/** Programs that do what must not be done. */
const culprits: ReadonlyArray<readonly [violation: RegExp, culprit: Journey]> = [
  [/it does not end/, journey<never>("wait for ever", {}, () => Effect.never)],
  [/its error Undeclared is not declared/, {
    ...journey<never>("fail", {}, () => Effect.never),
    go: () => Effect.fail(new Undeclared({ message: "so" })),
  }],
  [/it died: .*not so/, journey<never>("die", {}, () => Effect.die(new Error("not so")))],
  [/it shows c4nary/, journey<never>("tell a secret", {}, () => Effect.logInfo("the key is c4nary"))],
  [/\d+ fibers live on/, journey<never>("leave a fiber", {}, () => Effect.forkDetach(Effect.never))],
  [
    /it ended \d+ s after its interruption/,
    journey<never>("stay", {}, () => Effect.ensuring(Effect.never, Effect.sleep("2 hours"))),
  ],
  [
    /POST \/projects\/\w+\/jobs\/ was done 2 times, intended 1 times/,
    journey<DssError>("start again", { DssError: true }, (environment) => {
      environment.intend("POST", `/projects/${environment.dataset.projectKey}/jobs/`);
      return Effect.andThen(build(environment.first, environment), build(environment.second, environment));
    }),
  ],
  [
    /more than 100 requests came within a second/,
    journey<never>(
      "storm",
      {},
      ({ first }) =>
        Effect.all(Array.from({ length: 300 }, () => Effect.exit(first.futures.list())), { concurrency: "unbounded" }),
    ),
  ],
  [
    /[A-Z.]+ was aborted without a look/,
    journey<DssError>(
      "abort what runs",
      { DssError: true },
      ({ first, scenario: { projectKey, id }, intend, marker }) => {
        intend("POST", `/projects/${projectKey}/scenarios/${id}/run`);
        return first.scenarioRuns.start(projectKey, id, { params: { marker } }).pipe(
          Effect.andThen(Effect.sleep("3 seconds")),
          Effect.andThen(first.scenarioRuns.abort(projectKey, id)),
        );
      },
    ),
  ],
  [
    /a claim is wrong/,
    journey<never>(
      "claim something",
      {},
      (environment) => Effect.sync(() => environment.claim(() => "a claim is wrong")),
    ),
  ],
];

describe("a violation is seen", () => {
  it.each(culprits)("%s", async (violation, culprit) => {
    const found: Array<string> = [];
    for (let seed = 1; seed <= 60; seed++) {
      const { violations } = await play(seed, [[{ ...culprit }]]);
      found.push(...violations);
      if (violations.some((what) => violation.test(what))) return;
    }
    expect(found.join("\n")).toMatch(violation);
  });

  it.effect("a request that a connection has kept", () =>
    Effect.gen(function* () {
      const simulator = yield* Simulator.make();
      const { services, leaks } = yield* makeProgram(simulator, { concurrency: 2, deadline: "1 hour" });
      expect(yield* leaks).toEqual([]);
      yield* simulator.inject("stalled header");
      const fiber = yield* Effect.forkChild(services.futures.list());
      yield* TestClock.adjust("1 second");
      expect(yield* leaks).toEqual(["1 requests are under way"]);
      yield* Fiber.interrupt(fiber);
      expect(yield* leaks).toEqual([]);
    }));
});
