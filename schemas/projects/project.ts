/**
 * Projects, as lists show them, and what happened in them.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open, openEnum } from "../../src/json/open.ts";
import { VersionTag } from "../../src/json/version_tag.ts";

/** What a project is to applications; further values may come. */
export type ProjectAppType = "REGULAR" | "APP_TEMPLATE" | "APP_INSTANCE" | (string & Record<never, never>);

/** Schema of {@linkcode ProjectAppType}. */
export const ProjectAppType: Schema.Codec<ProjectAppType, string> = openEnum<ProjectAppType>();

/** A project. */
export interface Project {
  /** Key. */
  readonly projectKey: string;
  /** Name. */
  readonly name?: string | null;
  /** In a line. */
  readonly shortDesc?: string | null;
  /** In words. */
  readonly description?: string | null;
  /** Login of its owner. */
  readonly ownerLogin?: string | null;
  /** Name of its owner. */
  readonly ownerDisplayName?: string | null;
  /** Tags. */
  readonly tags?: ReadonlyArray<string> | null;
  /** Kind, as `REGULAR`. */
  readonly projectType?: string | null;
  /** What it is to applications. */
  readonly projectAppType?: ProjectAppType | null;
  /** Application that it was made from, for an instance of one. */
  readonly generatingAppId?: string | null;
  /** Version of that application. */
  readonly generatingAppVersion?: string | null;
  /** Where it stands, as `Sandbox`; not there when nobody has said. */
  readonly projectStatus?: string | null;
  /** Which rules its permissions follow, as `V2`. */
  readonly permissionsVersion?: string | null;
  /** Whether it is a tutorial. */
  readonly tutorialProject?: boolean | null;
  /** How changes are committed, as `AUTO`. */
  readonly commitMode?: string | null;
  /** Who changed it last. */
  readonly versionTag?: VersionTag | null;
  /** Who created it. */
  readonly creationTag?: VersionTag | null;
  /** The bundle that is active, on an automation node. */
  readonly activeBundleState?: Readonly<Record<string, unknown>> | null;
  /** The folders that it is in, from the root, when they were asked for. */
  readonly projectLocation?: ReadonlyArray<unknown> | null;
}

/** Schema of {@linkcode Project}, with its accessors. */
export interface ProjectCodec extends Schema.Codec<Project, unknown> {
  /** When it was created; `undefined` when DSS does not say. */
  createdAt(project: Project): DateTime.Utc | undefined;
  /** When it was changed last; `undefined` when DSS does not say. */
  modifiedAt(project: Project): DateTime.Utc | undefined;
}

const projectFields = {
  projectKey: Schema.String,
  name: maybe(Schema.String),
  shortDesc: maybe(Schema.String),
  description: maybe(Schema.String),
  ownerLogin: maybe(Schema.String),
  ownerDisplayName: maybe(Schema.String),
  tags: maybe(Schema.Array(Schema.String)),
  projectType: maybe(Schema.String),
  projectAppType: maybe(ProjectAppType),
  generatingAppId: maybe(Schema.String),
  generatingAppVersion: maybe(Schema.String),
  projectStatus: maybe(Schema.String),
  permissionsVersion: maybe(Schema.String),
  tutorialProject: maybe(Schema.Boolean),
  commitMode: maybe(Schema.String),
  versionTag: maybe(VersionTag),
  creationTag: maybe(VersionTag),
  activeBundleState: maybe(dictionary(Schema.Unknown)),
  projectLocation: maybe(Schema.Array(Schema.Unknown)),
} satisfies Fields<Project>;

/** Schema of {@linkcode Project}, with its accessors. */
export const Project: ProjectCodec = Object.assign(open(projectFields) as Schema.Codec<Project, unknown>, {
  createdAt: ({ creationTag }: Project): DateTime.Utc | undefined => instantOf(creationTag?.lastModifiedOn),
  modifiedAt: ({ versionTag }: Project): DateTime.Utc | undefined => instantOf(versionTag?.lastModifiedOn),
});

/** Something that happened in a project. */
export interface ProjectTimelineItem {
  /** Login of who did it. */
  readonly user?: string | null;
  /** What was done, as `RECIPE_EDIT`. */
  readonly action?: string | null;
  /** Project. */
  readonly projectKey?: string | null;
  /** Kind of the object, as `RECIPE`. */
  readonly objectType?: string | null;
  /** Id of the object; that of one that is gone may end in ` (deleted)`. */
  readonly objectId?: string | null;
  /** What else DSS knows. */
  readonly details?: Readonly<Record<string, unknown>> | null;
  /** When, in milliseconds since 1970. */
  readonly time?: number | null;
}

/** Schema of {@linkcode ProjectTimelineItem}. */
export const ProjectTimelineItem: Schema.Codec<ProjectTimelineItem, unknown> = open(
  {
    user: maybe(Schema.String),
    action: maybe(Schema.String),
    projectKey: maybe(Schema.String),
    objectType: maybe(Schema.String),
    objectId: maybe(Schema.String),
    details: maybe(dictionary(Schema.Unknown)),
    time: maybe(Schema.Number),
  } satisfies Fields<ProjectTimelineItem>,
);

/** What happened in a project. */
export interface ProjectTimeline {
  /** Latest first. */
  readonly items?: ReadonlyArray<ProjectTimelineItem> | null;
  /** Who has ever changed it. */
  readonly allContributors?: ReadonlyArray<unknown> | null;
  /** Who created it. */
  readonly createdBy?: unknown;
  /** When, in milliseconds since 1970. */
  readonly createdOn?: number | null;
  /** Who changed it last. */
  readonly lastModifiedBy?: unknown;
  /** When, in milliseconds since 1970. */
  readonly lastModifiedOn?: number | null;
}

/** Schema of {@linkcode ProjectTimeline}. */
export const ProjectTimeline: Schema.Codec<ProjectTimeline, unknown> = open(
  {
    items: maybe(Schema.Array(ProjectTimelineItem)),
    allContributors: maybe(Schema.Array(Schema.Unknown)),
    createdBy: Schema.optionalKey(Schema.Unknown),
    createdOn: maybe(Schema.Number),
    lastModifiedBy: Schema.optionalKey(Schema.Unknown),
    lastModifiedOn: maybe(Schema.Number),
  } satisfies Fields<ProjectTimeline>,
);

/** How many people care for a project. */
export interface ProjectInterest {
  /** Stars. */
  readonly starCount?: number | null;
  /** Watchers. */
  readonly watchCount?: number | null;
}

/** Schema of {@linkcode ProjectInterest}. */
export const ProjectInterest: Schema.Codec<ProjectInterest, unknown> = open(
  { starCount: maybe(Schema.Number), watchCount: maybe(Schema.Number) } satisfies Fields<ProjectInterest>,
);

/** What DSS says of a duplication. */
export interface ProjectDuplication {
  /** Key of the project that was duplicated. */
  readonly originalProjectKey?: string | null;
  /** Key of the new one. */
  readonly targetProjectKey?: string | null;
}

/** Schema of {@linkcode ProjectDuplication}. */
export const ProjectDuplication: Schema.Codec<ProjectDuplication, unknown> = open(
  {
    originalProjectKey: maybe(Schema.String),
    targetProjectKey: maybe(Schema.String),
  } satisfies Fields<ProjectDuplication>,
);

/** A description that DSS has generated. */
export interface GeneratedDescription {
  /** The text. */
  readonly msg: string;
}

/** Schema of {@linkcode GeneratedDescription}. */
export const GeneratedDescription: Schema.Codec<GeneratedDescription, unknown> = open(
  { msg: Schema.String } satisfies Fields<GeneratedDescription>,
);
