/**
 * Workspaces: created, edited, filled, deleted.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { AccessPermission } from "../../schemas/projects/access_permission.ts";
import { type NewWorkspaceObject, Workspace, WorkspaceObject } from "../../schemas/projects/workspace.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { del, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";

export * from "../../schemas/projects/access_permission.ts";
export * from "../../schemas/projects/workspace.ts";

/** How a workspace is created. */
export interface CreateWorkspaceOptions {
  /** Colour, as `#2ab1ac`. */
  readonly color?: string;
  /** In words. */
  readonly description?: string;
  /** What groups and users may do: `administratorAccess`, `contributorAccess` and `readerAccess` make one. */
  readonly permissions?: ReadonlyArray<AccessPermission>;
}

/**
 * Workspaces.
 *
 * DSS shows the permissions of a workspace to its administrators alone, and takes what is written in the place of all: so a workspace whose
 * permissions were not shown is not written, and the reason is `Invalid`.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { workspaceReference, Workspaces } from "@effect-dataiku/dss/workspaces";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const workspaces = yield* Workspaces;
 *   yield* workspaces.create("SALESWS", "Sales");
 *   yield* workspaces.addObject("SALESWS", workspaceReference("SALES", "DATASET", "orders_joined"));
 *   return yield* workspaces.objects("SALESWS");
 * });
 * const [first] = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (first?.reference?.id !== "orders_joined") throw new Error("unexpected");
 * ```
 */
export interface Workspaces {
  /** The workspaces that may be seen. */
  list(): Effect.Effect<ReadonlyArray<Workspace>, DssError>;
  /** Creates a workspace, and gives its key. */
  create(workspaceKey: string, displayName: string, options?: CreateWorkspaceOptions): Effect.Effect<string, DssError>;
  /** A workspace, with its permissions when one may see them. */
  settings(workspaceKey: string): Effect.Effect<Workspace, DssError>;
  /**
   * Changes a workspace: reads it, edits it, writes it, reads it back, and gives it as DSS has it then.
   *
   * @param edit A pure edit. What it throws is a defect.
   */
  updateSettings(
    workspaceKey: string,
    edit: (workspace: Workspace) => Workspace,
  ): Effect.Effect<Workspace, DssError | SettingsError>;
  /**
   * Writes a workspace that was edited slowly, by a person or in a file, and reads it back.
   *
   * With `since`, the workspace as it was when the edit began, nothing is written when it is not the same any more.
   */
  saveSettings(
    workspaceKey: string,
    next: Workspace,
    options?: SaveOptions<Workspace>,
  ): Effect.Effect<Workspace, DssError | SettingsError>;
  /** What is in a workspace. */
  objects(workspaceKey: string): Effect.Effect<ReadonlyArray<WorkspaceObject>, DssError>;
  /** Adds something to a workspace. */
  addObject(workspaceKey: string, object: NewWorkspaceObject): Effect.Effect<void, DssError>;
  /** Removes something from a workspace; the object itself stays. */
  removeObject(workspaceKey: string, objectId: string): Effect.Effect<void, DssError>;
  /** Deletes a workspace; the objects in it stay. */
  delete(workspaceKey: string): Effect.Effect<void, DssError>;
}

/** Key of {@linkcode Workspaces}, with its layer. */
export const Workspaces: DssService<Workspaces> = service(
  "Workspaces",
  Effect.map(Dss, (dss): Workspaces => {
    const { read, update, save } = editing(dss, {
      methods: ["Workspaces.settings", "Workspaces.updateSettings", "Workspaces.saveSettings"],
      schema: Workspace,
      at: (key: string) => path`/workspaces/${key}`,
      unfit: ({ permissions }) =>
        permissions === null || permissions === undefined
          ? "the permissions of the workspace were not shown, and would be removed: ask as one of its administrators"
          : undefined,
    });
    return {
      list: () => dss.json("Workspaces.list", get(path`/workspaces/`), Schema.Array(Workspace)),
      create: (workspaceKey, displayName, options = {}) => {
        const { color = null, description = null, permissions = null } = options;
        const json = { workspaceKey, displayName, color, description, permissions };
        return Effect.as(dss.empty("Workspaces.create", post(path`/workspaces/`, { json })), workspaceKey);
      },
      settings: read,
      updateSettings: update,
      saveSettings: save,
      objects: (key) =>
        dss.json("Workspaces.objects", get(path`/workspaces/${key}/objects`), Schema.Array(WorkspaceObject)),
      addObject: (workspaceKey, object) => {
        const { reference } = object;
        const json = reference === undefined || reference === null
          ? object
          : { ...object, reference: { ...reference, workspaceKey } };
        return dss.empty("Workspaces.addObject", post(path`/workspaces/${workspaceKey}/objects`, { json }));
      },
      removeObject: (key, objectId) =>
        dss.empty("Workspaces.removeObject", del(path`/workspaces/${key}/objects/${objectId}`)),
      delete: (key) => dss.empty("Workspaces.delete", del(path`/workspaces/${key}`)),
    };
  }),
);
