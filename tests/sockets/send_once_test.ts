/**
 * A request that starts something reaches the server once, whatever becomes of its connection.
 *
 * @module
 */
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { Effect, Redacted, Schema } from "effect";
import { Dataiku } from "@effect-dataiku/dss";
import { Dss, type DssRequest, get, path, post } from "@effect-dataiku/dss/dss";

/** Answers the first request of each connection, and breaks the connection at the second: the client finds a connection that it kept. */
const serving = async (use: (url: string, received: ReadonlyArray<string>) => Promise<void>): Promise<void> => {
  const received: Array<string> = [];
  const server = createServer((socket) => {
    let requests = 0;
    socket.on("error", () => {}); // a broken connection is what this server makes
    socket.on("data", (bytes) => {
      const line = /^(?:GET|POST) .* HTTP\/1.1/.exec(bytes.toString("latin1"))?.[0];
      if (line === undefined) return; // the body of a request whose head came before
      received.push(line);
      if (requests++ > 0) return socket.resetAndDestroy();
      socket.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}");
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    await use(`http://127.0.0.1:${(server.address() as { port: number }).port}`, received);
  } finally {
    await new Promise((closed) => server.close(closed));
  }
};

const send = (request: DssRequest) => Effect.flatMap(Dss, (dss) => dss.json("Test.send", request, Schema.Unknown));

for (const [kind, json] of [["with a body", { outputs: [] }], ["without a body", undefined]] as const) {
  Deno.test(`a POST ${kind} on a connection that breaks is sent once, and its outcome is unknown`, () =>
    serving(async (url, received) => {
      const program = Effect.gen(function* () {
        yield* send(get(path`/first`));
        return yield* Effect.flip(send(post(path`/start`, { json, starts: true })));
      });
      const error = await Effect.runPromise(
        Effect.provide(program, Dataiku.layer({ url, apiKey: Redacted.make("secret-key") })),
      );
      assert.equal(error.reason._tag, "OutcomeUnknown");
      assert.equal(received.filter((line) => line.startsWith("POST")).length, 1);
    }));
}
