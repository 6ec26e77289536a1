/**
 * Discussions of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { type Call, invalid, jsonAnswer, missing, type Route, type SimulatedRefusal } from "../kernel/route.ts";
import { documentSent, isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { findProject } from "./projects_state.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** Discussions, by `SALES/DATASET/orders_raw`; latest last. */
export const discussions: Slice<Map<string, ReadonlyArray<JsonObject>>> = slice("discussions", () => new Map(), {
  removed: (held, object) => {
    for (const place of held.keys()) if (`projects/${place}`.startsWith(`${object}/`)) held.delete(place);
  },
});

/** Where the discussions of an object are kept. */
const placeOf = (world: World, { params }: Call): Effect.Effect<string, SimulatedRefusal> =>
  Effect.map(
    findProject(world, params.projectKey),
    ({ projectKey }) => `${projectKey}/${params.objectType}/${params.objectId}`,
  );

const listed = ({ replies: _, ...discussion }: JsonObject): JsonObject => discussion;

const reply = (world: World, author: string, text: string, now: number): JsonObject => ({
  id: world.chance.id(),
  author,
  text,
  time: now,
  editedOn: 0,
});

const findDiscussion = (
  world: World,
  call: Call,
): Effect.Effect<{ readonly place: string; readonly found: JsonObject }, SimulatedRefusal> =>
  Effect.flatMap(placeOf(world, call), (place) => {
    const found = world.of(discussions).get(place)?.find(({ id }) => id === call.params.discussionId);
    return found === undefined
      ? Effect.fail(missing(`Discussion ${call.params.discussionId}`))
      : Effect.succeed({ place, found });
  });

/** Takes the place of a discussion. */
const replace = (world: World, place: string, next: JsonObject): void => {
  const all = world.of(discussions).get(place) ?? [];
  world.of(discussions).set(place, all.map((each) => each.id === next.id ? next : each));
};

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** Why a reply cannot be stored as it is sent. */
const isReply = (value: unknown): boolean =>
  isJsonObject(value) && isText(value.author) && typeof value.text === "string" && typeof value.time === "number";

/** Begins a discussion. */
const begin = (world: World, place: string, topic: string, first: JsonObject): JsonObject => {
  const [projectKey, objectType, ...id] = place.split("/");
  const discussion: JsonObject = {
    id: world.chance.id(),
    topic,
    projectKey,
    objectType,
    objectId: id.join("/"),
    lastReplyTime: first.time,
    closedOn: 0,
    replies: [first],
  };
  world.of(discussions).set(place, [...world.of(discussions).get(place) ?? [], discussion]);
  return discussion;
};

/** Fills an instance with a discussion. */
export const seedDiscussions = (world: World, boot: number): void => {
  const day = 86_400_000;
  const first = reply(world, "maria", "The table of orders grew by 40 % over night.", boot - 3 * day);
  const discussion = begin(world, "SALES/DATASET/orders_raw", "Growth", first);
  const second = reply(world, "admin", "A new shop was added.", boot - 2 * day);
  replace(world, "SALES/DATASET/orders_raw", {
    ...discussion,
    lastReplyTime: second.time,
    replies: [second, first],
  });
};

/** @internal */
export const discussionsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/projects/:projectKey/discussions/:objectType/:objectId/",
    known: "public evidence",
    note: "Without replies, seen live. That the object itself is not looked for is assumed.",
    handle: (call, world) =>
      Effect.map(placeOf(world, call), (place) => jsonAnswer((world.of(discussions).get(place) ?? []).map(listed))),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/discussions/:objectType/:objectId/",
    known: "public evidence",
    note: "topic and reply; the whole discussion in the answer. That both are needed is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const place = yield* placeOf(world, call);
        const { topic, reply: text } = isJsonObject(call.json) ? call.json : {};
        if (!isText(topic) || !isText(text)) {
          return yield* Effect.fail(invalid("A discussion needs a topic and a reply"));
        }
        return jsonAnswer(begin(world, place, topic, reply(world, call.user.login, text, call.now)));
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/discussions/:objectType/:objectId/:discussionId",
    known: "public evidence",
    note: "With replies, latest first, seen live.",
    handle: (call, world) => Effect.map(findDiscussion(world, call), ({ found }) => jsonAnswer(found)),
  },
  {
    method: "PUT",
    path: "/projects/:projectKey/discussions/:objectType/:objectId/:discussionId",
    known: "official client",
    note:
      "Takes the place of the whole discussion, replies included. That its id stays, that a text that changed counts as edited now, and the types of fields, are assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { place, found } = yield* findDiscussion(world, call);
        const sent = yield* documentSent(world, call);
        const { topic, replies = [] } = sent;
        if (!isText(topic)) return yield* Effect.fail(invalid("A discussion needs a topic"));
        if (!Array.isArray(replies) || !replies.every(isReply)) {
          return yield* Effect.fail(invalid("Each reply needs an author, a text and a time"));
        }
        const before = jsonObjects(found.replies);
        const next: JsonObject = {
          ...sent,
          id: found.id,
          replies: jsonObjects(replies).map((each) => {
            const was = before.find(({ id }) => id === each.id);
            return was === undefined || was.text === each.text ? each : { ...each, editedOn: call.now };
          }),
        };
        replace(world, place, next);
        return jsonAnswer(next);
      }),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/discussions/:objectType/:objectId/:discussionId/replies/",
    known: "public evidence",
    note: "The whole discussion in the answer. That a reply needs a text is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { place, found } = yield* findDiscussion(world, call);
        const { reply: text } = isJsonObject(call.json) ? call.json : {};
        if (!isText(text)) return yield* Effect.fail(invalid("A reply needs a text"));
        const next: JsonObject = {
          ...found,
          lastReplyTime: call.now,
          replies: [reply(world, call.user.login, text, call.now), ...jsonObjects(found.replies)],
        };
        replace(world, place, next);
        return jsonAnswer(next);
      }),
  },
];
