/**
 * The data of the datasets of the simulated DSS: when it was built, what uses it, how it is cleared and copied.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { flag, invalid, jsonAnswer, missing, type Route, SimulatedRefusal } from "../kernel/route.ts";
import { startScripted } from "../kernel/scripted_future.ts";
import { documentSent, isJsonObject, jsonObjects } from "../kernel/stored_document.ts";
import { findProject } from "../projects/projects_state.ts";
import { putRows, rowsOf } from "./rows_state.ts";
import { usesOf } from "./dataset_uses.ts";
import { changeDataset, datasets, dimensionsOf, findDataset } from "./datasets_state.ts";

const notSupported = (what: string): SimulatedRefusal =>
  new SimulatedRefusal({
    status: 500,
    errorType: "com.dataiku.dip.exceptions.CodedException",
    detail: `ERR_DATASET_ACTION_NOT_SUPPORTED: ${what}`,
  });

/** @internal */
export const datasetDataRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/projects/:projectKey/datasets/:name/info",
    known: "public evidence",
    note:
      "name, type, and lastBuild once it was built by a recipe; recipes and creatingRecipe were seen by name. Their shapes, and that a build takes no time, are assumed.",
    handle: (call, world) =>
      Effect.map(findDataset(world, call), ({ project: { projectKey }, dataset }) => {
        const { name, builtAt, document: { type } } = dataset;
        const uses = usesOf(world, projectKey, name);
        const creating = uses.find((use) => use.type === "RECIPE_OUTPUT");
        return jsonAnswer({
          projectKey,
          name,
          type,
          ...(creating === undefined || builtAt === undefined
            ? {}
            : { lastBuild: { buildStartTime: builtAt, buildEndTime: builtAt, buildSuccess: true } }),
          recipes: uses.filter((use) => use.type === "RECIPE_INPUT")
            .map(({ recipe }) => ({ id: recipe.name, type: recipe.type })),
          ...(creating === undefined ? {} : { creatingRecipe: creating.recipe.name }),
        });
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/datasets/:name/usages",
    known: "public evidence",
    note: "Recipes that read and write it, in other projects too; that those come last is assumed.",
    handle: (call, world) =>
      Effect.map(findDataset(world, call), ({ project, dataset }) =>
        jsonAnswer(
          usesOf(world, project.projectKey, dataset.name).map(({ type, recipe, projectKey }) => ({
            type,
            objectId: recipe.name,
            objectProjectKey: projectKey,
          })),
        )),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/datasets/:name/partitions",
    known: "public evidence",
    note: "Ids; one with partitions that was never built is an error, as it was seen. NP of one without is assumed.",
    handle: (call, world) =>
      Effect.flatMap(findDataset(world, call), ({ project, dataset }) => {
        if (dimensionsOf(dataset).length === 0) return Effect.succeed(jsonAnswer(["NP"]));
        return dataset.partitions.length > 0 ? Effect.succeed(jsonAnswer(dataset.partitions)) : Effect.fail(
          new SimulatedRefusal({
            status: 500,
            errorType: "java.io.IOException",
            detail: `Dataset ${project.projectKey}.${dataset.name} has no files`,
          }),
        );
      }),
  },
  {
    method: "DELETE",
    path: "/projects/:projectKey/datasets/:name/data",
    known: "official client",
    note:
      "All data, or some partitions. The answer, which is not read, that the schema and the last build stay, and how DSS refuses it for data that it does not own, are assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { project, dataset } = yield* findDataset(world, call);
        const { name, document: { managed, type } } = dataset;
        if (managed !== true && type !== "UploadedFiles") {
          return yield* Effect.fail(notSupported(`${name} is not managed, its data cannot be cleared`));
        }
        const partitions = call.query.getAll("partitions");
        dataset.partitions = dataset.partitions.filter((id) => partitions.length > 0 && !partitions.includes(id));
        const cleared = partitions.length === 0 ? ["data"] : partitions.map((id) => `data/${id}`);
        for (const what of cleared) project.removed(`datasets/${name}/${what}`);
        return jsonAnswer({});
      }),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/datasets/:name/actions/copyTo",
    known: "official client",
    note:
      "Answers a future; the target must be there, as it is documented. That it takes five seconds, and its result, are assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { project, dataset } = yield* findDataset(world, call);
        const { targetProjectKey, targetDatasetName, syncSchema, writeMode } = yield* documentSent(world, call);
        if (writeMode !== "OVERWRITE" && writeMode !== "APPEND") {
          return yield* Effect.fail(invalid(`${writeMode} is no way to write: OVERWRITE or APPEND`));
        }
        const targetProject = yield* findProject(world, String(targetProjectKey));
        const target = targetProject.of(datasets).get(String(targetDatasetName));
        const to = `${targetProjectKey}.${targetDatasetName}`;
        if (target === undefined) return yield* Effect.fail(missing(`Dataset ${to}`));
        const from = `${project.projectKey}.${dataset.name}`;
        const outcome = world.outcomes.take(`datasets/${from}`);
        return startScripted(world, call.now, outcome, {
          owner: call.user.login,
          displayName: `Copying ${from} to ${to}`,
          kind: "DATASET_COPY",
          seconds: 5,
          end: (at) => {
            if (outcome.end === "fail") {
              const detail = outcome.message ?? `${to} cannot be written`;
              return { failure: new SimulatedRefusal({ status: 500, errorType: "java.io.IOException", detail }) };
            }
            const { schema } = dataset.document;
            const source = dataset.partitions.length === 0 ? ["NP"] : dataset.partitions;
            const rows = [...rowsOf(project, dataset)];
            if (writeMode === "OVERWRITE") targetProject.removed(`datasets/${target.name}/data`);
            putRows(targetProject, target, rows, source, writeMode);
            if (syncSchema === true) changeDataset(target, { schema }, { login: call.user.login, now: at });
            return { result: { copied: to } };
          },
        });
      }),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/datasets/:name/generate-ai-description",
    known: "official client",
    note:
      "A dataset's schema and descriptions, as it is documented; the shape, and the sentences, are assumed. Saved, they become those of the dataset.",
    handle: (call, world) =>
      Effect.map(findDataset(world, call), ({ dataset }) => {
        const { name, document } = dataset;
        const schema = isJsonObject(document.schema) ? document.schema : {};
        const columns = jsonObjects(schema.columns).map((column) => ({
          ...column,
          comment: `The ${String(column.name).replaceAll("_", " ")}`,
        }));
        const description = `${name} has ${columns.length} columns.`;
        if (flag(call.query, "saveDescription")) {
          changeDataset(dataset, { description, schema: { ...schema, columns } }, {
            login: call.user.login,
            now: call.now,
          });
        }
        return jsonAnswer({ description, schema: { ...schema, columns } });
      }),
  },
];
