/**
 * What the simulated DSS answers about metrics, the same for all that is measured.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { type Answer, type Call, invalid, jsonAnswer, SimulatedRefusal } from "../kernel/route.ts";
import { startScripted } from "../kernel/scripted_future.ts";
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import {
  describedMetric,
  findAll,
  type Findings,
  findMetric,
  keep,
  knownMetrics,
  type MeasuredObject,
  valuesOf,
} from "./metrics_state.ts";

/** The last values of all metrics for a partition. */
export const lastValues = (measured: MeasuredObject, partition: string): Answer =>
  jsonAnswer({
    metrics: [...knownMetrics(measured)].map((id) => {
      const last = valuesOf(measured, id, partition).at(-1);
      return {
        metric: describedMetric(id, last?.dataType),
        displayedAsMetric: true,
        lastValues: last === undefined
          ? []
          : [{ partition, dataType: last.dataType, value: last.value, computed: last.computed }],
      };
    }),
  });

/** The values of a metric over time: the metric is named by its id, or described. */
export const history = (
  measured: MeasuredObject,
  { query }: Call,
  partition: string,
): Effect.Effect<Answer, SimulatedRefusal> => {
  const lookup = query.get("metricLookup") ?? "";
  const id = lookup.startsWith("{") ? idDescribed(lookup) : lookup;
  if (id === "") return Effect.fail(invalid("metricLookup must name a metric"));
  const values = valuesOf(measured, id, partition);
  return Effect.succeed(jsonAnswer({
    metricId: id,
    metric: describedMetric(id, values.at(-1)?.dataType),
    values: values.map(({ computed, value }) => ({ time: computed, value })),
  }));
};

const idDescribed = (lookup: string): string => {
  try {
    const { id, type, metricType, column } = JSON.parse(lookup) as JsonObject;
    return String(id ?? [type, metricType, column].filter((part) => part !== undefined).join(":"));
  } catch {
    return "";
  }
};

/** Measures all that is found at the end, and gives the future of it; it is done at once unless a script says otherwise. */
export const measuring = (
  world: World,
  call: Call,
  measured: MeasuredObject,
  partition: string,
  findings: () => Findings,
): Answer => {
  const name = `${measured.project.projectKey}.${measured.object.split("/").at(-1)}`;
  const outcome = world.outcomes.take(`metrics/${name}`);
  return startScripted(world, call.now, outcome, {
    owner: call.user.login,
    displayName: `Computing metrics of ${name}`,
    kind: "METRICS_COMPUTE",
    seconds: 0,
    end: (at) => {
      if (outcome.end === "fail") {
        const detail = outcome.message ??
          `ERR_METRIC_DATASET_COMPUTATION_FAILED: Metrics of ${name} cannot be computed`;
        return {
          failure: new SimulatedRefusal({
            status: 500,
            errorType: "com.dataiku.dip.exceptions.CodedException",
            detail,
          }),
        };
      }
      const found = findings();
      keep(measured, found, partition, at);
      const computed = Object.entries(found).map(([metricId, { value, dataType }]) => ({
        metricId,
        partition,
        value,
        dataType,
      }));
      return { result: { computed, skipped: [] } };
    },
  });
};

/** Measures with the probes of the settings, or with those that are sent. */
export const compute = (
  world: World,
  call: Call,
  measured: MeasuredObject,
  partition: string,
): Effect.Effect<Answer, SimulatedRefusal> => {
  const { json } = call;
  if (json !== undefined && !isJsonObject(json)) return Effect.fail(invalid("Probes must be an object with probes"));
  const probes = json !== undefined && "probes" in json ? json : undefined;
  return Effect.succeed(measuring(world, call, measured, partition, () => findAll(measured, partition, probes)));
};

/** Measures metrics by their ids. */
export const computeFromIds = (
  world: World,
  call: Call,
  measured: MeasuredObject,
  partition: string,
): Effect.Effect<Answer, SimulatedRefusal> => {
  const { metricIds } = isJsonObject(call.json) ? call.json : {};
  if (!Array.isArray(metricIds)) return Effect.fail(invalid("metricIds must be a list of ids of metrics"));
  const unknown = metricIds.find((id) => findMetric(measured, String(id), partition) === undefined);
  return unknown === undefined
    ? Effect.succeed(
      measuring(world, call, measured, partition, () =>
        Object.assign(
          {},
          ...metricIds.map((id) => findMetric(measured, String(id), partition)),
        )),
    )
    : Effect.fail(invalid(`ERR_DATASET_INVALID_METRIC_IDENTIFIER: ${unknown} is no metric of ${measured.object}`));
};
