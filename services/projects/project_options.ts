/**
 * What can be said of the work on projects.
 *
 * @module
 */
import type { ProjectPermission } from "../../schemas/projects/project_settings.ts";
import type { WaitOptions } from "../../src/operation/operation.ts";

/** How projects are listed. */
export interface ListProjectsOptions {
  /** Whether each comes with the folders that it is in. */
  readonly includeLocation?: boolean;
}

/** How a project is created. */
export interface CreateProjectOptions {
  /** In words. */
  readonly description?: string;
  /** Settings, by the names of DSS. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Folder that it goes into; by default the root. */
  readonly folderId?: string;
  /** What groups and users may do. */
  readonly permissions?: ReadonlyArray<ProjectPermission>;
  /** Tags. */
  readonly tags?: ReadonlyArray<string>;
}

/** How a project is deleted. */
export interface DeleteProjectOptions extends WaitOptions {
  /** Whether the data of its managed datasets is deleted too. */
  readonly clearManagedDatasets?: boolean;
  /** Whether the content of its managed folders that are outputs of recipes is deleted too. */
  readonly clearOutputManagedFolders?: boolean;
  /** Whether the data of its managed knowledge banks is deleted too; a DSS before 15.2 does not look at it. */
  readonly clearManagedKnowledgeBanks?: boolean;
  /**
   * Whether the logs of its jobs and scenarios are deleted too.
   *
   * @default {true}
   */
  readonly clearJobAndScenarioLogs?: boolean;
}

/** How much of a project is duplicated; further values may come. */
export type DuplicationMode = "MINIMAL" | "SHARING" | "FULL" | "NONE" | (string & Record<never, never>);

/** Something of a project, as a connection, in whose place another one comes. */
export interface Replacement {
  /** Its name in the original. */
  readonly source: string;
  /** The name of what takes its place. */
  readonly target: string;
}

/** How a project is duplicated. */
export interface DuplicateProjectOptions {
  /**
   * Whose data is copied: of datasets that were uploaded (`MINIMAL`), of none, but those of the original are used (`SHARING`), of all
   * (`FULL`), of none (`NONE`).
   *
   * @default {"MINIMAL"}
   */
  readonly mode?: DuplicationMode;
  /**
   * Whether models of analyses are copied.
   *
   * @default {true}
   */
  readonly analysisModels?: boolean;
  /**
   * Whether saved models are copied.
   *
   * @default {true}
   */
  readonly savedModels?: boolean;
  /** Whether the Git repository is copied; by default DSS decides. */
  readonly gitRepository?: boolean;
  /**
   * Whether the data of insights is copied.
   *
   * @default {true}
   */
  readonly insightsData?: boolean;
  /** Which connections, code environments and others take the place of which, as `{ connections: [{ source, target }] }`. */
  readonly remapping?: Readonly<Record<string, ReadonlyArray<Replacement>>>;
  /** Folder that the copy goes into; by default that of the original. */
  readonly folderId?: string;
}

/** How a description is generated. */
export interface GenerateDescriptionOptions {
  /**
   * Language, by its name in English.
   *
   * @default {"english"}
   */
  readonly language?: string;
  /**
   * Whom it is for: `generic`, `technical`, `business_oriented` or `executive`.
   *
   * @default {"generic"}
   */
  readonly purpose?: string;
  /**
   * How long it is: `low`, `medium` or `high`.
   *
   * @default {"medium"}
   */
  readonly length?: string;
  /** Whether it becomes the description of the project. */
  readonly save?: boolean;
}

/** How many items of a timeline are read. */
export interface TimelineOptions {
  /**
   * Most items.
   *
   * @default {100}
   */
  readonly limit?: number;
}
