/**
 * Imports of projects: from their archives, and from bundles.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";
import { InfoMessages } from "../../src/json/info_messages.ts";

/** An archive that was uploaded, and waits to be imported. */
export interface PreparedImport {
  /** Id, by which it is imported. */
  readonly id: string;
}

/** Schema of {@linkcode PreparedImport}. */
export const PreparedImport: Schema.Codec<PreparedImport, unknown> = open(
  { id: Schema.String } satisfies Fields<PreparedImport>,
);

/** What came of an import that did not fail. */
export interface ProjectImport {
  /** Whether it was done. */
  readonly success: boolean;
  /** Key of the project, when DSS says it. */
  readonly usedProjectKey?: string | null;
  /** What DSS has to say of it. */
  readonly messages?: InfoMessages | null;
}

/** Schema of {@linkcode ProjectImport}. */
export const ProjectImport: Schema.Codec<ProjectImport, unknown> = open(
  {
    success: Schema.Boolean,
    usedProjectKey: maybe(Schema.String),
    messages: maybe(InfoMessages),
  } satisfies Fields<ProjectImport>,
);

/** A project that was made from a bundle. */
export interface ProjectFromBundle {
  /** Its key, when DSS says it. */
  readonly projectKey?: string | null;
}

/** Schema of {@linkcode ProjectFromBundle}. */
export const ProjectFromBundle: Schema.Codec<ProjectFromBundle, unknown> = open(
  { projectKey: maybe(Schema.String) } satisfies Fields<ProjectFromBundle>,
);
