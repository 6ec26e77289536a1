/**
 * A page that runs a scenario on the embedded DSS, and lists how it goes; then it asks the DSS that serves it.
 *
 * @module
 */
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import * as Schedule from "effect/Schedule";
import * as Stream from "effect/Stream";
import { Dataiku, withOperation } from "@effect-dataiku/dss";
import { ScenarioRun, ScenarioRuns } from "@effect-dataiku/dss/scenario-runs";
import { Scenarios } from "@effect-dataiku/dss/scenarios";
import { Simulator } from "@effect-dataiku/dss/simulator";

/** Of the browser, of which Deno's types know nothing. */
declare const document: {
  createElement(name: string): { textContent: string };
  getElementById(id: string): { append(child: unknown): void };
};

const show = (list: string, line: string): Effect.Effect<void> =>
  Effect.sync(() => {
    const item = document.createElement("li");
    item.textContent = line;
    document.getElementById(list).append(item);
  });

const watching = Effect.gen(function* () {
  const runs = yield* ScenarioRuns;
  const run = yield* withOperation(
    runs.start("SALES", "NIGHTLY_BUILD", { steps: true, polling: Schedule.spaced("250 millis") }),
    ({ states, result }) =>
      states.pipe(
        Stream.runForEach(({ phase, progress }) =>
          show("states", progress === undefined ? phase : `${phase} ${progress.done} of ${progress.total}`)
        ),
        Effect.andThen(result),
      ),
  );
  yield* show("states", `ended as ${ScenarioRun.outcome(run)}`);
}).pipe(Effect.provide(Simulator.layer()));

const here = new URL("/", import.meta.url).href;
const asking = (dss: ReturnType<typeof Dataiku.layerConfig>) =>
  Effect.flatMap(Scenarios, (scenarios) => scenarios.list("SALES")).pipe(
    Effect.flatMap((found) => show("answers", `${found.length} scenarios`)),
    Effect.provide(dss),
    Effect.catchTag("DssError", ({ reason }) => show("answers", reason._tag)),
    Effect.catchTag("NoConnection", ({ message }) => show("answers", message)),
  );

const all = Effect.all([
  watching,
  asking(Dataiku.layer({ url: here, apiKey: Redacted.make("key") })),
  asking(Dataiku.layer({ url: here, apiKey: Redacted.make("wrong") })),
  asking(Dataiku.layer({ url: "http://127.0.0.1:3", apiKey: Redacted.make("key"), retry: { times: 1 } })),
  asking(Dataiku.layerConfig()),
], { discard: true });
await Effect.runPromise(Effect.catchCause(all, (cause) => show("answers", Cause.pretty(cause))));
