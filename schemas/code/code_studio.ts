/**
 * Code studios: editors and web apps that run in containers, with files of DSS in them.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open, openEnum } from "../../src/json/open.ts";
import { VersionTag } from "../../src/json/version_tag.ts";

/** What a template says of itself. */
export interface CodeStudioDescription {
  /** Label of the template. */
  readonly label?: string | null;
  /** The template, in a line. */
  readonly shortDesc?: string | null;
}

/** Schema of {@linkcode CodeStudioDescription}. */
export const CodeStudioDescription: Schema.Codec<CodeStudioDescription, unknown> = open(
  { label: maybe(Schema.String), shortDesc: maybe(Schema.String) } satisfies Fields<CodeStudioDescription>,
);

/** A code studio in a list. */
export interface CodeStudio {
  /** Id, which DSS makes. */
  readonly id: string;
  /** Name; others may have the same. */
  readonly name: string;
  /** Login of its owner, who alone can use it. */
  readonly owner: string;
  /** Id of the template that it was made from. */
  readonly templateId: string;
  /** Key of its project. */
  readonly projectKey?: string | null;
  /** What its template says of itself. */
  readonly desc?: CodeStudioDescription | null;
}

const listed = {
  id: Schema.String,
  name: Schema.String,
  owner: Schema.String,
  templateId: Schema.String,
  projectKey: maybe(Schema.String),
  desc: maybe(CodeStudioDescription),
} satisfies Fields<CodeStudio>;

/** Schema of {@linkcode CodeStudio}. */
export const CodeStudio: Schema.Codec<CodeStudio, unknown> = open(listed);

/** The definition of a code studio. DSS offers no way to write it. */
export interface CodeStudioSettings extends CodeStudio {
  /** Folder of its resource files, below `lib/code_studio/<project>/` in the data directory of DSS. */
  readonly libName: string;
  /** Who wrote it last. */
  readonly versionTag?: VersionTag | null;
  /** Tags. */
  readonly tags?: ReadonlyArray<string> | null;
}

/** Schema of {@linkcode CodeStudioSettings}. */
export const CodeStudioSettings: Schema.Codec<CodeStudioSettings, unknown> = open(
  {
    ...listed,
    libName: Schema.String,
    versionTag: maybe(VersionTag),
    tags: maybe(Schema.Array(Schema.String)),
  } satisfies Fields<CodeStudioSettings>,
);

/** A code studio that was created. */
export interface CreatedCodeStudio {
  /** Its id. */
  readonly id: string;
  /** Name. */
  readonly name?: string | null;
  /** Login of its owner. */
  readonly owner?: string | null;
  /** Id of its template. */
  readonly templateId?: string | null;
}

/** Schema of {@linkcode CreatedCodeStudio}. */
export const CreatedCodeStudio: Schema.Codec<CreatedCodeStudio, unknown> = open(
  {
    id: Schema.String,
    name: maybe(Schema.String),
    owner: maybe(Schema.String),
    templateId: maybe(Schema.String),
  } satisfies Fields<CreatedCodeStudio>,
);

/** State of a code studio; further values may come. */
export type CodeStudioState = "STOPPED" | "STARTING" | "RUNNING" | "STOPPING" | (string & Record<never, never>);

/** A zone: files of DSS that are in a code studio too. */
export interface CodeStudioZone {
  /** Its name, as `code_studio-versioned`. Some versions of DSS say it as `zone`: see `CodeStudioStatus.zoneNames`. */
  readonly id?: string | null;
  /** Its name. */
  readonly zone?: string | null;
  /** Where its files are in the container. */
  readonly pathInContainer?: string | null;
}

/** Schema of {@linkcode CodeStudioZone}. */
export const CodeStudioZone: Schema.Codec<CodeStudioZone, unknown> = open(
  {
    id: maybe(Schema.String),
    zone: maybe(Schema.String),
    pathInContainer: maybe(Schema.String),
  } satisfies Fields<CodeStudioZone>,
);

/** Where a code studio stands. */
export interface CodeStudioStatus {
  /** Its state. */
  readonly state: CodeStudioState;
  /** When the state changed last, in milliseconds since 1970; `0` when it was never started. See `CodeStudioStatus.lastChangedAt`. */
  readonly lastStateChange?: number | null;
  /** Its zones, while it runs. */
  readonly syncedZones?: ReadonlyArray<CodeStudioZone> | null;
  /** Its ports that can be reached, while it runs; DSS documents no names of fields. */
  readonly exposed?: ReadonlyArray<Readonly<Record<string, unknown>>> | null;
}

/** What can be told from {@linkcode CodeStudioStatus}. */
export interface CodeStudioStatusSchema extends Schema.Codec<CodeStudioStatus, unknown> {
  /** When the state changed last; `undefined` when it was never started. */
  lastChangedAt(status: CodeStudioStatus): DateTime.Utc | undefined;
  /** Names of its zones; none unless it runs. */
  zoneNames(status: CodeStudioStatus): ReadonlyArray<string>;
}

/** Schema of {@linkcode CodeStudioStatus}. */
export const CodeStudioStatus: CodeStudioStatusSchema = Object.assign(
  open(
    {
      state: openEnum<CodeStudioState>(),
      lastStateChange: maybe(Schema.Number),
      syncedZones: maybe(Schema.Array(CodeStudioZone)),
      exposed: maybe(Schema.Array(dictionary(Schema.Unknown))),
    } satisfies Fields<CodeStudioStatus>,
  ) as Schema.Codec<CodeStudioStatus, unknown>,
  {
    lastChangedAt: (status: CodeStudioStatus): DateTime.Utc | undefined => instantOf(status.lastStateChange),
    zoneNames: (status: CodeStudioStatus): ReadonlyArray<string> =>
      (status.syncedZones ?? []).flatMap(({ id, zone }) => id ?? zone ?? []),
  },
);

/** A file that is in conflict: its path, or what else DSS says of it. */
export type ConflictingFile = string | Readonly<Record<string, unknown>>;

/** The files of a zone that were changed both in the code studio and in DSS. */
export interface CodeStudioConflicts {
  /** Logins of those who changed them in DSS. */
  readonly authors?: ReadonlyArray<string> | null;
  /** Files that were added in the code studio. */
  readonly added?: ReadonlyArray<ConflictingFile> | null;
  /** Files that were modified in the code studio. */
  readonly modified?: ReadonlyArray<ConflictingFile> | null;
  /** Files that were deleted in the code studio. */
  readonly deleted?: ReadonlyArray<ConflictingFile> | null;
  /** The commit of DSS that the code studio has. */
  readonly commitFrom?: string | null;
  /** The commit of DSS now. */
  readonly commitTo?: string | null;
}

/** What can be told from {@linkcode CodeStudioConflicts}. */
export interface CodeStudioConflictsSchema extends Schema.Codec<CodeStudioConflicts, unknown> {
  /** All files that are in conflict. */
  files(conflicts: CodeStudioConflicts): ReadonlyArray<ConflictingFile>;
}

const files = Schema.Array(Schema.Union([Schema.String, dictionary(Schema.Unknown)]));

/** Schema of {@linkcode CodeStudioConflicts}. */
export const CodeStudioConflicts: CodeStudioConflictsSchema = Object.assign(
  open(
    {
      authors: maybe(Schema.Array(Schema.String)),
      added: maybe(files),
      modified: maybe(files),
      deleted: maybe(files),
      commitFrom: maybe(Schema.String),
      commitTo: maybe(Schema.String),
    } satisfies Fields<CodeStudioConflicts>,
  ) as Schema.Codec<CodeStudioConflicts, unknown>,
  {
    files: ({ added, modified, deleted }: CodeStudioConflicts): ReadonlyArray<ConflictingFile> => [
      ...added ?? [],
      ...modified ?? [],
      ...deleted ?? [],
    ],
  },
);

/** What was copied to a code studio. */
export interface PushedFiles {
  /** Number of files. */
  readonly count?: number | null;
  /** Their size, in bytes. */
  readonly size?: number | null;
}

/** Schema of {@linkcode PushedFiles}. */
export const PushedFiles: Schema.Codec<PushedFiles, unknown> = open(
  { count: maybe(Schema.Number), size: maybe(Schema.Number) } satisfies Fields<PushedFiles>,
);
