/**
 * Records what a program asks of DSS into a file, and runs it again from that file: without DSS, its network or its keys.
 *
 * `deno run -A examples/record_replay.ts` records on the DSS that `DKU_DSS_URL` and `DKU_API_KEY` name, else on an embedded one; with
 * `replay` as its first argument it only replays. The file holds no key; it can be kept beside the tests of the program.
 *
 * @module
 */
import { tmpdir } from "node:os";
import process from "node:process";
import { Console, Effect, Layer } from "effect";
import { HttpClient } from "effect/http";
import { Dataiku, findConnection, Recorder, Replay, Scenarios } from "@effect-dataiku/dss";
import { loadCassette, recordToFile } from "@effect-dataiku/dss/files";
import { Simulator } from "@effect-dataiku/dss/simulator";
import { isEmbedded, runMain } from "./program.ts";

const [step = "both", file = `${tmpdir()}/scenarios.cassette.json`] = process.argv.slice(2);

/** The program: it does not know where its answers come from. */
const program = Effect.gen(function* () {
  const scenarios = yield* Scenarios;
  const all = yield* scenarios.list("SALES");
  yield* Console.log(`${all.length} scenarios, ${all.filter(({ active }) => active).length} of them active`);
});

/** All services, and the recorder through which they ask. */
const recording = Layer.unwrap(Effect.gen(function* () {
  const embedded = isEmbedded ? yield* Simulator.make() : undefined;
  const client = embedded === undefined ? Dataiku.client() : Layer.succeed(HttpClient.HttpClient, embedded.client);
  return Dataiku.layerClient(embedded ?? (yield* findConnection())).pipe(
    Layer.provideMerge(Recorder.layer()),
    Layer.provide(client),
  );
}));

const record = Effect.gen(function* () {
  yield* Effect.provide(recordToFile(program, file), recording);
  yield* Console.log(`Recorded in ${file}`);
});

const replay = Effect.gen(function* () {
  const cassette = yield* loadCassette(file);
  yield* Effect.provide(program, Replay.layer(cassette));
  yield* Console.log(
    `Replayed ${cassette.exchanges.length} exchange(s) with DSS ${cassette.dssVersion ?? "of unknown version"}`,
  );
});

runMain(Effect.andThen(step === "replay" ? Effect.void : record, step === "record" ? Effect.void : replay));
