/**
 * What Deno must allow: the network of one host, and nothing else unless the environment or the config file is asked for.
 *
 * @module
 */
import assert from "node:assert/strict";
import { Effect } from "effect";
import { answer, serving, test } from "./raw_server.ts";

/** Runs a program with these permissions only; what it says on stdout. */
const run = (program: string, ...permissions: ReadonlyArray<string>): Effect.Effect<string> =>
  runIn({}, program, ...permissions);

/** As {@linkcode run}, with variables of the environment. */
const runIn = (
  variables: Readonly<Record<string, string>>,
  program: string,
  ...permissions: ReadonlyArray<string>
): Effect.Effect<string> =>
  Effect.promise(async () => {
    const imports =
      `import { Effect, Redacted, Stream } from "effect"; import { Dataiku, Futures } from "@effect-dataiku/dss";`;
    const list = `const list = Effect.flatMap(Futures, (futures) => futures.list());`;
    const show = `console.log(JSON.stringify(await Effect.runPromise(Effect.match(program, {
      onSuccess: (found) => found, onFailure: (error) => error.message }))));`;
    const args = ["run", "--quiet", "--no-check", "--no-prompt", ...permissions, "-"];
    const child = new Deno.Command(Deno.execPath(), {
      args,
      env: {
        DKU_API_TICKET: "",
        DKU_DSS_URL: "",
        DKU_API_KEY: "",
        HOME: "/nowhere",
        DENO_NO_UPDATE_CHECK: "1",
        ...variables,
      },
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(`${imports}\n${list}\nconst program = ${program};\n${show}`));
    await writer.close();
    return new TextDecoder().decode((await child.output()).stdout).trim();
  });

const listOn = (url: string) =>
  `Effect.provide(list, Dataiku.layer({ url: "${url}", apiKey: Redacted.make("k"), retry: { times: 0 } }))`;

test(
  "the network of the host is enough",
  Effect.gen(function* () {
    const { url, received } = yield* serving((socket) => socket.end(answer("[]")));
    assert.equal(yield* run(listOn(url), `--allow-net=${new URL(url).host}`), "[]");
    assert.equal(received.length, 1);
  }),
);

test(
  "without it, that is said",
  Effect.gen(function* () {
    const { url, received } = yield* serving((socket) => socket.end(answer("[]")));
    const said = yield* run(listOn(url));
    assert.match(said, /^"Futures\.list: DSS cannot be reached at http:\S+ \(Requires net access to .*--allow-net/);
    assert.equal(received.length, 0);
  }),
);

test(
  "environment and file are asked for only by layerConfig",
  Effect.gen(function* () {
    const program = `Effect.provide(list, Dataiku.layerConfig())`;
    assert.match(
      yield* run(program),
      /^"No DSS to connect to: the environment cannot be read, which takes --allow-env/,
    );
    assert.match(
      yield* run(program, "--allow-env"),
      /\/nowhere\/\.dataiku\/config\.json cannot be read \(NotCapable\)/,
    );
    assert.match(yield* run(program, "--allow-env", "--allow-read=/nowhere"), /config\.json does not exist/);
  }),
);

test(
  "the two variables are enough, and only those that are needed are read",
  Effect.gen(function* () {
    const { url, received } = yield* serving((socket) => socket.end(answer("[]")));
    const program = `Effect.provide(list, Dataiku.layerConfig({ retry: { times: 0 } }))`;
    const net = `--allow-net=${new URL(url).host}`;
    const two = { DKU_DSS_URL: url, DKU_API_KEY: "k" };
    const permitted = "--allow-env=DKU_DSS_URL,DKU_API_KEY";
    assert.equal(yield* runIn(two, program, net, permitted), "[]");
    // A ticket that may not be read is not taken, and that is told.
    const explained = `Effect.map(Dataiku.explain(), ({ tried }) => tried)`;
    const ticket = {
      DKU_API_TICKET: "t",
      DKU_BACKEND_HOST: new URL(url).hostname,
      DKU_BACKEND_PORT: new URL(url).port,
    };
    assert.deepEqual(JSON.parse(yield* runIn({ ...two, ...ticket }, explained, net, permitted)), [
      "the environment cannot be read, which takes --allow-env=DKU_API_TICKET",
      "DKU_DSS_URL and DKU_API_KEY are set",
    ]);
    const all = "--allow-env=DKU_API_TICKET,DKU_BACKEND_HOST,DKU_BACKEND_PORT,DKU_BACKEND_PROTOCOL";
    assert.equal(yield* runIn(ticket, program, net, all), "[]");
    assert.match(received.at(-1)!, /x-dku-apiticket: t/i);
    assert.match(
      yield* runIn(ticket, program, net, "--allow-env=DKU_API_TICKET"),
      /the environment cannot be read, which takes --allow-env=DKU_BACKEND_PORT/,
    );
    assert.match(
      yield* run(program, net, permitted),
      /DKU_DSS_URL and DKU_API_KEY are not set; the environment cannot be read, which takes --allow-env=HOME/,
    );
  }),
);

test(
  "a file takes reading and writing of its folder; with one of them nothing is left behind",
  Effect.gen(function* () {
    const folder = yield* Effect.promise(() => Deno.makeTempDir());
    yield* Effect.promise(() => Deno.writeTextFile(`${folder}/before.txt`, "before"));
    for (const name of ["new.txt", "before.txt"]) {
      const program = `Effect.flatMap(Effect.promise(() => import("@effect-dataiku/dss/files")), ({ saveToFile }) =>
        saveToFile(Stream.make(new Uint8Array(7)), ${JSON.stringify(`${folder}/${name}`)}))`;
      for (const permission of ["--allow-write", `--allow-write=${folder}`, `--allow-read=${folder}`]) {
        assert.match(
          yield* run(program, permission),
          /could not be written: .*--allow-read and --allow-write of its folder"$/,
        );
        assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["before.txt"]);
        assert.equal(Deno.readTextFileSync(`${folder}/before.txt`), "before");
      }
    }
    const program = `Effect.flatMap(Effect.promise(() => import("@effect-dataiku/dss/files")), ({ saveToFile }) =>
      saveToFile(Stream.make(new Uint8Array(7)), ${JSON.stringify(`${folder}/new.txt`)}))`;
    assert.equal(yield* run(program, `--allow-write=${folder}`, `--allow-read=${folder}`), "7");
    yield* Effect.promise(() => Deno.remove(folder, { recursive: true }));
  }),
);
