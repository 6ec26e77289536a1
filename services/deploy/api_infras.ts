/**
 * Infrastructures of the API Deployer: where versions of API services are deployed to.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import {
  ApiDeployerStage,
  ApiInfra,
  type ApiInfraEdit,
  ApiInfraSettings,
  type ApiInfraType,
  type GovernCheckPolicy,
} from "../../schemas/deploy/api_infra.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { del, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";

export * from "../../schemas/deploy/api_infra.ts";

/** How an infrastructure is created. */
export interface CreateApiInfraOptions {
  /**
   * Whether versions must be approved in Dataiku Govern.
   *
   * @default {"NO_CHECK"}
   */
  readonly governCheckPolicy?: GovernCheckPolicy;
}

/**
 * Infrastructures of the API Deployer. Changing them needs an administrator's key.
 *
 * @example
 * ```ts
 * import { Effect, Redacted } from "effect";
 * import { addApiNode, ApiInfras } from "@effect-dataiku/dss/api-infras";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const infras = yield* ApiInfras;
 *   yield* infras.create("api-test", "Test", "STATIC");
 *   return yield* infras.updateSettings(
 *     "api-test",
 *     addApiNode("https://apinode2.example.com:12000", Redacted.make("key of the node")),
 *   );
 * });
 * const { apiNodes } = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (apiNodes?.length !== 1) throw new Error("unexpected");
 * ```
 */
export interface ApiInfras {
  /** The stages that infrastructures can be of. */
  stages(): Effect.Effect<ReadonlyArray<ApiDeployerStage>, DssError>;
  /** The infrastructures, each with what is deployed on it. */
  list(): Effect.Effect<ReadonlyArray<ApiInfra>, DssError>;
  /** An infrastructure, with what is deployed on it. */
  get(infraId: string): Effect.Effect<ApiInfra, DssError>;
  /** Creates an infrastructure. */
  create(
    infraId: string,
    stage: string,
    type: ApiInfraType,
    options?: CreateApiInfraOptions,
  ): Effect.Effect<void, DssError>;
  /** The settings of an infrastructure. They hold the keys of its nodes. */
  settings(infraId: string): Effect.Effect<ApiInfraSettings, DssError>;
  /**
   * Changes the settings of an infrastructure: reads them, edits them, writes them, reads them back, and gives them as DSS has them then.
   *
   * @param edit A pure edit, see `addApiNode`. What it throws is a defect.
   */
  updateSettings(infraId: string, edit: ApiInfraEdit): Effect.Effect<ApiInfraSettings, DssError | SettingsError>;
  /** Writes settings that were edited slowly, and reads them back. */
  saveSettings(
    infraId: string,
    next: ApiInfraSettings,
    options?: SaveOptions<ApiInfraSettings>,
  ): Effect.Effect<ApiInfraSettings, DssError | SettingsError>;
  /** Deletes an infrastructure on which nothing is deployed. */
  delete(infraId: string): Effect.Effect<void, DssError>;
}

const secretKeys = ["adminAPIKey"];

/** Key of {@linkcode ApiInfras}, with its layer. */
export const ApiInfras: DssService<ApiInfras> = service(
  "ApiInfras",
  Effect.map(Dss, (dss): ApiInfras => {
    const { read, update, save } = editing(dss, {
      methods: ["ApiInfras.settings", "ApiInfras.updateSettings", "ApiInfras.saveSettings"],
      schema: ApiInfraSettings,
      at: (id: string) => path`/api-deployer/infras/${id}/settings`,
      writeOnly: secretKeys,
    });
    return {
      stages: () => dss.json("ApiInfras.stages", get(path`/api-deployer/stages`), Schema.Array(ApiDeployerStage)),
      list: () => dss.json("ApiInfras.list", get(path`/api-deployer/infras`), Schema.Array(ApiInfra)),
      get: (id) => dss.json("ApiInfras.get", get(path`/api-deployer/infras/${id}`), ApiInfra),
      create: (id, stage, type, { governCheckPolicy = "NO_CHECK" } = {}) => {
        const json = { id, stage, type, governCheckPolicy };
        return dss.empty("ApiInfras.create", post(path`/api-deployer/infras`, { json }));
      },
      settings: read,
      updateSettings: update,
      saveSettings: save,
      delete: (id) => dss.empty("ApiInfras.delete", del(path`/api-deployer/infras/${id}`)),
    };
  }),
);
