/**
 * Workspaces, and what is in them.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";
import { AccessPermission } from "./access_permission.ts";

/** A workspace. */
export interface Workspace {
  /** Key. */
  readonly workspaceKey: string;
  /** Name. */
  readonly displayName: string;
  /** Colour, as `#2ab1ac`. */
  readonly color?: string | null;
  /** In words. */
  readonly description?: string | null;
  /** What groups and users may do; shown to its administrators alone. */
  readonly permissions?: ReadonlyArray<AccessPermission> | null;
}

/** Schema of {@linkcode Workspace}. */
export const Workspace: Schema.Codec<Workspace, unknown> = open(
  {
    workspaceKey: Schema.String,
    displayName: Schema.String,
    color: maybe(Schema.String),
    description: maybe(Schema.String),
    permissions: maybe(Schema.Array(AccessPermission)),
  } satisfies Fields<Workspace>,
);

/** An object of a project, in a workspace. */
export interface WorkspaceReference {
  /** Project. */
  readonly projectKey: string;
  /** Kind, as `DATASET`, `DASHBOARD` or `ARTICLE`. */
  readonly type: string;
  /** Id in the project. */
  readonly id: string;
  /** The workspace. */
  readonly workspaceKey?: string | null;
}

/** Schema of {@linkcode WorkspaceReference}. */
export const WorkspaceReference: Schema.Codec<WorkspaceReference, unknown> = open(
  {
    projectKey: Schema.String,
    type: Schema.String,
    id: Schema.String,
    workspaceKey: maybe(Schema.String),
  } satisfies Fields<WorkspaceReference>,
);

/** A link, in a workspace. */
export interface WorkspaceLink {
  /** Name. */
  readonly name?: string | null;
  /** Address. */
  readonly url?: string | null;
  /** In words. */
  readonly description?: string | null;
}

/** Schema of {@linkcode WorkspaceLink}. */
export const WorkspaceLink: Schema.Codec<WorkspaceLink, unknown> = open(
  { name: maybe(Schema.String), url: maybe(Schema.String), description: maybe(Schema.String) } satisfies Fields<
    WorkspaceLink
  >,
);

/** Something in a workspace: an object of a project, an application, or a link. */
export interface WorkspaceObject {
  /** Its id in the workspace. */
  readonly id: string;
  /** The object of a project. */
  readonly reference?: WorkspaceReference | null;
  /** Id of the application. */
  readonly appId?: string | null;
  /** The link. */
  readonly htmlLink?: WorkspaceLink | null;
}

/** Schema of {@linkcode WorkspaceObject}. */
export const WorkspaceObject: Schema.Codec<WorkspaceObject, unknown> = open(
  {
    id: Schema.String,
    reference: maybe(WorkspaceReference),
    appId: maybe(Schema.String),
    htmlLink: maybe(WorkspaceLink),
  } satisfies Fields<WorkspaceObject>,
);

/** What is added to a workspace: `workspaceReference`, `workspaceApp` and `workspaceLink` make one. */
export type NewWorkspaceObject = Omit<WorkspaceObject, "id">;

/**
 * An object of a project, to be added to a workspace.
 *
 * @param type Kind, as `DATASET`, `DASHBOARD` or `ARTICLE`.
 */
export function workspaceReference(projectKey: string, type: string, id: string): NewWorkspaceObject {
  return { reference: { projectKey, type, id } };
}

/** An application, to be added to a workspace. */
export function workspaceApp(appId: string): NewWorkspaceObject {
  return { appId };
}

/** A link, to be added to a workspace. */
export function workspaceLink(name: string, url: string, description = ""): NewWorkspaceObject {
  return { htmlLink: { name, url, description } };
}
