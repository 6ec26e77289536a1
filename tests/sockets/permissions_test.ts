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
  Effect.promise(async () => {
    const imports =
      `import { Effect, Redacted } from "effect"; import { Dataiku, Futures } from "@effect-dataiku/dss";`;
    const list = `const list = Effect.flatMap(Futures, (futures) => futures.list());`;
    const show = `console.log(JSON.stringify(await Effect.runPromise(Effect.match(program, {
      onSuccess: (found) => found, onFailure: (error) => error.message }))));`;
    const args = ["run", "--quiet", "--no-check", "--no-prompt", ...permissions, "-"];
    const child = new Deno.Command(Deno.execPath(), {
      args,
      env: { DKU_DSS_URL: "", DKU_API_KEY: "", HOME: "/nowhere", DENO_NO_UPDATE_CHECK: "1" },
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
