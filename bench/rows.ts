/**
 * B7: rows of an SQL query with five typed columns.
 *
 * @module
 */
import { Effect, Stream } from "effect";
import { Sql } from "../mod.ts";
import { inTurn, type Line, type Side } from "./measure.ts";
import type { Setting } from "./setting.ts";

const perAnswer = 100_000;

/** The lines of B7. */
export const rows = async ({ rounds, share, ours, official }: Setting): Promise<ReadonlyArray<Line>> => {
  const query = Effect.flatMap(Sql, (sql) => Stream.runCount(sql.stream("select", { connection: "c" })));
  const read: Side = async () => {
    const count = await ours(query);
    if (count !== perAnswer) throw new Error(`${count} rows instead of ${perAnswer}`);
  };
  const what = "rows of five typed columns a second";
  const memoryBefore = Deno.memoryUsage().rss;
  const own = await inTurn(read, read, Math.max(3, Math.round(rounds * share)));
  const grown = Math.max(0, Deno.memoryUsage().rss - memoryBefore) / 2 ** 20;
  const note = `${Math.round(perAnswer / own.first / 1000)} thousand/s, memory grew by ${Math.round(grown)} MiB`;
  if (official === undefined) return [{ id: "B7", what, beside: "itself", ratio: own.ratio, note }];
  // One answer takes the official client seconds: a few rounds say enough at this distance.
  const { ratio, first } = await inTurn(() => official.measure("rows", 1), read, Math.max(3, Math.round(7 * share)));
  return [{
    id: "B7",
    what,
    beside: "dataikuapi's iter_rows",
    ratio,
    itself: own.ratio,
    target: { atLeast: 10 },
    note: `${note}; ${Math.round(perAnswer / first / 1000)} thousand/s`,
  }];
};
