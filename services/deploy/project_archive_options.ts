/**
 * What can be said of the export and the import of projects.
 *
 * @module
 */
import type { WaitOptions } from "../../src/operation/operation.ts";
import type { Replacement } from "../projects/project_options.ts";

/** What goes into the archive of a project besides its definition: nothing by default. */
export interface ExportProjectOptions {
  /** The data of uploaded datasets. */
  readonly exportUploads?: boolean;
  /** The data of managed datasets on the file system. */
  readonly exportManagedFS?: boolean;
  /** Models that were trained in analyses. */
  readonly exportAnalysisModels?: boolean;
  /** Models that were trained in saved models. */
  readonly exportSavedModels?: boolean;
  /** Evaluation stores. */
  readonly exportModelEvaluationStores?: boolean;
  /** The data of managed folders. */
  readonly exportManagedFolders?: boolean;
  /** The data of all datasets that are inputs. */
  readonly exportAllInputDatasets?: boolean;
  /** The data of all datasets. */
  readonly exportAllDatasets?: boolean;
  /** The data of all managed folders that are inputs. */
  readonly exportAllInputManagedFolders?: boolean;
  /** The history in Git; when its remote has credentials, for administrators of the project. */
  readonly exportGitRepository?: boolean;
  /** The data of static insights. */
  readonly exportInsightsData?: boolean;
  /** What was run in prompt studios. */
  readonly exportPromptStudioHistories?: boolean;
  /** Options that this library does not name. */
  readonly [option: string]: unknown;
}

/** What takes the place of what this instance lacks. */
export interface ImportRemapping {
  /** Connections. */
  readonly connections?: ReadonlyArray<Replacement>;
  /** Code environments. */
  readonly codeEnvs?: ReadonlyArray<Replacement>;
  /** Whether configurations of containers are replaced. */
  readonly enableContainerExecRemapping?: boolean;
  /** Configurations of containers. */
  readonly containerExecs?: ReadonlyArray<Replacement>;
}

/** How a project is imported. */
export interface ImportProjectOptions extends WaitOptions {
  /** Its key; by default that of the original. */
  readonly targetProjectKey?: string;
  /** What takes the place of what this instance lacks. */
  readonly remapping?: ImportRemapping;
}

/** Whose permissions a project from a bundle gets; further values may come. */
export type PermissionsPropagation = "NONE" | "READ_ONLY" | "ALL" | (string & Record<never, never>);

/** How a project is made from a bundle. */
export interface ProjectFromBundleOptions {
  /** Folder that it goes into; by default the root. */
  readonly folderId?: string;
  /**
   * Which permissions of the bundle the project gets.
   *
   * @default {"NONE"}
   */
  readonly permissionsPropagation?: PermissionsPropagation;
  /**
   * Whether a permission of a user or a group that the instance does not have is a failure. A DSS before 15.2 does not look at it.
   *
   * @default {true}
   */
  readonly failOnMissingUsersOrGroups?: boolean;
}

/** How a project is made from a bundle that is on the server. */
export type ProjectFromServerBundleOptions = ProjectFromBundleOptions;

/** How a bundle is exported. */
export interface CreateBundleOptions {
  /** What is new in it. */
  readonly releaseNotes?: string;
  /**
   * Whether the checks of project standards are evaluated; a DSS can refuse bundles without.
   *
   * @default {true}
   */
  readonly evaluateProjectStandardsChecks?: boolean;
}

/** How a bundle is activated. */
export interface ActivateBundleOptions extends WaitOptions {
  /** Whether scenarios are active then, by id; those that are not named stay as they are. */
  readonly scenariosActive?: Readonly<Record<string, boolean>>;
}
