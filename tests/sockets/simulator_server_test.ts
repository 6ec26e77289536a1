/**
 * The embedded DSS behind a port: its command line, its controls, faults that break connections, and hostile requests.
 *
 * @module
 */
import assert from "node:assert/strict";
import { Effect, Redacted } from "effect";
import * as Clock from "effect/Clock";
import { Dataiku } from "@effect-dataiku/dss";
import { buildJob, Jobs } from "@effect-dataiku/dss/jobs";
import { routes, Simulator } from "@effect-dataiku/dss/simulator";
import { makeServerClock } from "../../scripts/simulator/clock.ts";
import { listen, type ListenOptions } from "../../scripts/simulator/server.ts";

const key = "key";
const authorization = `Bearer ${key}`;

/** Serves a simulated DSS while it is used. */
const serving = async (
  use: (url: string) => Promise<void>,
  { speed = 1, ...options }: Partial<ListenOptions> & { readonly speed?: number } = {},
): Promise<void> => {
  const serverClock = makeServerClock(speed);
  const simulator = await Effect.runPromise(
    Simulator.make({ apiKey: Redacted.make(key) }).pipe(Effect.provideService(Clock.Clock, serverClock.clock)),
  );
  const server = await listen(() => ({ simulator, serverClock }), { host: "127.0.0.1", port: 0, ...options });
  try {
    await use(server.url);
  } finally {
    await server.stop();
  }
};

/** Deno's fetch sends a request again by itself when a connection breaks that it has used before: here each has its own. */
const fetchOnce = async (url: string, options: RequestInit = {}): Promise<string> => {
  using client = Deno.createHttpClient({ poolMaxIdlePerHost: 0 });
  return await (await fetch(url, { headers: { authorization }, ...options, client })).text();
};

const control = async (url: string, name: string, body: unknown): Promise<unknown> => {
  const response = await fetch(`${url}/simulator/${name}`, {
    method: "POST",
    headers: { authorization },
    body: JSON.stringify(body),
  });
  assert.equal(response.status, 200);
  return response.json();
};

const futures = (url: string): string => `${url}/dip/publicapi/futures/?withNotScenarios=true`;

/** Sends bytes as they are; gives the first line of the answer. */
const sendRaw = async (url: string, bytes: string): Promise<string> => {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(url).port) });
  await connection.write(new TextEncoder().encode(bytes));
  const buffer = new Uint8Array(4096);
  const read = await connection.read(buffer).catch(() => null); // a reset is an answer, too
  return new TextDecoder().decode(buffer.subarray(0, read ?? 0)).split("\r\n")[0]!;
};

const command = (...args: ReadonlyArray<string>): Deno.Command =>
  new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-check",
      "--allow-env",
      "--allow-net",
      "--allow-read",
      "scripts/simulator.ts",
      ...args,
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`simulator: prints one line, serves, and stops on ${signal}`, async () => {
    const child = command("--port", "0", "--api-key", key, "--speed", "100").spawn();
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const { value: line = "" } = await reader.read();
    const url = line.match(/^Simulated DSS on (http:\/\/127\.0\.0\.1:\d+)\n$/)?.[1] ?? "";
    const end = await Effect.runPromise(
      Effect.flatMap(Jobs, (jobs) => jobs.run("SALES", buildJob("orders_joined"))).pipe(
        Effect.provide(Dataiku.layer({ url, apiKey: Redacted.make(key) })),
      ),
    );
    assert.equal(end.baseStatus.state, "DONE");
    child.kill(signal);
    assert.equal((await reader.read()).done, true, "nothing more is printed");
    assert.equal(await new Response(child.stderr).text(), "");
    assert.equal((await child.status).code, 0);
  });
}

Deno.test("simulator: a bad option is one sentence and exit code 2", async () => {
  for (
    const args of [["--port", "many"], ["--prot", "1"], ["--api-key", ""], ["--speed", "-1"], ["--speed=-1"], [
      "--host",
      "host.invalid",
    ]]
  ) {
    const { code, stdout, stderr } = await command(...args).output();
    const said = new TextDecoder().decode(stderr);
    assert.match(said, /^.+ See deno task simulator --help\n$/);
    assert.deepEqual([code, stdout.length], [2, 0], said);
  }
});

Deno.test("simulator: --fidelity names each route with where it is known from", async () => {
  const { code, stdout } = await command("--fidelity").output();
  const text = new TextDecoder().decode(stdout);
  assert.equal(code, 0);
  for (const { method, path, known, note } of routes) {
    assert.match(text, new RegExp(`^${RegExp.escape(`${method} ${path}`)} +${known}\n    ${RegExp.escape(note)}`, "m"));
  }
});

Deno.test("simulator: the controls need the key, and say what is wrong", () =>
  serving(async (url) => {
    for (const headers of [{}, { authorization: "Bearer other" }]) {
      const response = await fetch(`${url}/simulator/state`, { headers });
      assert.equal(response.status, 401);
      assert.deepEqual(Object.keys(await response.json()), ["message"]);
    }
    const wrong = [
      ["GET", "nothing", undefined, 404],
      ["GET", "restart", undefined, 405],
      ["POST", "restart", "{", 400],
      ["POST", "restart", '{"seconds": -1}', 400],
      ["POST", "restart", '{"seconds": 1, "force": true}', 400],
      ["POST", "faults", '{"fault": "earthquake"}', 400],
    ] as const;
    for (const [method, name, body, status] of wrong) {
      const response = await fetch(`${url}/simulator/${name}`, {
        method,
        headers: { authorization },
        ...body === undefined ? {} : { body },
      });
      assert.deepEqual([response.status, typeof (await response.json()).message], [status, "string"]);
    }
  }));

Deno.test("simulator: faults break the connection", () =>
  serving(async (url) => {
    for (const fault of ["refused", "lost request", "lost answer", "truncated body"]) {
      await control(url, "faults", { fault });
      await assert.rejects(fetchOnce(futures(url)), fault);
    }
    for (const fault of ["stalled header", "stalled body"]) {
      await control(url, "faults", { fault });
      await assert.rejects(fetchOnce(futures(url), { signal: AbortSignal.timeout(200) }), { name: "TimeoutError" });
    }
    const started = await fetchOnce(`${url}/dip/publicapi/projects/SALES/jobs/`);
    const build = {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: JSON.stringify({ outputs: [{ id: "orders_joined" }] }),
    };
    await control(url, "faults", { fault: "lost answer" });
    await assert.rejects(fetchOnce(`${url}/dip/publicapi/projects/SALES/jobs/`, build));
    const after = await fetchOnce(`${url}/dip/publicapi/projects/SALES/jobs/`);
    assert.equal(JSON.parse(after).length, JSON.parse(started).length + 1, "DSS has done what was asked");
    await control(url, "restart", { seconds: 600 });
    assert.match(await fetchOnce(futures(url)), /DSS is starting/);
    await control(url, "advance", { seconds: 600 });
    assert.equal(await fetchOnce(futures(url)), "[]");
  }));

Deno.test("simulator: a clock that stands still is put forward by hand", () =>
  serving(async (url) => {
    const started = await control(url, "tasks", { seconds: 3600, result: 1 }) as { jobId: string };
    const look = async () =>
      (await fetch(`${url}/dip/publicapi/futures/${started.jobId}?peek=true`, { headers: { authorization } })).json();
    assert.deepEqual([(await look()).alive, (await look()).runningTime], [true, 0]);
    await control(url, "advance", { seconds: 3600 });
    assert.deepEqual([(await look()).hasResult, (await look()).runningTime], [true, 3_600_000]);
  }, { speed: 0 }));

Deno.test("simulator: the body of someone who is not known is not waited for", () =>
  serving(async (url) => {
    const jobs = "/dip/publicapi/projects/SALES/jobs/";
    const started = "Content-Length: 1000\r\n\r\n{";
    for (const path of [jobs, `//${jobs}`, "/simulator/faults", "/public/api/futures/f/", "/nothing"]) {
      for (
        const key of ["", "Authorization: Bearer other\r\n", "Authorization: Basic \r\n", "X-DKU-APITicket: other\r\n"]
      ) {
        const answer = await sendRaw(url, `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${key}${started}`);
        assert.match(answer, path === "/nothing" ? /404/ : /401/, `${path} ${key}`);
      }
    }
    await control(url, "keys", { key: "another", login: "maria", admin: false });
    const known =
      `POST ${jobs} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer another\r\nContent-Length: 2\r\n\r\n{}`;
    assert.match(await sendRaw(url, known), /400|403/);
  }));

Deno.test("simulator: what is begun and not ended is closed", () =>
  serving(async (url) => {
    for (
      const begun of [
        "GET / HTTP/1.1\r\nHost: localhost\r\n",
        "GET / HT",
        `POST /dip/publicapi/projects/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${authorization}\r\nContent-Length: 9\r\n\r\n{`,
      ]
    ) {
      assert.match(await sendRaw(url, begun), /408/, begun);
    }
    assert.match(await fetchOnce(futures(url)), /^\[/);
  }, { headTimeout: 50, requestTimeout: 100 }));

Deno.test("simulator: it answers to its address, to localhost and to names that were allowed", () =>
  serving(async (url) => {
    const { port } = new URL(url);
    const ask = (host: string, more = ""): Promise<string> =>
      sendRaw(
        url,
        `GET /dip/publicapi/futures/ HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${authorization}\r\n${more}\r\n`,
      );
    for (const host of ["127.0.0.1", `localhost:${port}`, "LOCALHOST", "[::1]:80", "192.0.2.7", "dss.example:8080"]) {
      assert.match(await ask(host), /200/, host);
    }
    for (
      const host of [
        "evil.example",
        `evil.example:${port}`,
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "x",
        "@",
        "",
      ]
    ) {
      assert.match(await ask(host), /403/, host);
    }
    assert.match(await sendRaw(url, "GET /dip/publicapi/futures/ HTTP/1.1\r\n\r\n"), /400/, "no name at all");
    assert.match(await ask(`localhost:${port}`, `Origin: http://localhost:${port}\r\n`), /200/);
    for (const origin of ["http://evil.example", "null", `http://localhost:${Number(port) + 1}`]) {
      assert.match(await ask(`localhost:${port}`, `Origin: ${origin}\r\n`), /403/, origin);
    }
  }, { allowedHosts: ["dss.example"] }));

Deno.test("simulator: without a key of ours it has a new one at each start, and prints it", async () => {
  const keys = new Set<string>();
  for (const _ of [1, 2]) {
    const child = command("--port", "0").spawn();
    let said = "";
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      said += text;
      if (said.split("\n").length > 2) break;
    }
    const [, url, key = ""] = said.match(/^Simulated DSS on (.+)\nAPI key of its administrator: (.{20,})\n$/) ?? [];
    const answer = async (key: string): Promise<number> => {
      const response = await fetch(futures(url!), { headers: { authorization: `Bearer ${key}` } });
      await response.body?.cancel();
      return response.status;
    };
    assert.deepEqual([await answer(key), await answer("simulator")], [200, 401]);
    keys.add(key);
    child.kill("SIGTERM");
    await new Response(child.stderr).text();
    await child.status;
  }
  assert.equal(keys.size, 2);
});

Deno.test("simulator: hostile requests are answered or cut, and it lives on", () =>
  serving(async (url) => {
    const head = `Host: localhost\r\nAuthorization: ${authorization}\r\n`;
    const jobs = "/dip/publicapi/projects/SALES/jobs/";
    const deep = "[".repeat(200_000);
    const sent: ReadonlyArray<readonly [bytes: string, answer: RegExp]> = [
      ["\x16\x03\x01\r\n\r\n", /400/],
      ["GET * HTTP/1.1\r\nHost: x\r\n\r\n", /400/],
      ["GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n", /400/],
      ["BREW / HTTP/1.1\r\nHost: x\r\n\r\n", /400/],
      ["CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", /^$/],
      [`HEAD ${jobs} HTTP/1.1\r\n${head}\r\n`, /405/],
      [`PATCH ${jobs} HTTP/1.1\r\n${head}\r\n`, /405/],
      [`GET //dip/publicapi//projects//SALES/jobs/ HTTP/1.1\r\n${head}\r\n`, /200/],
      [`GET /dip/publicapi/projects/SALES/../../../etc HTTP/1.1\r\n${head}\r\n`, /404/],
      [`GET /dip/publicapi/futures/%zz HTTP/1.1\r\n${head}\r\n`, /404/],
      [`GET /dip/publicapi/futures/${"a".repeat(10_000)} HTTP/1.1\r\n${head}\r\n`, /200/],
      [`GET / HTTP/1.1\r\nX: ${"a".repeat(200_000)}\r\n\r\n`, /431|400|^$/],
      [`POST ${jobs} HTTP/1.1\r\n${head}Content-Length: 99999999999\r\n\r\n`, /413/],
      [`POST ${jobs} HTTP/1.1\r\n${head}Content-Length: ${deep.length}\r\n\r\n${deep}`, /400/],
      [`POST ${jobs} HTTP/1.1\r\n${head}Content-Length: 27\r\n\r\n{"__proto__":{"outputs":1}}`, /400/],
      [`POST ${jobs} HTTP/1.1\r\n${head}Content-Length: 17\r\n\r\n{"outputs":[[],1]}`, /400/],
      // A body with a GET, as the official client sends it.
      [`GET ${jobs} HTTP/1.1\r\n${head}Content-Length: 2\r\n\r\n{}`, /200/],
    ];
    for (const [bytes, answer] of sent) assert.match(await sendRaw(url, bytes), answer, bytes.slice(0, 60));
    const body = new Blob([new Uint8Array(65 * 1024 * 1024)]).stream();
    const refusal = await fetchOnce(`${url}${jobs}`, { method: "POST", body }).catch(() => "cut");
    assert.match(refusal, /^cut$|too large/);
    assert.match(await fetchOnce(futures(url)), /^\[/);
  }));
