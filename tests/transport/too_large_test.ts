import { describe, expect, it } from "@effect/vitest";
import { Effect, Stream } from "effect";
import { CodeEnvs, type DssError, InstanceLogs, Jobs, ScenarioRuns, TooLarge } from "../../mod.ts";
import { dssServer, Received, streamed } from "../fixtures/dss_server.ts";

describe("an answer that does not fit into memory", () => {
  const body = "a line of the log\n".repeat(100);
  const logs = [
    [
      "Jobs.logStream",
      Effect.flatMap(Jobs, (jobs) => jobs.log("SALES", "j")),
      Stream.unwrap(Effect.map(Jobs, (jobs) => jobs.logStream("SALES", "j"))),
    ],
    [
      "Jobs.logStream",
      Effect.flatMap(Jobs, (jobs) => jobs.log("SALES", "j", { activity: "a" })),
      Stream.unwrap(Effect.map(Jobs, (jobs) => jobs.logStream("SALES", "j", { activity: "a" }))),
    ],
    [
      "ScenarioRuns.logStream",
      Effect.flatMap(ScenarioRuns, (runs) => runs.log("SALES", "s", "r")),
      Stream.unwrap(Effect.map(ScenarioRuns, (runs) => runs.logStream("SALES", "s", "r"))),
    ],
    [
      "ScenarioRuns.logStream",
      Effect.flatMap(ScenarioRuns, (runs) => runs.log("SALES", "s", "r", { step: "t" })),
      Stream.unwrap(Effect.map(ScenarioRuns, (runs) => runs.logStream("SALES", "s", "r", { step: "t" }))),
    ],
    [
      "CodeEnvs.logStream",
      Effect.flatMap(CodeEnvs, (envs) => envs.log("PYTHON", "e", "l")),
      Stream.unwrap(Effect.map(CodeEnvs, (envs) => envs.logStream("PYTHON", "e", "l"))),
    ],
    [
      "InstanceLogs.stream",
      Effect.flatMap(InstanceLogs, (logs) => logs.read("backend.log")),
      Stream.unwrap(Effect.map(InstanceLogs, (logs) => logs.stream("backend.log"))),
    ],
  ] as const;

  it.effect.each(logs)(
    "is had with `%s`, which asks for the same",
    ([method, whole, stream]) =>
      Effect.gen(function* () {
        const { reason } = yield* Effect.flip(whole as Effect.Effect<unknown, DssError, Jobs>);
        expect(reason).toEqual(new TooLarge({ limit: 1000, streamedBy: method }));
        expect(reason.message).toBe(
          "The answer is larger than 1000 bytes: raise `maxBodyBytes` in the options, " +
            `or use \`${method}\`, which gives the bytes as they come`,
        );
        const text = yield* Stream.mkString(
          Stream.decodeText(stream as Stream.Stream<Uint8Array, DssError, Jobs>),
        );
        expect(text).toBe(body);
        const { lines } = yield* Received;
        expect(lines).toHaveLength(2);
        expect(lines[1]).toBe(lines[0]);
      }).pipe(Effect.provide(dssServer(() => streamed(Stream.make(body)), { maxBodyBytes: 1000 }))),
  );

  it.effect("in another way is not advised to stream it", () =>
    Effect.gen(function* () {
      const { message } = yield* Effect.flip(Effect.flatMap(Jobs, (jobs) => jobs.list("SALES")));
      expect(message).toBe(
        "Jobs.list: The answer is larger than 1000 bytes: raise `maxBodyBytes` in the options",
      );
    }).pipe(Effect.provide(dssServer(() => streamed(Stream.make(body)), { maxBodyBytes: 1000 }))));
});
