/**
 * What the owner of the key keeps: secrets, credentials, properties.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { PersonalSettings } from "../../schemas/admin/personal_settings.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { writeOnly } from "../../src/transport/request_secrets.ts";
import { path } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";

export * from "../../schemas/admin/personal_settings.ts";

/**
 * What the owner of the key keeps: secrets, credentials, properties. Who that is, `Auth.info` says.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { OwnUser, setUserSecret } from "@effect-dataiku/dss/own-user";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.flatMap(OwnUser, (own) => own.updateSettings(setUserSecret("mail-token", "…")));
 * const { secrets } = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (secrets?.[0]?.name !== "mail-token") throw new Error("unexpected");
 * ```
 */
export interface OwnUser {
  /** The settings of the owner of the key. */
  settings(): Effect.Effect<PersonalSettings, DssError>;
  /**
   * Changes the settings of the owner of the key: reads them, edits them, writes them, reads them back, and gives them as DSS has them then.
   *
   * @param edit A pure edit, as `setUserSecret(…)`. What it throws is a defect.
   */
  updateSettings(
    edit: (settings: PersonalSettings) => PersonalSettings,
  ): Effect.Effect<PersonalSettings, DssError | SettingsError>;
  /**
   * Writes settings that were edited slowly, by a person or in a file, and reads them back.
   *
   * With `since`, the settings as they were when the edit began, nothing is written when they are not the same any more.
   */
  saveSettings(
    next: PersonalSettings,
    options?: SaveOptions<PersonalSettings>,
  ): Effect.Effect<PersonalSettings, DssError | SettingsError>;
}

/** Key of {@linkcode OwnUser}, with its layer. */
export const OwnUser: DssService<OwnUser> = service(
  "OwnUser",
  Effect.map(Dss, (dss): OwnUser => {
    const { read, update, save } = editing(dss, {
      methods: ["OwnUser.settings", "OwnUser.updateSettings", "OwnUser.saveSettings"],
      schema: PersonalSettings,
      at: () => path`/current-user`,
      writeOnly,
    });
    return {
      settings: read,
      updateSettings: update,
      saveSettings: save,
    };
  }),
);
