/**
 * Plays the rows on the sockets of Deno, whose sanitizers see what is left open; `run.ts` starts it.
 *
 * @module
 */
import "../fixtures/fast_paths.ts";
import { Effect } from "effect";
import { type OwnFetch, playOnSockets } from "./on_sockets.ts";
import { chosen, writeResults } from "./report.ts";
import { rows } from "./rows.ts";

const authority = await Deno.readTextFile(new URL("../sockets/certificates/authority.pem", import.meta.url));

const makeFetch = (): OwnFetch => {
  const client = Deno.createHttpClient({ caCerts: [authority] });
  return { fetch: (input, init) => fetch(input, { ...init, client }), close: () => client.close() };
};

Deno.test("the rows leave nothing open", async () => {
  const mine = chosen(rows, "deno", Deno.env.get("FAULTS_ONLY") ?? "");
  const played = await Effect.runPromise(playOnSockets("deno", mine, makeFetch));
  await Deno.writeTextFile(Deno.env.get("FAULTS_REPORT") ?? "", writeResults(rows, played));
});
