/**
 * What benchmarks share: the server, our client on it, the official one, and how long all of it may take.
 *
 * @module
 */
import { type Context, Effect, Layer, Redacted, type Scope } from "effect";
import { type AllServices, Dataiku, type Dss } from "../mod.ts";
import type { Spent } from "./measure.ts";
import { newestClient, pythonEnvironment } from "../tests/conformance/python_environment.ts";

/** The official client, in a process of its own that measures itself. */
export interface OfficialClient {
  /** What a task took. */
  measure(task: string, count: number): Promise<Spent>;
}

/** What a benchmark is given. */
export interface Setting {
  /** How often both sides run. */
  readonly rounds: number;
  /** Part of the work that is done, 1 for all of it. */
  readonly share: number;
  /** Address of the server. */
  readonly url: string;
  /** Runs an effect of ours on the server. */
  readonly ours: <A, E>(effect: Effect.Effect<A, E, AllServices | Dss>) => Promise<A>;
  /** The official client; `undefined` where Python is missing. */
  readonly official: OfficialClient | undefined;
}

/** Lines that a process writes, one by one. */
const linesOf = (stdout: ReadableStream<Uint8Array<ArrayBuffer>>): () => Promise<string> => {
  const chunks = stdout.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  let pending = "";
  return async () => {
    for (;;) {
      const end = pending.indexOf("\n");
      if (end >= 0) {
        const line = pending.slice(0, end);
        pending = pending.slice(end + 1);
        return line;
      }
      const { value, done } = await chunks.next();
      if (done === true) throw new Error("A process of the benchmarks ended");
      pending += value;
    }
  };
};

const here = (name: string): string => new URL(name, import.meta.url).pathname;

/** Starts a process that ends with the scope. */
const started = (command: string, args: ReadonlyArray<string>): Effect.Effect<Deno.ChildProcess, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => new Deno.Command(command, { args: [...args], stdin: "piped", stdout: "piped" }).spawn()),
    (child) =>
      Effect.promise(async () => {
        child.kill();
        await child.status;
      }),
  );

const officialClient = (url: string): Effect.Effect<OfficialClient | undefined, never, Scope.Scope> =>
  Effect.gen(function* () {
    const python = yield* Effect.promise(() => pythonEnvironment(newestClient).catch(() => undefined));
    if (python === undefined) return undefined;
    const child = yield* started(python, ["-B", here("official_client.py"), url]);
    const next = linesOf(child.stdout);
    const writer = child.stdin.getWriter();
    return {
      measure: async (task, count) => {
        await writer.write(new TextEncoder().encode(`${task} ${count}\n`));
        return JSON.parse(await next());
      },
    };
  });

/** Sets everything up; it ends with the scope. */
export const makeSetting = (options: Pick<Setting, "rounds" | "share">): Effect.Effect<Setting, never, Scope.Scope> =>
  Effect.gen(function* () {
    const server = yield* started(Deno.execPath(), ["run", "--allow-net", here("server.ts")]);
    const next = linesOf(server.stdout);
    const url = `http://127.0.0.1:${yield* Effect.promise(next)}`;
    const layer = Dataiku.layer({ url, apiKey: Redacted.make("key"), concurrency: 64 });
    const context: Context.Context<AllServices | Dss> = yield* Effect.orDie(Layer.build(layer));
    return {
      ...options,
      url,
      ours: (effect) => Effect.runPromise(Effect.provideContext(effect, context)),
      official: yield* officialClient(url),
    };
  });
