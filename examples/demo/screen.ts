/**
 * Shows how a job goes: drawn in place on a terminal, else one line for each change.
 *
 * @module
 */
import process from "node:process";
import { Clock, Console, Effect, Ref, type Scope, Stream } from "effect";
import type { JobOperationState } from "@effect-dataiku/dss/jobs";
import { frame, type Room } from "./bars.ts";
import { inColourOf, stateOf } from "./table.ts";

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
const draw = <E>(states: Stream.Stream<JobOperationState, E>, room: Room): Effect.Effect<void, E> =>
  Effect.gen(function* () {
    yield* hiddenCursor;
    const begun = yield* Clock.currentTimeMillis;
    const latest = yield* Ref.make<JobOperationState | undefined>(undefined);
    let drawn = 0;
    const write = (lines: ReadonlyArray<string>) =>
      Effect.sync(() => {
        const up = drawn === 0 ? "" : `\x1b[${drawn}A`;
        process.stdout.write(`${up}\x1b[J${lines.map((line) => `${line}\n`).join("")}`);
        drawn = lines.length;
      });
    const redraw = Effect.gen(function* () {
      const state = yield* Ref.get(latest);
      if (state === undefined) return;
      // The clock of DSS may differ from ours: the job was submitted when we began.
      const passed = (yield* Clock.currentTimeMillis) - begun;
      yield* write(frame(state, state.status.baseStatus.def.initiationTimestamp + passed, room));
    });
    yield* Effect.raceFirst(
      Stream.runForEach(states, (state) => Ref.set(latest, state)),
      Effect.forever(Effect.andThen(redraw, Effect.sleep("100 millis"))),
    );
    yield* write([]);
  }).pipe(Effect.scoped);

/** One line for each change of the job or of an activity. */
const print = <E>(states: Stream.Stream<JobOperationState, E>): Effect.Effect<void, E> =>
  Effect.gen(function* () {
    const begun = yield* Clock.currentTimeMillis;
    const known = new Map<string, string>();
    yield* Stream.runForEach(states, ({ phase, isFinal, status }) =>
      Effect.gen(function* () {
        const passed = (((yield* Clock.currentTimeMillis) - begun) / 1000).toFixed(1);
        const job = ["job", { state: phase }] as const;
        const activities = Object.entries(status.baseStatus.activities ?? {});
        for (const [name, activity] of isFinal ? [...activities, job] : [job, ...activities]) {
          const state = stateOf(activity);
          if ((known.get(name) ?? "NOT STARTED") === state) continue;
          known.set(name, state);
          yield* Console.log(`${passed.padStart(6)} s  ${name} ${inColourOf(state, state)}`);
        }
      }));
    yield* Console.log("");
  });

/** Shows how a job goes, to its end. */
export const show = <E>(states: Stream.Stream<JobOperationState, E>): Effect.Effect<void, E> =>
  Effect.suspend(() => {
    const room = terminal();
    return room === undefined ? print(states) : draw(states, room);
  });
