/**
 * Infrastructures of the API Deployer: where versions of API services are deployed to.
 *
 * @module
 */
import * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";

/** A stage of infrastructures, as `Production`. */
export interface ApiDeployerStage {
  /** Id. */
  readonly id: string;
  /** In words. */
  readonly desc?: string | null;
}

/** Schema of {@linkcode ApiDeployerStage}. */
export const ApiDeployerStage: Schema.Codec<ApiDeployerStage, unknown> = open(
  { id: Schema.String, desc: maybe(Schema.String) } satisfies Fields<ApiDeployerStage>,
);

/** Type of an infrastructure; further values may come. */
export type ApiInfraType =
  | "STATIC"
  | "K8S"
  | "AZURE_ML"
  | "SAGEMAKER"
  | "SNOWPARK"
  | "VERTEX_AI"
  | (string & Record<never, never>);

/** Schema of {@linkcode ApiInfraType}. */
export const ApiInfraType: Schema.Codec<ApiInfraType, string> = openEnum<ApiInfraType>();

/** Whether versions must be approved in Dataiku Govern; further values may come. */
export type GovernCheckPolicy = "PREVENT" | "WARN" | "NO_CHECK" | (string & Record<never, never>);

/** Schema of {@linkcode GovernCheckPolicy}. */
export const GovernCheckPolicy: Schema.Codec<GovernCheckPolicy, string> = openEnum<GovernCheckPolicy>();

/** What an infrastructure is. */
export interface ApiInfraBasicInfo {
  /** Id. */
  readonly id: string;
  /** Type. */
  readonly type: ApiInfraType;
  /** Id of its stage. */
  readonly stage: string;
}

/** Schema of {@linkcode ApiInfraBasicInfo}. */
export const ApiInfraBasicInfo: Schema.Codec<ApiInfraBasicInfo, unknown> = open(
  { id: Schema.String, type: ApiInfraType, stage: Schema.String } satisfies Fields<ApiInfraBasicInfo>,
);

/** A deployment, as infrastructures and services name it. */
export interface ApiDeploymentRef {
  /** Id of the deployment. */
  readonly id: string;
  /** Id of its infrastructure. */
  readonly infraId?: string | null;
}

/** Schema of {@linkcode ApiDeploymentRef}. */
export const ApiDeploymentRef: Schema.Codec<ApiDeploymentRef, unknown> = open(
  { id: Schema.String, infraId: maybe(Schema.String) } satisfies Fields<ApiDeploymentRef>,
);

/** An infrastructure, and what is deployed on it. DSS gives its id in `infraBasicInfo` alone. */
export interface ApiInfra {
  /** What it is. */
  readonly infraBasicInfo: ApiInfraBasicInfo;
  /** What is deployed on it. */
  readonly deployments?: ReadonlyArray<ApiDeploymentRef> | null;
  /** Whether the user may deploy on it. */
  readonly canDeploy?: boolean | null;
}

/** Schema of {@linkcode ApiInfra}. */
export const ApiInfra: Schema.Codec<ApiInfra, unknown> = open(
  {
    infraBasicInfo: ApiInfraBasicInfo,
    deployments: maybe(Schema.Array(ApiDeploymentRef)),
    canDeploy: maybe(Schema.Boolean),
  } satisfies Fields<ApiInfra>,
);

/** An API node of a static infrastructure. */
export interface ApiNode {
  /** Address. */
  readonly url: string;
  /** Its administrator's key, a secret. */
  readonly adminAPIKey?: string | null;
  /** Prefix of its metrics in Graphite. */
  readonly graphitePrefix?: string | null;
}

/** Schema of {@linkcode ApiNode}. */
export const ApiNode: Schema.Codec<ApiNode, unknown> = open(
  {
    url: Schema.String,
    adminAPIKey: maybe(Schema.String),
    graphitePrefix: maybe(Schema.String),
  } satisfies Fields<ApiNode>,
);

/** The settings of an infrastructure; they hold the keys of its nodes. */
export interface ApiInfraSettings {
  /** Id. */
  readonly id: string;
  /** Id of its stage. */
  readonly stage?: string | null;
  /** Type. */
  readonly type: ApiInfraType;
  /** Whether versions must be approved. */
  readonly governCheckPolicy?: GovernCheckPolicy | null;
  /** The nodes of a `STATIC` one. */
  readonly apiNodes?: ReadonlyArray<ApiNode> | null;
}

/** Schema of {@linkcode ApiInfraSettings}. */
export const ApiInfraSettings: Schema.Codec<ApiInfraSettings, unknown> = open(
  {
    id: Schema.String,
    stage: maybe(Schema.String),
    type: ApiInfraType,
    governCheckPolicy: maybe(GovernCheckPolicy),
    apiNodes: maybe(Schema.Array(ApiNode)),
  } satisfies Fields<ApiInfraSettings>,
);

/** An edit of the settings of an infrastructure. */
export type ApiInfraEdit = (settings: ApiInfraSettings) => ApiInfraSettings;

/** Adds an API node to a static infrastructure, behind those that are there. */
export function addApiNode(
  url: string,
  adminKey: Redacted.Redacted<string>,
  options: { readonly graphitePrefix?: string } = {},
): ApiInfraEdit {
  const node = { url, adminAPIKey: Redacted.value(adminKey), graphitePrefix: options.graphitePrefix ?? null };
  return (settings) => ({ ...settings, apiNodes: [...settings.apiNodes ?? [], node] });
}

/** Takes the API nodes of an address out of a static infrastructure; nothing changes when there is none. */
export function removeApiNode(url: string): ApiInfraEdit {
  return (settings) =>
    settings.apiNodes?.some((node) => node.url === url) === true
      ? { ...settings, apiNodes: settings.apiNodes.filter((node) => node.url !== url) }
      : settings;
}
