/**
 * One call that gets a hostile answer, in a process of its own on Deno or Node: how long it takes, and how much memory. `bounds.ts` starts it.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import process from "node:process";
import { Effect, Redacted, Schema } from "effect";
import { Dataiku, Dss, get, path } from "../mod.ts";

/** What a process says of a call. */
export interface Hostile {
  /** How it ended: the tag of the reason, or `ok`. */
  readonly end: string;
  /** Milliseconds that it took. */
  readonly took: number;
  /** Most memory of the process, in bytes. */
  readonly peak: number;
}

/** Linux knows the most that there was; elsewhere what is there at the end must do. */
const peak = (): number => {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))![1]) * 1024;
  } catch {
    return process.memoryUsage().rss;
  }
};

const call = async (url: string, name: string, deadline: number, maxBodyBytes: number): Promise<Hostile> => {
  const ask = Effect.flatMap(Dss, (dss) => dss.json("X.read", get(path`/hostile/${name}`), Schema.Unknown));
  const layer = Dataiku.layer({ url, apiKey: Redacted.make("key"), retry: { times: 0 }, deadline, maxBodyBytes });
  const since = performance.now();
  const end = await Effect.runPromise(
    Effect.match(Effect.provide(ask, layer), {
      onFailure: (error) => error.reason._tag as string,
      onSuccess: () => "ok",
    }),
  );
  return { end, took: performance.now() - since, peak: peak() };
};

const [url = "", name = "", deadline = "", maxBodyBytes = ""] = process.argv.slice(2);
await call(url, "small", 30_000, 1000); // what a first call loads
process.stdout.write(JSON.stringify(await call(url, name, Number(deadline), Number(maxBodyBytes))));
