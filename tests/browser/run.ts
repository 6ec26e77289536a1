/**
 * Opens a page in a headless Chromium, and checks what it shows: `deno task browser`. The last line says `N passed, N failed`.
 *
 * The page is opened twice: as it is, and with a policy under which no code can be generated. Without a Chromium nothing is checked, which is a
 * failure where `CI` is `true`.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import assert from "node:assert/strict";
import { Effect, Redacted } from "effect";
import { Simulator } from "@effect-dataiku/dss/simulator";

const policies = {
  "without a policy": undefined,
  "where no code can be generated": "default-src 'none'; script-src 'self'; connect-src *",
};

const said = ({ success, stdout, stderr }: Deno.CommandOutput): string => {
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
};

/** The page's program with all that it imports; what is of Node stays outside, and is not imported in a browser. */
const bundle = async (folder: string): Promise<string> => {
  const file = `${folder}/page.js`;
  const args = ["bundle", "--quiet", "--minify", "--platform=browser", "--external=node:*", `--output=${file}`];
  said(await new Deno.Command(Deno.execPath(), { args: [...args, "tests/browser/page.ts"] }).output());
  return await Deno.readTextFile(file);
};

const findChromium = async (): Promise<string | undefined> => {
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    const found = await new Deno.Command(name, { args: ["--version"] }).output().catch(() => undefined);
    if (found?.success) return name;
  }
  return undefined;
};

/** The page as it is in the end. The browser puts its clock forward whenever it has nothing to do, so that this takes no time. */
const open = async (chromium: string, url: string, folder: string): Promise<string> => {
  const args = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=120000", "--dump-dom"];
  const signal = AbortSignal.timeout(60_000);
  const command = new Deno.Command(chromium, { args: [...args, `--user-data-dir=${folder}/profile`, url], signal });
  return said(await command.output());
};

const linesOf = (page: string, list: string): ReadonlyArray<string> => {
  const [, items = ""] = new RegExp(`<ol id="${list}">(.*?)</ol>`, "s").exec(page) ?? [];
  return [...items.matchAll(/<li>(.*?)<\/li>/gs)].map(([, line]) => line!);
};

const checks: Readonly<Record<string, (page: string) => void>> = {
  "a scenario is watched from its request to its end": (page) => {
    const states = linesOf(page, "states");
    assert.equal(states[0], "WAITING");
    assert.deepEqual(states.slice(-2), ["SUCCESS 3 of 4", "ended as SUCCESS"]); // one of its steps is disabled
    const done = states.slice(1, -2).map((line) => /^RUNNING ([0-3]) of 4$/.exec(line)?.[1] ?? line);
    assert.deepEqual(done, done.toSorted());
    assert.ok(new Set(done).size >= 3, done.join());
  },
  "the DSS that serves the page is asked": (page) => {
    const [scenarios, key, nobody, config] = linesOf(page, "answers");
    assert.match(scenarios ?? "", /^[1-9]\d* scenarios$/);
    assert.deepEqual([key, nobody], ["Unauthorized", "Unreachable"]);
    assert.match(config ?? "", /^No DSS to connect to: .*there is no home folder/);
  },
};

const { fetch } = await Effect.runPromise(Simulator.make({ apiKey: Redacted.make("key") }));
const folder = await Deno.makeTempDir();
let [passed, failed] = [0, 0];
const fail = (name: string, why: unknown): void => {
  failed++;
  console.error(`FAILED ${name}\n${why instanceof Error ? why.message : why}`);
};

const openAll = async (chromium: string): Promise<void> => {
  const program = await bundle(folder);
  console.log(`The page's program has ${Math.round(program.length / 1000)} kB`);
  const html = await Deno.readTextFile("tests/browser/page.html");
  for (const [name, policy] of Object.entries(policies)) {
    const headers = policy === undefined ? {} : { "content-security-policy": policy };
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith("/dip/")) return fetch(request);
      if (pathname === "/page.js") return new Response(program, { headers: { "content-type": "text/javascript" } });
      return new Response(html, { headers: { ...headers, "content-type": "text/html" } });
    });
    try {
      const page = await open(chromium, `http://127.0.0.1:${server.addr.port}/`, folder);
      for (const [what, check] of Object.entries(checks)) {
        try {
          check(page);
          passed++;
          console.log(`ok     ${name}: ${what}`);
        } catch (error) {
          fail(`${name}: ${what}`, `${error}\n${page}`);
        }
      }
    } catch (error) {
      fail(name, error);
    } finally {
      await server.shutdown();
    }
  }
};

const chromium = await findChromium();
if (chromium !== undefined) await openAll(chromium);
else if (Deno.env.get("CI") === "true") fail("the page", "There is no Chromium on the PATH");
else console.error("NOTHING IS CHECKED: there is no Chromium on the PATH");
await Deno.remove(folder, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0) Deno.exit(1);
