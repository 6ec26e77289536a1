/**
 * Services of the API Deployer of the simulated DSS, and their versions.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import {
  addService,
  addVersion,
  apiDeployer,
  type ApiDeployerServiceRecord,
  type ApiVersionRecord,
  archiveAnswer,
  deploymentRefs,
  findService,
  versionsIn,
} from "./api_deployer_state.ts";
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
import { fileSent, filesOf, jsonIn } from "../kernel/uploaded_file.ts";
import type { World } from "../kernel/world.ts";

const lightService = (world: World, { id, versions }: ApiDeployerServiceRecord): JsonObject => ({
  serviceBasicInfo: { id, name: id },
  packages: [...versions.keys()].map((id) => ({ id })),
  deployments: deploymentRefs(world, ({ serviceId }) => serviceId === id),
});

const findVersion = (
  world: World,
  call: Call,
): Effect.Effect<
  { readonly service: ApiDeployerServiceRecord; readonly version: ApiVersionRecord },
  SimulatedRefusal
> =>
  Effect.flatMap(findService(world, call), (service) => {
    const version = service.versions.get(call.params.versionId!);
    return version === undefined
      ? Effect.fail(missing(`Version ${call.params.versionId} of service ${service.id}`))
      : Effect.succeed({ service, version });
  });

/** The version in an archive. */
const versionIn = (archive: Uint8Array, now: number): Effect.Effect<ApiVersionRecord, SimulatedRefusal> =>
  Effect.flatMap(filesOf(archive), (files) => {
    const manifest = jsonIn(files, "package-manifest.json");
    const settings = jsonIn(files, "service.json") ?? {};
    return typeof manifest?.packageId === "string"
      ? Effect.succeed({ id: manifest.packageId, createdOn: now, manifest, settings, archive })
      : Effect.fail(invalid("The archive is not that of a version: it has no package-manifest.json"));
  });

/** @internal */
export const apiDeployerServicesRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/api-deployer/services",
    known: "public evidence",
    note: "The id is in serviceBasicInfo alone. That every user sees all is assumed.",
    handle: (_, world) =>
      Effect.sync(() =>
        jsonAnswer([...world.of(apiDeployer).services.values()].map((each) => lightService(world, each)))
      ),
  },
  {
    method: "POST",
    path: "/api-deployer/services",
    known: "public evidence",
    note: "publishedServiceId and nothing else: other keys are refused with 400.",
    admin: true,
    handle: ({ json }, world) =>
      Effect.suspend(() => {
        const { publishedServiceId: id, ...rest } = isJsonObject(json) ? json : {};
        if (typeof id !== "string" || id === "" || Object.keys(rest).length > 0) {
          return Effect.fail(invalid("The body must have publishedServiceId and nothing else"));
        }
        if (world.of(apiDeployer).services.has(id)) return Effect.fail(conflict(`Service ${id} exists already`));
        addService(world, id);
        return Effect.succeed(jsonAnswer({ id }));
      }),
  },
  {
    method: "GET",
    path: "/api-deployer/services/:serviceId",
    known: "public evidence",
    note: "packages are the versions.",
    handle: (call, world) =>
      Effect.map(findService(world, call), (service) => jsonAnswer(lightService(world, service))),
  },
  {
    method: "DELETE",
    path: "/api-deployer/services/:serviceId",
    known: "documented",
    note: "One that is deployed is refused; how DSS says it is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(findService(world, call), ({ id }) => {
        const of = deploymentRefs(world, ({ serviceId }) => serviceId === id);
        if (of.length > 0) return Effect.fail(invalid(`Service ${id} has deployments: ${of.map(({ id }) => id)}`));
        world.of(apiDeployer).services.delete(id);
        return Effect.succeed(emptyAnswer);
      }),
  },
  {
    method: "POST",
    path: "/api-deployer/services/:serviceId/versions",
    known: "official client",
    note: "A multipart file; an empty answer. That a version which is there is refused with 409 is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const { id } = yield* findService(world, call);
        yield* refuse(addVersion(world, id, yield* versionIn(yield* fileSent(call), call.now)));
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/api-deployer/services/:serviceId/versions/:versionId",
    known: "official client",
    note: "A ZIP file, as it was imported.",
    handle: (call, world) => Effect.map(findVersion(world, call), ({ version }) => archiveAnswer(version)),
  },
  {
    method: "DELETE",
    path: "/api-deployer/services/:serviceId/versions/:versionId",
    known: "official client",
    note: "That one which is deployed is refused is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(findVersion(world, call), ({ service, version: { id } }) => {
        const user = [...world.of(apiDeployer).deployments.values()].find(({ serviceId, settings }) =>
          serviceId === service.id && versionsIn(settings.generationsMapping).includes(id)
        );
        if (user !== undefined) return Effect.fail(invalid(`Version ${id} is deployed by ${user.id}`));
        service.versions.delete(id);
        return Effect.succeed(emptyAnswer);
      }),
  },
  {
    method: "GET",
    path: "/api-deployer/services/:serviceId/settings",
    known: "official client",
    note: "What is in it besides id is assumed.",
    handle: (call, world) => Effect.map(findService(world, call), ({ settings }) => jsonAnswer(settings)),
  },
  {
    method: "PUT",
    path: "/api-deployer/services/:serviceId/settings",
    known: "official client",
    note: "Written whole; that the id stays is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const service = yield* findService(world, call);
        const { permissions = [], ...sent } = yield* documentSent(world, call);
        if (!Array.isArray(permissions) || !permissions.every(isJsonObject)) {
          return yield* Effect.fail(invalid("permissions must be an array of objects"));
        }
        service.settings = { permissions, ...sent, id: service.id };
        return emptyAnswer;
      }),
  },
];
