import { describe, expect, it } from "@effect/vitest";
import { Effect, Metric } from "effect";
import { buildJob, Dss, DssMetrics, get, Jobs, path } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, failure, json, reset } from "../fixtures/dss_server.ts";
import { during } from "../fixtures/virtual_time.ts";

const call = Effect.flatMap(Dss, (dss) => dss.text("Metrics.test", get(path`/m/${"id"}`)));
const route = "/m/{}";

const counted = (metric: Metric.Counter<number>, attributes: Record<string, string>) =>
  Effect.map(Metric.value(Metric.withAttributes(metric, attributes)), ({ count }) => count);

describe("metrics of a connection", () => {
  it.effect("count calls by their ends, and attempts after the first", () =>
    Effect.gen(function* () {
      const seen = { method: "Metrics.test", route };
      const before = yield* counted(DssMetrics.calls, { ...seen, outcome: "success" });
      yield* during(
        "1 minute",
        call.pipe(Effect.provide(dssServer((_, nth) => nth < 3 ? reset : json({}), { metrics: true }))),
      );
      yield* Effect.flip(Effect.provide(call, dssServer(() => failure(403, "X", "no"), { metrics: true })));
      expect(yield* counted(DssMetrics.calls, { ...seen, outcome: "success" })).toBe(before + 1);
      expect(yield* counted(DssMetrics.calls, { ...seen, outcome: "Forbidden" })).toBe(1);
      expect(yield* counted(DssMetrics.retries, { method: "Metrics.test", reason: "Unreachable" })).toBe(2);
      const { count, max } = yield* Metric.value(
        Metric.withAttributes(DssMetrics.callDuration, { method: "Metrics.test" }),
      );
      expect([count, max > 100]).toEqual([2, true]);
    }));

  it.effect("measure how long operations are waited for", () =>
    Effect.gen(function* () {
      const attributes = { kind: "job", end: "success" };
      const before = yield* Metric.value(Metric.withAttributes(DssMetrics.waits, attributes));
      const jobs = yield* Jobs;
      yield* during("1 hour", jobs.run("LOGISTICS", buildJob("parcels_prepared")));
      const after = yield* Metric.value(Metric.withAttributes(DssMetrics.waits, attributes));
      expect(after.count).toBe(before.count + 1);
      expect(after.sum - before.sum).toBeGreaterThan(4000);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are not touched by a connection that does not ask for them", () =>
    Effect.gen(function* () {
      const attributes = { method: "Metrics.quiet", route, outcome: "success" };
      const quiet = Effect.flatMap(Dss, (dss) => dss.text("Metrics.quiet", get(path`/m/${"id"}`)));
      yield* Effect.provide(quiet, dssServer(() => json({})));
      expect(yield* counted(DssMetrics.calls, attributes)).toBe(0);
    }));
});
