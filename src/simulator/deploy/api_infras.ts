/**
 * Infrastructures of the API Deployer of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { apiDeployer, type ApiInfraRecord, deploymentRefs, findInfra, infraInfo } from "./api_deployer_state.ts";
import {
  conflict,
  emptyAnswer,
  invalid,
  jsonAnswer,
  refuse,
  type Route,
  type SimulatedRefusal,
} from "../kernel/route.ts";
import { documentSent, isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";

const types = ["STATIC", "K8S", "AZURE_ML", "SAGEMAKER", "SNOWPARK", "VERTEX_AI"];
const policies = ["PREVENT", "WARN", "NO_CHECK"];

const lightInfra = (world: World, infra: ApiInfraRecord): JsonObject => ({
  infraBasicInfo: infraInfo(infra),
  deployments: deploymentRefs(world, ({ infraId }) => infraId === infra.id),
  canDeploy: true,
});

const isTextOrNothing = (value: unknown): boolean => value === undefined || value === null || typeof value === "string";

/** Why settings cannot be stored. */
const fault = (
  world: World,
  { type, stage, governCheckPolicy = "NO_CHECK", apiNodes }: JsonObject,
): SimulatedRefusal | undefined => {
  if (!types.includes(String(type))) return invalid(`type is ${type}, expected one of ${types}`);
  if (!world.of(apiDeployer).stages.some(({ id }) => id === stage)) return invalid(`There is no stage ${stage}`);
  if (!policies.includes(String(governCheckPolicy))) {
    return invalid(`governCheckPolicy is ${governCheckPolicy}, expected one of ${policies}`);
  }
  const isNode = (node: unknown): boolean =>
    isJsonObject(node) && typeof node.url === "string" && isTextOrNothing(node.adminAPIKey) &&
    isTextOrNothing(node.graphitePrefix);
  if (type !== "STATIC") {
    return apiNodes === undefined ? undefined : invalid("Only STATIC infrastructures have apiNodes");
  }
  return Array.isArray(apiNodes) && apiNodes.every(isNode)
    ? undefined
    : invalid("apiNodes must be an array, each with url, adminAPIKey and graphitePrefix");
};

/** @internal */
export const apiInfrasRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/api-deployer/stages",
    known: "documented",
    note: "id and desc.",
    handle: (_, world) => Effect.sync(() => jsonAnswer(world.of(apiDeployer).stages)),
  },
  {
    method: "GET",
    path: "/api-deployer/infras",
    known: "public evidence",
    note: "The id is in infraBasicInfo alone. That every user sees all, and may deploy on all, is assumed.",
    handle: (_, world) =>
      Effect.sync(() =>
        jsonAnswer([...world.of(apiDeployer).infras.values()].map((infra) => lightInfra(world, infra)))
      ),
  },
  {
    method: "POST",
    path: "/api-deployer/infras",
    known: "official client",
    note: "id, stage, type and governCheckPolicy; the answer is not looked at. What is refused is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const { id, stage, type, governCheckPolicy } = yield* documentSent(world, call);
        if (typeof id !== "string" || id === "") return yield* Effect.fail(invalid("An infrastructure needs an id"));
        if (world.of(apiDeployer).infras.has(id)) {
          return yield* Effect.fail(conflict(`Infrastructure ${id} exists already`));
        }
        const settings = { id, stage, type, governCheckPolicy, ...(type === "STATIC" ? { apiNodes: [] } : {}) };
        yield* refuse(fault(world, settings));
        world.of(apiDeployer).infras.set(id, { id, settings });
        return jsonAnswer({ id });
      }),
  },
  {
    method: "GET",
    path: "/api-deployer/infras/:infraId",
    known: "public evidence",
    note: "An item of the list.",
    handle: (call, world) => Effect.map(findInfra(world, call), (infra) => jsonAnswer(lightInfra(world, infra))),
  },
  {
    method: "DELETE",
    path: "/api-deployer/infras/:infraId",
    known: "documented",
    note: "One on which something is deployed is refused; how DSS says it is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(findInfra(world, call), ({ id }) => {
        const on = deploymentRefs(world, ({ infraId }) => infraId === id);
        if (on.length > 0) {
          return Effect.fail(invalid(`Infrastructure ${id} has deployments: ${on.map(({ id }) => id)}`));
        }
        world.of(apiDeployer).infras.delete(id);
        return Effect.succeed(emptyAnswer);
      }),
  },
  {
    method: "GET",
    path: "/api-deployer/infras/:infraId/settings",
    known: "public evidence",
    note: "That it shows the keys of the nodes is assumed.",
    admin: true,
    handle: (call, world) => Effect.map(findInfra(world, call), ({ settings }) => jsonAnswer(settings)),
  },
  {
    method: "PUT",
    path: "/api-deployer/infras/:infraId/settings",
    known: "official client",
    note: "Written whole; that id and type stay is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const infra = yield* findInfra(world, call);
        const { id, type } = infra.settings;
        const settings = { ...(yield* documentSent(world, call)), id, type };
        yield* refuse(fault(world, settings));
        infra.settings = settings;
        return emptyAnswer;
      }),
  },
];
