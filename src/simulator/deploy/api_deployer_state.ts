/**
 * The API Deployer of the simulated DSS: infrastructures, services with versions, and what is deployed.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { infoMessage } from "../kernel/info_messages.ts";
import {
  type Answer,
  type Call,
  conflict,
  invalid,
  missing,
  type SimulatedRefusal,
  zipAnswer,
} from "../kernel/route.ts";
import { isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** A version of an API service, in a project or on the deployer. */
export interface ApiVersionRecord {
  readonly id: string;
  /** In milliseconds since 1970. */
  readonly createdOn: number;
  /** What the archive says of itself. */
  readonly manifest: JsonObject;
  /** The settings of the service when it was packed. */
  readonly settings: JsonObject;
  /** Its archive. */
  readonly archive: Uint8Array;
}

/** A service on the deployer. */
export interface ApiDeployerServiceRecord {
  readonly id: string;
  /** Replaced as a whole, never changed. */
  settings: JsonObject;
  readonly versions: Map<string, ApiVersionRecord>;
}

/** An infrastructure. */
export interface ApiInfraRecord {
  readonly id: string;
  /** Replaced as a whole, never changed. */
  settings: JsonObject;
}

/** A deployment. */
export interface ApiDeploymentRecord {
  readonly id: string;
  readonly serviceId: string;
  readonly infraId: string;
  /** Replaced as a whole, never changed. */
  settings: JsonObject;
  /** What the nodes answer with, after an update. */
  live: { readonly mapping: unknown; readonly health: string; readonly message: string | undefined } | undefined;
  /** Latest first. */
  updates: ReadonlyArray<JsonObject>;
  /** Whether an update runs. */
  isUpdating: boolean;
}

/** What the deployer knows. */
export class ApiDeployerState {
  /** Stages of infrastructures. */
  readonly stages: ReadonlyArray<JsonObject> = [
    { id: "Development", desc: "Development stage" },
    { id: "Test", desc: "" },
    { id: "Production", desc: "" },
  ];
  /** Infrastructures by id. */
  readonly infras: Map<string, ApiInfraRecord> = new Map();
  /** Services by id. */
  readonly services: Map<string, ApiDeployerServiceRecord> = new Map();
  /** Deployments by id. */
  readonly deployments: Map<string, ApiDeploymentRecord> = new Map();
}

/** The API Deployer. */
export const apiDeployer: Slice<ApiDeployerState> = slice("apiDeployer", () => new ApiDeployerState());

/** The archive of a version. */
export const archiveAnswer = ({ archive }: ApiVersionRecord): Answer => zipAnswer(archive);

/** A service without versions. */
export const addService = (world: World, id: string): ApiDeployerServiceRecord => {
  const service = { id, settings: { id, permissions: [] }, versions: new Map() };
  world.of(apiDeployer).services.set(id, service);
  return service;
};

/** Adds a version to a service, which comes with it when it is not there. */
export const addVersion = (
  world: World,
  serviceId: string,
  version: ApiVersionRecord,
): SimulatedRefusal | undefined => {
  const service = world.of(apiDeployer).services.get(serviceId) ?? addService(world, serviceId);
  if (service.versions.has(version.id)) return conflict(`Version ${version.id} of service ${serviceId} exists already`);
  service.versions.set(version.id, version);
  return undefined;
};

const found = <A>(
  held: ReadonlyMap<string, A>,
  id: string | undefined,
  what: string,
): Effect.Effect<A, SimulatedRefusal> => {
  const value = held.get(id ?? "");
  return value === undefined ? Effect.fail(missing(`${what} ${id}`)) : Effect.succeed(value);
};

/** The infrastructure that a request names. */
export const findInfra = (world: World, { params }: Call): Effect.Effect<ApiInfraRecord, SimulatedRefusal> =>
  found(world.of(apiDeployer).infras, params.infraId, "Infrastructure");

/** The service that a request names. */
export const findService = (
  world: World,
  { params }: Call,
): Effect.Effect<ApiDeployerServiceRecord, SimulatedRefusal> =>
  found(world.of(apiDeployer).services, params.serviceId, "Service");

/** The deployment that a request names. */
export const findDeployment = (
  world: World,
  { params }: Call,
): Effect.Effect<ApiDeploymentRecord, SimulatedRefusal> =>
  found(world.of(apiDeployer).deployments, params.deploymentId, "Deployment");

/** What an infrastructure is. */
export const infraInfo = ({ settings: { id, type, stage } }: ApiInfraRecord): JsonObject => ({ id, type, stage });

/** The deployments that satisfy a condition, as infrastructures and services name them. */
export const deploymentRefs = (
  world: World,
  fits: (deployment: ApiDeploymentRecord) => boolean,
): ReadonlyArray<JsonObject> =>
  [...world.of(apiDeployer).deployments.values()].filter(fits).map(({ id, infraId }) => ({ id, infraId }));

/** A deployment, as lists show it. */
export const lightDeployment = (world: World, deployment: ApiDeploymentRecord): JsonObject => {
  const { id, serviceId, infraId, settings } = deployment;
  const { deployedServiceId = serviceId, enabled } = settings;
  return {
    deploymentBasicInfo: { id, publishedServiceId: serviceId, deployedServiceId, infraId, enabled },
    infraBasicInfo: infraInfo(world.of(apiDeployer).infras.get(infraId)!),
    serviceBasicInfo: { id: serviceId, name: serviceId },
    packages: versionsIn(settings.generationsMapping).map((id) => ({ id })),
  };
};

/** The versions that a mapping names. */
export const versionsIn = (mapping: unknown): ReadonlyArray<string> => {
  if (!isJsonObject(mapping)) return [];
  return mapping.mode === "SINGLE_GENERATION"
    ? [String(mapping.generation)]
    : jsonObjects(mapping.entries).map(({ generation }) => String(generation));
};

/** Why the settings of a deployment cannot be stored. */
export const faultInDeployment = (
  world: World,
  { serviceId }: Pick<ApiDeploymentRecord, "serviceId">,
  { enabled, generationsMapping }: JsonObject,
): SimulatedRefusal | undefined => {
  if (typeof enabled !== "boolean") return invalid("enabled must be a boolean");
  if (!isJsonObject(generationsMapping) || typeof generationsMapping.mode !== "string") {
    return invalid("generationsMapping must be an object with its mode");
  }
  const versions = versionsIn(generationsMapping);
  if (versions.length === 0) return invalid("generationsMapping must name a generation, or entries");
  const there = world.of(apiDeployer).services.get(serviceId)?.versions;
  const missed = versions.find((version) => there?.has(version) !== true);
  return missed === undefined ? undefined : missing(`Version ${missed} of service ${serviceId}`);
};

/**
 * Why a version must not be deployed as Govern sees it: `api-governance/churn.v2` can be scripted to warn or fail. What is only a warning
 * can be passed over.
 */
export const faultInGovernance = (
  world: World,
  { serviceId, infraId }: Pick<ApiDeploymentRecord, "serviceId" | "infraId">,
  mapping: unknown,
  ignoreWarnings: boolean,
): SimulatedRefusal | undefined => {
  const policy = world.of(apiDeployer).infras.get(infraId)?.settings.governCheckPolicy;
  if (policy !== "WARN" && policy !== "PREVENT") return undefined;
  const refused = versionsIn(mapping).find((version) =>
    world.outcomes.take(`api-governance/${serviceId}.${version}`).end !== "done"
  );
  if (refused === undefined) return undefined;
  if (policy === "PREVENT") return invalid(`Version ${refused} of service ${serviceId} is not approved in Govern`);
  return ignoreWarnings
    ? undefined
    : invalid(`WARNING : version ${refused} of service ${serviceId} is not approved in Govern`);
};

/** How well a deployment is. */
export const heavyStatus = (world: World, deployment: ApiDeploymentRecord): JsonObject => {
  const { live, settings, infraId, serviceId } = deployment;
  const infra = world.of(apiDeployer).infras.get(infraId)!;
  const isSame = live !== undefined && JSON.stringify(live.mapping) === JSON.stringify(settings.generationsMapping);
  const health = live === undefined || settings.enabled !== true ? "UNKNOWN" : isSame ? live.health : "OUT_OF_SYNC";
  const message = health === "OUT_OF_SYNC" ? "The deployment was changed since its last update" : live?.message;
  const severity = health === "ERROR" || health === "UNHEALTHY" ? "ERROR" : "WARNING";
  const nothing = { anyMessage: false, success: false, warning: false, error: false, fatal: false, messages: [] };
  return {
    health,
    healthMessages: health === "HEALTHY" || message === undefined
      ? nothing
      : infoMessage(severity, "WARN_DEPLOYMENT_HEALTH", "Health", message),
    ...(infra.settings.type === "STATIC"
      ? { apiNodes: jsonObjects(infra.settings.apiNodes).map(({ url }) => ({ url })) }
      : live === undefined
      ? {}
      : { publicURL: `https://${infraId}.example.com/${serviceId}` }),
  };
};
