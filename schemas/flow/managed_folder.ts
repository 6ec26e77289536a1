/**
 * Managed folders: what lists show of them, their settings, and their files.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open, openEnum } from "../../src/json/open.ts";
import { VersionTag } from "../../src/json/version_tag.ts";
import { Partitioning } from "./partitioning.ts";

/** Where the files of a folder are kept; further values may come. */
export type ManagedFolderType =
  | "Filesystem"
  | "S3"
  | "Azure"
  | "GCS"
  | "SCP"
  | "SFTP"
  | "FTP"
  | "HDFS"
  | "SharePointOnline"
  | "DBFS"
  | (string & Record<never, never>);

/** Schema of {@linkcode ManagedFolderType}. */
export const ManagedFolderType: Schema.Codec<ManagedFolderType, string> = openEnum<ManagedFolderType>();

/** Where on its connection a folder is. */
export interface ManagedFolderParams {
  /** Name of the connection. */
  readonly connection?: string | null;
  /** Path on the connection; `${projectKey}` and `${odbId}`, which is the id of the folder, stand for their values. */
  readonly path?: string | null;
  /** Bucket, of S3 and GCS. */
  readonly bucket?: string | null;
  /** Container, of Azure. */
  readonly container?: string | null;
  /** Whether a folder without files is not ready. */
  readonly notReadyIfEmpty?: boolean | null;
}

/** Schema of {@linkcode ManagedFolderParams}. */
export const ManagedFolderParams: Schema.Codec<ManagedFolderParams, unknown> = open(
  {
    connection: maybe(Schema.String),
    path: maybe(Schema.String),
    bucket: maybe(Schema.String),
    container: maybe(Schema.String),
    notReadyIfEmpty: maybe(Schema.Boolean),
  } satisfies Fields<ManagedFolderParams>,
);

/** A managed folder with its settings, as DSS lists and stores it. */
export interface ManagedFolder {
  /** Id, which recipes and paths know it by: a new name changes neither. */
  readonly id: string;
  /** Key of its project. */
  readonly projectKey?: string | null;
  /** Name; several folders of a project may have the same. */
  readonly name: string;
  /** Where its files are kept; of a new one DSS finds it out. */
  readonly type?: ManagedFolderType | null;
  /** Where on its connection it is. */
  readonly params?: ManagedFolderParams | null;
  /** How its files are cut into partitions. */
  readonly partitioning?: Partitioning | null;
  /** Checks, an object with `checks`. */
  readonly checks?: Readonly<Record<string, unknown>> | null;
  /** Metrics: what is computed, and what is shown. */
  readonly metrics?: Readonly<Record<string, unknown>> | null;
  /** How flows rebuild it. */
  readonly flowOptions?: Readonly<Record<string, unknown>> | null;
  /** Tags. */
  readonly tags?: ReadonlyArray<string> | null;
  /** Lists of things to do, in `checklists` of this object. */
  readonly checklists?: Readonly<Record<string, unknown>> | null;
  /** Fields that the instance has added. */
  readonly customFields?: Readonly<Record<string, unknown>> | null;
  /** Short description. */
  readonly shortDesc?: string | null;
  /** Description, in Markdown. */
  readonly description?: string | null;
  /** Who wrote it last, and how often. */
  readonly versionTag?: VersionTag | null;
  /** Who created it. */
  readonly creationTag?: VersionTag | null;
}

const AnyObject = dictionary(Schema.Unknown);

/** Schema of {@linkcode ManagedFolder}. */
export const ManagedFolder: Schema.Codec<ManagedFolder, unknown> = open(
  {
    id: Schema.String,
    projectKey: maybe(Schema.String),
    name: Schema.String,
    type: maybe(ManagedFolderType),
    params: maybe(ManagedFolderParams),
    partitioning: maybe(Partitioning),
    checks: maybe(AnyObject),
    metrics: maybe(AnyObject),
    flowOptions: maybe(AnyObject),
    tags: maybe(Schema.Array(Schema.String)),
    checklists: maybe(AnyObject),
    customFields: maybe(AnyObject),
    shortDesc: maybe(Schema.String),
    description: maybe(Schema.String),
    versionTag: maybe(VersionTag),
    creationTag: maybe(VersionTag),
  } satisfies Fields<ManagedFolder>,
);

/** A file of a managed folder. */
export interface ManagedFolderFile {
  /** Its path from the root of the folder, with a slash at its beginning, as `/2025/march/report.csv`. */
  readonly path: string;
  /** Size in bytes. */
  readonly size: number;
  /** When it was written last, in milliseconds since 1970. */
  readonly lastModified: number;
}

/** Schema of {@linkcode ManagedFolderFile}. */
export const ManagedFolderFile: Schema.Codec<ManagedFolderFile, unknown> = open(
  {
    path: Schema.String,
    size: Schema.Number,
    lastModified: Schema.Number,
  } satisfies Fields<ManagedFolderFile>,
);

/** What uses a managed folder. */
export interface ManagedFolderUsage {
  /** How: `RECIPE_INPUT`, `RECIPE_OUTPUT`; further values may come. */
  readonly type: string;
  /** Id of what uses it. */
  readonly objectId: string;
  /** Key of the project of that. */
  readonly objectProjectKey?: string | null;
}

/** Schema of {@linkcode ManagedFolderUsage}. */
export const ManagedFolderUsage: Schema.Codec<ManagedFolderUsage, unknown> = open(
  {
    type: Schema.String,
    objectId: Schema.String,
    objectProjectKey: maybe(Schema.String),
  } satisfies Fields<ManagedFolderUsage>,
);
