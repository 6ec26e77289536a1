import { Effect } from "effect";
import {
  ColumnRelation,
  DatasetDetection,
  DatasetInfo,
  DatasetMetadata,
  DatasetSchema,
  DatasetSettings,
  DatasetUsage,
  ImportableTable,
  UploadedFile,
} from "../../../mod.ts";
import { always, document, oneOf, optional, type Sample } from "../document.ts";
import { itIsReturned, type Returning } from "../returned.ts";

const [key, name] = ["SALES", "orders"];

const column = document({
  name: always("amount"),
  type: always("double"),
  maxLength: optional(-1),
  originalType: optional("numeric"),
  meaning: optional("money"),
  comment: optional("In euros"),
  customFields: optional({}),
  timestampNoTzAsDate: optional(false),
});

const schema = document({ columns: always([column]), userModified: optional(true) });

const emptySchema = document({ columns: always([]), userModified: optional(false) });

const partitioning = document({
  dimensions: always([
    { name: "country", type: "value", params: {} },
    document({ name: always("day"), type: always(oneOf("time")), params: always({ period: oneOf("DAY") }) }),
  ]),
  filePathPattern: optional("%{country}/%Y/%M/%D/.*"),
  ignoreNonMatchingFile: always(false),
  considerMissingRequestedPartitionsAsEmpty: always(false),
});

const settings = (type: string, params: Sample, more: Readonly<Record<string, ReturnType<typeof optional>>>) =>
  document({
    projectKey: always(key),
    name: always(name),
    type: always(type),
    smartName: optional(name),
    managed: always(true),
    params: always(params),
    schema: always(schema),
    flowOptions: always(
      document({
        virtualizable: always(false),
        rebuildBehavior: always(oneOf("NORMAL")),
        crossProjectBuildBehavior: always("DEFAULT"),
        ignoreErrorStatusOnBuild: optional(false),
      }),
    ),
    readWriteOptions: always({
      preserveOrder: false,
      writeBuckets: 1,
      defaultReadOrdering: { enabled: false, rules: [] },
    }),
    metrics: always({ probes: [], engineConfig: {}, displayedState: { metrics: [], columns: [] } }),
    metricsChecks: always({ checks: [], displayedState: { checks: [] } }),
    checks: optional([]),
    customMeta: always({ kv: {} }),
    customFields: always({}),
    checklists: always({ checklists: [] }),
    dkuProperties: always([]),
    tags: always(["gold"]),
    creationTag: always({ versionNumber: 0, lastModifiedBy: { login: "maria" }, lastModifiedOn: 1758000000000 }),
    versionTag: optional({ versionNumber: 2, lastModifiedBy: { login: "maria" }, lastModifiedOn: 1758000100000 }),
    featureGroup: optional(false),
    typeSystemVersion: optional("V2"),
    shortDesc: optional("Orders"),
    description: optional("All orders"),
    dataSteward: optional("maria"),
    ...more,
  });

const selection = { mode: oneOf("ALL"), includeRules: [], excludeRules: [], explicitFiles: [] };

/** Kinds by the table of the parameters. */
const kinds = {
  "in files": settings(
    "S3",
    {
      connection: "lake",
      path: "/${projectKey}/orders",
      bucket: "b",
      filesSelectionRules: selection,
      notReadyIfEmpty: false,
    },
    {
      formatType: always("csv"),
      formatParams: always({ separator: ";", parseHeaderRow: true }),
      partitioning: always(partitioning),
    },
  ),
  "uploaded": settings("UploadedFiles", {
    uploadConnection: "Default (in DSS data dir.)",
    filesSelectionRules: selection,
  }, {
    formatType: optional("csv"),
    formatParams: optional({}),
    partitioning: always({ dimensions: [] }),
  }),
  "in a folder": settings("FilesInFolder", { folderSmartId: "aB3kQ9xZ" }, { partitioning: always({ dimensions: [] }) }),
  "in a table": settings(
    "Snowflake",
    { connection: "wh", mode: "table", schema: "PUBLIC", table: "T", catalog: null, writeInsertBatchSize: 10000 },
    { partitioning: always({ dimensions: [] }) },
  ),
  "never built": settings("Filesystem", { connection: "fs", path: "x" }, {
    schema: always(emptySchema),
    partitioning: always({ dimensions: [] }),
  }),
  "of DSS itself": settings("JobsDB", { view: "METRICS_HISTORY" }, { partitioning: always({ dimensions: [] }) }),
  "of a plugin": settings("CustomPython_rest", { customConfig: { url: "u" } }, {
    partitioning: always({ dimensions: [] }),
  }),
};

const through: Readonly<Record<string, Returning<DatasetSettings>>> = {
  "Datasets.list": {
    answers: (settings) => [[settings]],
    call: ({ datasets }) => Effect.map(datasets.list(key), ([first]) => first!),
  },
  "Datasets.settings": { call: ({ datasets }) => datasets.settings(key, name) },
  "Datasets.updateSettings": {
    answers: (settings) => [settings, {}, settings],
    call: ({ datasets }) => datasets.updateSettings(key, name, (settings) => settings),
  },
  "Datasets.saveSettings": {
    answers: (settings) => [settings, settings, {}, settings],
    call: ({ datasets }) =>
      Effect.flatMap(datasets.settings(key, name), (since) => datasets.saveSettings(key, name, since, { since })),
  },
};

for (const [kind, document] of Object.entries(kinds)) {
  itIsReturned(`a dataset ${kind}`, { document, schema: DatasetSettings, through });
}

itIsReturned("the schema of a dataset", {
  document: schema,
  schema: DatasetSchema,
  through: {
    "DatasetSchemas.get": { call: ({ datasetSchemas }) => datasetSchemas.get(key, name) },
    "DatasetSchemas.update": {
      answers: (schema) => [schema, {}, schema],
      call: ({ datasetSchemas }) => datasetSchemas.update(key, name, (schema) => schema),
    },
  },
});

itIsReturned("what people say of a dataset", {
  document: document({
    label: optional("Orders"),
    description: optional("All orders"),
    tags: always(["gold"]),
    checklists: always({ checklists: [] }),
    custom: always({ kv: { owner: "maria" } }),
    customFields: optional({}),
  }),
  schema: DatasetMetadata,
  through: {
    "Datasets.metadata": { call: ({ datasets }) => datasets.metadata(key, name) },
    "Datasets.updateMetadata": {
      answers: (metadata) => [metadata, {}, metadata],
      call: ({ datasets }) => datasets.updateMetadata(key, name, (metadata) => metadata),
    },
  },
});

itIsReturned("what DSS knows of a dataset", {
  document: document({
    name: always(name),
    type: always("Filesystem"),
    lastBuild: optional(
      document({
        buildStartTime: optional(1759312500000),
        buildEndTime: optional(1759312596668),
        buildSuccess: optional(true),
      }),
    ),
    recipes: optional([{ id: "r", type: "join" }]),
    creatingRecipe: optional("compute_orders"),
  }),
  schema: DatasetInfo,
  through: { "Datasets.info": { call: ({ datasets }) => datasets.info(key, name) } },
  accessors: [DatasetInfo.builtAt],
});

itIsReturned("a use of a dataset", {
  document: document({ type: always(oneOf("RECIPE_INPUT")), objectId: always("r"), objectProjectKey: always(key) }),
  schema: DatasetUsage,
  through: {
    "Datasets.usages": {
      answers: (usage) => [[usage]],
      call: ({ datasets }) => Effect.map(datasets.usages(key, name), ([first]) => first!),
    },
  },
});

itIsReturned("where a column is from", {
  document: document({
    inputDataset: always("SALES.orders"),
    inputColumn: always("amount"),
    outputDataset: always("SALES.by_country"),
    outputColumn: always("amount_sum"),
  }),
  schema: ColumnRelation,
  through: {
    "DatasetSchemas.columnLineage": {
      answers: (relation) => [[relation]],
      call: ({ datasetSchemas }) => Effect.map(datasetSchemas.columnLineage(key, name, "amount"), ([first]) => first!),
    },
  },
});

const detected = document({
  detectedSchema: optional(schema),
  newSchema: always(schema),
  textReasons: optional(["because"]),
});

const settingsOf = (type: string) => ({ projectKey: key, name, type });

const detecting = (type: string, inFuture: boolean): Returning<DatasetDetection> => ({
  answers: (result) => [
    settingsOf(type),
    inFuture ? { jobId: "p0Qw8Lr2", hasResult: true, alive: false, aborted: false, unknown: false, result } : result,
  ],
  call: ({ datasetSchemas }) => datasetSchemas.runDetection(key, name),
});

itIsReturned("what is in files", {
  document: document({
    format: always(
      document({
        ok: always(true),
        type: optional("csv"),
        params: optional({ separator: ";" }),
        schemaDetection: optional(detected),
      }),
    ),
  }),
  schema: DatasetDetection,
  through: { "DatasetSchemas.runDetection": detecting("UploadedFiles", true) },
});

itIsReturned("what is in a table", {
  document: document({ schemaDetection: always(detected) }),
  schema: DatasetDetection,
  through: { "DatasetSchemas.runDetection": detecting("PostgreSQL", false) },
});

itIsReturned("a table to import", {
  document: document({
    table: always("t"),
    schema: optional("s"),
    databaseName: optional("db"),
    namespace: optional("n"),
  }),
  schema: ImportableTable,
  through: {
    "TableImports.tables": {
      answers: (table) => [{ result: { tables: [table] } }],
      call: ({ tableImports }) => Effect.map(tableImports.tables(key, "pg"), ([first]) => first!),
    },
    "TableImports.hiveTables": {
      answers: (table) => [{ jobId: "f", hasResult: true, alive: false, result: { tables: [table] } }],
      call: ({ tableImports }) => Effect.map(tableImports.hiveTables(key, "db"), ([first]) => first!),
    },
  },
});

itIsReturned("a file of an uploaded dataset", {
  document: document({
    filename: optional("leads.csv"),
    path: optional("/leads.csv"),
    length: optional(1024),
    mime: optional("text/csv"),
    weird: optional(false),
  }),
  schema: UploadedFile,
  through: {
    "DatasetUploads.list": {
      answers: (file) => [[file]],
      call: ({ datasetUploads }) => Effect.map(datasetUploads.list(key, name), ([first]) => first!),
    },
  },
});
