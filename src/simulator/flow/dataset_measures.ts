/**
 * What can be measured of the datasets of the simulated DSS, on demand and at their builds.
 *
 * @module
 * @internal
 */
import { isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import type { SimulatedProject } from "../projects/projects_state.ts";
import { datasets, isPartitioned, type SimulatedDataset } from "./datasets_state.ts";
import { enabledProbes, type Findings, keep, type MeasuredObject } from "./metrics_state.ts";

/** A dataset as an object that is measured. */
export const measuredDataset = (project: SimulatedProject, dataset: SimulatedDataset): MeasuredObject => ({
  project,
  object: `datasets/${dataset.name}`,
  document: dataset.document,
  find: ({ type }): Findings => {
    const { schema } = dataset.document;
    const columns = jsonObjects(isJsonObject(schema) ? schema.columns : []);
    return type === "basic" ? { "basic:COUNT_COLUMNS": { value: String(columns.length), dataType: "BIGINT" } } : {};
  },
});

/** Whether a probe measures what a build has made. */
const isForBuilds = ({ computeOnBuildMode }: JsonObject): boolean => (computeOnBuildMode ?? "NO") !== "NO";

/** Measures a dataset that was built just now, as its settings say, each partition that was built. */
export const measureBuilt = (
  project: SimulatedProject,
  name: string,
  at: number,
  partitions: ReadonlyArray<string>,
): void => {
  const dataset = project.of(datasets).get(name);
  if (dataset === undefined) return;
  const measured = measuredDataset(project, dataset);
  const { metrics } = dataset.document;
  const probes = enabledProbes(isJsonObject(metrics) ? metrics : {}).filter(isForBuilds);
  for (const partition of isPartitioned(dataset) ? partitions : ["NP"]) {
    keep(measured, Object.assign({}, ...probes.map((probe) => measured.find(probe, partition))), partition, at);
  }
};
