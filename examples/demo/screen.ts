/**
 * Shows how a run goes: drawn in place on a terminal, else one line for each change.
 *
 * @module
 */
import process from "node:process";
import { Clock, Console, Effect, Option, Ref, type Scope, Stream } from "effect";
import { isRunning, type Picture, rowsOf } from "./picture.ts";
import { frame, type Room } from "./tree.ts";
import { inColourOf } from "./words.ts";

/** The room of the terminal, when the output is one that can be drawn on. */
const terminal = (): Room | undefined => {
  const { isTTY, columns, rows } = process.stdout;
  // A terminal that does not tell its size says 0.
  const room = { columns: columns || 80, rows: rows || 24 };
  return isTTY && process.env.TERM !== "dumb" && room.columns >= 60 ? room : undefined;
};

const hiddenCursor: Effect.Effect<void, never, Scope.Scope> = Effect.acquireRelease(
  Effect.sync(() => void process.stdout.write("\x1b[?25l")),
  () => Effect.sync(() => void process.stdout.write("\x1b[?25h")),
);

/** Ten frames a second, each over the one before; the last one is wiped off. */
const draw = Effect.fn("draw")(function* <E, R>(pictures: Stream.Stream<Picture, E, R>, room: Room) {
  yield* hiddenCursor;
  const begun = yield* Clock.currentTimeMillis;
  const latest = yield* Ref.make(Option.none<Picture>());
  let drawn = 0;
  const write = (lines: ReadonlyArray<string>) =>
    Effect.sync(() => {
      const up = drawn === 0 ? "" : `\x1b[${drawn}A`;
      process.stdout.write(`${up}\x1b[J${lines.map((line) => `${line}\n`).join("")}`);
      drawn = lines.length;
    });
  const redraw = Effect.gen(function* () {
    const picture = yield* Ref.get(latest);
    if (Option.isNone(picture)) return;
    // The clock of DSS may differ from ours: the run was requested when we began.
    const now = yield* Clock.currentTimeMillis;
    const requested = picture.value.run?.fire?.timestamp ?? begun;
    yield* write(frame(rowsOf(picture.value), requested + now - begun, terminal() ?? room));
  });
  yield* Effect.raceFirst(
    Stream.runForEach(pictures, (picture) => Ref.set(latest, Option.some(picture))),
    Effect.forever(Effect.andThen(redraw, Effect.sleep("100 millis"))),
  );
  yield* write([]);
  return yield* Ref.get(latest);
}, Effect.scoped);

/** One line for each change of a part. */
const print = Effect.fn("print")(function* <E, R>(pictures: Stream.Stream<Picture, E, R>) {
  const begun = yield* Clock.currentTimeMillis;
  const known = new Map<string, string>();
  const last = yield* pictures.pipe(
    Stream.tap((picture) =>
      Effect.gen(function* () {
        const passed = (((yield* Clock.currentTimeMillis) - begun) / 1000).toFixed(1);
        const changed = rowsOf(picture).filter(({ id, state }) => (known.get(id) ?? "NOT STARTED") !== state);
        // What is above begins before what is below it, and ends after it.
        const ended = changed.filter((row) => !isRunning(row)).toSorted((one, other) => other.depth - one.depth);
        for (const { id, depth, name, state } of [...ended, ...changed.filter(isRunning)]) {
          known.set(id, state);
          yield* Console.log(`${passed.padStart(6)} s  ${"  ".repeat(depth)}${name} ${inColourOf(state, state)}`);
        }
      })
    ),
    Stream.runLast,
  );
  yield* Console.log("");
  return last;
});

/** Shows how a run goes, to its end; gives the last picture of it. */
export const show = <E, R>(pictures: Stream.Stream<Picture, E, R>): Effect.Effect<Option.Option<Picture>, E, R> =>
  Effect.suspend(() => {
    const room = terminal();
    return room === undefined ? print(pictures) : draw(pictures, room);
  });
