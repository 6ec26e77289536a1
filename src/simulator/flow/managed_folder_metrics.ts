/**
 * Metrics of the managed folders of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Call, Route, SimulatedRefusal } from "../kernel/route.ts";
import type { World } from "../kernel/world.ts";
import { filesOfFolder, folderNamed } from "./managed_folders_state.ts";
import { compute, computeFromIds, history, lastValues } from "./metric_answers.ts";
import type { Findings, MeasuredObject } from "./metrics_state.ts";

/** The folder that a request names, as one that is measured: as a whole, whatever its partitions are. */
const measuredFolder = (world: World, call: Call): Effect.Effect<MeasuredObject, SimulatedRefusal> =>
  Effect.map(folderNamed(world, call), ({ project, folder }): MeasuredObject => ({
    project,
    object: `managedFolders/${folder.id}`,
    document: folder,
    find: ({ type }): Findings => {
      if (type !== "basic") return {};
      const files = [...filesOfFolder(project, folder).values()];
      const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
      return {
        "basic:COUNT_FILES": { value: String(files.length), dataType: "BIGINT" },
        "basic:SIZE": { value: String(size), dataType: "BIGINT" },
      };
    },
  }));

/** @internal */
export const managedFolderMetricsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/projects/:projectKey/managedfolders/:folderId/metrics/last",
    known: "public evidence",
    note: "As of datasets, of the whole folder.",
    handle: (call, world) => Effect.map(measuredFolder(world, call), (measured) => lastValues(measured, "NP")),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/managedfolders/:folderId/metrics/history",
    known: "official client",
    note: "As of datasets.",
    handle: (call, world) => Effect.flatMap(measuredFolder(world, call), (measured) => history(measured, call, "NP")),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/managedfolders/:folderId/actions/computeMetrics",
    known: "official client",
    note: "As of datasets: the number of files and their size.",
    handle: (call, world) =>
      Effect.flatMap(measuredFolder(world, call), (measured) => compute(world, call, measured, "NP")),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/managedfolders/:folderId/actions/computeMetricsFromIds",
    known: "official client",
    note: "As of datasets.",
    handle: (call, world) =>
      Effect.flatMap(measuredFolder(world, call), (measured) => computeFromIds(world, call, measured, "NP")),
  },
];
