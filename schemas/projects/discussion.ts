/**
 * Discussions on the objects of projects.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";

/** Kind of an object that can be discussed; further values may come. */
export type DiscussedType =
  | "PROJECT"
  | "DATASET"
  | "RECIPE"
  | "SCENARIO"
  | "MANAGED_FOLDER"
  | "SAVED_MODEL"
  | "JUPYTER_NOTEBOOK"
  | "DASHBOARD"
  | "INSIGHT"
  | "ARTICLE"
  | (string & Record<never, never>);

/** An object that can be discussed. */
export interface DiscussedObject {
  /** Project. */
  readonly projectKey: string;
  /** Kind. */
  readonly type: DiscussedType;
  /** Id within the project; of the project itself its key. */
  readonly id: string;
}

/** A project, as an object of discussions. */
export function discussedProject(projectKey: string): DiscussedObject {
  return { projectKey, type: "PROJECT", id: projectKey };
}

/** Something that was said. */
export interface DiscussionReply {
  /** Id. */
  readonly id?: string | null;
  /** Login of who said it. */
  readonly author: string;
  /** What, as Markdown. */
  readonly text: string;
  /** When, in milliseconds since 1970. */
  readonly time: number;
  /** When it was edited last, in milliseconds since 1970; `0` for never. */
  readonly editedOn?: number | null;
}

/** Schema of {@linkcode DiscussionReply}, with its accessors. */
export interface DiscussionReplyCodec extends Schema.Codec<DiscussionReply, unknown> {
  /** When it was said. */
  saidAt(reply: DiscussionReply): DateTime.Utc | undefined;
  /** When it was edited last; `undefined` for never. */
  editedAt(reply: DiscussionReply): DateTime.Utc | undefined;
}

const replyFields = {
  id: maybe(Schema.String),
  author: Schema.String,
  text: Schema.String,
  time: Schema.Number,
  editedOn: maybe(Schema.Number),
} satisfies Fields<DiscussionReply>;

/** Schema of {@linkcode DiscussionReply}, with its accessors. */
export const DiscussionReply: DiscussionReplyCodec = Object.assign(
  open(replyFields) as Schema.Codec<DiscussionReply, unknown>,
  {
    saidAt: ({ time }: DiscussionReply): DateTime.Utc | undefined => instantOf(time),
    editedAt: ({ editedOn }: DiscussionReply): DateTime.Utc | undefined => instantOf(editedOn),
  },
);

/** A discussion. */
export interface Discussion {
  /** Id. */
  readonly id: string;
  /** What it is about. */
  readonly topic: string;
  /** What was said, latest first; lists leave it out. */
  readonly replies?: ReadonlyArray<DiscussionReply> | null;
  /** Project. */
  readonly projectKey?: string | null;
  /** Kind of the object. */
  readonly objectType?: string | null;
  /** Id of the object. */
  readonly objectId?: string | null;
  /** When somebody said something last, in milliseconds since 1970. */
  readonly lastReplyTime?: number | null;
  /** When it was closed, in milliseconds since 1970; `0` while it is open. */
  readonly closedOn?: number | null;
}

/** Schema of {@linkcode Discussion}, with its accessors. */
export interface DiscussionCodec extends Schema.Codec<Discussion, unknown> {
  /** When it was closed; `undefined` while it is open. */
  closedAt(discussion: Discussion): DateTime.Utc | undefined;
}

const discussionFields = {
  id: Schema.String,
  topic: Schema.String,
  replies: maybe(Schema.Array(DiscussionReply)),
  projectKey: maybe(Schema.String),
  objectType: maybe(Schema.String),
  objectId: maybe(Schema.String),
  lastReplyTime: maybe(Schema.Number),
  closedOn: maybe(Schema.Number),
} satisfies Fields<Discussion>;

/** Schema of {@linkcode Discussion}, with its accessors. */
export const Discussion: DiscussionCodec = Object.assign(
  open(discussionFields) as Schema.Codec<Discussion, unknown>,
  { closedAt: ({ closedOn }: Discussion): DateTime.Utc | undefined => instantOf(closedOn) },
);
