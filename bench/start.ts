/**
 * B10 to B12: what it costs to start with this library: imports, bytes, and the check of types.
 *
 * @module
 */
import { gzipSync } from "node:zlib";
import { newestClient, pythonEnvironment } from "../tests/conformance/python_environment.ts";
import { inTurn, type Line, ratioOf, type Side, spent } from "./measure.ts";
import type { Setting } from "./setting.ts";

const root = new URL("..", import.meta.url).pathname;

const run = async (command: string, args: ReadonlyArray<string>): Promise<void> => {
  const { success, stderr } = await new Deno.Command(command, { args: [...args], cwd: root, stdin: "null" }).output();
  if (!success) throw new Error(`${command} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
};

/** The least that a program of Effect imports. */
const limits = new URL("limits/imports.ts", import.meta.url).pathname;

/** Small programs, each in a file of its own in the checkout, where its imports are found. */
const programs = {
  empty: "",
  service: `import { Jobs } from "@effect-dataiku/dss/jobs";
    import { Dss } from "@effect-dataiku/dss/dss";
    globalThis.name = String(Jobs.key) + String(Dss.key);`,
  everything: `import * as dss from "@effect-dataiku/dss"; globalThis.name = String(Object.keys(dss).length);`,
  effectModules: `import * as Effect from "effect/Effect";
    import * as Schema from "effect/Schema";
    import * as Stream from "effect/Stream";
    import * as HttpClient from "effect/http/HttpClient";
    globalThis.name = [Effect, Schema, Stream, HttpClient].map((module) => Object.keys(module).length).join();`,
  effectOnly: `import * as Effect from "effect/Effect";
    import * as Layer from "effect/Layer";
    import * as Schema from "effect/Schema";
    import * as Stream from "effect/Stream";
    import * as FetchHttpClient from "effect/http/FetchHttpClient";
    import * as HttpClient from "effect/http/HttpClient";
    import * as HttpClientRequest from "effect/http/HttpClientRequest";
    import * as HttpClientResponse from "effect/http/HttpClientResponse";
    const Job = Schema.Struct({ def: Schema.Struct({ id: Schema.String }), state: Schema.String });
    const jobs = Effect.flatMap(HttpClient.HttpClient, (client) =>
      client.pipe(
        HttpClient.mapRequest(HttpClientRequest.prependUrl("https://dss.test")),
        HttpClient.filterStatusOk,
        HttpClient.retryTransient({ times: 3 }),
      ).get("/projects/P/jobs/").pipe(
        Effect.flatMap(HttpClientResponse.schemaBodyJson(Schema.Array(Job))),
        Effect.timeout("30 seconds"),
        Effect.withSpan("Jobs.list"),
      ));
    const log = Stream.unwrap(Effect.map(HttpClient.HttpClient, (client) =>
      HttpClientResponse.stream(client.get("https://dss.test/log"))));
    Effect.runFork(Effect.provide(Effect.andThen(jobs, Stream.runDrain(log)), FetchHttpClient.layer));`,
  oneService: `import * as Effect from "effect/Effect";
    import * as Layer from "effect/Layer";
    import * as Redacted from "effect/Redacted";
    import * as FetchHttpClient from "effect/http/FetchHttpClient";
    import { Jobs } from "@effect-dataiku/dss/jobs";
    import { Dss } from "@effect-dataiku/dss/dss";
    const layer = Layer.provideMerge(Jobs.layer, Dss.layer({ url: "https://dss.test", apiKey: Redacted.make("k") })).pipe(
      Layer.provide(FetchHttpClient.layer));
    Effect.runFork(Effect.provide(Effect.flatMap(Jobs, (jobs) => jobs.list("P")), layer));`,
  allServices: `import * as Effect from "effect/Effect";
    import * as Redacted from "effect/Redacted";
    import { Dataiku, Jobs } from "@effect-dataiku/dss";
    const layer = Dataiku.layer({ url: "https://dss.test", apiKey: Redacted.make("k") });
    Effect.runFork(Effect.provide(Effect.flatMap(Jobs, (jobs) => jobs.list("P")), layer));`,
  threeServices: `import * as Effect from "effect/Effect";
    import * as Stream from "effect/Stream";
    import { Jobs } from "@effect-dataiku/dss/jobs";
    import { Scenarios } from "@effect-dataiku/dss/scenarios";
    import { ScenarioRuns } from "@effect-dataiku/dss/scenario-runs";
    export const program: Effect.Effect<number, unknown, Jobs | Scenarios | ScenarioRuns> = Effect.gen(function* () {
      const jobs = yield* (yield* Jobs).list("P", { limit: 3 });
      const scenarios = yield* (yield* Scenarios).list("P");
      const run = yield* (yield* ScenarioRuns).start("P", "S");
      yield* Stream.runForEach(run.states, ({ phase }) => Effect.log(phase));
      return jobs.length + scenarios.length;
    });`,
  threeByHand: `import * as Effect from "effect/Effect";
    import * as Schema from "effect/Schema";
    import * as Stream from "effect/Stream";
    import * as HttpClient from "effect/http/HttpClient";
    import * as HttpClientResponse from "effect/http/HttpClientResponse";
    const Job = Schema.Struct({ def: Schema.Struct({ id: Schema.String }), state: Schema.String });
    const Scenario = Schema.Struct({ id: Schema.String, active: Schema.Boolean, running: Schema.Boolean });
    const Run = Schema.Struct({ runId: Schema.String, start: Schema.Number, trigger: Schema.Unknown });
    export const program: Effect.Effect<number, unknown, HttpClient.HttpClient> = Effect.gen(function* () {
      const client = yield* HttpClient.HttpClient;
      const jobs = yield* Effect.flatMap(client.get("/jobs"), HttpClientResponse.schemaBodyJson(Schema.Array(Job)));
      const scenarios = yield* Effect.flatMap(client.get("/s"), HttpClientResponse.schemaBodyJson(Schema.Array(Scenario)));
      const run = yield* Effect.flatMap(client.post("/run"), HttpClientResponse.schemaBodyJson(Run));
      yield* Stream.runForEach(Stream.make(run.runId), (phase) => Effect.log(phase));
      return jobs.length + scenarios.length;
    });`,
} as const;

/** Runs with all programs in files of a folder in the checkout. */
const withPrograms = async <A>(use: (file: (name: keyof typeof programs) => string) => Promise<A>): Promise<A> => {
  const folder = await Deno.makeTempDir({ dir: `${root}/bench`, prefix: "programs-" });
  try {
    for (const [name, text] of Object.entries(programs)) await Deno.writeTextFile(`${folder}/${name}.ts`, `${text}\n`);
    return await use((name) => `${folder}/${name}.ts`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
};

/** How much longer a program takes than an empty one. */
const over = (program: Side, empty: Side): Side => async () => {
  const [all, none] = [await spent(program), await spent(empty)];
  return { seconds: Math.max(all.seconds - none.seconds, 0.001), cpu: Math.max(all.cpu - none.cpu, 0.001) };
};

/** The lines of B10: programs that only import. */
export const imports = ({ rounds, official }: Setting): Promise<ReadonlyArray<Line>> =>
  withPrograms(async (file) => {
    const program = (path: string): Side => () => run(Deno.execPath(), ["run", "--no-check", "--quiet", path]);
    const deno = (name: keyof typeof programs): Side => program(file(name));
    const ours = { service: over(deno("service"), deno("empty")), all: over(deno("everything"), deno("empty")) };
    if (official === undefined) return [];
    const path = await pythonEnvironment(newestClient);
    const python = over(() => run(path, ["-c", "import dataikuapi"]), () => run(path, ["-c", ""]));
    const effect = await inTurn(over(deno("effectModules"), deno("empty")), python, rounds);
    const limit = await inTurn(over(program(limits), deno("empty")), python, rounds);
    const lines: Array<Line> = [{
      id: "B10",
      what: "their limit: bench/limits/imports.ts",
      beside: "import dataikuapi",
      ratio: limit.ratio,
      cpu: limit.cpu,
    }, {
      id: "B10",
      what: "import of Effect, Schema, Stream, HttpClient",
      beside: "import dataikuapi",
      ratio: effect.ratio,
      cpu: effect.cpu,
    }];
    for (const [what, side, atMost] of [["one service", ours.service, 0.35], ["mod.ts", ours.all, 0.5]] as const) {
      const { ratio, cpu, first, second } = await inTurn(side, python, rounds);
      const note = `${Math.round(first * 1000)} ms, ${Math.round(second * 1000)} ms`;
      lines.push({
        id: "B10",
        what: `import of ${what}`,
        beside: "import dataikuapi",
        ratio,
        cpu,
        target: { atMost },
        judgedBy: "cpu",
        note,
      });
    }
    return lines;
  });

/** The lines of B11: bytes of bundles, minified and compressed. */
export const bundles = (): Promise<ReadonlyArray<Line>> =>
  withPrograms(async (file) => {
    const bytes = async (name: keyof typeof programs): Promise<number> => {
      const out = `${file(name)}.js`;
      await run(Deno.execPath(), ["bundle", "--quiet", "--minify", "--platform=browser", "-o", out, file(name)]);
      return gzipSync(await Deno.readFile(out), { level: 9 }).length;
    };
    const effectOnly = await bytes("effectOnly");
    const line = (what: string, size: number, atMost?: number): Line => ({
      id: "B11",
      what: `bundle of ${what}`,
      beside: "Effect's HttpClient + Schema",
      ratio: ratioOf([size / effectOnly]),
      ...(atMost === undefined ? {} : { target: { atMost } }),
      note: `${Math.round(size / 1024)} KiB, ${Math.round(effectOnly / 1024)} KiB`,
    });
    return [
      line("connection + one service", await bytes("oneService"), 1.25),
      line("everything", await bytes("allServices")),
    ];
  });

/** The lines of B12: the check of a program's types. */
export const types = ({ rounds }: Setting): Promise<ReadonlyArray<Line>> =>
  withPrograms(async (file) => {
    // A change of the file, so that the check is not remembered.
    let changes = 0;
    const check = (name: keyof typeof programs): Side => async () => {
      await Deno.writeTextFile(file(name), `${programs[name]}\nexport const change = ${changes++};\n`);
      await run(Deno.execPath(), ["check", "--quiet", file(name)]);
    };
    const { ratio, cpu, first, second } = await inTurn(
      check("threeServices"),
      check("threeByHand"),
      Math.min(rounds, 9),
    );
    return [{
      id: "B12",
      what: "type check, three services",
      beside: "the same by hand",
      ratio,
      cpu,
      target: { atMost: 1.5 },
      note: `${first.toFixed(1)} s, ${second.toFixed(1)} s`,
    }];
  });
