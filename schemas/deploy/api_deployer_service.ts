/**
 * Services of the API Deployer: the versions that can be deployed.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";
import { ApiDeploymentRef } from "./api_infra.ts";

/** What a service is. */
export interface ApiDeployerServiceBasicInfo {
  /** Id. */
  readonly id: string;
  /** Name. */
  readonly name?: string | null;
}

/** Schema of {@linkcode ApiDeployerServiceBasicInfo}. */
export const ApiDeployerServiceBasicInfo: Schema.Codec<ApiDeployerServiceBasicInfo, unknown> = open(
  { id: Schema.String, name: maybe(Schema.String) } satisfies Fields<ApiDeployerServiceBasicInfo>,
);

/** A version of a service. */
export interface ApiDeployerServiceVersion {
  /** Id. */
  readonly id: string;
}

/** Schema of {@linkcode ApiDeployerServiceVersion}. */
export const ApiDeployerServiceVersion: Schema.Codec<ApiDeployerServiceVersion, unknown> = open(
  { id: Schema.String } satisfies Fields<ApiDeployerServiceVersion>,
);

/** A service, its versions and deployments. DSS gives its id in `serviceBasicInfo` alone. */
export interface ApiDeployerService {
  /** What it is. */
  readonly serviceBasicInfo: ApiDeployerServiceBasicInfo;
  /** Its versions; lists may leave them out. */
  readonly packages?: ReadonlyArray<ApiDeployerServiceVersion> | null;
  /** Where it is deployed; lists may leave it out. */
  readonly deployments?: ReadonlyArray<ApiDeploymentRef> | null;
}

/** Schema of {@linkcode ApiDeployerService}, with its accessors. */
export interface ApiDeployerServiceCodec extends Schema.Codec<ApiDeployerService, unknown> {
  /** Ids of its versions. */
  versions(service: ApiDeployerService): ReadonlyArray<string>;
  /** Ids of its deployments, on all infrastructures or on one. */
  deployments(service: ApiDeployerService, infraId?: string): ReadonlyArray<string>;
}

const serviceFields = {
  serviceBasicInfo: ApiDeployerServiceBasicInfo,
  packages: maybe(Schema.Array(ApiDeployerServiceVersion)),
  deployments: maybe(Schema.Array(ApiDeploymentRef)),
} satisfies Fields<ApiDeployerService>;

/** Schema of {@linkcode ApiDeployerService}, with its accessors. */
export const ApiDeployerService: ApiDeployerServiceCodec = Object.assign(
  open(serviceFields) as Schema.Codec<ApiDeployerService, unknown>,
  {
    versions: ({ packages }: ApiDeployerService): ReadonlyArray<string> => packages?.map(({ id }) => id) ?? [],
    deployments: ({ deployments }: ApiDeployerService, infraId?: string): ReadonlyArray<string> =>
      deployments?.filter((each) => infraId === undefined || each.infraId === infraId).map(({ id }) => id) ?? [],
  },
);

/** The settings of a service, above all its permissions. */
export interface ApiDeployerServiceSettings {
  /** Id. */
  readonly id?: string | null;
}

/** Schema of {@linkcode ApiDeployerServiceSettings}. */
export const ApiDeployerServiceSettings: Schema.Codec<ApiDeployerServiceSettings, unknown> = open(
  { id: maybe(Schema.String) } satisfies Fields<ApiDeployerServiceSettings>,
);
