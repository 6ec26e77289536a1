import { describe, expect, it } from "@effect/vitest";
import { Effect, Schema, Stream } from "effect";
import { buildJob, Jobs } from "../../mod.ts";
import { logStart, newLines } from "../../services/automation/job_log.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, empty, json, reset } from "../fixtures/dss_server.ts";
import { HttpServerResponse } from "effect/http";
import { during } from "../fixtures/virtual_time.ts";

/** The lines that are handed out of a log that is seen so, one look after the other. */
const followed = (...looks: ReadonlyArray<string>): ReadonlyArray<string> => {
  let position = logStart;
  return looks.flatMap((log, index) => {
    const [lines, next] = newLines(log, position, index === looks.length - 1);
    position = next;
    return lines;
  });
};

describe("new lines of a log", () => {
  it("each once, and only whole ones before the end", () => {
    expect(followed("a\nb", "a\nbc\nd\n", "a\nbc\nd\ne")).toEqual(["a", "bc", "d", "e"]);
  });

  it("empty lines and both kinds of line ends are kept apart", () => {
    expect(followed("a\r\n\r\n", "a\r\n\r\nb\n\n")).toEqual(["a", "", "b", ""]);
    expect(followed("", "", "")).toEqual([]);
    expect(followed("\n", "\n\n")).toEqual(["", ""]);
  });

  it("a log that begins anew is handed out from its beginning", () => {
    expect(followed("a\nb\n", "c\n", "c\nd\n")).toEqual(["a", "b", "c", "d"]);
    expect(followed("a\nb\n", "x\ny\nz\n")).toEqual(["a", "b", "x", "y", "z"]);
  });

  it.prop("seen in any pieces, they are the lines of the whole", [
    Schema.Array(Schema.String),
    Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 200 }))),
  ], ([texts, cuts]) => {
    const whole = texts.map((text) => `${text.replaceAll(/[\r\n]/g, "¶")}\n`).join("");
    const looks = cuts.toSorted((a, b) => a - b).map((cut) => whole.slice(0, cut));
    const lines = whole === "" ? [] : whole.slice(0, -1).split("\n");
    return JSON.stringify(followed(...looks, whole)) === JSON.stringify(lines);
  }, { arbitrary: { runs: 500 } });
});

describe("following the log of a job", () => {
  const job = buildJob("orders_joined", { type: "RECURSIVE_FORCED_BUILD" });

  it.effect("gives each line once, to the end, and that is the whole log", () =>
    Effect.gen(function* () {
      const jobs = yield* Jobs;
      const { jobId } = yield* jobs.start("SALES", job);
      const lines = yield* during("1 minute", Stream.runCollect(jobs.followLog("SALES", jobId)));
      expect(`${lines.join("\n")}\n`).toBe(yield* jobs.log("SALES", jobId));
      expect(lines.at(-1)).toContain("Job ended: DONE");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("of one activity, and of a job that has ended", () =>
    Effect.gen(function* () {
      const jobs = yield* Jobs;
      const activity = "compute_orders_joined_NP";
      const { jobId } = yield* jobs.start("SALES", job);
      const lines = yield* during("1 minute", Stream.runCollect(jobs.followLog("SALES", jobId, { activity })));
      expect(lines.length).toBeGreaterThan(1);
      for (const line of lines) expect(line).toContain(activity);
      expect(yield* Stream.runCollect(jobs.followLog("SALES", jobId, { activity }))).toEqual(lines);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("goes through an outage", () =>
    Effect.gen(function* () {
      const jobs = yield* Jobs;
      const { jobId } = yield* jobs.start("SALES", job);
      yield* (yield* Simulator).inject("unavailable", { skip: 3, times: 30 });
      const lines = yield* during("10 minutes", Stream.runCollect(jobs.followLog("SALES", jobId)));
      expect(`${lines.join("\n")}\n`).toBe(yield* jobs.log("SALES", jobId));
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("fails when the log cannot be had after the end, or may not be read", () =>
    Effect.gen(function* () {
      const follow = Stream.runDrain((yield* Jobs).followLog("P", "j"));
      const error = yield* during("1 hour", Effect.flip(follow));
      expect(error).toMatchObject({ _tag: "DssError", method: "Jobs.followLog", reason: { _tag: "Unreachable" } });
    }).pipe(Effect.provide(dssServer(({ target }) => target.includes("/log") ? reset : ended))));

  it.effect("an empty log has no lines", () =>
    Effect.gen(function* () {
      expect(yield* Stream.runCollect((yield* Jobs).followLog("P", "j"))).toEqual([]);
    }).pipe(Effect.provide(dssServer(({ target }) => target.includes("/log") ? empty() : ended))));

  const logs = (...texts: Array<string>) =>
    Effect.provide(dssServer(({ target }) => {
      if (target.includes("/log")) return HttpServerResponse.text(texts.shift() ?? "");
      return texts.length > 1 ? json({ baseStatus: { def, state: "RUNNING" } }) : ended;
    }));

  it.effect("that comes empty while it grows is asked for again", () =>
    Effect.gen(function* () {
      const lines = Stream.runCollect((yield* Jobs).followLog("P", "j"));
      expect(yield* during("1 minute", lines)).toEqual(["a", "b", "c"]);
    }).pipe(logs("a\nb\n", "", "a\nb\nc\n")));

  it.effect("that comes empty after its end is a failure, not an end", () =>
    Effect.gen(function* () {
      const lines = Stream.runCollect((yield* Jobs).followLog("P", "j"));
      const error = yield* during("1 minute", Effect.flip(lines));
      expect(error).toMatchObject({ method: "Jobs.followLog", reason: { _tag: "UnexpectedContent", found: "empty" } });
    }).pipe(logs("a\nb\n", "")));

  it.effect("text that is not UTF-8 is shown as well as it goes", () =>
    Effect.gen(function* () {
      expect(yield* Stream.runCollect((yield* Jobs).followLog("P", "j"))).toEqual(["caf\ufffd", "ok"]);
    }).pipe(Effect.provide(dssServer(({ target }) =>
      target.includes("/log")
        ? HttpServerResponse.uint8Array(new Uint8Array([0x63, 0x61, 0x66, 0xe9, 0x0a, 0x6f, 0x6b]))
        : ended
    ))));
});

const def = { id: "j", type: "X", projectKey: "P", name: "j", initiator: "m", initiationTimestamp: 1, outputs: [] };
const ended = json({
  baseStatus: { def, state: "DONE" },
});
