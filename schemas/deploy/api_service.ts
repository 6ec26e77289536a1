/**
 * API services of a project: their endpoints, their packages, and pure edits of them.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open, openEnum } from "../../src/json/open.ts";

/** Kind of an endpoint; further values may come. */
export type ApiEndpointType =
  | "STD_PREDICTION"
  | "STD_CLUSTERING"
  | "STD_FORECAST"
  | "STD_CAUSAL_PREDICTION"
  | "CUSTOM_PREDICTION"
  | "CUSTOM_R_PREDICTION"
  | "R_FUNCTION"
  | "PY_FUNCTION"
  | "DATASETS_LOOKUP"
  | "SQL_QUERY"
  | (string & Record<never, never>);

/** How clients show who they are; further values may come. */
export type ApiAuthMethod = "PUBLIC" | "API_KEYS" | "OAUTH2" | (string & Record<never, never>);

/** An endpoint of an API service; a part of the keys that DSS has. */
export interface ApiEndpoint {
  /** Id, as its URL has it. */
  readonly id: string;
  /** Kind. */
  readonly type: ApiEndpointType;
  /** Id of the saved model that answers, for the kinds that have one. */
  readonly modelRef?: string | null;
  /** Whether propensities are computed, for causal predictions. */
  readonly computePropensity?: boolean | null;
  /** Whether the Java engine scores, where it can. */
  readonly useJava?: boolean | null;
  /** Queries to try it with, each with its `name` and `q`. */
  readonly testQueries?: ReadonlyArray<Readonly<Record<string, unknown>>> | null;
}

const AnyObject = dictionary(Schema.Unknown);

/** Schema of {@linkcode ApiEndpoint}. */
export const ApiEndpoint: Schema.Codec<ApiEndpoint, unknown> = open(
  {
    id: Schema.String,
    type: openEnum<ApiEndpointType>(),
    modelRef: maybe(Schema.String),
    computePropensity: maybe(Schema.Boolean),
    useJava: maybe(Schema.Boolean),
    testQueries: maybe(Schema.Array(AnyObject)),
  } satisfies Fields<ApiEndpoint>,
);

/** An API service in a list. */
export interface ApiService {
  /** Id. */
  readonly id: string;
  /** Project that it is of. */
  readonly projectKey?: string | null;
  /** Name. */
  readonly name?: string | null;
  /** How clients show who they are. */
  readonly authMethod?: ApiAuthMethod | null;
  /** Its endpoints. */
  readonly endpoints?: ReadonlyArray<ApiEndpoint> | null;
}

/** Schema of {@linkcode ApiService}. */
export const ApiService: Schema.Codec<ApiService, unknown> = open(
  {
    id: Schema.String,
    projectKey: maybe(Schema.String),
    name: maybe(Schema.String),
    authMethod: maybe(openEnum<ApiAuthMethod>()),
    endpoints: maybe(Schema.Array(ApiEndpoint)),
  } satisfies Fields<ApiService>,
);

/** The settings of an API service; they are written back whole. */
export interface ApiServiceSettings {
  /** Id. */
  readonly id?: string | null;
  /** Project that it is of. */
  readonly projectKey?: string | null;
  /** Name. */
  readonly name?: string | null;
  /** How clients show who they are. */
  readonly authMethod?: ApiAuthMethod | null;
  /** Whether everybody may ask: what services of old versions of DSS have instead of `authMethod`. */
  readonly publicAccess?: boolean | null;
  /** The keys of clients, in `queryKeys` of this object. They are secrets. */
  readonly authRealm?: Readonly<Record<string, unknown>> | null;
  /** Its endpoints. */
  readonly endpoints?: ReadonlyArray<ApiEndpoint> | null;
}

/** Schema of {@linkcode ApiServiceSettings}. */
export const ApiServiceSettings: Schema.Codec<ApiServiceSettings, unknown> = open(
  {
    id: maybe(Schema.String),
    projectKey: maybe(Schema.String),
    name: maybe(Schema.String),
    authMethod: maybe(openEnum<ApiAuthMethod>()),
    publicAccess: maybe(Schema.Boolean),
    authRealm: maybe(AnyObject),
    endpoints: maybe(Schema.Array(ApiEndpoint)),
  } satisfies Fields<ApiServiceSettings>,
);

/** A pure edit of the settings of an API service. */
export type ApiServiceEdit = (settings: ApiServiceSettings) => ApiServiceSettings;

/**
 * Adds an endpoint behind those that are there: a pure edit for `ApiServices.updateSettings`.
 *
 * @example
 * ```ts
 * import { addEndpoint } from "@effect-dataiku/dss/api-services";
 *
 * const edited = addEndpoint({ id: "revenue", type: "SQL_QUERY" })({ name: "sales" });
 * if (edited.endpoints?.[0]?.id !== "revenue") throw new Error("unexpected");
 * ```
 */
export function addEndpoint(endpoint: ApiEndpoint): ApiServiceEdit {
  return (settings) => ({ ...settings, endpoints: [...settings.endpoints ?? [], endpoint] });
}

/** Adds an endpoint that predicts with a saved model. */
export function addPredictionEndpoint(id: string, savedModelId: string): ApiServiceEdit {
  return addEndpoint({ id, type: "STD_PREDICTION", modelRef: savedModelId });
}

/** Adds an endpoint that predicts several targets at once with a saved model; a DSS before 15.2 has none. */
export function addMultiTargetPredictionEndpoint(id: string, savedModelId: string): ApiServiceEdit {
  return addEndpoint({ id, type: "STD_MULTITARGET_PREDICTION", modelRef: savedModelId });
}

/** Adds an endpoint that finds the cluster of a record with a saved model. */
export function addClusteringEndpoint(id: string, savedModelId: string): ApiServiceEdit {
  return addEndpoint({ id, type: "STD_CLUSTERING", modelRef: savedModelId });
}

/** Adds an endpoint that forecasts with a saved model. */
export function addForecastingEndpoint(id: string, savedModelId: string): ApiServiceEdit {
  return addEndpoint({ id, type: "STD_FORECAST", modelRef: savedModelId });
}

/** How an endpoint of causal predictions is added. */
export interface CausalPredictionEndpointOptions {
  /**
   * Whether it computes propensities, which the model must have been trained for.
   *
   * @default {false}
   */
  readonly computePropensity?: boolean;
}

/** Adds an endpoint of causal predictions with a saved model. */
export function addCausalPredictionEndpoint(
  id: string,
  savedModelId: string,
  { computePropensity = false }: CausalPredictionEndpointOptions = {},
): ApiServiceEdit {
  return addEndpoint({
    id,
    type: "STD_CAUSAL_PREDICTION",
    modelRef: savedModelId,
    computePropensity,
    useJava: false,
  });
}

/** A package of an API service: a version of it, frozen. */
export interface ApiServicePackage {
  /** Id: the version. */
  readonly id: string;
  /** When it was made, in milliseconds since 1970. See `ApiServicePackage.createdAt`. */
  readonly createdOn?: number | null;
}

/** What can be told from {@linkcode ApiServicePackage}. */
export interface ApiServicePackageSchema extends Schema.Codec<ApiServicePackage, unknown> {
  /** When it was made; `undefined` when DSS does not say. */
  createdAt(servicePackage: ApiServicePackage): DateTime.Utc | undefined;
}

/** Schema of {@linkcode ApiServicePackage}. */
export const ApiServicePackage: ApiServicePackageSchema = Object.assign(
  open(
    { id: Schema.String, createdOn: maybe(Schema.Number) } satisfies Fields<ApiServicePackage>,
  ) as Schema.Codec<ApiServicePackage, unknown>,
  { createdAt: ({ createdOn }: ApiServicePackage): DateTime.Utc | undefined => instantOf(createdOn) },
);

/** What DSS says of a package; its keys are not documented. */
export type ApiServicePackageSummary = Readonly<Record<string, unknown>>;

/** Schema of {@linkcode ApiServicePackageSummary}. */
export const ApiServicePackageSummary: Schema.Codec<ApiServicePackageSummary, unknown> = AnyObject;
