/**
 * Datasets of the simulated DSS.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { type Call, invalid, missing, type SimulatedRefusal } from "../kernel/route.ts";
import { isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { type ProjectSlice, projectSlice } from "../projects/project_slice.ts";
import { findProject, type SimulatedProject } from "../projects/projects_state.ts";
import { recipes } from "./recipes_state.ts";

/** A dataset of a project, and when it was built last. */
export interface SimulatedDataset {
  readonly name: string;
  /** Its settings with its schema, as DSS answers them; replaced as a whole, never changed. */
  document: JsonObject;
  /** When it was built, in milliseconds since 1970; never for `undefined`. */
  builtAt: number | undefined;
  /** Ids of the partitions that have data; of one without partitioning, none. */
  partitions: ReadonlyArray<string>;
}

/** Who makes or writes a dataset, and when. */
export interface Writing {
  readonly login: string;
  readonly now: number;
}

const version = (versionNumber: number, { login, now }: Writing): JsonObject => ({
  versionNumber,
  lastModifiedBy: { login },
  lastModifiedOn: now,
});

/** What DSS adds to the settings of a dataset that are sent. */
const defaults: JsonObject = {
  managed: false,
  featureGroup: false,
  typeSystemVersion: "V2",
  params: {},
  schema: { columns: [], userModified: false },
  partitioning: {
    dimensions: [],
    ignoreNonMatchingFile: false,
    considerMissingRequestedPartitionsAsEmpty: false,
  },
  flowOptions: { virtualizable: false, rebuildBehavior: "NORMAL", crossProjectBuildBehavior: "DEFAULT" },
  readWriteOptions: {
    preserveOrder: false,
    writeBuckets: 1,
    forceSingleOutputFile: false,
    defaultReadOrdering: { enabled: false, rules: [] },
  },
  metrics: {
    probes: [{
      type: "basic",
      enabled: true,
      computeOnBuildMode: "PARTITION",
      meta: { name: "Basic data", level: 0 },
      configuration: {},
    }, {
      type: "records",
      enabled: true,
      computeOnBuildMode: "NO",
      meta: { name: "Record count", level: 0 },
      configuration: {},
    }],
    engineConfig: { padRunsWithMetrics: false },
    displayedState: { metrics: ["basic:COUNT_COLUMNS", "records:COUNT_RECORDS"], columns: [] },
  },
  metricsChecks: { checks: [], monitor: false, displayedState: { checks: [] } },
  checks: [],
  customMeta: { kv: {} },
  customFields: {},
  dkuProperties: [],
  tags: [],
  checklists: { checklists: [] },
};

const isLeftOut = (value: unknown): boolean => value === undefined || value === null;

/** A document with a version one higher; one that is new has the first. */
const versioned = (document: JsonObject, before: JsonObject | undefined, writing: Writing): JsonObject => {
  const tag = before?.versionTag;
  const number = isJsonObject(tag) ? Number(tag.versionNumber) + 1 : 0;
  return {
    ...document,
    creationTag: before?.creationTag ?? version(0, writing),
    versionTag: version(number, writing),
  };
};

/** The settings of a dataset as this DSS stores them. */
export const completeDataset = (
  sent: JsonObject,
  projectKey: string,
  name: string,
  writing: Writing,
  before?: JsonObject,
): JsonObject => {
  const given = Object.fromEntries(
    Object.entries(sent).filter(([key, value]) => !(key in defaults && isLeftOut(value))),
  );
  return versioned({ ...defaults, smartName: name, ...given, projectKey, name }, before, writing);
};

/** Changes a part of the settings of a dataset. */
export const changeDataset = (dataset: SimulatedDataset, part: JsonObject, writing: Writing): void => {
  dataset.document = versioned({ ...dataset.document, ...part }, dataset.document, writing);
};

/** Datasets by name. */
export const datasets: ProjectSlice<Map<string, SimulatedDataset>> = projectSlice("datasets", () => new Map(), {
  content: {
    take: (held, project, data) => {
      const outputs = new Set([...project.of(recipes).values()].flatMap(({ outputs }) => outputs));
      const isTaken = (name: string): boolean => data === "all" || (data === "of sources" && !outputs.has(name));
      return [...held.values()].map(({ name, builtAt, document, partitions }) => [
        name,
        { name, document, ...(isTaken(name) ? { builtAt, partitions } : {}) },
      ]);
    },
    put: (held, documents, { project: { projectKey }, now }) => {
      const before = new Map(held);
      held.clear();
      for (const { name: given, document, builtAt, partitions } of documents) {
        const name = String(given);
        const known = before.get(name);
        const stored = isJsonObject(document)
          ? { ...document, projectKey }
          : completeDataset({ type: "UploadedFiles" }, projectKey, name, { login: "admin", now });
        held.set(name, {
          name,
          document: stored,
          builtAt: typeof builtAt === "number" ? builtAt : known?.builtAt,
          partitions: Array.isArray(partitions) ? partitions.map(String) : known?.partitions ?? [],
        });
      }
    },
  },
});

/** Adds a dataset to a project. */
export const addDataset = (
  project: SimulatedProject,
  name: string,
  sent: JsonObject,
  writing: Writing,
  builtAt?: number,
): SimulatedDataset => {
  const document = completeDataset(sent, project.projectKey, name, writing);
  const dataset: SimulatedDataset = { name, document, builtAt, partitions: [] };
  project.of(datasets).set(name, dataset);
  return dataset;
};

/** What tells the partitions of a dataset apart. */
export const dimensionsOf = ({ document: { partitioning } }: SimulatedDataset): ReadonlyArray<JsonObject> =>
  isJsonObject(partitioning) ? jsonObjects(partitioning.dimensions) : [];

/** Whether a dataset has partitions: a build names some of them then, and none otherwise. */
export const isPartitioned = (dataset: SimulatedDataset): boolean => dimensionsOf(dataset).length > 0;

/** Says when a dataset was built, all of it or some of its partitions: never for `undefined`. */
export const markBuilt = (
  held: Map<string, SimulatedDataset>,
  name: string,
  at: number | undefined,
  partitions: ReadonlyArray<string> = [],
): void => {
  const dataset = held.get(name);
  if (dataset === undefined) return;
  dataset.builtAt = at;
  const before = at === undefined ? [] : dataset.partitions;
  if (isPartitioned(dataset)) dataset.partitions = [...new Set([...before, ...partitions])].sort();
};

/** The dataset that a request names, and its project. */
export const findDataset = (
  world: World,
  { params: { projectKey, name } }: Call,
): Effect.Effect<{ readonly project: SimulatedProject; readonly dataset: SimulatedDataset }, SimulatedRefusal> =>
  Effect.flatMap(findProject(world, projectKey), (project) => {
    const dataset = project.of(datasets).get(name!);
    return dataset === undefined
      ? Effect.fail(missing(`Dataset ${projectKey}.${name}`))
      : Effect.succeed({ project, dataset });
  });

const isColumn = (value: unknown): boolean =>
  isJsonObject(value) && typeof value.name === "string" && value.name !== "" && typeof value.type === "string";

/** Why a schema cannot be stored. */
export const faultInSchema = (schema: unknown): SimulatedRefusal | undefined => {
  const { columns } = isJsonObject(schema) ? schema : {};
  if (!Array.isArray(columns) || !columns.every(isColumn)) {
    return invalid("The columns of a schema must be a list, each with a name and a type");
  }
  const names = columns.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  return twice === undefined ? undefined : invalid(`Column ${twice} is in the schema twice`);
};

const isText = (value: unknown): boolean => typeof value === "string";
const areTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);

const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  params: isJsonObject,
  formatType: isText,
  formatParams: isJsonObject,
  managed: (value) => typeof value === "boolean",
  featureGroup: (value) => typeof value === "boolean",
  partitioning: (value) => isJsonObject(value) && Array.isArray(value.dimensions ?? []),
  flowOptions: isJsonObject,
  tags: areTexts,
  description: isText,
  shortDesc: isText,
  dataSteward: isText,
};

/** Why settings of a dataset cannot be stored. */
export const faultInDataset = (sent: JsonObject): SimulatedRefusal | undefined => {
  if (typeof sent.type !== "string" || sent.type === "") return invalid("A dataset needs a type");
  const wrong = Object.entries(kinds).find(([key, fits]) => !isLeftOut(sent[key]) && !fits(sent[key]));
  if (wrong !== undefined) return invalid(`${wrong[0]} of a dataset is not of the right type`);
  return isLeftOut(sent.schema) ? undefined : faultInSchema(sent.schema);
};
