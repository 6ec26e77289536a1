/**
 * What was measured in the projects of the simulated DSS, and how what can be measured is told.
 *
 * @module
 * @internal
 */
import { isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import { type ProjectSlice, projectSlice } from "../projects/project_slice.ts";
import type { SimulatedProject } from "../projects/projects_state.ts";

/** A value of a metric, when it was measured. */
export interface Measurement {
  readonly id: string;
  readonly partition: string;
  readonly value: string;
  readonly dataType: string;
  /** In milliseconds since 1970. */
  readonly computed: number;
}

/** All that was measured, in order, by object: `datasets/orders`, `managedFolders/aB3kQ9xZ`. */
export const measurements: ProjectSlice<Map<string, ReadonlyArray<Measurement>>> = projectSlice(
  "measurements",
  () => new Map(),
  {
    removed: (held, object) => void held.delete(object),
    renamed: (held, object, to) => {
      const measured = held.get(object);
      if (measured === undefined) return;
      held.delete(object);
      held.set(to, measured);
    },
  },
);

/** What a probe finds, by id of the metric. */
export type Findings = Readonly<Record<string, { readonly value: string; readonly dataType: string }>>;

/** An object that is measured. */
export interface MeasuredObject {
  readonly project: SimulatedProject;
  /** As events name it, `datasets/orders`. */
  readonly object: string;
  /** Its settings. */
  readonly document: JsonObject;
  /** What a probe finds in a partition of it, or in the whole. */
  readonly find: (probe: JsonObject, partition: string) => Findings;
}

const metricsOf = ({ document: { metrics } }: MeasuredObject): JsonObject => isJsonObject(metrics) ? metrics : {};

/** Probes that are enabled in a document with `probes`. */
export const enabledProbes = ({ probes }: JsonObject): ReadonlyArray<JsonObject> =>
  jsonObjects(probes).filter(({ enabled }) => enabled !== false);

/** Probes by which any metric with an id could be measured, whether the settings have them or not. */
const probeFor = (id: string): JsonObject => {
  const [type, aggregated, ...column] = id.split(":");
  return { type, configuration: { aggregates: [{ aggregated, column: column.join(":") }] } };
};

/** Measures a metric by its id; `undefined` when nobody can. */
export const findMetric = (measured: MeasuredObject, id: string, partition: string): Findings | undefined => {
  const found = measured.find(probeFor(id), partition)[id];
  return found === undefined ? undefined : { [id]: found };
};

/** Measures with the probes of the settings, or with others. */
export const findAll = (measured: MeasuredObject, partition: string, probes?: JsonObject): Findings =>
  Object.assign({}, ...enabledProbes(probes ?? metricsOf(measured)).map((probe) => measured.find(probe, partition)));

/** Keeps what was found. */
export const keep = (
  { project, object }: MeasuredObject,
  findings: Findings,
  partition: string,
  computed: number,
): void => {
  const held = project.of(measurements);
  const added = Object.entries(findings).map(([id, found]) => ({ id, partition, ...found, computed }));
  held.set(object, [...held.get(object) ?? [], ...added]);
};

/** What describes a metric. */
export const describedMetric = (id: string, dataType?: string): JsonObject => {
  const [type, metricType, ...column] = id.split(":");
  return {
    id,
    type,
    metricType,
    ...(column.length === 0 ? {} : { column: column.join(":") }),
    ...(dataType === undefined ? {} : { dataType }),
  };
};

/** Ids of all metrics that are known of an object: those that are shown, and those that were measured. */
export const knownMetrics = (measured: MeasuredObject): ReadonlySet<string> => {
  const { displayedState } = metricsOf(measured);
  const shown = isJsonObject(displayedState) && Array.isArray(displayedState.metrics) ? displayedState.metrics : [];
  const held = measured.project.of(measurements).get(measured.object) ?? [];
  return new Set([...shown.map(String), ...held.map(({ id }) => id)]);
};

/** Values of a metric for a partition, oldest first. */
export const valuesOf = (
  { project, object }: MeasuredObject,
  metricId: string,
  partition: string,
): ReadonlyArray<Measurement> =>
  (project.of(measurements).get(object) ?? []).filter((one) => one.id === metricId && one.partition === partition);
