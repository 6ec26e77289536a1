/**
 * Discussions on the objects of projects.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { type DiscussedObject, Discussion, type DiscussionReply } from "../../schemas/projects/discussion.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { get, type Path, path, post, put } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { type SettingsError, type SettingsSource, updateSettings } from "../../src/settings/settings.ts";

export * from "../../schemas/projects/discussion.ts";

/**
 * Discussions on the objects of projects: datasets, recipes, scenarios, notebooks, the project itself, and all others.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { Discussions } from "@effect-dataiku/dss/discussions";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const orders = { projectKey: "SALES", type: "DATASET", id: "orders_raw" };
 * const program = Effect.gen(function* () {
 *   const discussions = yield* Discussions;
 *   const { id } = yield* discussions.create(orders, "Bad rows", "Row 17 has no customer.");
 *   yield* discussions.reply(orders, id, "It is a test order.");
 *   return yield* discussions.replies(orders, id);
 * });
 * const [latest] = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (latest?.text !== "It is a test order.") throw new Error("unexpected");
 * ```
 */
export interface Discussions {
  /** The discussions of an object, without what was said in them. */
  list(object: DiscussedObject): Effect.Effect<ReadonlyArray<Discussion>, DssError>;
  /** A discussion, with what was said in it. */
  get(object: DiscussedObject, discussionId: string): Effect.Effect<Discussion, DssError>;
  /** What was said in a discussion, latest first. */
  replies(
    object: DiscussedObject,
    discussionId: string,
  ): Effect.Effect<ReadonlyArray<DiscussionReply>, DssError>;
  /**
   * Begins a discussion.
   *
   * @param reply What is said first, as Markdown.
   */
  create(object: DiscussedObject, topic: string, reply: string): Effect.Effect<Discussion, DssError>;
  /**
   * Says something in a discussion, and gives it with that.
   *
   * @param reply What is said, as Markdown.
   */
  reply(object: DiscussedObject, discussionId: string, reply: string): Effect.Effect<Discussion, DssError>;
  /**
   * Changes a discussion, as its topic: reads it whole, edits it, writes it with what was said in it, reads it back, and gives it as DSS has
   * it then.
   *
   * @param edit A pure edit. What it throws is a defect.
   */
  update(
    object: DiscussedObject,
    discussionId: string,
    edit: (discussion: Discussion) => Discussion,
  ): Effect.Effect<Discussion, DssError | SettingsError>;
}

/** Key of {@linkcode Discussions}, with its layer. */
export const Discussions: DssService<Discussions> = service(
  "Discussions",
  Effect.map(Dss, (dss): Discussions => {
    const all = ({ projectKey, type, id }: DiscussedObject): Path =>
      path`/projects/${projectKey}/discussions/${type}/${id}/`;
    const one = ({ projectKey, type, id }: DiscussedObject, discussionId: string): Path =>
      path`/projects/${projectKey}/discussions/${type}/${id}/${discussionId}`;
    const read = (method: string, object: DiscussedObject, discussionId: string): Effect.Effect<Discussion, DssError> =>
      dss.json(method, get(one(object, discussionId)), Discussion);
    return {
      list: (object) => dss.json("Discussions.list", get(all(object)), Schema.Array(Discussion)),
      get: (object, discussionId) => read("Discussions.get", object, discussionId),
      replies: (object, discussionId) =>
        Effect.map(read("Discussions.replies", object, discussionId), ({ replies }) => replies ?? []),
      create: (object, topic, reply) =>
        dss.json("Discussions.create", post(all(object), { json: { topic, reply } }), Discussion),
      reply: (object, discussionId, reply) => {
        const { projectKey, type, id } = object;
        const replies = path`/projects/${projectKey}/discussions/${type}/${id}/${discussionId}/replies/`;
        return dss.json("Discussions.reply", post(replies, { json: { reply } }), Discussion);
      },
      update: (object, discussionId, edit) => {
        const source: SettingsSource<Discussion> = {
          method: "Discussions.update",
          schema: Discussion,
          read: get(one(object, discussionId)),
          write: (json) => put(one(object, discussionId), { json }),
        };
        return updateSettings(dss, source, edit);
      },
    };
  }),
);
