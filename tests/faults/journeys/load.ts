/**
 * Many callers of a DSS that is down, and ids that nobody would choose.
 *
 * @module
 */
import assert from "node:assert/strict";
import { Effect } from "effect";
import { Jobs } from "../../../mod.ts";
import { Simulator } from "../../../src/simulator/mod.ts";
import { Way } from "../play.ts";
import type { Row } from "../row.ts";
import { failsWith, journey } from "./journey.ts";

const callers = 1000;
/** The attempts that all calls may make again together, by default. */
const quota = 100;

const all = <A, E, R>(call: Effect.Effect<A, E, R>) =>
  Effect.all(Array.from({ length: callers }, () => call), { concurrency: "unbounded" });

const list = Effect.flatMap(Jobs, (jobs) => jobs.list("SALES"));

const sent = Effect.map(Effect.flatMap(Way, (way) => way.sent), ({ length }) => length);

const storm = journey(
  ["F38", "DSS is down for a minute", "a thousand reads at once, then again", "Unavailable within the quota, then ok"],
  Effect.gen(function* () {
    yield* (yield* Simulator).restart("1 minute");
    yield* all(failsWith(list, "Unavailable"));
    const whileDown = yield* sent;
    assert.ok(whileDown <= callers + quota, `${whileDown} requests`);
    yield* Effect.sleep("2 minutes");
    yield* all(list);
    assert.equal((yield* sent) - whileDown, callers);
    // What succeeds gives back what the failures took.
    yield* (yield* Way).inject("unavailable", { times: 2 });
    yield* list;
  }),
  { levels: ["process"] },
);

/** Ids that cannot be a segment of a path. */
const unfit: ReadonlyArray<string> = ["", ".", "..", "a\0b", "\ud800"];
const strange: ReadonlyArray<string> = [
  "/",
  "../admin",
  "%2e%2e",
  "%2F",
  "a?b=c",
  "a#b",
  "a\\..\\b",
  "\u202egnp.exe",
  "🦄",
  "a b+c",
  "\r\nx-evil: 1",
  "x".repeat(10_000),
];

const ids = [
  ...unfit.map((id) =>
    journey(
      ["F36", `the id ${JSON.stringify(id)}`, "read", "Invalid, nothing is sent"],
      Effect.gen(function* () {
        const jobs = yield* Jobs;
        for (const get of [jobs.get("SALES", id), jobs.get(id, "a")]) yield* failsWith(get, "Invalid");
        assert.equal(yield* sent, 0);
      }),
    )
  ),
  ...strange.map((id) =>
    journey(
      ["F36", `the id ${JSON.stringify(id.slice(0, 20))}`, "read", "NotFound, sent as one segment"],
      Effect.gen(function* () {
        yield* failsWith((yield* Jobs).get("SALES", id), "NotFound");
        const [request, ...others] = yield* (yield* Way).sent;
        assert.equal(others.length, 0);
        const segments = request!.target.replace("/dip/publicapi", "").split("/");
        assert.deepEqual(segments.map(decodeURIComponent), ["", "projects", "SALES", "jobs", id, ""]);
        assert.doesNotMatch(request!.target, /[?#\\\s]/);
      }),
    )
  ),
];

/** Load, and ids. */
export const loadJourneys: ReadonlyArray<Row> = [storm, ...ids];
