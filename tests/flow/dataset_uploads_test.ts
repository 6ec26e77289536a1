import { describe, expect, it } from "@effect/vitest";
import { Arbitrary, Data, DateTime, Effect, Schema, Stream } from "effect";
import { type DatasetColumn, DatasetRows, Datasets, DatasetUploads, type Dss, uploadedDataset } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, DatasetRows | Datasets | DatasetUploads | Dss | Simulator>) =>
  Effect.provide(
    Effect.flatMap(Datasets, (datasets) =>
      Effect.andThen(
        datasets.create("SALES", "leads", uploadedDataset({ connection: "filesystem_managed" })),
        test,
      )),
    Simulator.layer(),
  );

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const writes = Effect.flatMap(
  Simulator,
  ({ received }) =>
    Effect.map(
      received,
      (all) =>
        all.filter(({ method }) => method !== "GET").map(({ method, target }) =>
          `${method} ${target.split("/").at(-1)}`
        ),
    ),
);

const columns: ReadonlyArray<DatasetColumn> = [{ name: "id", type: "bigint" }, { name: "note", type: "string" }];

class Broken extends Data.TaggedError("Broken")<{ readonly at: number }> {}

describe("the files of an uploaded dataset", () => {
  it.effect("are added and listed, and refused when their name is there", () =>
    simulated(Effect.gen(function* () {
      const uploads = yield* DatasetUploads;
      expect(yield* uploads.list("SALES", "leads")).toEqual([]);
      yield* uploads.add("SALES", "leads", "für #1.csv", bytes("a\n1\n"));
      yield* uploads.add("SALES", "leads", "b.csv", Stream.make(bytes("a\n"), bytes("2\n")));
      const files = yield* uploads.list("SALES", "leads");
      expect(files.map(({ filename, length }) => [filename, length])).toEqual([["für #1.csv", 4], ["b.csv", 4]]);
      const failure = yield* Effect.flip(uploads.add("SALES", "leads", "b.csv", bytes("a\n")));
      expect(failure).toMatchObject({ method: "DatasetUploads.add", reason: { _tag: "Conflict" } });
      const unnamed = yield* Effect.flip(uploads.add("SALES", "leads", "", bytes("a\n")));
      expect(unnamed.message).toBe("DatasetUploads.add: Not sent (the name of the file is empty)");
      yield* (yield* Datasets).clear("SALES", "leads");
      expect(yield* uploads.list("SALES", "leads")).toEqual([]);
    })));

  it.effect("are none of a dataset of another kind", () =>
    simulated(Effect.gen(function* () {
      const failure = yield* Effect.flip((yield* DatasetUploads).list("SALES", "countries"));
      expect(failure).toMatchObject({ reason: { _tag: "Invalid" } });
    })));
});

const Lead = Schema.Struct({
  id: Schema.BigInt,
  name: Schema.NullOr(Schema.String),
  score: Schema.Finite,
  isOpen: Schema.NullOr(Schema.Boolean),
  since: Schema.DateTimeUtc,
  plan: Schema.Literals(["basic", "family"]),
  tags: Schema.Array(Schema.String),
  place: Schema.Struct({ city: Schema.String }),
});

describe("rows", () => {
  const texts = Schema.Literals([
    "a,b",
    'say "no"',
    "two\nlines",
    "\r\n",
    "NUL \0",
    "👩‍👩‍👧",
    "\t",
    " ",
    "null",
    "\\N",
    "=1+1",
  ]);
  const leads = Arbitrary.schema(Schema.Array(
    Schema.Struct({
      id: Schema.BigInt,
      name: Schema.NullOr(texts),
      score: Schema.Literals([0, 0.1, -1.5e300, 5e-324, 9007199254740991]),
      isOpen: Schema.NullOr(Schema.Boolean),
      plan: Schema.Literals(["basic", "family"]),
      at: Schema.Literals([0, 1_759_312_596_668]),
      tags: Schema.Array(texts),
      city: texts,
    }),
  ));

  it.effect.prop("that a schema writes are read back by it", [leads], ([made]) =>
    simulated(Effect.gen(function* () {
      const rows = made.map(({ at, city, ...lead }) => ({
        ...lead,
        since: DateTime.makeUnsafe(at),
        place: { city },
      }));
      const written = yield* (yield* DatasetUploads).write("SALES", "leads", Stream.fromIterable(rows), {
        schema: Lead,
      });
      expect(written).toBe(rows.length);
      expect(yield* Stream.runCollect((yield* DatasetRows).read("SALES", "leads", { schema: Lead }))).toEqual(rows);
    })), { arbitrary: { runs: 30 } });

  it.effect("make the columns of the dataset, and its format, and one file more", () =>
    simulated(Effect.gen(function* () {
      const uploads = yield* DatasetUploads;
      yield* uploads.write("SALES", "leads", Stream.empty as Stream.Stream<typeof Lead.Type>, { schema: Lead });
      const { formatType, schema } = yield* (yield* Datasets).settings("SALES", "leads");
      expect(formatType).toBe("csv");
      expect(schema?.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
        "id bigint",
        "name string",
        "score double",
        "isOpen boolean",
        "since date",
        "plan string",
        "tags array",
        "place object",
      ]);
      expect((yield* uploads.list("SALES", "leads")).map(({ filename }) => filename)).toEqual(["rows.csv"]);
      expect(yield* writes).toEqual(["POST ", "PUT leads", "POST files"]);
    })));

  it.effect("are arrays or objects for columns that are given; they come after those that are there, or in their place", () =>
    simulated(Effect.gen(function* () {
      const uploads = yield* DatasetUploads;
      const all = Effect.flatMap(DatasetRows, (rows) => Stream.runCollect(rows.read("SALES", "leads")));
      const rows = Stream.make([1n, "a"], { note: "b", id: 2n }, { id: 3 });
      expect(yield* uploads.write("SALES", "leads", rows, { columns })).toBe(3);
      expect(yield* all).toEqual([[1n, "a"], [2n, "b"], [3n, null]]);
      yield* uploads.write("SALES", "leads", Stream.make([4, "d"]), { columns, fileName: "more.csv" });
      expect((yield* all).length).toBe(4);
      const again = yield* Effect.flip(uploads.write("SALES", "leads", Stream.make([4, "d"]), { columns }));
      expect(again).toMatchObject({ method: "DatasetUploads.write", reason: { _tag: "Conflict" } });
      yield* uploads.write("SALES", "leads", Stream.make([5, "e"]), { columns, replace: true });
      expect(yield* all).toEqual([[5n, "e"]]);
    })));

  it.effect("of one column keep those that have nothing", () =>
    simulated(Effect.gen(function* () {
      const options = { columns: [{ name: "note", type: "string" }] };
      yield* (yield* DatasetUploads).write("SALES", "leads", Stream.make(["a"], [null], [""], ["b"]), options);
      const rows = yield* Stream.runCollect((yield* DatasetRows).read("SALES", "leads"));
      expect(rows).toEqual([["a"], [null], [null], ["b"]]);
    })));

  it.effect("that fail on their way fail the write as they do, and leave no file", () =>
    simulated(Effect.gen(function* () {
      const uploads = yield* DatasetUploads;
      const rows = Stream.concat(Stream.make([1n, "a"]), Stream.fail(new Broken({ at: 2 })));
      const failure = yield* Effect.flip(uploads.write("SALES", "leads", rows, { columns }));
      expect(failure).toEqual(new Broken({ at: 2 }));
      expect(yield* uploads.list("SALES", "leads")).toEqual([]);
    })));

  it.effect.each<[string, unknown, string]>([
    ["too short", [1], "row 1 has 1 cells, expected 2"],
    ["of other columns", { id: 1, other: 2 }, "row 1 has other, which is none of its columns"],
    ["a text", "x", "row 1 is neither an array nor an object"],
    ["with a lone surrogate", [1, "\ud800"], "cell note of row 1 is not well-formed Unicode"],
    ["with a symbol", [1, Symbol("x")], "cell note of row 1 is a symbol"],
    ["with a date that is none", [1, new Date(Number.NaN)], "cell note of row 1 is no date"],
    ["with a map", [1, new Map()], "cell note of row 1 is no JSON: "],
  ])("are refused when one is %s", ([, row, detail]) =>
    simulated(Effect.gen(function* () {
      const uploads = yield* DatasetUploads;
      const failure = yield* Effect.flip(uploads.write("SALES", "leads", Stream.make(row as never), { columns }));
      expect(failure).toMatchObject({ method: "DatasetUploads.write", reason: { _tag: "UploadFailed" } });
      expect(String(failure)).toContain(detail);
      expect(yield* uploads.list("SALES", "leads")).toEqual([]);
    })));

  it.effect("are refused when they do not fit their schema", () =>
    simulated(Effect.gen(function* () {
      const uploads = yield* DatasetUploads;
      const schema = Schema.Struct({ id: Schema.Finite });
      const rows = Stream.make({ id: 1 }, { id: Number.NaN });
      const failure = yield* Effect.flip(uploads.write("SALES", "leads", rows, { schema }));
      expect(String(failure)).toMatch(
        /: The content to upload could not be read to its end \(row 2 does not fit its schema: /,
      );
    })));

  it.effect.each<[string, Schema.Codec<unknown, unknown>, string]>([
    ["is of no object", Schema.String as never, "schema encodes to no object of known keys"],
    ["has no fields", Schema.Struct({}) as never, "schema encodes to no object of known keys"],
    ["has anything", Schema.Struct({ a: Schema.Unknown }) as never, "field a of schema has values that no type"],
    [
      "has values of two types",
      Schema.Struct({ a: Schema.Union([Schema.String, Schema.BigInt]) }) as never,
      "field a of schema has values of several types",
    ],
  ])("are not written when their schema %s", ([, schema, detail]) =>
    simulated(Effect.gen(function* () {
      const failure = yield* Effect.flip(
        (yield* DatasetUploads).write("SALES", "leads", Stream.make<Array<unknown>>("a"), { schema }),
      );
      expect(String(failure)).toContain(detail);
      expect(yield* writes).toEqual(["POST "]);
    })));

  it.effect("are not written without columns", () =>
    simulated(Effect.gen(function* () {
      const failure = yield* Effect.flip(
        (yield* DatasetUploads).write("SALES", "leads", Stream.make([1]), { columns: [] }),
      );
      expect(failure).toMatchObject({ reason: { detail: "columns is an empty list, expected at least one column" } });
    })));
});
