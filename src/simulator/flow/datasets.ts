/**
 * The datasets of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { type Call, emptyAnswer, flag, invalid, jsonAnswer, missing, type Route } from "../kernel/route.ts";
import { documentSent, isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import { hasTag } from "../kernel/tags.ts";
import { findProject } from "../projects/projects_state.ts";
import { freeName, managedDataset, paramsOf, usableConnection } from "./dataset_creation.ts";
import { sharedWith } from "./dataset_uses.ts";
import {
  addDataset,
  changeDataset,
  completeDataset,
  datasets,
  faultInDataset,
  findDataset,
  type SimulatedDataset,
  type Writing,
} from "./datasets_state.ts";

const by = ({ user, now }: Call): Writing => ({ login: user.login, now });

/** What people say of a dataset, as a document of its own. */
const metadataOf = ({ document }: SimulatedDataset): JsonObject => {
  const { tags, checklists, customMeta: custom, customFields, description, shortDesc } = document;
  const said = Object.entries({ description, shortDesc }).filter(([, text]) => text !== undefined);
  return { ...Object.fromEntries(said), tags, checklists, custom, customFields };
};

/** @internal */
export const datasetsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/projects/:projectKey/datasets/",
    known: "official client",
    note:
      "The whole settings; with foreign, those that other projects expose to this one, under their own projectKey; with tags, those that have one of them. That all settings are there, and the order, are assumed.",
    handle: ({ params, query }, world) =>
      Effect.map(findProject(world, params.projectKey), (project) => {
        const shared = flag(query, "foreign") ? sharedWith(world, project) : [];
        const all = [...project.of(datasets).values(), ...shared].map(({ document }) => document);
        return jsonAnswer(all.filter((document) => hasTag(document, query)));
      }),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/datasets/",
    known: "official client",
    note:
      "What is sent is the official client's; no dots in names are documented, and that one in a database without a table becomes a query was seen. The answer, which is not read, and what is refused, are assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const project = yield* findProject(world, call.params.projectKey);
        const { name: given, ...sent } = yield* documentSent(world, call);
        const name = yield* freeName(project, given);
        const fault = faultInDataset(sent);
        if (fault !== undefined) return yield* Effect.fail(fault);
        const params = paramsOf(sent);
        for (const named of [params.connection, params.uploadConnection]) {
          if (typeof named === "string") yield* usableConnection(world, call.user, named);
        }
        const { document } = addDataset(project, name, { ...sent, params }, by(call));
        return jsonAnswer(document);
      }),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/datasets/managed",
    known: "official client",
    note:
      "What is sent is the official client's, and names of formats are from its documentation. Where the data goes, the format without one named, and the answer, which is not read, are assumed; the partitioning of a folder is not copied.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const project = yield* findProject(world, call.params.projectKey);
        const { name: given, creationSettings } = yield* documentSent(world, call);
        const name = yield* freeName(project, given);
        if (!isJsonObject(creationSettings)) return yield* Effect.fail(invalid("creationSettings must be an object"));
        const sent = yield* managedDataset(world, project, call.user, name, creationSettings);
        return jsonAnswer(addDataset(project, name, sent, by(call)).document);
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/datasets/:name",
    known: "public evidence",
    note: "The whole document: its keys are those of many that were stored by real ones.",
    handle: (call, world) => Effect.map(findDataset(world, call), ({ dataset }) => jsonAnswer(dataset.document)),
  },
  {
    method: "PUT",
    path: "/projects/:projectKey/datasets/:name",
    known: "official client",
    note:
      "Takes the place of the whole document, and its version goes up. That project and name stay, that what is left out gets its defaults, and the message, which is not read, are assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { project, dataset } = yield* findDataset(world, call);
        const sent = yield* documentSent(world, call);
        const fault = faultInDataset(sent);
        if (fault !== undefined) return yield* Effect.fail(fault);
        dataset.document = completeDataset(sent, project.projectKey, dataset.name, by(call), dataset.document);
        return jsonAnswer({ msg: `Updated dataset ${dataset.name}` });
      }),
  },
  {
    method: "DELETE",
    path: "/projects/:projectKey/datasets/:name",
    known: "public evidence",
    note: "Answers nothing. Recipes that use it stay, as they were seen to; without dropData its data stays too.",
    handle: (call, world) =>
      Effect.map(findDataset(world, call), ({ project, dataset: { name } }) => {
        if (flag(call.query, "dropData")) project.removed(`datasets/${name}/data`);
        project.of(datasets).delete(name);
        project.removed(`datasets/${name}`);
        return emptyAnswer;
      }),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/actions/renameDataset",
    known: "public evidence",
    note: "Recipes use the new name then, and the old one is not found, as it was seen. What is refused is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { oldName, newName } = yield* documentSent(world, call);
        const project = yield* findProject(world, call.params.projectKey);
        const dataset = project.of(datasets).get(String(oldName));
        if (dataset === undefined) return yield* Effect.fail(missing(`Dataset ${project.projectKey}.${oldName}`));
        const name = yield* freeName(project, newName);
        const renamed = { ...dataset, name };
        changeDataset(renamed, { name, smartName: name }, by(call));
        project.of(datasets).delete(dataset.name);
        project.of(datasets).set(name, renamed);
        project.renamed(`datasets/${dataset.name}`, `datasets/${name}`);
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/datasets/:name/metadata",
    known: "public evidence",
    note: "tags, checklists, custom; a label is documented, but was not seen in an answer.",
    handle: (call, world) => Effect.map(findDataset(world, call), ({ dataset }) => jsonAnswer(metadataOf(dataset))),
  },
  {
    method: "PUT",
    path: "/projects/:projectKey/datasets/:name/metadata",
    known: "public evidence",
    note: "Takes the place of all tags, checklists and custom values; other keys are dropped, which is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { dataset } = yield* findDataset(world, call);
        const { tags = [], checklists = { checklists: [] }, custom = { kv: {} }, customFields = {}, ...texts } =
          yield* documentSent(world, call);
        const { description, shortDesc } = texts;
        const fault = faultInDataset({ type: "any", tags, description, shortDesc });
        if (fault !== undefined) return yield* Effect.fail(fault);
        if (!isJsonObject(custom)) return yield* Effect.fail(invalid("custom of a dataset must be an object"));
        const said = Object.fromEntries(
          Object.entries({ description, shortDesc }).filter(([, text]) => text !== undefined),
        );
        changeDataset(dataset, { tags, checklists, customMeta: custom, customFields, ...said }, by(call));
        return jsonAnswer({ msg: `Updated metadata of dataset ${dataset.name}` });
      }),
  },
];
