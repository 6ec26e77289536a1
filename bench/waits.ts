/**
 * B9: ten thousand waits at once: what one of them holds, and how often DSS is asked for what many wait for.
 *
 * @module
 */
import { Effect, Exit, Fiber, Layer, Redacted, Scope } from "effect";
import * as HttpClient from "effect/http/HttpClient";
import * as HttpClientResponse from "effect/http/HttpClientResponse";
import { Dataiku, Jobs } from "../mod.ts";
import { type Line, ratioOf } from "./measure.ts";
import type { Setting } from "./setting.ts";

const def = { id: "j", type: "X", projectKey: "P", name: "j", initiator: "m", initiationTimestamp: 1, outputs: [] };

/** A DSS in memory whose jobs run for ever. */
const running = (): { readonly client: HttpClient.HttpClient; readonly looks: () => number } => {
  let looks = 0;
  const client = HttpClient.make((request) =>
    Effect.sync(() => {
      looks += 1;
      return HttpClientResponse.fromWeb(request, Response.json({ baseStatus: { def, state: "RUNNING" } }));
    })
  );
  return { client, looks: () => looks };
};

const collected = async (): Promise<number> => {
  for (let at = 0; at < 4; at++) {
    (globalThis as { readonly gc?: () => void }).gc?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return Deno.memoryUsage().heapUsed;
};

const measured = async (count: number): Promise<{ readonly bytes: number; readonly shared: number }> => {
  const { client, looks } = running();
  const layer = Dataiku.layerClient({ url: "https://dss.test", apiKey: Redacted.make("key") }).pipe(
    Layer.provide(Layer.succeed(HttpClient.HttpClient, client)),
  );
  const scope = Scope.makeUnsafe();
  const context = await Effect.runPromise(Scope.provide(Layer.build(layer), scope));
  const run = <A, E>(effect: Effect.Effect<A, E, Jobs>): Promise<A> =>
    Effect.runPromise(Effect.provideContext(effect, context));
  const before = await collected();
  const waits = await run(Effect.gen(function* () {
    const jobs = yield* Jobs;
    const fibers: Array<Fiber.Fiber<unknown, unknown>> = [];
    for (let at = 0; at < count; at++) {
      const { result } = yield* jobs.attach("P", `j${at}`);
      fibers.push(yield* Effect.forkDetach(result));
    }
    while (looks() < count) yield* Effect.sleep("10 millis");
    return fibers;
  }));
  const bytes = (await collected() - before) / count;
  await run(Fiber.interruptAll(waits));
  const from = looks();
  const sharing = await run(Effect.gen(function* () {
    const { result, state } = yield* (yield* Jobs).attach("P", "shared");
    const fibers = yield* Effect.forEach(Array.from({ length: 1000 }), () => Effect.forkDetach(result));
    yield* Effect.forEach(Array.from({ length: 1000 }), () => state, { concurrency: "unbounded" });
    return fibers;
  }));
  const shared = looks() - from;
  await run(Fiber.interruptAll(sharing));
  await Effect.runPromise(Scope.close(scope, Exit.void));
  return { bytes, shared };
};

const here = new URL("waits.ts", import.meta.url).pathname;

/** The lines of B9. */
export const waits = async ({ share }: Setting): Promise<ReadonlyArray<Line>> => {
  const count = Math.max(100, Math.round(10_000 * share));
  // In a process of its own, whose memory nobody else uses.
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--v8-flags=--expose-gc", here, `${count}`],
    stdin: "null",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("The process of the waits failed");
  const { bytes, shared }: Awaited<ReturnType<typeof measured>> = JSON.parse(new TextDecoder().decode(stdout));
  return [
    { id: "B9", what: `${count} waits at once`, beside: "nothing", note: `${(bytes / 1024).toFixed(1)} KiB a wait` },
    {
      id: "B9",
      what: "looks for 1,000 waits and looks at one job",
      beside: "one look each",
      ratio: ratioOf([shared / 2000]),
      target: { atMost: 0.01 },
      note: `${shared} looks`,
    },
  ];
};

// deno-lint-ignore no-console
if (import.meta.main) console.log(JSON.stringify(await measured(Number(Deno.args[0]))));
