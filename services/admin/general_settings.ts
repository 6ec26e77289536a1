/**
 * The general settings of the instance.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { InstanceSettings, type InstanceSettingsEdit } from "../../schemas/admin/general_settings.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { path } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";

export * from "../../schemas/admin/general_settings.ts";
export * from "../../schemas/admin/impersonation.ts";

/**
 * The general settings of the instance. They need an administrator's key.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { addUserImpersonationRule, GeneralSettings, impersonateUser } from "@effect-dataiku/dss/general-settings";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const settings = yield* GeneralSettings;
 *   return yield* settings.update(addUserImpersonationRule(impersonateUser("maria", "m_lopez")));
 * });
 * const { impersonation } = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (impersonation?.userRules?.at(-1)?.targetUnix !== "m_lopez") throw new Error("unexpected");
 * ```
 */
export interface GeneralSettings {
  /** The settings. */
  get(): Effect.Effect<InstanceSettings, DssError>;
  /**
   * Changes the settings: reads them, edits them, writes them, reads them back, and gives them as DSS has them then.
   *
   * @param edit A pure edit. What it throws is a defect.
   */
  update(edit: InstanceSettingsEdit): Effect.Effect<InstanceSettings, DssError | SettingsError>;
  /**
   * Writes settings that were edited slowly, by a person or in a file, and reads them back.
   *
   * With `since`, the settings as they were when the edit began, nothing is written when they are not the same any more.
   */
  save(
    next: InstanceSettings,
    options?: SaveOptions<InstanceSettings>,
  ): Effect.Effect<InstanceSettings, DssError | SettingsError>;
}

/** Key of {@linkcode GeneralSettings}, with its layer. */
export const GeneralSettings: DssService<GeneralSettings> = service(
  "GeneralSettings",
  Effect.map(Dss, (dss): GeneralSettings => {
    const { read, update, save } = editing(dss, {
      methods: ["GeneralSettings.get", "GeneralSettings.update", "GeneralSettings.save"],
      schema: InstanceSettings,
      at: () => path`/admin/general-settings`,
    });
    return {
      get: read,
      update,
      save,
    };
  }),
);
