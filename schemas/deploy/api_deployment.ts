/**
 * Deployments of API services: what runs where, and how well.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";
import { ApiDeployerServiceBasicInfo, ApiDeployerServiceVersion } from "./api_deployer_service.ts";
import { ApiInfraType } from "./api_infra.ts";
import { InfoMessages } from "../../src/json/info_messages.ts";

/** What a deployment is. */
export interface ApiDeploymentBasicInfo {
  /** Id. */
  readonly id: string;
  /** Id of the service on the deployer. */
  readonly publishedServiceId: string;
  /** Id of the infrastructure. */
  readonly infraId: string;
  /** Id of the service on the nodes; by default as on the deployer. */
  readonly deployedServiceId?: string | null;
  /** Whether it is meant to answer. */
  readonly enabled?: boolean | null;
}

/** Schema of {@linkcode ApiDeploymentBasicInfo}. */
export const ApiDeploymentBasicInfo: Schema.Codec<ApiDeploymentBasicInfo, unknown> = open(
  {
    id: Schema.String,
    publishedServiceId: Schema.String,
    infraId: Schema.String,
    deployedServiceId: maybe(Schema.String),
    enabled: maybe(Schema.Boolean),
  } satisfies Fields<ApiDeploymentBasicInfo>,
);

/** The infrastructure of a deployment, as far as DSS says it there. */
export interface DeployedOn {
  /** Id. */
  readonly id: string;
  /** Type. */
  readonly type?: ApiInfraType | null;
  /** Id of its stage. */
  readonly stage?: string | null;
}

/** Schema of {@linkcode DeployedOn}. */
export const DeployedOn: Schema.Codec<DeployedOn, unknown> = open(
  { id: Schema.String, type: maybe(ApiInfraType), stage: maybe(Schema.String) } satisfies Fields<DeployedOn>,
);

/** A deployment. DSS gives its id in `deploymentBasicInfo` alone. */
export interface ApiDeployment {
  /** What it is. */
  readonly deploymentBasicInfo: ApiDeploymentBasicInfo;
  /** Its infrastructure. */
  readonly infraBasicInfo?: DeployedOn | null;
  /** Its service. */
  readonly serviceBasicInfo?: ApiDeployerServiceBasicInfo | null;
  /** Its versions. */
  readonly packages?: ReadonlyArray<ApiDeployerServiceVersion> | null;
}

/** Schema of {@linkcode ApiDeployment}. */
export const ApiDeployment: Schema.Codec<ApiDeployment, unknown> = open(
  {
    deploymentBasicInfo: ApiDeploymentBasicInfo,
    infraBasicInfo: maybe(DeployedOn),
    serviceBasicInfo: maybe(ApiDeployerServiceBasicInfo),
    packages: maybe(Schema.Array(ApiDeployerServiceVersion)),
  } satisfies Fields<ApiDeployment>,
);

/** How well a deployment is; further values may come. */
export type DeploymentHealth =
  | "HEALTHY"
  | "WARNING"
  | "UNHEALTHY"
  | "ERROR"
  | "UNKNOWN"
  | "OUT_OF_SYNC"
  | (string & Record<never, never>);

/** Schema of {@linkcode DeploymentHealth}. */
export const DeploymentHealth: Schema.Codec<DeploymentHealth, string> = openEnum<DeploymentHealth>();

/** A node that a deployment is on. */
export interface DeployedApiNode {
  /** Address. */
  readonly url: string;
}

/** Schema of {@linkcode DeployedApiNode}. */
export const DeployedApiNode: Schema.Codec<DeployedApiNode, unknown> = open(
  { url: Schema.String } satisfies Fields<DeployedApiNode>,
);

/** What DSS finds when it asks where a deployment is on. */
export interface ApiDeploymentHealth {
  /** How well it is. */
  readonly health: DeploymentHealth;
  /** Why. */
  readonly healthMessages?: InfoMessages | null;
  /** The nodes of a static infrastructure. */
  readonly apiNodes?: ReadonlyArray<DeployedApiNode> | null;
  /** Where it answers, on infrastructures that have no nodes of their own; none before it does. */
  readonly publicURL?: string | null;
}

/** Schema of {@linkcode ApiDeploymentHealth}. */
export const ApiDeploymentHealth: Schema.Codec<ApiDeploymentHealth, unknown> = open(
  {
    health: DeploymentHealth,
    healthMessages: maybe(InfoMessages),
    apiNodes: maybe(Schema.Array(DeployedApiNode)),
    publicURL: maybe(Schema.String),
  } satisfies Fields<ApiDeploymentHealth>,
);

/** A deployment and its health. */
export interface ApiDeploymentStatus {
  /** The deployment. */
  readonly deployment: ApiDeployment;
  /** Its health. */
  readonly health: ApiDeploymentHealth;
}

/** What can be told from {@linkcode ApiDeploymentStatus}. */
export interface ApiDeploymentStatusAccessors {
  /** Where the service answers, one address for each node; none when it does not yet. */
  serviceUrls(status: ApiDeploymentStatus): ReadonlyArray<string>;
}

/** What can be told from {@linkcode ApiDeploymentStatus}. */
export const ApiDeploymentStatus: ApiDeploymentStatusAccessors = {
  serviceUrls: ({ deployment: { deploymentBasicInfo }, health: { apiNodes, publicURL } }) => {
    const { deployedServiceId, publishedServiceId } = deploymentBasicInfo;
    const bases = apiNodes?.map(({ url }) => url) ?? (publicURL === undefined || publicURL === null ? [] : [publicURL]);
    return bases.map((base) => `${base}/public/api/v1/${deployedServiceId ?? publishedServiceId}`);
  },
};

/** A part of the queries that a version gets. */
export interface GenerationEntry {
  /** The version. */
  readonly generation: string;
  /** Its part of the queries, from 0 to 1. */
  readonly proba?: number | null;
}

/** Schema of {@linkcode GenerationEntry}. */
export const GenerationEntry: Schema.Codec<GenerationEntry, unknown> = open(
  { generation: Schema.String, proba: maybe(Schema.Number) } satisfies Fields<GenerationEntry>,
);

/** Which versions answer. */
export interface GenerationsMapping {
  /** `SINGLE_GENERATION`, or how queries are shared among several. */
  readonly mode?: string | null;
  /** The version, when it is one. */
  readonly generation?: string | null;
  /** The versions, when they are several. */
  readonly entries?: ReadonlyArray<GenerationEntry> | null;
}

/** Schema of {@linkcode GenerationsMapping}. */
export const GenerationsMapping: Schema.Codec<GenerationsMapping, unknown> = open(
  {
    mode: maybe(Schema.String),
    generation: maybe(Schema.String),
    entries: maybe(Schema.Array(GenerationEntry)),
  } satisfies Fields<GenerationsMapping>,
);

/** The settings of a deployment. */
export interface ApiDeploymentSettings {
  /** Id. */
  readonly id?: string | null;
  /** Id of the service on the deployer. */
  readonly publishedServiceId?: string | null;
  /** Id of the infrastructure. */
  readonly infraId?: string | null;
  /** Whether it is meant to answer. */
  readonly enabled?: boolean | null;
  /** Which versions answer. */
  readonly generationsMapping?: GenerationsMapping | null;
}

/** Schema of {@linkcode ApiDeploymentSettings}. */
export const ApiDeploymentSettings: Schema.Codec<ApiDeploymentSettings, unknown> = open(
  {
    id: maybe(Schema.String),
    publishedServiceId: maybe(Schema.String),
    infraId: maybe(Schema.String),
    enabled: maybe(Schema.Boolean),
    generationsMapping: maybe(GenerationsMapping),
  } satisfies Fields<ApiDeploymentSettings>,
);

/** An edit of the settings of a deployment. */
export type ApiDeploymentEdit = (settings: ApiDeploymentSettings) => ApiDeploymentSettings;

/** Lets a deployment answer, or not. It does after the next update. */
export function setApiDeploymentEnabled(enabled: boolean): ApiDeploymentEdit {
  return (settings) => ({ ...settings, enabled });
}

/** Lets one version answer all queries. It does after the next update. */
export function setSingleVersion(version: string): ApiDeploymentEdit {
  return setGenerations({ mode: "SINGLE_GENERATION", generation: version });
}

/** Says which versions answer. They do after the next update. */
export function setGenerations(generationsMapping: GenerationsMapping): ApiDeploymentEdit {
  return (settings) => ({ ...settings, generationsMapping });
}
