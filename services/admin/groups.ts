/**
 * Groups: what their members may do on the instance.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Group, GroupInfo } from "../../schemas/admin/group.ts";
import type { UserSourceType } from "../../schemas/admin/user_source_type.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { del, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";

export * from "../../schemas/admin/group.ts";
export * from "../../schemas/admin/user_source_type.ts";

/** How a group is created. */
export interface CreateGroupOptions {
  /** In words. */
  readonly description?: string;
  /**
   * Where its members come from.
   *
   * @default {"LOCAL"}
   */
  readonly sourceType?: UserSourceType;
}

/**
 * Groups: what their members may do on the instance. All but `listInfo` needs an administrator's key.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { Groups } from "@effect-dataiku/dss/groups";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const groups = yield* Groups;
 *   yield* groups.create("analysts", { description: "Analysts" });
 *   return yield* groups.updateSettings("analysts", (group) => ({ ...group, mayCreateProjects: true }));
 * });
 * const group = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (group.mayCreateProjects !== true) throw new Error("unexpected");
 * ```
 */
export interface Groups {
  /** All groups. */
  list(): Effect.Effect<ReadonlyArray<Group>, DssError>;
  /** The names of all groups; every user may ask. */
  listInfo(): Effect.Effect<ReadonlyArray<GroupInfo>, DssError>;
  /**
   * Creates a group, without any permission.
   *
   * A name that is taken is a `Conflict`. It is never sent twice: a lost answer is `OutcomeUnknown`.
   */
  create(name: string, options?: CreateGroupOptions): Effect.Effect<void, DssError>;
  /** The settings of a group. */
  settings(name: string): Effect.Effect<Group, DssError>;
  /**
   * Changes the settings of a group: reads them, edits them, writes them, reads them back, and gives them as DSS has them then.
   *
   * @param edit A pure edit. What it throws is a defect.
   */
  updateSettings(name: string, edit: (group: Group) => Group): Effect.Effect<Group, DssError | SettingsError>;
  /**
   * Writes settings that were edited slowly, by a person or in a file, and reads them back.
   *
   * With `since`, the settings as they were when the edit began, nothing is written when they are not the same any more.
   */
  saveSettings(
    name: string,
    next: Group,
    options?: SaveOptions<Group>,
  ): Effect.Effect<Group, DssError | SettingsError>;
  /** Deletes a group; its members stay. */
  delete(name: string): Effect.Effect<void, DssError>;
}

/** Key of {@linkcode Groups}, with its layer. */
export const Groups: DssService<Groups> = service(
  "Groups",
  Effect.map(Dss, (dss): Groups => {
    const group = (name: string) => path`/admin/groups/${name}`;
    const { read, update, save } = editing(dss, {
      methods: ["Groups.settings", "Groups.updateSettings", "Groups.saveSettings"],
      schema: Group,
      at: group,
    });
    return {
      list: () => dss.json("Groups.list", get(path`/admin/groups/`), Schema.Array(Group)),
      listInfo: () => dss.json("Groups.listInfo", get(path`/groups`), Schema.Array(GroupInfo)),
      create: (name, { description, sourceType = "LOCAL" } = {}) =>
        dss.empty(
          "Groups.create",
          post(path`/admin/groups/`, { json: { name, description: description ?? null, sourceType } }),
        ),
      settings: read,
      updateSettings: update,
      saveSettings: save,
      delete: (name) => dss.empty("Groups.delete", del(group(name))),
    };
  }),
);
