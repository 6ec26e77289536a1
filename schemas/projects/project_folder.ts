/**
 * Folders of projects.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";

/** Id by which the folder above all others is asked for. */
export const rootProjectFolder = "ROOT";

/** A folder of projects. */
export interface ProjectFolder {
  /** Id. */
  readonly id: string;
  /** Name; the root may have none. */
  readonly name?: string | null;
  /** Id of the folder that it is in; the root has none. */
  readonly parentId?: string | null;
  /** Ids of the folders in it. */
  readonly childrenIds: ReadonlyArray<string>;
  /** Keys of the projects in it. */
  readonly projectKeys: ReadonlyArray<string>;
}

/** Schema of {@linkcode ProjectFolder}. */
export const ProjectFolder: Schema.Codec<ProjectFolder, unknown> = open(
  {
    id: Schema.String,
    name: maybe(Schema.String),
    parentId: maybe(Schema.String),
    childrenIds: Schema.Array(Schema.String),
    projectKeys: Schema.Array(Schema.String),
  } satisfies Fields<ProjectFolder>,
);

/** What a group, or a user, may do in a folder; what is not there is not permitted. */
export interface ProjectFolderPermission {
  /** The group. */
  readonly group?: string | null;
  /** The user. */
  readonly user?: string | null;
  /** See it. */
  readonly read?: boolean | null;
  /** Put projects and folders into it. */
  readonly writeContents?: boolean | null;
  /** Everything. */
  readonly admin?: boolean | null;
}

/** Schema of {@linkcode ProjectFolderPermission}. */
export const ProjectFolderPermission: Schema.Codec<ProjectFolderPermission, unknown> = open(
  {
    group: maybe(Schema.String),
    user: maybe(Schema.String),
    read: maybe(Schema.Boolean),
    writeContents: maybe(Schema.Boolean),
    admin: maybe(Schema.Boolean),
  } satisfies Fields<ProjectFolderPermission>,
);

/** The settings of a folder. */
export interface ProjectFolderSettings {
  /** Name. */
  readonly name?: string | null;
  /** Login of its owner. */
  readonly owner?: string | null;
  /** What groups and users may do in it. */
  readonly permissions?: ReadonlyArray<ProjectFolderPermission> | null;
}

/** Schema of {@linkcode ProjectFolderSettings}. */
export const ProjectFolderSettings: Schema.Codec<ProjectFolderSettings, unknown> = open(
  {
    name: maybe(Schema.String),
    owner: maybe(Schema.String),
    permissions: maybe(Schema.Array(ProjectFolderPermission)),
  } satisfies Fields<ProjectFolderSettings>,
);
