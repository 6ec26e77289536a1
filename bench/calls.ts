/**
 * B1 and B2: what one call costs, and how many go through at once.
 *
 * @module
 */
import { Effect, Layer } from "effect";
import * as FetchHttpClient from "effect/http/FetchHttpClient";
import * as HttpClient from "effect/http/HttpClient";
import * as HttpClientRequest from "effect/http/HttpClientRequest";
import * as HttpClientResponse from "effect/http/HttpClientResponse";
import { Dss, FutureState, get, path } from "../mod.ts";
import { inTurn, type Line, type Side } from "./measure.ts";
import { oneCall } from "./limits/one_call.ts";
import type { Setting } from "./setting.ts";

const target = "/dip/publicapi/futures/a";
const headers = { authorization: "Basic a2V5Og==", accept: "application/json" };

/** Runs something so often, so many at a time. */
const often = (count: number, atOnce: number, one: () => Promise<unknown>): Side => async () => {
  let begun = 0;
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (begun++ < count) await one();
  }));
};

/** What Effect's own client does with the same request. */
const stock = (url: string): Effect.Effect<unknown, unknown, HttpClient.HttpClient> =>
  Effect.flatMap(HttpClient.HttpClient, (client) =>
    Effect.flatMap(
      client.pipe(
        HttpClient.mapRequest((request) =>
          request.pipe(HttpClientRequest.prependUrl(url), HttpClientRequest.setHeaders(headers))
        ),
        HttpClient.filterStatusOk,
      ).get(target),
      HttpClientResponse.schemaBodyJson(FutureState),
    ));

/** The lines of B1 and B2. */
export const calls = async ({ rounds, share, url, ours, official }: Setting): Promise<ReadonlyArray<Line>> => {
  const count = Math.max(50, Math.round(400 * share));
  const call = Effect.flatMap(Dss, (dss) => dss.json("Futures.get", get(path`/futures/${"a"}`), FutureState));
  /** One after the other in one fiber; `Effect.repeat` would give way between two, which costs as much as a tenth of a call. */
  const inOneFiber = <E, R>(one: Effect.Effect<unknown, E, R>): Effect.Effect<void, E, R> =>
    Effect.forEach(Array.from({ length: count }), () => one, { discard: true });
  const oursInTurn: Side = () => ours(inOneFiber(call));
  const least: Side = () => Effect.runPromise(inOneFiber(oneCall(`${url}${target}`, headers)));
  const oursAtOnce: Side = async () => {
    await ours(Effect.forEach(Array.from({ length: count }), () => call, { concurrency: 64, discard: true }));
  };
  const raw = async () => JSON.parse(await (await fetch(`${url}${target}`, { headers })).text());
  const stockInTurn: Side = () =>
    Effect.runPromise(Effect.provide(inOneFiber(stock(url)), Layer.fresh(FetchHttpClient.layer)));
  const micros = (seconds: number): string => `${Math.round(seconds / count * 1e6)} µs`;
  const one = "one small JSON call, in turn";
  const itself = (await inTurn(oursInTurn, oursInTurn, rounds)).ratio;
  const besideRaw = await inTurn(oursInTurn, often(count, 1, raw), rounds);
  const besideStock = await inTurn(oursInTurn, stockInTurn, rounds);
  const besideLeast = await inTurn(oursInTurn, least, rounds);
  const limit = await inTurn(least, often(count, 1, raw), rounds);
  const lines: Array<Line> = [
    {
      id: "B1",
      what: one,
      beside: "fetch + JSON.parse",
      ratio: besideRaw.ratio,
      cpu: besideRaw.cpu,
      itself,
      target: { atMost: 1.4 },
      judgedBy: "cpu",
      note: `${micros(besideRaw.first)}, ${micros(besideRaw.second)}`,
    },
    {
      id: "B1",
      what: "its limit: bench/limits/one_call.ts",
      beside: "fetch + JSON.parse",
      ratio: limit.ratio,
      cpu: limit.cpu,
      note: micros(limit.first),
    },
    {
      id: "B1",
      what: one,
      beside: "its limit",
      ratio: besideLeast.ratio,
      cpu: besideLeast.cpu,
      target: { atMost: 1.4 },
      judgedBy: "cpu",
    },
    {
      id: "B1",
      what: one,
      beside: "FetchHttpClient",
      ratio: besideStock.ratio,
      cpu: besideStock.cpu,
      note: micros(besideStock.second),
    },
  ];
  if (official !== undefined) {
    const { ratio, cpu, second } = await inTurn(oursInTurn, () => official.measure("calls", count), rounds);
    const beside = "dataikuapi";
    lines.push({ id: "B1", what: one, beside, ratio, cpu, target: { atMost: 0.45 }, note: micros(second) });
  }
  // Calls a second: the time of the other over ours.
  const atOnce = await inTurn(often(count, 64, raw), oursAtOnce, rounds);
  const leastAtOnce: Side = () =>
    Effect.runPromise(
      Effect.forEach(Array.from({ length: count }), () => oneCall(`${url}${target}`, headers), {
        concurrency: 64,
        discard: true,
      }),
    );
  const limitAtOnce = await inTurn(often(count, 64, raw), leastAtOnce, rounds);
  lines.push({
    id: "B2",
    what: "calls a second, 64 at once",
    beside: "fetch + JSON.parse",
    ratio: atOnce.ratio,
    cpu: atOnce.cpu,
    itself: (await inTurn(oursAtOnce, oursAtOnce, rounds)).ratio,
    target: { atLeast: 0.75 },
    judgedBy: "cpu",
    note: `${Math.round(count / atOnce.second)}/s, ${Math.round(count / atOnce.first)}/s`,
  }, {
    id: "B2",
    what: "its limit: bench/limits/one_call.ts",
    beside: "fetch + JSON.parse",
    ratio: limitAtOnce.ratio,
    cpu: limitAtOnce.cpu,
  });
  return lines;
};
