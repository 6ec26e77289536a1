import { describe, expect, it } from "@effect/vitest";
import { Effect, Redacted } from "effect";
import { execFile, execFileSync } from "node:child_process";
import { appendFile, mkdtemp, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Content, Dataiku, Dss, path, post } from "../../mod.ts";
import { fileContent } from "../../src/files.ts";

/** What a server got of a request, and whether it was all. */
interface Got {
  readonly bytes: number;
  readonly isWhole: boolean;
}

const gotOf = (request: IncomingMessage): Promise<Got> =>
  new Promise((done) => {
    let bytes = 0;
    request.on("data", (piece: Uint8Array) => void (bytes += piece.length));
    request.on("end", () => done({ bytes, isWhole: true }));
    request.on("error", () => done({ bytes, isWhole: false }));
  });

/** A server of the loopback that takes uploads. */
const serving = Effect.acquireRelease(
  Effect.promise(async () => {
    const got: Array<Got> = [];
    const server = createServer(async (request, response) => {
      const one = await gotOf(request);
      got.push(one);
      if (one.isWhole) response.end("{}");
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return { server, got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  }),
  ({ server }) =>
    Effect.promise(() =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      })
    ),
);

const folder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "uploads-"))),
  (path) => Effect.promise(() => rm(path, { recursive: true })),
);

/** Uploads a content as it is, and in a form. */
const ways = [
  ["as it is", (content: Content) => ({ content })],
  ["in a form", (content: Content) => ({ parts: [{ name: "file", content }] })],
] as const;

const upload = (url: string, request: Parameters<typeof post>[1]) =>
  Effect.flatMap(Dss, (dss) => dss.empty("X.upload", post(path`/uploads`, request))).pipe(
    Effect.provide(Dataiku.layer({ url, apiKey: Redacted.make("the-key-of-the-test"), retry: { times: 0 } })),
  );

const size = 17 * 2 ** 20;

const changes: ReadonlyArray<readonly [string, (file: string) => Promise<unknown>]> = [
  ["shrinks", (file) => truncate(file, 1000)],
  ["becomes empty", (file) => truncate(file, 0)],
  ["grows", (file) => appendFile(file, "x")],
  ["is deleted", (file) => rm(file)],
  ["is rewritten", (file) => writeFile(file, new Uint8Array(size).fill(8))],
  ["is touched", (file) => utimes(file, 1, 1)],
];

describe("an upload of a file that changes before it is sent", () => {
  const rows = changes.flatMap(([change, make]) => ways.map(([way, request]) => [change, way, make, request] as const));
  it.live.each(rows)(
    "because it %s fails, sent %s, and DSS takes nothing for whole",
    ([, , make, request]) =>
      Effect.gen(function* () {
        const { url, got } = yield* serving;
        const file = join(yield* folder, "a");
        yield* Effect.promise(() => writeFile(file, new Uint8Array(size).fill(7)));
        const content = yield* fileContent(file);
        yield* Effect.promise(() => make(file));
        const { reason } = yield* Effect.flip(upload(url, request(content)));
        expect(reason._tag).toBe("UploadFailed");
        expect(reason.message).toMatch(/changed|deleted|there is no such file/);
        expect(got.filter(({ isWhole }) => isWhole)).toEqual([]);
      }),
  );
});

describe("an upload of a file that stays as it is", () => {
  const sizes = [0, 1, 65_536, 65_537, 2 ** 20, 16_777_216, 16_777_217];
  it.live.each(sizes.flatMap((size) => ways.map(([way, request]) => [size, way, request] as const)))(
    "of %d bytes is whole, sent %s",
    ([size, way, request]) =>
      Effect.gen(function* () {
        const { url, got } = yield* serving;
        const file = join(yield* folder, "a");
        yield* Effect.promise(() => writeFile(file, new Uint8Array(size).fill(7)));
        yield* upload(url, request(yield* fileContent(file)));
        expect(got).toEqual([{ bytes: way === "as it is" ? size : expect.any(Number), isWhole: true }]);
        expect(got[0]!.bytes).toBeGreaterThanOrEqual(size);
      }),
  );
});

describe("an upload of a pipe", () => {
  it.live.each([0, 5, 600_000])("has the %d bytes that come out of it", (count) =>
    Effect.gen(function* () {
      const { url, got } = yield* serving;
      const pipe = join(yield* folder, "pipe");
      execFileSync("mkfifo", [pipe]);
      execFile("sh", ["-c", `head -c ${count} /dev/zero > "$0"`, pipe]);
      yield* upload(url, { content: yield* fileContent(pipe) });
      expect(got).toEqual([{ bytes: count, isWhole: true }]);
    }));
});
