/**
 * Deployments of API services of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { answered, arrayIn, serviceOf } from "./api_queries.ts";
import { startDeploymentUpdate } from "./api_deployment_updates.ts";
import {
  apiDeployer,
  type ApiDeploymentRecord,
  faultInDeployment,
  faultInGovernance,
  findDeployment,
  heavyStatus,
  lightDeployment,
  versionsIn,
} from "./api_deployer_state.ts";
import { infoMessage } from "../kernel/info_messages.ts";
import {
  conflict,
  emptyAnswer,
  flag,
  invalid,
  jsonAnswer,
  missing,
  notFound,
  refuse,
  type Route,
  textAnswer,
} from "../kernel/route.ts";
import { documentSent, isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";

/** @internal */
export const apiDeploymentsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/api-deployer/deployments",
    known: "public evidence",
    note: "The id is in deploymentBasicInfo alone. That every user sees all, and what lists leave out, is assumed.",
    handle: (_, world) =>
      Effect.sync(() =>
        jsonAnswer([...world.of(apiDeployer).deployments.values()].map((each) => lightDeployment(world, each)))
      ),
  },
  {
    method: "POST",
    path: "/api-deployer/deployments",
    known: "public evidence",
    note:
      "Warnings are refusals that begin with WARNING, unless ignoreWarnings. The answer is not looked at. That it is enabled at first, and what else is refused, is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const {
          deploymentId: id,
          publishedServiceId,
          infraId,
          version,
          endpointId,
          authorizationsToQueryThroughDeployer,
        } = yield* documentSent(world, call);
        const { deployments, services, infras } = world.of(apiDeployer);
        if (typeof id !== "string" || id === "") {
          return yield* Effect.fail(invalid("A deployment needs a deploymentId"));
        }
        if (deployments.has(id)) return yield* Effect.fail(conflict(`Deployment ${id} exists already`));
        const [serviceId, infra] = [String(publishedServiceId), infras.get(String(infraId))];
        if (!services.has(serviceId)) return yield* Effect.fail(missing(`Service ${publishedServiceId}`));
        if (infra === undefined) return yield* Effect.fail(missing(`Infrastructure ${infraId}`));
        if (endpointId !== null && endpointId !== undefined && typeof endpointId !== "string") {
          return yield* Effect.fail(invalid("endpointId must be a text or null"));
        }
        const authorizations = authorizationsToQueryThroughDeployer ?? [];
        const isAuthorization = (each: unknown) => isJsonObject(each) && typeof each.group === "string";
        if (!Array.isArray(authorizations) || !authorizations.every(isAuthorization)) {
          return yield* Effect.fail(
            invalid("authorizationsToQueryThroughDeployer must be an array, each with a group"),
          );
        }
        const deployment: ApiDeploymentRecord = {
          id,
          serviceId,
          infraId: infra.id,
          settings: {
            id,
            publishedServiceId: serviceId,
            infraId: infra.id,
            enabled: true,
            generationsMapping: { mode: "SINGLE_GENERATION", generation: version },
            ...(typeof endpointId === "string" ? { endpointId } : {}),
            authorizationsToQueryThroughDeployer: authorizations,
          },
          live: undefined,
          updates: [],
          isUpdating: false,
        };
        const { settings } = deployment;
        yield* refuse(faultInDeployment(world, deployment, settings));
        const ignored = flag(call.query, "ignoreWarnings");
        yield* refuse(faultInGovernance(world, deployment, settings.generationsMapping, ignored));
        deployments.set(id, deployment);
        return jsonAnswer({ id });
      }),
  },
  {
    method: "GET",
    path: "/api-deployer/deployments/:deploymentId",
    known: "public evidence",
    note: "An item of the list.",
    handle: (call, world) =>
      Effect.map(findDeployment(world, call), (deployment) => jsonAnswer(lightDeployment(world, deployment))),
  },
  {
    method: "GET",
    path: "/api-deployer/deployments/:deploymentId/status",
    known: "public evidence",
    note:
      "health, healthMessages, apiNodes of static infrastructures, publicURL of others after an update. When health is UNKNOWN or OUT_OF_SYNC is assumed.",
    handle: (call, world) =>
      Effect.map(findDeployment(world, call), (deployment) => jsonAnswer(heavyStatus(world, deployment))),
  },
  {
    method: "GET",
    path: "/api-deployer/deployments/:deploymentId/governance-status",
    known: "official client",
    note: "Messages; of an empty version, that of the settings.",
    handle: (call, world) =>
      Effect.flatMap(findDeployment(world, call), ({ serviceId, settings }) => {
        const version = call.query.get("version") || versionsIn(settings.generationsMapping)[0]!;
        if (world.of(apiDeployer).services.get(serviceId)?.versions.has(version) !== true) {
          return Effect.fail(missing(`Version ${version} of service ${serviceId}`));
        }
        const nothing = { anyMessage: false, success: false, warning: false, error: false, fatal: false, messages: [] };
        const { end } = world.outcomes.take(`api-governance/${serviceId}.${version}`);
        return Effect.succeed(jsonAnswer(
          end === "done" ? nothing : infoMessage(
            end === "fail" ? "ERROR" : "WARNING",
            "GOVERN",
            "Governance",
            `Version ${version} is not approved`,
          ),
        ));
      }),
  },
  {
    method: "GET",
    path: "/api-deployer/deployments/:deploymentId/settings",
    known: "public evidence",
    note: "id, infraId, publishedServiceId, enabled and generationsMapping; further keys of a real one are left out.",
    handle: (call, world) => Effect.map(findDeployment(world, call), ({ settings }) => jsonAnswer(settings)),
  },
  {
    method: "PUT",
    path: "/api-deployer/deployments/:deploymentId/settings",
    known: "official client",
    note: "Written whole; that the ids stay is assumed. The nodes go by it after the next update.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const deployment = yield* findDeployment(world, call);
        const { id, serviceId: publishedServiceId, infraId } = deployment;
        const settings = { ...(yield* documentSent(world, call)), id, publishedServiceId, infraId };
        yield* refuse(faultInDeployment(world, deployment, settings));
        const mapping = (settings as JsonObject).generationsMapping;
        yield* refuse(faultInGovernance(world, deployment, mapping, flag(call.query, "ignoreWarnings")));
        deployment.settings = settings;
        return emptyAnswer;
      }),
  },
  {
    method: "POST",
    path: "/api-deployer/deployments/:deploymentId/actions/update",
    known: "official client",
    note: "A future. How long it takes, that one at a time runs, and its result, is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(
        findDeployment(world, call),
        (deployment) =>
          deployment.isUpdating
            ? Effect.fail(invalid(`Deployment ${deployment.id} is being updated`))
            : Effect.succeed(startDeploymentUpdate(world, call, deployment)),
      ),
  },
  {
    method: "GET",
    path: "/api-deployer/deployments/:deploymentId/update",
    known: "official client",
    note: "An array of startTimestamp, type and status, latest first.",
    handle: (call, world) =>
      Effect.map(
        findDeployment(world, call),
        ({ updates }) =>
          jsonAnswer(updates.map(({ startTimestamp, type, status }) => ({ startTimestamp, type, status }))),
      ),
  },
  {
    method: "GET",
    path: "/api-deployer/deployments/:deploymentId/last-update",
    known: "official client",
    note: "The update with its log. That a deployment without one answers as one that does not exist is assumed.",
    handle: (call, world) =>
      Effect.flatMap(
        findDeployment(world, call),
        ({ id, updates: [last] }) =>
          last === undefined ? Effect.fail(missing(`An update of ${id}`)) : Effect.succeed(jsonAnswer(last)),
      ),
  },
  {
    method: "GET",
    path: "/api-deployer/deployments/:deploymentId/update/:startTimestamp",
    known: "official client",
    note: "The update with its log.",
    handle: (call, world) =>
      Effect.flatMap(findDeployment(world, call), ({ id, updates }) => {
        const { startTimestamp } = call.params;
        const update = updates.find((each) => String(each.startTimestamp) === startTimestamp);
        return update === undefined
          ? Effect.fail(missing(`Update ${startTimestamp} of ${id}`))
          : Effect.succeed(jsonAnswer(update));
      }),
  },
  {
    method: "GET",
    path: "/api-deployer/deployments/:deploymentId/get-open-api",
    known: "official client",
    note: "The JSON text of the first endpoint that has an enabled openAPI; that others answer 404 is assumed.",
    handle: (call, world) =>
      Effect.flatMap(findDeployment(world, call), (deployment) => {
        const documents = jsonObjects(serviceOf(world, deployment).endpoints).map(({ openAPI }) => openAPI);
        const found = documents.find((openAPI) => isJsonObject(openAPI) && openAPI.enabled === true);
        return isJsonObject(found) && typeof found.content === "string"
          ? Effect.succeed(textAnswer(found.content, "application/json"))
          : Effect.fail(notFound(`An OpenAPI document of ${deployment.id}`));
      }),
  },
  {
    method: "POST",
    path: "/api-deployer/deployments/:deploymentId/actions/run-test-queries",
    known: "official client",
    note: "endpointIdParam and testQueriesParam in the query. What the nodes answer is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const deployment = yield* findDeployment(world, call);
        const sent = yield* arrayIn(call, "testQueriesParam");
        const stored = ({ testQueries }: JsonObject) => sent?.length ?? jsonObjects(testQueries).length;
        return yield* answered(world, deployment, call.query.get("endpointIdParam"), stored);
      }),
  },
  {
    method: "POST",
    path: "/api-deployer/deployments/:deploymentId/actions/run-queries",
    known: "official client",
    note:
      "queries and endpointId in the query. What the nodes answer is assumed; adaptQueryForInfraType changes nothing.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const deployment = yield* findDeployment(world, call);
        const sent = yield* arrayIn(call, "queries");
        if (sent === undefined) return yield* Effect.fail(invalid("queries must be a JSON array"));
        return yield* answered(world, deployment, call.query.get("endpointId"), () => sent.length);
      }),
  },
  {
    method: "DELETE",
    path: "/api-deployer/deployments/:deploymentId",
    known: "public evidence",
    note: "One that is enabled is refused; how DSS says it is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(findDeployment(world, call), ({ id, settings, isUpdating }) => {
        if (settings.enabled === true) return Effect.fail(invalid(`Deployment ${id} is enabled: disable it first`));
        if (isUpdating) return Effect.fail(invalid(`Deployment ${id} is being updated`));
        world.of(apiDeployer).deployments.delete(id);
        return Effect.succeed(emptyAnswer);
      }),
  },
];
