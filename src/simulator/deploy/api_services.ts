/**
 * API services of projects of the simulated DSS: designed, packaged, and published to its API Deployer.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { addVersion, type ApiVersionRecord, archiveAnswer } from "./api_deployer_state.ts";
import { administrated, findProject, type SimulatedProject } from "../projects/projects_state.ts";
import {
  type Call,
  conflict,
  emptyAnswer,
  invalid,
  jsonAnswer,
  missing,
  refuse,
  type Route,
  type SimulatedRefusal,
} from "../kernel/route.ts";
import { documentSent, isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import { writeZip } from "../kernel/zip.ts";
import type { World } from "../kernel/world.ts";
import { type ProjectSlice, projectSlice } from "../projects/project_slice.ts";

/** An API service of a project. */
export interface ApiServiceRecord {
  readonly id: string;
  /** Its settings; replaced as a whole, never changed. */
  settings: JsonObject;
  /** Its packages by id. */
  readonly packages: Map<string, ApiVersionRecord>;
}

/** API services of a project by id. */
export const apiServices: ProjectSlice<Map<string, ApiServiceRecord>> = projectSlice("apiServices", () => new Map());

/** What DSS keeps of the settings; it drops other keys. */
const known: ReadonlySet<string> = new Set([
  "projectKey",
  "id",
  "name",
  "shortDesc",
  "description",
  "endpoints",
  "authMethod",
  "authRealm",
  "publicAccess",
  "deploymentMonitoring",
  "tags",
  "customFields",
  "checklists",
  "versionTag",
  "creationTag",
]);

const fault = ({ endpoints, authMethod, authRealm, tags = [] }: JsonObject): SimulatedRefusal | undefined => {
  const isEndpoint = (value: unknown): boolean =>
    isJsonObject(value) && typeof value.id === "string" && value.id !== "" && typeof value.type === "string" &&
    (value.testQueries === undefined || (Array.isArray(value.testQueries) && value.testQueries.every(isJsonObject)));
  if (!Array.isArray(endpoints) || !endpoints.every(isEndpoint)) {
    return invalid("endpoints must be an array, each with id, type and testQueries");
  }
  const ids = endpoints.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) return invalid(`There are two endpoints ${twice}`);
  if (authMethod !== undefined && typeof authMethod !== "string") return invalid("authMethod must be a text");
  if (authRealm !== undefined && !isJsonObject(authRealm)) return invalid("authRealm must be an object");
  return Array.isArray(tags) && tags.every((tag) => typeof tag === "string")
    ? undefined
    : invalid("The tags of an API service must be texts");
};

interface Found {
  readonly project: SimulatedProject;
  readonly service: ApiServiceRecord;
}

const serviceIn = (project: SimulatedProject, { params }: Call): Effect.Effect<Found, SimulatedRefusal> => {
  const service = project.of(apiServices).get(params.serviceId!);
  return service === undefined
    ? Effect.fail(missing(`API service ${params.serviceId} of project ${project.projectKey}`))
    : Effect.succeed({ project, service });
};

/** The service that a request reads. */
const find = (world: World, call: Call): Effect.Effect<Found, SimulatedRefusal> =>
  Effect.flatMap(findProject(world, call.params.projectKey), (project) => serviceIn(project, call));

/** The service that a request changes. */
const change = (world: World, call: Call): Effect.Effect<Found, SimulatedRefusal> =>
  Effect.flatMap(administrated(world, call), (project) => serviceIn(project, call));

const packageOf = ({ service }: Found, { params }: Call): Effect.Effect<ApiVersionRecord, SimulatedRefusal> => {
  const found = service.packages.get(params.packageId!);
  return found === undefined
    ? Effect.fail(missing(`Package ${params.packageId} of API service ${service.id}`))
    : Effect.succeed(found);
};

/** The settings of a new service. */
export const newSettings = (projectKey: string, id: string): JsonObject => ({
  projectKey,
  id,
  name: id,
  endpoints: [],
  authMethod: "PUBLIC",
  authRealm: { queryKeys: [] },
  deploymentMonitoring: [],
  tags: [],
  customFields: {},
  checklists: { checklists: [] },
});

/** A package of a service, as it is now. */
export const packed = (
  { project: { projectKey }, service }: Found,
  id: string,
  createdOn: number,
  releaseNotes: string | undefined,
): ApiVersionRecord => {
  const manifest = {
    packageId: id,
    serviceId: service.id,
    projectKey,
    createdOn,
    ...(releaseNotes === undefined ? {} : { releaseNotes }),
  };
  const files = [["package-manifest.json", manifest], ["service.json", service.settings]] as const;
  const encoded = files.map(([path, value]) => [path, new TextEncoder().encode(JSON.stringify(value))] as const);
  return { id, createdOn, manifest, settings: service.settings, archive: writeZip(encoded) };
};

/** @internal */
export const apiServicesRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/projects/:projectKey/apiservices/",
    known: "official client",
    note: "projectKey, id, name, authMethod and endpoints.",
    handle: ({ params }, world) =>
      Effect.map(findProject(world, params.projectKey), (project) =>
        jsonAnswer(
          [...project.of(apiServices).values()].map(({ id, settings: { name, authMethod, endpoints } }) => ({
            projectKey: project.projectKey,
            id,
            name,
            authMethod,
            endpoints,
          })),
        )),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/apiservices/:serviceId",
    known: "official client",
    note: "An empty answer. That a taken id is refused with 409 is assumed.",
    handle: (call, world) =>
      Effect.flatMap(administrated(world, call), (project) => {
        const services = project.of(apiServices);
        const { serviceId: id } = call.params as { readonly serviceId: string };
        if (services.has(id)) return Effect.fail(conflict(`API service ${id} exists already`));
        services.set(id, { id, settings: newSettings(project.projectKey, id), packages: new Map() });
        return Effect.succeed(emptyAnswer);
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/apiservices/:serviceId/settings",
    known: "public evidence",
    note: "As services are stored.",
    handle: (call, world) => Effect.map(find(world, call), ({ service }) => jsonAnswer(service.settings)),
  },
  {
    method: "PUT",
    path: "/projects/:projectKey/apiservices/:serviceId/settings",
    known: "public evidence",
    note: "Written whole; unknown keys at the top are dropped, customFields stays. What is refused is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { project, service } = yield* change(world, call);
        const sent = yield* documentSent(world, call);
        yield* refuse(fault(sent));
        const kept = Object.fromEntries(Object.entries(sent).filter(([key]) => known.has(key)));
        service.settings = { ...kept, projectKey: project.projectKey, id: service.id };
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/apiservices/:serviceId/packages",
    known: "official client",
    note: "id and createdOn.",
    handle: (call, world) =>
      Effect.map(
        find(world, call),
        ({ service }) => jsonAnswer([...service.packages.values()].map(({ id, createdOn }) => ({ id, createdOn }))),
      ),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/apiservices/:serviceId/packages/:packageId",
    known: "official client",
    note: "An empty answer. That a taken id is refused with 409 is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const found = yield* change(world, call);
        const { packageId: id } = call.params as { readonly packageId: string };
        const { packages } = found.service;
        if (packages.has(id)) return yield* Effect.fail(conflict(`Package ${id} exists already`));
        const releaseNotes = call.query.get("releaseNotes") ?? undefined;
        packages.set(id, packed(found, id, call.now, releaseNotes));
        return emptyAnswer;
      }),
  },
  {
    method: "DELETE",
    path: "/projects/:projectKey/apiservices/:serviceId/packages/:packageId",
    known: "official client",
    note: "An empty answer; what was published of it stays.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const found = yield* change(world, call);
        found.service.packages.delete((yield* packageOf(found, call)).id);
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/apiservices/:serviceId/packages/:packageId/summary",
    known: "official client",
    note: "What is in it is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { manifest, settings } = yield* packageOf(yield* find(world, call), call);
        const { id, endpoints } = settings;
        return jsonAnswer({ ...manifest, serviceId: id, endpoints });
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/apiservices/:serviceId/packages/:packageId/archive",
    known: "official client",
    note: "A ZIP file. Its files are of this simulated DSS alone.",
    handle: (call, world) =>
      Effect.gen(function* () {
        return archiveAnswer(yield* packageOf(yield* find(world, call), call));
      }),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/apiservices/:serviceId/packages/:packageId/publish",
    known: "official client",
    note:
      "An empty answer. That a service which the deployer does not have comes by itself, and that a version which it has is refused, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const version = yield* packageOf(yield* change(world, call), call);
        yield* refuse(addVersion(world, call.query.get("publishedServiceId") ?? call.params.serviceId!, version));
        return emptyAnswer;
      }),
  },
];
