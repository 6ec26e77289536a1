/**
 * Uploads that cannot be finished.
 *
 * @module
 */
import assert from "node:assert/strict";
import { Effect, Stream } from "effect";
import { path, post } from "../../../mod.ts";
import { answer, serving } from "../../sockets/raw_server.ts";
import { Pace } from "../kinds.ts";
import { Way } from "../play.ts";
import type { Row } from "../row.ts";
import { asking, failsWith, journey } from "./journey.ts";

const piece = new Uint8Array(65_536);

const upload = (content: Stream.Stream<Uint8Array, Error>) =>
  asking((dss) => dss.empty("Test.upload", post(path`/projects/SALES/uploads/${"broken"}`, { content })));

const breaking = Stream.concat(
  Stream.map(Stream.range(1, 10), () => piece),
  Stream.fail(new Error("the disk is gone")),
);

const uploaded = Effect.map(
  Effect.flatMap(Way, (way) => way.handled),
  (all) => all.filter(({ target }) => target.includes("/uploads/")).length,
);

/** Pieces with a pause between them, as a part of the idle limit. */
const slowly = (part: number) =>
  Stream.unwrap(
    Effect.map(Pace, ({ idle }) =>
      Stream.mapEffect(Stream.range(1, 5), () => Effect.as(Effect.sleep(idle * part), piece))),
  );

/** Uploads. */
export const uploadJourneys: ReadonlyArray<Row> = [
  journey(
    ["F9", "the content comes slowly", "stream up", "ok"],
    Effect.gen(function* () {
      const pace = yield* Pace;
      yield* upload(Stream.provideService(slowly(0.6), Pace, pace));
      assert.equal(yield* uploaded, 1);
    }),
  ),
  journey(
    ["F8", "the content stalls", "stream up", "OutcomeUnknown, once, and DSS has nothing"],
    Effect.gen(function* () {
      const error = yield* failsWith(upload(Stream.concat(Stream.make(piece), Stream.never)), "OutcomeUnknown");
      assert.match(error.message, /No further bytes within/);
      assert.equal(yield* uploaded, 0);
      assert.equal(yield* (yield* Way).open, 0);
    }),
  ),
  journey(
    ["F35", "the content cannot be read to its end", "stream up", "UploadFailed, once, and DSS has nothing"],
    Effect.gen(function* () {
      const error = yield* failsWith(upload(breaking), "UploadFailed");
      assert.match(error.message, /the disk is gone/);
      assert.equal(yield* uploaded, 0);
      const sent = (yield* (yield* Way).sent).filter(({ target }) => target.includes("/uploads/"));
      assert.ok(sent.length <= 1);
      assert.equal(yield* (yield* Way).open, 0);
    }),
  ),
  journey(
    ["F35", "a proxy answers 413 before the end", "stream up", "Invalid, or OutcomeUnknown, once, and it stops"],
    Effect.gen(function* () {
      let pieces = 0;
      const endless = Stream.forever(Stream.make(piece)).pipe(
        Stream.tap(() => Effect.andThen(Effect.sync(() => void (pieces += 1)), Effect.sleep("1 millis"))),
      );
      const proxy = yield* serving((socket) => {
        socket.write(answer("<html><title>Too large</title></html>", ["content-type: text/html"], "413 Too Large"));
        setTimeout(() => socket.end(), 50);
      });
      const way = yield* Way;
      const error = yield* Effect.flip(Effect.provide(upload(endless), way.connect(proxy.url)));
      // Whether a runtime reads an answer while the server closes in its face is its own matter.
      assert.match(error.reason._tag, /^(Invalid|OutcomeUnknown)$/, error.message);
      assert.equal(proxy.received.length, 1);
      yield* proxy.closed;
      const stopped = pieces;
      yield* Effect.sleep("100 millis");
      assert.equal(pieces, stopped, "the content is still read");
    }),
    { levels: ["deno", "node"] },
  ),
  journey(
    ["F35", "DSS answers without reading it", "stream up", "ok, and the content is not read further"],
    Effect.gen(function* () {
      let pieces = 0;
      const endless = Stream.forever(Stream.make(piece)).pipe(
        Stream.tap(() => Effect.andThen(Effect.sync(() => void (pieces += 1)), Effect.sleep("1 millis"))),
      );
      const early = yield* serving((socket) => void socket.write(answer("{}")));
      const way = yield* Way;
      yield* Effect.exit(Effect.provide(upload(endless), way.connect(early.url)));
      yield* early.closed;
      const stopped = pieces;
      yield* Effect.sleep("100 millis");
      assert.equal(pieces, stopped, "the content is still read");
    }),
    { levels: ["deno", "node"] },
  ),
];
