import { describe, expect, it } from "@effect/vitest";
import { Effect, Option, Stream } from "effect";
import {
  DatasetMetrics,
  Datasets,
  type DssError,
  type Invalid,
  Jobs,
  ManagedFolderFiles,
  ManagedFolderMetrics,
  MetricValue,
  MetricValues,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, json, Received } from "../fixtures/dss_server.ts";
import { during } from "../fixtures/virtual_time.ts";

const [key, orders, folder] = ["SALES", "orders_raw", "aB3kQ9xZ"];
const columns = "basic:COUNT_COLUMNS";

describe("values of metrics", () => {
  const values: ReadonlyArray<readonly [dataType: string | null, value: string | null, scalar: unknown]> = [
    ["BIGINT", "5", 5],
    ["BIGINT", "-12", -12],
    ["BIGINT", "+12", 12],
    ["BIGINT", "9007199254740993", 9007199254740993n],
    ["BIGINT", "-9223372036854775808", -9223372036854775808n],
    ["BIGINT", "5.0", 5],
    ["BIGINT", "many", "many"],
    ["BIGINT", "", ""],
    ["DOUBLE", "5.5", 5.5],
    ["DOUBLE", "1.0E-7", 1e-7],
    ["DOUBLE", "NaN", "NaN"],
    ["DOUBLE", "Infinity", "Infinity"],
    ["DOUBLE", "1e400", "1e400"],
    ["DOUBLE", " ", " "],
    ["BOOLEAN", "true", true],
    ["BOOLEAN", "False", false],
    ["BOOLEAN", "maybe", "maybe"],
    ["STRING", "5", "5"],
    ["ARRAY", "[1,2]", "[1,2]"],
    ["ADDED_LATER", "5", "5"],
    [null, "5", "5"],
    ["BIGINT", null, undefined],
  ];

  it.each(values)("of type %s with the text %o are %o", (dataType, value, scalar) => {
    expect(MetricValue.scalar({ dataType, value })).toBe(scalar);
  });

  const measured: MetricValues = {
    metrics: [
      { metric: { id: "a", dataType: "BIGINT" }, lastValues: [{ partition: "ALL", value: "3" }] },
      {
        metric: { id: "b" },
        lastValues: [
          { partition: "ALL", value: "7", dataType: "BIGINT" },
          { partition: "NP", value: "5", dataType: "BIGINT", computed: 1759312596668 },
          { partition: "2026", value: "1", dataType: "BIGINT" },
        ],
      },
      { metric: { id: "never" }, lastValues: [] },
      { metric: { id: "nothing" }, lastValues: null },
      { metric: { id: "check:CHECK:enough rows" }, lastValues: [{ partition: "NP", value: "OK" }] },
      { metric: { id: "__proto__" }, lastValues: [{ partition: "NP", value: "x" }] },
    ],
  };

  it("are told for the whole, or for a partition", () => {
    expect(MetricValues.last(measured, "b")?.value).toBe("5");
    expect(MetricValue.computedAt(MetricValues.last(measured, "b")!)?.epochMilliseconds).toBe(1759312596668);
    expect(MetricValues.last(measured, "a")?.value).toBe("3");
    expect(MetricValues.last(measured, "b", "2026")?.value).toBe("1");
    for (const id of ["never", "nothing", "unknown"]) expect(MetricValues.last(measured, id)).toBeUndefined();
    expect(MetricValues.last(measured, "a", "2026")).toBeUndefined();
  });

  it("are a record by id", () => {
    expect(Object.entries(MetricValues.byId(measured))).toEqual([
      ["a", 3],
      ["b", 5],
      ["check:CHECK:enough rows", "OK"],
      ["__proto__", "x"],
    ]);
    expect(MetricValues.byId(measured, "2026")).toEqual({ b: 1 });
    expect(MetricValues.checks(measured)).toEqual({ "enough rows": "OK" });
  });
});

describe("metrics of datasets on a simulated DSS", () => {
  it.effect("are known before they were measured, and have a history afterwards", () =>
    Effect.gen(function* () {
      const metrics = yield* DatasetMetrics;
      expect(MetricValues.byId(yield* metrics.last(key, orders))).toEqual({});
      expect((yield* metrics.last(key, orders)).metrics.map(({ metric }) => metric.id)).toContain(columns);
      expect((yield* metrics.compute(key, orders)).computed).toContainEqual(
        { metricId: columns, partition: "NP", value: "7", dataType: "BIGINT" },
      );
      yield* during("1 hour", Effect.sleep("1 hour"));
      yield* metrics.compute(key, orders, { metricIds: [columns] });
      expect(MetricValues.byId(yield* metrics.last(key, orders))).toMatchObject({ [columns]: 7 });
      const values = (yield* metrics.history(key, orders, columns)).values ?? [];
      expect(values.map(({ value }) => value)).toEqual(["7", "7"]);
      expect(Number(values[1]?.time) - Number(values[0]?.time)).toBe(3_600_000);
      expect((yield* metrics.history(key, orders, { id: columns })).values).toEqual(values);
      expect((yield* metrics.history(key, orders, "records:OTHER")).values).toEqual([]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are measured by a build as the settings say", () =>
    Effect.gen(function* () {
      const metrics = yield* DatasetMetrics;
      const jobs = yield* Jobs;
      const build = (dataset: string) =>
        during("1 minute", jobs.run(key, { outputs: [{ type: "DATASET", id: dataset }] } as never));
      const measured = Effect.map(
        metrics.history(key, "orders_prepared", columns),
        ({ values }) => values?.length ?? 0,
      );
      const before = yield* measured;
      yield* build("orders_prepared");
      expect(yield* measured).toBe(before + 1);
      yield* (yield* Datasets).updateSettings(key, "orders_prepared", (settings) => ({
        ...settings,
        metrics: {
          ...(settings as { readonly metrics?: object }).metrics,
          probes: [{ type: "basic", enabled: true, computeOnBuildMode: "NO" }],
        },
      }));
      yield* build("orders_prepared");
      expect(yield* measured).toBe(before + 1);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("go with a dataset that gets another name, and not to another one of its name", () =>
    Effect.gen(function* () {
      const metrics = yield* DatasetMetrics;
      const datasets = yield* Datasets;
      yield* metrics.compute(key, orders);
      yield* datasets.rename(key, orders, "orders_old");
      expect(MetricValues.byId(yield* metrics.last(key, "orders_old"))).toMatchObject({ [columns]: 7 });
      yield* datasets.delete(key, "orders_old");
      yield* datasets.create(key, "orders_old", { type: "UploadedFiles", params: {} } as never);
      expect(MetricValues.byId(yield* metrics.last(key, "orders_old"))).toEqual({});
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are judged by checks, whose outcomes are metrics", () =>
    Effect.gen(function* () {
      const metrics = yield* DatasetMetrics;
      const range = (label: string, bounds: object) => ({
        type: "numericRange",
        metricId: columns,
        meta: { label },
        ...bounds,
      });
      yield* metrics.runChecks(key, orders, {
        checks: [
          range("fine", { minimum: 5, minimumEnabled: true, maximum: 3 }),
          range("too many", { maximum: 3, maximumEnabled: true }),
          range("rather many", { maximum: 9, maximumEnabled: true, softMaximum: 6, softMaximumEnabled: true }),
          { type: "valueSet", metricId: columns, meta: { label: "in a set" }, values: ["7"] },
          { type: "numericRange", metricId: "no:SUCH", meta: { label: "of nothing" } },
        ],
      });
      expect(MetricValues.checks(yield* metrics.last(key, orders))).toEqual({
        "fine": "OK",
        "too many": "ERROR",
        "rather many": "WARNING",
        "in a set": "OK",
        "of nothing": "EMPTY",
      });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("that cannot be are refused", () =>
    Effect.gen(function* () {
      const metrics = yield* DatasetMetrics;
      const reasonOf = <A>(call: Effect.Effect<A, unknown>) =>
        Effect.map(Effect.flip(call), (error) => (error as DssError).reason);
      expect((yield* reasonOf(metrics.last(key, "no_such")))._tag).toBe("NotFound");
      expect(yield* reasonOf(metrics.compute(key, orders, { metricIds: ["no:SUCH"] }))).toMatchObject({
        _tag: "Invalid",
        detail: expect.stringContaining("ERR_DATASET_INVALID_METRIC_IDENTIFIER"),
      });
      expect((yield* reasonOf(metrics.compute(key, orders, { partition: "2026" })))._tag).toBe("Invalid");
      const both = yield* reasonOf(metrics.compute(key, orders, { metricIds: [columns], probes: { probes: [] } }));
      expect((both as Invalid).detail).toBe("metricIds and probes are both given, expected one of them");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("that fail or take long end as every task does", () =>
    Effect.gen(function* () {
      const metrics = yield* DatasetMetrics;
      const { script } = yield* Simulator;
      yield* script(`metrics/${key}.${orders}`, { end: "fail", seconds: 20 });
      const failed = yield* during("1 hour", Effect.flip(metrics.compute(key, orders)));
      expect(failed.message).toContain("ERR_METRIC_DATASET_COMPUTATION_FAILED");
      yield* script(`metrics/${key}.${orders}`, { end: "done", seconds: 60 });
      const operation = yield* metrics.startCompute(key, orders);
      expect(Option.isSome(operation.token)).toBe(true);
      expect((yield* during("1 hour", operation.result)).computed).not.toEqual([]);
    }).pipe(Effect.provide(Simulator.layer())));
});

describe("metrics of managed folders on a simulated DSS", () => {
  it.effect("follow the files", () =>
    Effect.gen(function* () {
      const metrics = yield* ManagedFolderMetrics;
      const files = yield* ManagedFolderFiles;
      const measured = Effect.andThen(
        metrics.compute(key, folder),
        Effect.map(metrics.last(key, folder), (values) => MetricValues.byId(values)),
      );
      const before = yield* measured;
      expect(before["basic:COUNT_FILES"]).toBe(2);
      yield* files.write(key, folder, "/more.txt", new TextEncoder().encode("12345"));
      const after = yield* measured;
      expect(after["basic:COUNT_FILES"]).toBe(3);
      expect(Number(after["basic:SIZE"]) - Number(before["basic:SIZE"])).toBe(5);
      expect((yield* metrics.history(key, folder, "basic:COUNT_FILES")).values?.map(({ value }) => value))
        .toEqual(["2", "3"]);
      expect((yield* metrics.startCompute(key, folder, { metricIds: ["basic:SIZE"] })).token).toEqual(Option.none());
    }).pipe(Effect.provide(Simulator.layer())));
});

it.effect("what older versions answer without a future is a result too", () =>
  Effect.gen(function* () {
    const metrics = yield* DatasetMetrics;
    expect(yield* metrics.compute(key, orders)).toEqual({ computed: [], skipped: ["x"] });
    const states = yield* Stream.runCollect((yield* metrics.startCompute(key, orders)).states);
    expect(states.at(-1)?.isFinal).toBe(true);
  }).pipe(Effect.provide(dssServer(() => json({ computed: [], skipped: ["x"] })))));

it.effect("the partition goes where DSS looks for it", () =>
  Effect.gen(function* () {
    const metrics = yield* DatasetMetrics;
    yield* metrics.last(key, orders, { partition: "2026-01/a b" });
    yield* metrics.history(key, orders, columns, { partition: "2026" });
    const received = (yield* Received).requests.map(({ target }) => target.slice(target.indexOf("/datasets/")));
    expect(received).toEqual([
      "/datasets/orders_raw/metrics/last/2026-01%2Fa%20b",
      "/datasets/orders_raw/metrics/history/2026?metricLookup=basic%3ACOUNT_COLUMNS",
    ]);
  }).pipe(Effect.provide(dssServer(() => json({ metrics: [], values: [] })))));
