import { describe, expect, it } from "@effect/vitest";
import { Context, Effect, Layer, Redacted, Stream } from "effect";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dataiku, Dss, get, path, put } from "@effect-dataiku/dss";
import { saveToFile } from "@effect-dataiku/dss/files";

/** Runs on a DSS that a `fetch` plays, on the clock of the system: only there a call goes in one step. */
const over = <A, E>(
  effect: Effect.Effect<A, E, Dss>,
  fetch: typeof globalThis.fetch,
  deadline: "1 second" | "50 millis" = "1 second",
) => {
  const options = {
    url: "https://dss.test",
    apiKey: Redacted.make("k"),
    retry: { times: 0 },
    deadline,
    fetch,
  } as const;
  return Effect.provide(effect, Layer.orDie(Dataiku.layer(options)));
};

const text = Effect.flatMap(Dss, (dss) => dss.text("X.get", get(path`/x`)));
const bytes = Stream.unwrap(Effect.map(Dss, (dss) => dss.stream("X.get", get(path`/x`))));

/** A body in pieces, the first of which says nothing of what comes. */
const pieces: ReadonlyArray<Uint8Array<ArrayBuffer>> = [
  new TextEncoder().encode(" \n"),
  ...Array.from({ length: 40 }, (_, at) => new Uint8Array(30_000 + at).fill(33 + at)),
];
const inPieces = (): ReadableStream<Uint8Array<ArrayBuffer>> => {
  let at = 0;
  return new ReadableStream({
    type: "bytes",
    pull: (controller) => {
      if (at < pieces.length) return controller.enqueue(pieces[at++]!.slice());
      controller.close();
      controller.byobRequest?.respond(0);
    },
  });
};
const vague: typeof fetch = () => Promise.resolve(new Response(inPieces(), { headers: { "content-type": "" } }));
const all = Buffer.concat(pieces);

describe("a whole answer", () => {
  it.live("without content is empty", () =>
    Effect.gen(function* () {
      expect(yield* over(text, () => Promise.resolve(new Response(null, { status: 204 })))).toBe("");
      const write = Effect.flatMap(Dss, (dss) => dss.empty("X.put", put(path`/x`, { json: {} })));
      yield* over(write, () => Promise.resolve(new Response(null, { status: 204 })));
    }));

  it.live("is read in pieces where its length is not told", () =>
    Effect.map(over(text, vague), (found) => expect(found).toBe(new TextDecoder().decode(all))));

  it.live("has its deadline for header and body, and lets the exchange go behind it", () =>
    Effect.gen(function* () {
      const signals: Array<AbortSignal> = [];
      const stalls = (inHeader: boolean): typeof fetch => (_, init) => {
        signals.push(init!.signal!);
        return inHeader ? new Promise(() => {}) : Promise.resolve(new Response(new ReadableStream()));
      };
      for (const inHeader of [true, false]) {
        const { reason } = yield* Effect.flip(over(text, stalls(inHeader), "50 millis"));
        expect(reason._tag).toBe("TimedOut");
      }
      expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    }));

  it.live("is let go when the caller is interrupted", () =>
    Effect.gen(function* () {
      let signal: AbortSignal | undefined;
      const stalls: typeof fetch = (_, init) => {
        signal = init!.signal!;
        return new Promise(() => {});
      };
      yield* Effect.timeoutOption(over(text, stalls), "20 millis");
      expect(signal?.aborted).toBe(true);
    }));
});

describe("a stream", () => {
  it.live("hands out pieces that stay what they are", () =>
    Effect.map(over(Stream.runCollect(bytes), vague), (found) => expect(Buffer.concat([...found])).toEqual(all)));

  it.live("is written into a file as it came, in one buffer", () =>
    Effect.gen(function* () {
      const folder = mkdtempSync(join(tmpdir(), "one-step-"));
      yield* Effect.addFinalizer(() => Effect.sync(() => rmSync(folder, { recursive: true })));
      const file = join(folder, "file");
      const save = Effect.flatMap(Dss, (dss) => saveToFile(dss.stream("X.get", get(path`/x`)), file));
      expect(yield* over(save, vague)).toBe(all.length);
      expect(readFileSync(file)).toEqual(all);
    }).pipe(Effect.scoped));
});

describe("all services", () => {
  it.live("are whole objects, built when they are used", () =>
    Effect.gen(function* () {
      const services = yield* Dataiku.make({ url: "https://dss.test", apiKey: Redacted.make("k"), fetch: vague });
      const { list, ...others } = services.jobs;
      expect(typeof list).toBe("function");
      expect(Object.keys(others)).toContain("start");
      expect("list" in services.scenarios).toBe(true);
      expect(Context.isContext(services.jobs)).toBe(false);
    }));
});
