/**
 * The documents of a project that are edited: metadata, permissions, variables, settings, tags.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import {
  ProjectMetadata,
  ProjectPermissions,
  ProjectSettingsDocument,
  ProjectTags,
  ProjectVariables,
} from "../../schemas/projects/project_settings.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { path } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";

export * from "../../schemas/projects/project_settings.ts";

/**
 * The documents of a project that are edited.
 *
 * Each has three functions: one reads it; `update*` reads it, applies a pure edit, writes it, reads it back, and gives it as DSS has it then;
 * `save*` writes one that was edited slowly, by a person or in a file, and reads it back: with `since`, the document as it was when the edit
 * began, nothing is written when it is not the same any more.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { ProjectSettings, setVariables } from "@effect-dataiku/dss/project-settings";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.flatMap(
 *   ProjectSettings,
 *   (settings) => settings.updateVariables("SALES", setVariables({ retention_days: 60 })),
 * );
 * const { standard } = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (standard.retention_days !== 60) throw new Error("unexpected");
 * ```
 */
export interface ProjectSettings {
  /** The settings: code environments, clusters, containers, exposed objects. */
  settings(projectKey: string): Effect.Effect<ProjectSettingsDocument, DssError>;
  /** Changes the settings. */
  updateSettings(
    projectKey: string,
    edit: (settings: ProjectSettingsDocument) => ProjectSettingsDocument,
  ): Effect.Effect<ProjectSettingsDocument, DssError | SettingsError>;
  /** Writes settings that were edited slowly. */
  saveSettings(
    projectKey: string,
    next: ProjectSettingsDocument,
    options?: SaveOptions<ProjectSettingsDocument>,
  ): Effect.Effect<ProjectSettingsDocument, DssError | SettingsError>;
  /** The metadata: name, descriptions, tags, checklists. */
  metadata(projectKey: string): Effect.Effect<ProjectMetadata, DssError>;
  /** Changes the metadata. */
  updateMetadata(
    projectKey: string,
    edit: (metadata: ProjectMetadata) => ProjectMetadata,
  ): Effect.Effect<ProjectMetadata, DssError | SettingsError>;
  /** Writes metadata that were edited slowly. */
  saveMetadata(
    projectKey: string,
    next: ProjectMetadata,
    options?: SaveOptions<ProjectMetadata>,
  ): Effect.Effect<ProjectMetadata, DssError | SettingsError>;
  /** Who may do what. */
  permissions(projectKey: string): Effect.Effect<ProjectPermissions, DssError>;
  /** Changes who may do what. */
  updatePermissions(
    projectKey: string,
    edit: (permissions: ProjectPermissions) => ProjectPermissions,
  ): Effect.Effect<ProjectPermissions, DssError | SettingsError>;
  /** Writes permissions that were edited slowly. */
  savePermissions(
    projectKey: string,
    next: ProjectPermissions,
    options?: SaveOptions<ProjectPermissions>,
  ): Effect.Effect<ProjectPermissions, DssError | SettingsError>;
  /** The variables, as they are stored: `InstanceVariables.resolved` gives what a program sees. */
  variables(projectKey: string): Effect.Effect<ProjectVariables, DssError>;
  /** Changes the variables. */
  updateVariables(
    projectKey: string,
    edit: (variables: ProjectVariables) => ProjectVariables,
  ): Effect.Effect<ProjectVariables, DssError | SettingsError>;
  /** Writes variables that were edited slowly. */
  saveVariables(
    projectKey: string,
    next: ProjectVariables,
    options?: SaveOptions<ProjectVariables>,
  ): Effect.Effect<ProjectVariables, DssError | SettingsError>;
  /** The tags that objects of the project can have. */
  tags(projectKey: string): Effect.Effect<ProjectTags, DssError>;
  /** Changes the tags. */
  updateTags(
    projectKey: string,
    edit: (tags: ProjectTags) => ProjectTags,
  ): Effect.Effect<ProjectTags, DssError | SettingsError>;
  /** Writes tags that were edited slowly. */
  saveTags(
    projectKey: string,
    next: ProjectTags,
    options?: SaveOptions<ProjectTags>,
  ): Effect.Effect<ProjectTags, DssError | SettingsError>;
}

/** Key of {@linkcode ProjectSettings}, with its layer. */
export const ProjectSettings: DssService<ProjectSettings> = service(
  "ProjectSettings",
  Effect.map(Dss, (dss): ProjectSettings => {
    const settings = editing(dss, {
      methods: ["ProjectSettings.settings", "ProjectSettings.updateSettings", "ProjectSettings.saveSettings"],
      schema: ProjectSettingsDocument,
      at: (key: string) => path`/projects/${key}/settings`,
    });
    const metadata = editing(dss, {
      methods: ["ProjectSettings.metadata", "ProjectSettings.updateMetadata", "ProjectSettings.saveMetadata"],
      schema: ProjectMetadata,
      at: (key: string) => path`/projects/${key}/metadata`,
    });
    const permissions = editing(dss, {
      methods: ["ProjectSettings.permissions", "ProjectSettings.updatePermissions", "ProjectSettings.savePermissions"],
      schema: ProjectPermissions,
      at: (key: string) => path`/projects/${key}/permissions`,
    });
    const variables = editing(dss, {
      methods: ["ProjectSettings.variables", "ProjectSettings.updateVariables", "ProjectSettings.saveVariables"],
      schema: ProjectVariables,
      at: (key: string) => path`/projects/${key}/variables/`,
    });
    const tags = editing(dss, {
      methods: ["ProjectSettings.tags", "ProjectSettings.updateTags", "ProjectSettings.saveTags"],
      schema: ProjectTags,
      at: (key: string) => path`/projects/${key}/tags`,
    });
    return {
      settings: settings.read,
      updateSettings: settings.update,
      saveSettings: settings.save,
      metadata: metadata.read,
      updateMetadata: metadata.update,
      saveMetadata: metadata.save,
      permissions: permissions.read,
      updatePermissions: permissions.update,
      savePermissions: permissions.save,
      variables: variables.read,
      updateVariables: variables.update,
      saveVariables: variables.save,
      tags: tags.read,
      updateTags: tags.update,
      saveTags: tags.save,
    };
  }),
);
