/**
 * The files of the uploaded datasets of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import {
  type Call,
  conflict,
  emptyAnswer,
  invalid,
  jsonAnswer,
  type Route,
  type SimulatedRefusal,
} from "../kernel/route.ts";
import { formSent } from "../kernel/uploaded_file.ts";
import type { World } from "../kernel/world.ts";
import type { SimulatedProject } from "../projects/projects_state.ts";
import { filesOf, uploadedFiles } from "./dataset_rows_state.ts";
import { findDataset, type SimulatedDataset } from "./datasets_state.ts";

/** The uploaded dataset that a request names. */
const uploadedNamed = (
  world: World,
  call: Call,
): Effect.Effect<{ readonly project: SimulatedProject; readonly dataset: SimulatedDataset }, SimulatedRefusal> =>
  Effect.flatMap(findDataset(world, call), (found) => {
    const { name, document: { type } } = found.dataset;
    return type === "UploadedFiles"
      ? Effect.succeed(found)
      : Effect.fail(invalid(`${name} is of type ${type}, expected UploadedFiles`));
  });

const mimeOf = (name: string): string => name.endsWith(".csv") ? "text/csv" : "application/octet-stream";

/** @internal */
export const datasetUploadsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/projects/:projectKey/datasets/:name/uploaded/files",
    known: "public evidence",
    note: "filename, path, length, mime. Their order, and what the path is, are assumed.",
    handle: (call, world) =>
      Effect.map(uploadedNamed(world, call), ({ project, dataset }) =>
        jsonAnswer(
          [...filesOf(project, dataset)].map(([filename, { length }]) => ({
            filename,
            path: `/${filename}`,
            length,
            mime: mimeOf(filename),
          })),
        )),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/datasets/:name/uploaded/files",
    known: "public evidence",
    note:
      "A multipart file with its name; nothing is answered. A name that is there is refused, as it was seen; how, and which names are none, are assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { project, dataset } = yield* uploadedNamed(world, call);
        const [file] = (yield* formSent(call)).get("file") ?? [];
        if (file === undefined) {
          return yield* Effect.fail(invalid('The body must be multipart/form-data with a file in its part "file"'));
        }
        if (file.name === "" || /[/\\]/.test(file.name)) {
          return yield* Effect.fail(invalid(`${JSON.stringify(file.name)} is no name of a file`));
        }
        const files = new Map(filesOf(project, dataset));
        if (files.has(file.name)) {
          return yield* Effect.fail(conflict(`File ${file.name} is in ${dataset.name} already`));
        }
        project.of(uploadedFiles).set(dataset.name, files.set(file.name, file.bytes));
        return emptyAnswer;
      }),
  },
];
