import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { type DiscussedObject, discussedProject, Discussion, DiscussionReply, Discussions } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, json, Received, reset } from "../fixtures/dss_server.ts";
import { stateOf } from "../fixtures/for_administrators.ts";

const orders: DiscussedObject = { projectKey: "SALES", type: "DATASET", id: "orders_raw" };

describe("discussions on a simulated DSS", () => {
  it.effect("go on, latest first, and are listed without what was said", () =>
    Effect.gen(function* () {
      const discussions = yield* Discussions;
      const begun = yield* discussions.create(orders, "Bad rows", "Row 17");
      expect(Discussion.closedAt(begun)).toBeUndefined();
      const further = yield* discussions.reply(orders, begun.id, "Fixed");
      expect(further.replies?.map(({ text }) => text)).toEqual(["Fixed", "Row 17"]);
      expect(yield* discussions.replies(orders, begun.id)).toEqual(further.replies);
      const listed = yield* discussions.list(orders);
      expect(listed.map(({ topic }) => topic)).toEqual(["Growth", "Bad rows"]);
      expect(listed[0]).not.toHaveProperty("replies");
      expect(yield* discussions.list(discussedProject("SALES"))).toEqual([]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are renamed without losing what was said", () =>
    Effect.gen(function* () {
      const discussions = yield* Discussions;
      const [growth] = yield* discussions.list(orders);
      const before = yield* discussions.replies(orders, growth!.id);
      const saved = yield* discussions.update(
        orders,
        growth!.id,
        (found) => ({ ...found, topic: "Renamed", later: 1 }),
      );
      expect(saved).toMatchObject({ topic: "Renamed", later: 1, replies: before });
      expect(DiscussionReply.editedAt(before[0]!)).toBeUndefined();
      expect(DiscussionReply.saidAt(before[0]!)).toBeDefined();
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each([
    ["an empty topic", (all: Discussions) => all.create(orders, "", "x"), "Invalid"],
    ["an empty reply", (all: Discussions) => all.create(orders, "x", ""), "Invalid"],
    ["a discussion that is not there", (all: Discussions) => all.reply(orders, "none", "x"), "NotFound"],
    ["a project that is not there", (all: Discussions) => all.list(discussedProject("NOWHERE")), "NotFound"],
    ["an id that is none", (all: Discussions) => all.list({ ...orders, id: ".." }), "Invalid"],
  ] as ReadonlyArray<[string, (discussions: Discussions) => Effect.Effect<unknown, unknown>, string]>)(
    "%s is refused, and changes nothing",
    ([, call, tag]) =>
      Effect.gen(function* () {
        const before = yield* stateOf("discussions");
        expect(yield* Effect.flip(call(yield* Discussions))).toMatchObject({ reason: { _tag: tag } });
        expect(yield* stateOf("discussions")).toEqual(before);
      }).pipe(Effect.provide(Simulator.layer())),
  );
});

it.effect("the lost answer to a reply is an unknown outcome, and it is not said twice", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip((yield* Discussions).reply(orders, "d", "x"));
    expect(error.reason._tag).toBe("OutcomeUnknown");
    expect((yield* Received).requests).toHaveLength(1);
  }).pipe(Effect.provide(dssServer(() => reset))));

it.effect("ids with slashes and blanks stay one segment", () =>
  Effect.gen(function* () {
    yield* (yield* Discussions).list({ projectKey: "P", type: "JUPYTER_NOTEBOOK", id: "a b/c" });
    expect((yield* Received).lines).toEqual(["GET /projects/P/discussions/JUPYTER_NOTEBOOK/a%20b%2Fc/"]);
  }).pipe(Effect.provide(dssServer(() => json([])))));
