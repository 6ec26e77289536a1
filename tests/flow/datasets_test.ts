import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import {
  allFiles,
  azureDataset,
  buildJob,
  csvFormat,
  Datasets,
  type DssError,
  exposeObject,
  fileFormat,
  filesDataset,
  filesMatching,
  filesNotMatching,
  filesystemDataset,
  folderDataset,
  gcsDataset,
  inlineDataset,
  Jobs,
  type NewDataset,
  parquetFormat,
  partitionedBy,
  ProjectSettings,
  s3Dataset,
  sampleDataset,
  sqlQueryDataset,
  sqlTableDataset,
  theseFiles,
  timeDimension,
  uploadedDataset,
  valueDimension,
} from "../../mod.ts";
import { makeServices, type ServiceRecord } from "../../services/all_services.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, empty, failure, json, Received, reset } from "../fixtures/dss_server.ts";
import { as, refusal } from "../fixtures/other_keys.ts";
import { during } from "../fixtures/virtual_time.ts";

const simulated = <A, E, R>(test: Effect.Effect<A, E, R>) => Effect.provide(test, Simulator.layer());

type Call = (services: ServiceRecord) => Effect.Effect<unknown, unknown>;

const names = Effect.flatMap(
  Datasets,
  (datasets) => Effect.map(datasets.list("SALES"), (all) => all.map(({ name }) => name)),
);

const csv = { formatType: "csv", formatParams: { separator: ";" } };
const selection = { includeRules: [], excludeRules: [], explicitFiles: [] };

const kinds: Readonly<Record<string, readonly [NewDataset, NewDataset]>> = {
  "files on the server": [
    filesystemDataset("filesystem_managed", "/in", { format: fileFormat("csv", { separator: ";" }) }),
    {
      type: "Filesystem",
      params: { connection: "filesystem_managed", path: "/in" },
      ...csv,
    },
  ],
  "files of any kind": [filesDataset("HDFS", "hdfs_root", "/in", { params: { notReadyIfEmpty: true } }), {
    type: "HDFS",
    params: { connection: "hdfs_root", path: "/in", notReadyIfEmpty: true },
  }],
  "files in a bucket": [s3Dataset("s3_lake", "/in", { bucket: "b", files: filesMatching("*.csv", "2025/*.gz") }), {
    type: "S3",
    params: {
      connection: "s3_lake",
      path: "/in",
      bucket: "b",
      filesSelectionRules: {
        ...selection,
        mode: "RULES_INCLUDED_ONLY",
        includeRules: [
          { expr: "*.csv", mode: "GLOB", matchingMode: "FILENAME" },
          { expr: "2025/*.gz", mode: "GLOB", matchingMode: "FULL_PATH" },
        ],
      },
    },
  }],
  "files in a bucket of the connection": [gcsDataset("s3_lake", "/in", { files: allFiles }), {
    type: "GCS",
    params: { connection: "s3_lake", path: "/in", filesSelectionRules: { ...selection, mode: "ALL" } },
  }],
  "files in a container": [
    azureDataset("s3_lake", "/in", {
      container: "c",
      files: filesNotMatching({ expr: "^_", mode: "REGEXP", matchingMode: "FILENAME" }),
    }),
    {
      type: "Azure",
      params: {
        connection: "s3_lake",
        path: "/in",
        container: "c",
        filesSelectionRules: {
          ...selection,
          mode: "RULES_ALL_BUT_EXCLUDED",
          excludeRules: [{ expr: "^_", mode: "REGEXP", matchingMode: "FILENAME" }],
        },
      },
    },
  ],
  "uploaded files": [uploadedDataset(), { type: "UploadedFiles", params: {} }],
  "uploaded files on a connection": [uploadedDataset({ connection: "filesystem_managed" }), {
    type: "UploadedFiles",
    params: { uploadConnection: "filesystem_managed" },
  }],
  "files in a folder": [
    folderDataset("aB3kQ9xZ", { format: parquetFormat({ blockSizeMB: 64 }), files: theseFiles("/a") }),
    {
      type: "FilesInFolder",
      params: {
        folderSmartId: "aB3kQ9xZ",
        filesSelectionRules: { ...selection, mode: "EXPLICIT_SELECT_FILES", explicitFiles: ["/a"] },
      },
      formatType: "parquet",
      formatParams: { parquetCompressionMethod: "SNAPPY", parquetFlavor: "HIVE", parquetBlockSizeMB: 64 },
    },
  ],
  "rows that are typed in": [inlineDataset({ columns: [{ name: "a", type: "int" }] }), {
    type: "Inline",
    params: {},
    schema: { columns: [{ name: "a", type: "int" }] },
  }],
  "a sample": [sampleDataset("plug", "samp"), {
    type: "Sample_plug_samp",
    params: { pluginId: "plug", sampleName: "samp" },
  }],
  "a table": [sqlTableDataset("PostgreSQL", "pg_dwh", "t", { schema: "s", catalog: "c" }), {
    type: "PostgreSQL",
    params: { connection: "pg_dwh", mode: "table", table: "t", schema: "s", catalog: "c" },
  }],
  "a query": [sqlQueryDataset("PostgreSQL", "pg_dwh", "SELECT 1"), {
    type: "PostgreSQL",
    params: { connection: "pg_dwh", mode: "query", query: "SELECT 1" },
  }],
  "files with partitions": [
    filesystemDataset("filesystem_managed", "/in", {
      partitioning: partitionedBy([valueDimension("country"), timeDimension("day")], "%{country}/%Y/%M/%D/.*"),
    }),
    {
      type: "Filesystem",
      params: { connection: "filesystem_managed", path: "/in" },
      partitioning: {
        dimensions: [{ name: "country", type: "value" }, { name: "day", type: "time", params: { period: "DAY" } }],
        filePathPattern: "%{country}/%Y/%M/%D/.*",
      },
    },
  ],
};

describe("a new dataset", () => {
  it.effect.each(Object.entries(kinds))(
    "of %s is as it was made",
    ([, [made, expected]]) =>
      simulated(Effect.gen(function* () {
        expect(made).toEqual(expected);
        const datasets = yield* Datasets;
        yield* datasets.create("SALES", "made", made);
        expect(yield* datasets.settings("SALES", "made")).toMatchObject({
          projectKey: "SALES",
          name: "made",
          ...(expected as object),
        });
        expect(yield* names).toContain("made");
      })),
  );

  it("of texts with separators has what was said, and the defaults of the official client", () => {
    const defaults = {
      style: "excel",
      separator: ",",
      skipRowsBeforeHeader: 0,
      parseHeaderRow: true,
      skipRowsAfterHeader: 0,
    };
    expect(csvFormat()).toEqual({ formatType: "csv", formatParams: defaults });
    const said = csvFormat({
      separator: "\t",
      header: false,
      charset: "utf8",
      skipRowsBeforeHeader: 2,
      compress: "gz",
    });
    expect(said.formatParams).toEqual({
      ...defaults,
      separator: "\t",
      parseHeaderRow: false,
      charset: "utf8",
      skipRowsBeforeHeader: 2,
      compress: "gz",
    });
  });

  it.effect("is managed, with a format and the partitioning of another", () =>
    simulated(Effect.gen(function* () {
      const datasets = yield* Datasets;
      yield* datasets.createManaged("CHURN", "mine", {
        connection: "filesystem_managed",
        formatOptionId: "PARQUET_HIVE",
        copyPartitioningFrom: { dataset: "features" },
      });
      const { managed, formatType, partitioning } = yield* datasets.settings("CHURN", "mine");
      expect([managed, formatType, partitioning?.dimensions?.map(({ name }) => name)]).toEqual([true, "parquet", [
        "day",
      ]]);
      yield* datasets.createManaged("CHURN", "table", { connection: "pg_dwh", overrideSqlSchema: "s" });
      expect((yield* datasets.settings("CHURN", "table")).params).toMatchObject({ mode: "table", schema: "s" });
    })));

  const refused: ReadonlyArray<readonly [string, (datasets: Datasets) => Effect.Effect<void, DssError>, string]> = [
    ["a name that is taken", (all) => all.create("SALES", "countries", uploadedDataset()), "Conflict"],
    ["a name with a dot", (all) => all.create("SALES", "a.b", uploadedDataset()), "Invalid"],
    ["no name", (all) => all.create("SALES", "", uploadedDataset()), "Invalid"],
    ["a connection that is not there", (all) => all.create("SALES", "x", filesystemDataset("none", "/")), "NotFound"],
    [
      "columns without a type",
      (all) => all.create("SALES", "x", inlineDataset({ columns: [{ name: "a" }] as never })),
      "Invalid",
    ],
    ["a place that takes none", (all) => all.createManaged("SALES", "x", { connection: "s3_lake" }), "Invalid"],
    ["a format that is none", (all) => all.createManaged("SALES", "x", { formatOptionId: "PAPER" }), "Invalid"],
    ["a project that is not there", (all) => all.create("NONE", "x", uploadedDataset()), "NotFound"],
  ];

  it.effect.each(refused)(
    "is refused with %s, and nothing changes",
    ([, create, expected]) =>
      simulated(Effect.gen(function* () {
        const { reason, changed } = yield* refusal(Effect.flatMap(Datasets, create));
        expect([reason, changed]).toEqual([expected, false]);
      })),
  );

  it.effect("is not for who may not use its connection", () =>
    simulated(Effect.gen(function* () {
      const create = sqlTableDataset("PostgreSQL", "pg_dwh", "t");
      const denied = yield* refusal(as("lena", ({ datasets }) => datasets.create("SALES", "x", create)));
      expect(denied.reason).toBe("Forbidden");
    })));

  it.effect("is not created twice when the answer is lost", () =>
    Effect.gen(function* () {
      const datasets = yield* Datasets;
      for (
        const call of [
          datasets.create("P", "x", uploadedDataset()),
          datasets.createManaged("P", "x"),
          datasets.rename("P", "x", "y"),
        ]
      ) {
        expect((yield* Effect.flip(call)).reason._tag).toBe("OutcomeUnknown");
      }
      expect((yield* Received).lines.length).toBe(3);
    }).pipe(Effect.provide(dssServer(() => reset))));
});

describe("datasets", () => {
  const onNone: Readonly<Record<string, Call>> = {
    settings: ({ datasets }) => datasets.settings("SALES", "none"),
    updateSettings: ({ datasets }) => datasets.updateSettings("SALES", "none", (settings) => settings),
    saveSettings: ({ datasets }) =>
      datasets.saveSettings("SALES", "none", { projectKey: "SALES", name: "none", type: "S3" }),
    metadata: ({ datasets }) => datasets.metadata("SALES", "none"),
    updateMetadata: ({ datasets }) => datasets.updateMetadata("SALES", "none", (metadata) => metadata),
    saveMetadata: ({ datasets }) => datasets.saveMetadata("SALES", "none", {}),
    rename: ({ datasets }) => datasets.rename("SALES", "none", "other"),
    clear: ({ datasets }) => datasets.clear("SALES", "none"),
    delete: ({ datasets }) => datasets.delete("SALES", "none"),
    startCopy: ({ datasets }) => datasets.startCopy("SALES", "none", { name: "countries" }),
    "startCopy to": ({ datasets }) => datasets.startCopy("SALES", "countries", { name: "none" }),
    partitions: ({ datasets }) => datasets.partitions("SALES", "none"),
    info: ({ datasets }) => datasets.info("SALES", "none"),
    usages: ({ datasets }) => datasets.usages("SALES", "none"),
    generateDescription: ({ datasets }) => datasets.generateDescription("SALES", "none"),
  };

  it.effect.each(Object.entries(onNone))(
    "%s of one that does not exist is NotFound, and changes nothing",
    ([, call]) =>
      simulated(Effect.gen(function* () {
        const { reason, changed } = yield* refusal(Effect.flatMap(makeServices, call));
        expect([reason, changed]).toEqual(["NotFound", false]);
      })),
  );

  it.effect("are listed by tags, and with those that are shared", () =>
    simulated(Effect.gen(function* () {
      const datasets = yield* Datasets;
      yield* datasets.updateSettings("CHURN", "calls", (settings) => ({ ...settings, tags: ["gold"] }));
      expect((yield* datasets.list("CHURN", { tags: ["gold", "x"] })).map(({ name }) => name)).toEqual(["calls"]);
      yield* (yield* ProjectSettings).updateSettings("SALES", exposeObject("DATASET", "countries", "CHURN"));
      const shared = (yield* datasets.list("CHURN", { includeShared: true })).at(-1)!;
      expect([shared.projectKey, shared.name]).toEqual(["SALES", "countries"]);
      expect((yield* datasets.list("CHURN")).map(({ projectKey }) => projectKey)).not.toContain("SALES");
    })));

  it.effect("are there or not", () =>
    simulated(Effect.gen(function* () {
      const datasets = yield* Datasets;
      expect(yield* datasets.exists("SALES", "countries")).toBe(true);
      expect(yield* datasets.exists("SALES", "none")).toBe(false);
      expect(yield* datasets.exists("NONE", "countries")).toBe(false);
    })));

  it.effect("are not said to be missing when DSS refuses the question", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* Datasets).exists("P", "x"));
      expect([error.method, error.reason._tag]).toEqual(["Datasets.exists", "Forbidden"]);
    }).pipe(
      Effect.provide(dssServer(() => failure(403, "com.dataiku.dip.exceptions.UnauthorizedException", "READ_CONF"))),
    ));

  it.effect("get another name, in recipes too", () =>
    simulated(Effect.gen(function* () {
      const datasets = yield* Datasets;
      yield* datasets.rename("SALES", "orders_prepared", "orders_clean");
      expect(yield* datasets.exists("SALES", "orders_prepared")).toBe(false);
      expect((yield* datasets.usages("SALES", "orders_clean")).map(({ type, objectId }) => [type, objectId])).toEqual([
        ["RECIPE_OUTPUT", "compute_orders_prepared"],
        ["RECIPE_INPUT", "compute_orders_joined"],
      ]);
    })));

  it.effect("are deleted, and what they were made from stays", () =>
    simulated(Effect.gen(function* () {
      const datasets = yield* Datasets;
      yield* datasets.delete("SALES", "orders_joined", { dropData: true });
      expect(yield* names).not.toContain("orders_joined");
      expect((yield* datasets.usages("SALES", "orders_prepared")).length).toBe(2);
    })));

  it.effect("are copied with or without their schema, and the failure says why", () =>
    simulated(Effect.gen(function* () {
      const datasets = yield* Datasets;
      yield* datasets.create("CHURN", "to", uploadedDataset());
      yield* during("1 minute", datasets.runCopy("SALES", "countries", { name: "to", projectKey: "CHURN" }));
      const { schema } = yield* datasets.settings("CHURN", "to");
      expect(schema?.columns.map(({ name }) => name)).toEqual(["code", "name", "population", "is_in_eu"]);
      yield* (yield* Simulator).script("datasets/SALES.countries", { end: "fail", message: "No space" });
      const copy = datasets.runCopy("SALES", "countries", { name: "orders_raw" }, { writeMode: "APPEND" });
      expect(String(yield* during("1 minute", Effect.flip(copy)))).toContain("No space");
    })));

  it.effect("keep what they were before when a slow edit comes late", () =>
    simulated(Effect.gen(function* () {
      const datasets = yield* Datasets;
      const since = yield* datasets.settings("SALES", "countries");
      yield* datasets.updateMetadata("SALES", "countries", (metadata) => ({ ...metadata, tags: ["gold"] }));
      const late = datasets.saveSettings("SALES", "countries", { ...since, featureGroup: true }, { since });
      expect((yield* Effect.flip(late))._tag).toBe("SettingsConflict");
      expect(yield* datasets.settings("SALES", "countries")).toMatchObject({ featureGroup: false, tags: ["gold"] });
    })));

  it.effect("are described, and keep it on demand", () =>
    simulated(Effect.gen(function* () {
      const datasets = yield* Datasets;
      yield* datasets.generateDescription("SALES", "countries");
      expect((yield* datasets.settings("SALES", "countries")).description).toBeUndefined();
      yield* datasets.generateDescription("SALES", "countries", { save: true });
      expect((yield* datasets.settings("SALES", "countries")).description).toBe("countries has 4 columns.");
    })));
});

describe("the data of a dataset", () => {
  it.effect("has partitions once they are built, and is cleared in part or whole", () =>
    simulated(Effect.gen(function* () {
      const datasets = yield* Datasets;
      expect(yield* datasets.partitions("SALES", "countries")).toEqual(["NP"]);
      expect((yield* Effect.flip(datasets.partitions("CHURN", "features"))).message).toContain("has no files");
      const definition = buildJob([{ id: "features", partition: "2025-03-02,2025-03-01" }]);
      yield* during("1 hour", (yield* Jobs).run("CHURN", definition));
      expect(yield* datasets.partitions("CHURN", "features")).toEqual(["2025-03-01", "2025-03-02"]);
      yield* datasets.clear("CHURN", "features", { partitions: ["2025-03-01"] });
      expect(yield* datasets.partitions("CHURN", "features")).toEqual(["2025-03-02"]);
      yield* datasets.clear("CHURN", "features");
      expect((yield* Effect.flip(datasets.partitions("CHURN", "features"))).message).toContain("has no files");
    })));

  it.effect("is not cleared where DSS does not own it", () =>
    simulated(Effect.gen(function* () {
      const error = yield* Effect.flip((yield* Datasets).clear("SALES", "countries"));
      expect(error.message).toContain("ERR_DATASET_ACTION_NOT_SUPPORTED");
    })));

  it.effect("is never cleared whole for an empty list of partitions", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* Datasets).clear("P", "x", { partitions: [] }));
      expect([error.reason._tag, error.message]).toEqual([
        "Invalid",
        expect.stringContaining("at least one partition"),
      ]);
      expect((yield* Received).lines).toEqual([]);
    }).pipe(Effect.provide(dssServer(() => json({})))));
});

describe("what DSS answers to writes", () => {
  it.effect.each([json({}), json({ msg: "Done" }), empty(204)])(
    "may be anything",
    (answer) =>
      Effect.gen(function* () {
        const datasets = yield* Datasets;
        yield* datasets.create("P", "x", uploadedDataset());
        yield* datasets.createManaged("P", "x");
        yield* datasets.clear("P", "x", { partitions: ["a b", "c"] });
        yield* datasets.rename("P", "x", "y");
        yield* datasets.delete("P", "y", { dropData: true });
        expect((yield* Received).lines.slice(2)).toEqual([
          "DELETE /projects/P/datasets/x/data?partitions=a+b&partitions=c",
          "POST /projects/P/actions/renameDataset",
          "DELETE /projects/P/datasets/y?dropData=true",
        ]);
      }).pipe(Effect.provide(dssServer(() => answer))),
  );

  it.effect("a refusal says what was missing", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* Datasets).list("P"));
      expect([error.method, error.reason._tag]).toEqual(["Datasets.list", "Forbidden"]);
    }).pipe(
      Effect.provide(dssServer(() => failure(403, "com.dataiku.dip.exceptions.UnauthorizedException", "READ_CONF"))),
    ));
});
