/**
 * Plays the rows on the sockets of Node, which runs the sources as they are; `run.ts` starts it.
 *
 * @module
 */
import "../fixtures/fast_paths.ts";
import { writeFile } from "node:fs/promises";
import process from "node:process";
import { Effect } from "effect";
import { playOnSockets } from "./on_sockets.ts";
import { chosen, writeResults } from "./report.ts";
import { rows } from "./rows.ts";

const { FAULTS_ONLY: only = "", FAULTS_REPORT: report = "" } = process.env;
const played = await Effect.runPromise(
  playOnSockets("node", chosen(rows, "node", only), () => ({ fetch, close: () => {} })),
);
await writeFile(report, writeResults(rows, played));
// Node ends when nothing is open any more; this timer does not keep it from that.
setTimeout(() => {
  process.stderr.write(`Node still has ${process.getActiveResourcesInfo().join(", ")}\n`);
  process.exit(1);
}, 15_000).unref();
