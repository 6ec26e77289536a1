/**
 * What can be measured of the datasets of the simulated DSS, on demand and at their builds.
 *
 * @module
 * @internal
 */
import { isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import type { SimulatedProject } from "../projects/projects_state.ts";
import { datasets, isPartitioned, type SimulatedDataset } from "./datasets_state.ts";
import { columnsOf, rowsOf, type StoredRow } from "./rows_state.ts";
import { enabledProbes, type Findings, keep, type MeasuredObject } from "./metrics_state.ts";

type Found = Findings[string];

const counted = (count: number): Found => ({ value: String(count), dataType: "BIGINT" });

const integers: ReadonlySet<unknown> = new Set(["tinyint", "smallint", "int", "bigint"]);
const reals: ReadonlySet<unknown> = new Set(["float", "double"]);

/** A statistic of the cells of a column; `undefined` when it has none, as the sum of texts. */
const statistic = (
  aggregated: string,
  { name, type }: JsonObject,
  rows: ReadonlyArray<StoredRow>,
): Found | undefined => {
  const cells = rows.flatMap((row) => row[String(name)] ?? []);
  if (aggregated === "COUNT") return counted(cells.length);
  if (aggregated === "COUNT_NULL") return counted(rows.length - cells.length);
  if (aggregated === "COUNT_DISTINCT") return counted(new Set(cells).size);
  const isWhole = integers.has(type);
  if (cells.length === 0 || !(isWhole || reals.has(type))) return undefined;
  const sum = isWhole
    ? cells.reduce((total, cell) => total + BigInt(cell), 0n)
    : cells.reduce((total, cell) => total + Number(cell), 0);
  if (aggregated === "SUM") return { value: String(sum), dataType: isWhole ? "BIGINT" : "DOUBLE" };
  if (aggregated === "AVG") return { value: String(Number(sum) / cells.length), dataType: "DOUBLE" };
  if (aggregated !== "MIN" && aggregated !== "MAX") return undefined;
  const isBefore = (one: string, other: string): boolean =>
    isWhole ? BigInt(one) < BigInt(other) : Number(one) < Number(other);
  const value = cells.reduce((best, cell) => isBefore(cell, best) === (aggregated === "MIN") ? cell : best);
  return { value, dataType: isWhole ? "BIGINT" : "DOUBLE" };
};

/** A dataset as an object that is measured. */
export const measuredDataset = (project: SimulatedProject, dataset: SimulatedDataset): MeasuredObject => ({
  project,
  object: `datasets/${dataset.name}`,
  document: dataset.document,
  find: ({ type, configuration }, partition): Findings => {
    const columns = columnsOf(dataset);
    if (type === "basic") return { "basic:COUNT_COLUMNS": counted(columns.length) };
    if (type !== "records" && type !== "col_stats") return {};
    const rows = [...rowsOf(project, dataset, partition === "NP" || partition === "ALL" ? undefined : [partition])];
    if (type === "records") return { "records:COUNT_RECORDS": counted(rows.length) };
    const { aggregates } = isJsonObject(configuration) ? configuration : {};
    return Object.fromEntries(
      jsonObjects(aggregates).flatMap(({ column, aggregated }) => {
        const known = columns.find(({ name }) => name === column);
        const found = known === undefined ? undefined : statistic(String(aggregated), known, rows);
        return found === undefined ? [] : [[`col_stats:${aggregated}:${column}`, found] as const];
      }),
    );
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
