import { describe, expect, it } from "@effect/vitest";
import { Effect, Stream } from "effect";
import { Dss, ManagedFolderFiles } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, json, Received, reset } from "../fixtures/dss_server.ts";
import { hostileIds, unusableIds } from "../fixtures/hostile_ids.ts";
import { during } from "../fixtures/virtual_time.ts";

const [key, reports] = ["SALES", "aB3kQ9xZ"];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const bytesOf = <E>(all: Stream.Stream<Uint8Array, E>): Effect.Effect<Uint8Array, E> =>
  Effect.map(Stream.runCollect(all), (pieces) => new Uint8Array(pieces.flatMap((piece) => [...piece])));

const textOf = <E>(all: Stream.Stream<Uint8Array, E>): Effect.Effect<string, E> =>
  Effect.map(bytesOf(all), (found) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(found));

/** Paths that name a file, each with the one that lists show. */
const hostilePaths: ReadonlyArray<readonly [given: string, listed: string]> = [
  ["a b.txt", "/a b.txt"],
  ["/leading.txt", "/leading.txt"],
  ["/2025/für #1 100%.txt", "/2025/für #1 100%.txt"],
  ["a?b=c&d", "/a?b=c&d"],
  ["a+b;c:d@e,f=g$h!i'(j)*", "/a+b;c:d@e,f=g$h!i'(j)*"],
  ["%2e%2e/%2F", "/%2e%2e/%2F"],
  ["folder.with.dots/...", "/folder.with.dots/..."],
  ["C:\\temp\\x", "/C:\\temp\\x"],
  ["日本/👩‍👩‍👧.csv", "/日本/👩‍👩‍👧.csv"],
  ["e\u0301 and é", "/e\u0301 and é"],
  // What slashes are in the middle of them are levels; two in a row, and `..`, are refused below.
  ...hostileIds.filter((id) => id.split("/").every((level) => !["", ".", ".."].includes(level)))
    .map((id) => [id, `/${id}`] as const),
];

describe("files in a managed folder of a simulated DSS", () => {
  it.effect.each(hostilePaths)("%j reaches its own file", ([given, listed]) =>
    Effect.gen(function* () {
      const files = yield* ManagedFolderFiles;
      const before = yield* files.list(key, reports);
      const written = yield* files.write(key, reports, given, bytes(given));
      expect(written).toMatchObject({ path: listed, size: bytes(given).length });
      expect(yield* files.list(key, reports)).toHaveLength(before.length + 1);
      expect(yield* files.list(key, reports)).toContainEqual(written);
      // The path of a list reaches the file as well as the one that it was written with.
      for (const path of [given, listed]) expect(yield* textOf(files.read(key, reports, path))).toBe(given);
      yield* files.delete(key, reports, listed);
      expect(yield* files.list(key, reports)).toEqual(before);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each([...unusableIds, "/", "//a", "a//b", "a/../../b", "../admin", "a/./b", "a/.."])(
    "nothing is sent of %j",
    (path) =>
      Effect.gen(function* () {
        const files = yield* ManagedFolderFiles;
        const all = [
          Stream.runDrain(files.read(key, reports, path)),
          files.write(key, reports, path, new Uint8Array()),
          files.delete(key, reports, path),
        ];
        for (const call of all) {
          expect((yield* Effect.flip(call as Effect.Effect<unknown, { reason: unknown }>)).reason)
            .toMatchObject({ _tag: "Invalid" });
        }
        expect((yield* Received).requests).toEqual([]);
      }).pipe(Effect.provide(dssServer(() => reset))),
  );

  it.effect("are of any bytes, also of none, and take the place of what was there", () =>
    Effect.gen(function* () {
      const files = yield* ManagedFolderFiles;
      const every = Uint8Array.from({ length: 256 * 5 }, (_, at) => at % 256);
      for (const content of [every, new Uint8Array(), new Blob([every]), Stream.make(every, every)]) {
        const { size } = yield* files.write(key, reports, "bytes.bin", content);
        const found = yield* bytesOf(files.read(key, reports, "bytes.bin"));
        expect(found.length).toBe(size);
        if (size > 0) expect(found.slice(0, every.length)).toEqual(every);
      }
      expect((yield* files.list(key, reports)).map(({ path }) => path))
        .toEqual(["/2025/march/report.csv", "/bytes.bin", "/readme.txt"]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("may be asked for with encoded and with double slashes, as other clients do", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      for (const value of ["%2F2025%2Fmarch%2Freport.csv", "/2025/march/report.csv", "2025/march/report.csv"]) {
        const path = {
          template: "x",
          value: `/projects/${key}/managedfolders/${reports}/contents/${value}`,
          secrets: [],
        };
        expect(yield* dss.text("Test.read", { method: "GET", path })).toContain("JP,800");
      }
      for (const value of ["..%2F..%2Fadmin", "a%2F%2E%2E"]) {
        const path = {
          template: "x",
          value: `/projects/${key}/managedfolders/${reports}/contents/${value}`,
          secrets: [],
        };
        const error = yield* Effect.flip(dss.text("Test.read", { method: "GET", path }));
        expect(error.message).toContain("REACH_OUT_OF_ROOT");
      }
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("that are not there cannot be read, but deleted", () =>
    Effect.gen(function* () {
      const files = yield* ManagedFolderFiles;
      const error = yield* Effect.flip(Stream.runDrain(files.read(key, reports, "nothing")));
      expect(error.reason._tag).toBe("NotFound");
      yield* files.delete(key, reports, "nothing");
      expect((yield* Effect.flip(files.list(key, "nothing"))).reason._tag).toBe("NotFound");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each(["readme.txt/below", "2025", "2025/march"])(
    "%s cannot be beside what is there",
    (path) =>
      Effect.gen(function* () {
        const files = yield* ManagedFolderFiles;
        const before = yield* files.list(key, reports);
        const error = yield* Effect.flip(files.write(key, reports, path, bytes("x")));
        expect(error.reason._tag).toBe("Invalid");
        expect(yield* files.list(key, reports)).toEqual(before);
      }).pipe(Effect.provide(Simulator.layer())),
  );
});

describe("when the answer to a write is lost", () => {
  const file = { path: "/a", size: 1, lastModified: 1 };

  it.effect.each([["bytes", bytes("x")], ["a blob", new Blob(["x"])]] as const)(
    "%s are sent again",
    ([, content]) =>
      Effect.gen(function* () {
        const written = (yield* ManagedFolderFiles).write(key, reports, "a", content);
        expect(yield* during("1 minute", written)).toEqual(file);
        expect((yield* Received).requests).toHaveLength(2);
      }).pipe(Effect.provide(dssServer((_, nth) => nth === 1 ? reset : json(file)))),
  );

  it.effect("a stream, which may be gone, is not: that is an unknown outcome", () =>
    Effect.gen(function* () {
      const written = (yield* ManagedFolderFiles).write(key, reports, "a", Stream.make(bytes("x")));
      expect((yield* Effect.flip(during("1 minute", written))).reason._tag).toBe("OutcomeUnknown");
      expect((yield* Received).requests).toHaveLength(1);
    }).pipe(Effect.provide(dssServer(() => reset))));
});
