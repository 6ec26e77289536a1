import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import {
  addColumn,
  addPartitionDimension,
  applyDetection,
  csvFormat,
  type DatasetDetection,
  type DatasetEdit,
  Datasets,
  DatasetSchemas,
  type DatasetSettings,
  filesDataset,
  filesystemDataset,
  isDetected,
  partitionedBy,
  setConnectionAndPath,
  setDataSteward,
  setFeatureGroup,
  setFormat,
  setPartitioning,
  setTable,
  valueDimension,
} from "../../mod.ts";
import { makeServices, type ServiceRecord } from "../../services/all_services.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, json, Received } from "../fixtures/dss_server.ts";
import { refusal } from "../fixtures/other_keys.ts";
import { during } from "../fixtures/virtual_time.ts";

const simulated = <A, E, R>(test: Effect.Effect<A, E, R>) => Effect.provide(test, Simulator.layer());

const columns = (...names: ReadonlyArray<string>) => names.map((name) => ({ name, type: "string" }));
const before: DatasetSettings = {
  projectKey: "P",
  name: "x",
  type: "S3",
  params: { connection: "a", path: "/a", bucket: "b" },
  formatType: "avro",
  formatParams: { k: 1 },
  schema: { columns: columns("a"), userModified: true },
  partitioning: { dimensions: [{ name: "d", type: "value" }], filePathPattern: "%{d}/.*" },
  tags: ["t"],
};

const edits: Readonly<Record<string, readonly [DatasetEdit, Partial<DatasetSettings>]>> = {
  setFormat: [setFormat(csvFormat()), csvFormat()],
  setConnectionAndPath: [setConnectionAndPath("c", "/p"), { params: { connection: "c", path: "/p", bucket: "b" } }],
  setTable: [setTable("pg", "t"), {
    params: { ...before.params, connection: "pg", mode: "table", schema: null, table: "t", catalog: null },
  }],
  "setPartitioning to nothing": [setPartitioning(undefined), { partitioning: { dimensions: [] } }],
  setPartitioning: [setPartitioning(partitionedBy([valueDimension("e")])), {
    partitioning: { dimensions: [{ name: "e", type: "value" }] },
  }],
  addPartitionDimension: [addPartitionDimension(valueDimension("e")), {
    partitioning: {
      dimensions: [{ name: "d", type: "value" }, { name: "e", type: "value" }],
      filePathPattern: "%{d}/.*",
    },
  }],
  addColumn: [addColumn({ name: "b", type: "int" }), {
    schema: { columns: [...columns("a"), { name: "b", type: "int" }], userModified: true },
  }],
  setFeatureGroup: [setFeatureGroup(true), { featureGroup: true }],
  setDataSteward: [setDataSteward("maria"), { dataSteward: "maria" }],
};

const both = { detectedSchema: { columns: columns("b") }, newSchema: { columns: columns("b", "a") } };

/** A detection, and what it makes of settings: by default, and fresh. */
const detections: Readonly<
  Record<string, readonly [DatasetDetection, Partial<DatasetSettings>, Partial<DatasetSettings>]>
> = {
  "of files": [
    { format: { ok: true, type: "csv", params: { separator: ";" }, schemaDetection: both } },
    { formatType: "csv", formatParams: { separator: ";" }, schema: both.newSchema },
    { formatType: "csv", formatParams: { separator: ";" }, schema: both.detectedSchema },
  ],
  "of a table": [{ schemaDetection: both }, { schema: both.newSchema }, { schema: both.detectedSchema }],
  "of a plugin": [{ schema: both.newSchema }, { schema: both.newSchema }, { schema: both.newSchema }],
  "without the columns of the data alone": [
    { schemaDetection: { newSchema: both.newSchema } },
    { schema: both.newSchema },
    { schema: both.newSchema },
  ],
  "of files that no format fits": [{ format: { ok: false } }, {}, {}],
  "of nothing": [{}, {}, {}],
  "with nulls": [{ format: null, schemaDetection: null, schema: null }, {}, {}],
};

describe("edits of settings", () => {
  it.each(Object.entries(edits))("%s changes that alone", (_, [edit, change]) => {
    const copy = structuredClone(before);
    expect(edit(before)).toEqual({ ...before, ...change });
    expect(before).toEqual(copy);
    expect(() => edit({ projectKey: "P", name: "x", type: "S3" })).not.toThrow();
  });

  it.each(Object.entries(detections))("a detection %s is applied", (_, [detection, change, fresh]) => {
    expect(applyDetection(detection)(before)).toEqual({ ...before, ...change });
    expect(applyDetection(detection, { fresh: true })(before)).toEqual({ ...before, ...fresh });
    expect(isDetected(detection)).toBe(Object.keys(change).length > 0);
  });
});

describe("a detection", () => {
  const families: ReadonlyArray<readonly [type: string, family: string, body: unknown]> = [
    ["UploadedFiles", "fsLike", { detectPossibleFormats: true, inferStorageTypes: true }],
    ["FilesInFolder", "fsLike", { detectPossibleFormats: true, inferStorageTypes: true }],
    ["fsprovider_mine", "fsLike", { detectPossibleFormats: true, inferStorageTypes: true }],
    ["Snowflake", "externalSQL", undefined],
    ["ClickHouse", "externalSQL", undefined],
    ["ElasticSearch", "elasticsearch", undefined],
    ["CustomPython_rest", "custom", { inferStorageTypes: true }],
    ["CustomJava_rest", "custom", { inferStorageTypes: true }],
  ];

  it.effect.each(families)("of %s asks %s", ([type, family, body]) =>
    Effect.gen(function* () {
      const detection = yield* (yield* DatasetSchemas).runDetection("P", "x", { inferStorageTypes: true });
      expect(detection).toEqual({ schemaDetection: both });
      const { requests, lines } = yield* Received;
      expect(lines).toEqual([
        "GET /projects/P/datasets/x",
        `POST /projects/P/datasets/x/actions/testAndDetectSettings/${family}`,
      ]);
      expect(requests[1]!.body === "" ? undefined : JSON.parse(requests[1]!.body)).toEqual(body);
    }).pipe(Effect.provide(dssServer((_, nth) =>
      json(nth === 1 ? { projectKey: "P", name: "x", type } : { schemaDetection: both })
    ))));

  it.effect.each(["Inline", "JobsDB", "MongoDB", "HTTP"])(
    "of %s is refused before it is asked",
    (type) =>
      Effect.gen(function* () {
        const error = yield* Effect.flip((yield* DatasetSchemas).startDetection("P", "x"));
        expect(String(error)).toContain(`x is of type ${type}, expected files`);
        expect((yield* Received).lines.length).toBe(1);
      }).pipe(Effect.provide(dssServer(() => json({ projectKey: "P", name: "x", type })))),
  );

  it.effect("of files is an operation, and says when no format fits", () =>
    simulated(Effect.gen(function* () {
      const [datasets, schemas] = [yield* Datasets, yield* DatasetSchemas];
      yield* datasets.create("SALES", "leads", filesystemDataset("filesystem_managed", "/leads"));
      const operation = yield* schemas.startDetection("SALES", "leads");
      expect((yield* operation.state).phase).toBe("RUNNING");
      const detection = yield* during("1 minute", operation.result);
      const after = yield* datasets.updateSettings("SALES", "leads", applyDetection(detection));
      expect([after.formatType, after.schema?.columns.length]).toEqual(["csv", 2]);
      yield* (yield* Simulator).script("datasets/SALES.leads", { end: "fail" });
      expect(isDetected(yield* during("1 minute", schemas.runDetection("SALES", "leads")))).toBe(false);
    })));

  it.effect("of a table keeps columns that are gone, unless it is taken fresh", () =>
    simulated(Effect.gen(function* () {
      const schemas = yield* DatasetSchemas;
      yield* schemas.save("SALES", "countries", { columns: columns("gone") });
      const detection = yield* schemas.runDetection("SALES", "countries");
      const edit = (fresh: boolean) =>
        applyDetection(detection, { fresh })(before).schema!.columns.map(({ name }) => name);
      expect(edit(false)).toEqual(["code", "name", "population", "is_in_eu", "gone"]);
      expect(edit(true)).toEqual(["code", "name", "population", "is_in_eu"]);
    })));
});

describe("the schema of a dataset", () => {
  it.effect("is changed, and its settings show it", () =>
    simulated(Effect.gen(function* () {
      const [datasets, schemas] = [yield* Datasets, yield* DatasetSchemas];
      const after = yield* schemas.update("SALES", "countries", (schema) => ({
        ...schema,
        columns: schema.columns.map((column) => ({ ...column, comment: "c" })),
      }));
      expect(after.columns.every(({ comment }) => comment === "c")).toBe(true);
      expect((yield* datasets.settings("SALES", "countries")).schema).toEqual(after);
    })));

  it.effect("is traced, no further than is asked", () =>
    simulated(Effect.gen(function* () {
      const schemas = yield* DatasetSchemas;
      expect((yield* schemas.columnLineage("SALES", "orders_joined", "amount")).length).toBe(2);
      const [one, ...others] = yield* schemas.columnLineage("SALES", "orders_joined", "amount", { maxDatasetCount: 2 });
      expect([one!.inputDataset, one!.outputColumn, others]).toEqual(["SALES.orders_prepared", "amount", []]);
      const none = yield* refusal(schemas.columnLineage("SALES", "orders_joined", "none"));
      expect(none.reason).toBe("Invalid");
    })));

  it.effect("goes to Hive and comes from there, of kinds that Hive knows", () =>
    simulated(Effect.gen(function* () {
      const schemas = yield* DatasetSchemas;
      yield* (yield* Datasets).create("SALES", "h", filesDataset("HDFS", "hdfs_root", "/h"));
      yield* schemas.synchronizeHiveMetastore("SALES", "h");
      yield* schemas.updateFromHive("SALES", "h");
      expect((yield* refusal(schemas.updateFromHive("SALES", "countries"))).reason).toBe("Invalid");
    })));

  const onNone: Readonly<Record<string, (services: ServiceRecord) => Effect.Effect<unknown, unknown>>> = {
    get: ({ datasetSchemas }) => datasetSchemas.get("SALES", "none"),
    update: ({ datasetSchemas }) => datasetSchemas.update("SALES", "none", (schema) => schema),
    save: ({ datasetSchemas }) => datasetSchemas.save("SALES", "none", { columns: [] }),
    startDetection: ({ datasetSchemas }) => datasetSchemas.startDetection("SALES", "none"),
    columnLineage: ({ datasetSchemas }) => datasetSchemas.columnLineage("SALES", "none", "a"),
    synchronizeHiveMetastore: ({ datasetSchemas }) => datasetSchemas.synchronizeHiveMetastore("SALES", "none"),
    updateFromHive: ({ datasetSchemas }) => datasetSchemas.updateFromHive("SALES", "none"),
  };

  it.effect.each(Object.entries(onNone))(
    "%s of one that is not there is NotFound",
    ([, call]) =>
      simulated(Effect.gen(function* () {
        const { reason, changed } = yield* refusal(Effect.flatMap(makeServices, call));
        expect([reason, changed]).toEqual(["NotFound", false]);
      })),
  );
});
