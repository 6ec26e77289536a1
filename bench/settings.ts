/**
 * B4: settings of a mebibyte, read, changed in one key and written.
 *
 * @module
 */
import { Effect, Layer, Redacted } from "effect";
import * as HttpClient from "effect/http/HttpClient";
import * as HttpClientResponse from "effect/http/HttpClientResponse";
import { Dataiku, Dss, path, put, Scenarios, setActive } from "../mod.ts";
import { settings as document } from "./documents.ts";
import { inTurn, type Line, type Side } from "./measure.ts";
import type { Setting } from "./setting.ts";

/** A DSS in memory, which keeps what is written. */
const memory = (text: string): HttpClient.HttpClient => {
  let stored = text;
  const json = { headers: { "content-type": "application/json" } };
  return HttpClient.make((request) =>
    Effect.sync(() => {
      if (request.body._tag === "Uint8Array") stored = new TextDecoder().decode(request.body.body);
      const answer = request.method === "GET" ? stored : "{}";
      return HttpClientResponse.fromWeb(request, new Response(answer, json));
    })
  );
};

/** The lines of B4. */
export const settings = async ({ rounds, share }: Setting): Promise<ReadonlyArray<Line>> => {
  const text = JSON.stringify(document);
  const times = Math.max(1, Math.round(5 * share));
  const layer = Layer.fresh(Dataiku.layerClient({ url: "https://dss.test", apiKey: Redacted.make("key") })).pipe(
    Layer.provide(Layer.succeed(HttpClient.HttpClient, memory(text))),
  );
  const context = await Effect.runPromise(Effect.scoped(Layer.build(layer)));
  const run = (effect: Effect.Effect<unknown, unknown, Scenarios | Dss>): Side => async () => {
    await Effect.runPromise(Effect.provideContext(Effect.repeat(effect, { times: times - 1 }), context));
  };
  const change = setActive(false);
  const written = run(Effect.gen(function* () {
    const found = yield* (yield* Scenarios).settings("P", "S");
    yield* (yield* Dss).empty("Scenarios.save", put(path`/projects/${"P"}/scenarios/${"S"}`, { json: change(found) }));
  }));
  const updated = run(Effect.flatMap(Scenarios, (scenarios) => scenarios.updateSettings("P", "S", change)));
  const plainly = (reads: number): Side => async () => {
    for (let at = 0; at < times; at++) {
      const next = JSON.stringify({ ...JSON.parse(text), active: false });
      for (let read = 1; read < reads; read++) JSON.parse(next);
    }
    await Promise.resolve();
  };
  const line = async (what: string, side: Side, reads: number, beside: string, atMost: number): Promise<Line> => {
    const { ratio, cpu, first, second } = await inTurn(side, plainly(reads), rounds);
    const itself = (await inTurn(side, side, rounds)).ratio;
    const millis = (seconds: number): string => `${(seconds / times * 1000).toFixed(1)} ms`;
    return {
      id: "B4",
      what,
      beside,
      ratio,
      cpu,
      itself,
      target: { atMost },
      judgedBy: "cpu",
      note: `${millis(first)}, ${millis(second)}`,
    };
  };
  return [
    await line("settings of 1 MB read, changed, written", written, 1, "parse + stringify", 2.8),
    await line("the same, read back and compared", updated, 2, "parse + stringify + parse", 2.2),
  ];
};
