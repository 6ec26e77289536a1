import { describe, expect, it } from "@effect/vitest";
import { Effect, Option } from "effect";
import { buildJob, Futures, type FutureState, Jobs, type Token } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, json, Received } from "../fixtures/dss_server.ts";
import { during } from "../fixtures/virtual_time.ts";

const dss = "https://dss.test";
const jobToken: Token = { kind: "job", version: 1, dss, ids: ["SALES", "a/b"] };
const futureToken: Token = { kind: "future", version: 1, dss, ids: ["abc"] };
const server = dssServer(() => json({ unknown: true }));

describe("a token", () => {
  it.effect("goes through JSON, and resumes what it names", () =>
    Effect.gen(function* () {
      const jobs = yield* Jobs;
      const futures = yield* Futures;
      const job = yield* jobs.start("SALES", buildJob("orders_joined"));
      const task = (yield* (yield* Simulator).startTask({ seconds: 5, result: 7 })) as FutureState;
      const future = yield* futures.follow(task);
      const text = JSON.stringify([Option.getOrThrow(job.token), Option.getOrThrow(future.token)]);
      const [first, second] = JSON.parse(text);
      const resumed = yield* jobs.resume(first);
      expect(resumed.token).toEqual(job.token);
      expect((yield* during("1 minute", resumed.result)).baseStatus.def.id).toBe(job.jobId);
      expect(second).toEqual({ kind: "future", version: 1, dss: "http://dss.simulator", ids: [task.jobId] });
      expect(yield* Effect.map(futures.resume(second), ({ token }) => token)).toEqual(future.token);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("holds ids and the address, and no secret", () =>
    Effect.gen(function* () {
      const { token } = yield* (yield* Jobs).attach("P/1", "j");
      expect(Option.getOrThrow(token)).toEqual({ kind: "job", version: 1, dss, ids: ["P/1", "j"] });
    }).pipe(Effect.provide(server)));

  it.effect("of a DSS behind a path belongs to that path", () =>
    Effect.gen(function* () {
      const { token } = yield* (yield* Futures).attach("abc");
      expect(Option.getOrThrow(token).dss).toBe("https://gateway.test/design");
      const error = yield* Effect.flip((yield* Futures).resume({ ...futureToken, dss: "https://gateway.test" }));
      expect(error._tag).toBe("TokenInvalid");
    }).pipe(Effect.provide(dssServer(() => json({}), { url: "https://gateway.test/design/" }))));

  it.effect("is refused before anything is sent when it is no id of this DSS", () =>
    Effect.gen(function* () {
      const { reason } = yield* Effect.flip((yield* (yield* Jobs).attach("..", "j")).state);
      expect(reason._tag).toBe("Invalid");
      expect((yield* Received).requests).toHaveLength(0);
    }).pipe(Effect.provide(server)));
});

describe("what is not a token", () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const wrong: ReadonlyArray<readonly [unknown, RegExp]> = [
    [undefined, /it is a undefined/],
    [null, /it is null/],
    ["abc", /it is a string/],
    [[], /its kind is missing/],
    [{}, /its kind is missing, expected "future"/],
    [jobToken, /its kind is "job", expected "future"/],
    [{ ...futureToken, version: 2 }, /its version is 2, expected 1/],
    [{ ...futureToken, version: "1" }, /its version is "1"/],
    [
      { ...futureToken, dss: "https://other.test" },
      /its instance is "https:\/\/other.test", this is "https:\/\/dss.test"/,
    ],
    [{ ...futureToken, dss: undefined }, /its instance is missing/],
    [{ ...futureToken, ids: [] }, /its ids are \[\], expected 1/],
    [{ ...futureToken, ids: ["a", "b"] }, /expected 1/],
    [{ ...futureToken, ids: [""] }, /its ids are \[""\]/],
    [{ ...futureToken, ids: [7] }, /its ids are \[7\]/],
    [{ ...futureToken, ids: "abc" }, /its ids are "abc"/],
    [{ ...futureToken, kind: 1n }, /its kind is 1n/],
    [{ ...futureToken, kind: circle }, /its kind is /],
    [{ ...futureToken, ids: Array.from({ length: 1000 }, () => "a") }, /its ids are .{1,200},/],
  ];
  it.effect.each(wrong)("%o", ([token, says]) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* Futures).resume(token));
      expect(error._tag).toBe("TokenInvalid");
      expect(error.message).toMatch(says);
      expect(error.message).not.toContain("\n");
      expect((yield* Received).requests).toHaveLength(0);
    }).pipe(Effect.provide(server)));

  it.effect("a future's, for a job", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* Jobs).resume(futureToken));
      expect(error.detail).toBe('its kind is "future", expected "job"');
      expect(yield* Effect.map((yield* Jobs).resume(jobToken), ({ jobId }) => jobId)).toBe("a/b");
    }).pipe(Effect.provide(server)));
});
