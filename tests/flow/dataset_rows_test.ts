import { describe, expect, it } from "@effect/vitest";
import { Arbitrary, DateTime, Effect, Result, Schema, Stream } from "effect";
import { HttpServerResponse } from "effect/http";
import {
  type CellValue,
  DatasetRows,
  type Datasets,
  type Dss,
  type Jobs,
  Projects,
  type RowsFormat,
  type Sql,
  type UnreadableCell,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, empty, failure, json, Received, reset, streamed } from "../fixtures/dss_server.ts";
import { stateOf } from "../fixtures/for_administrators.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, DatasetRows | Datasets | Jobs | Sql | Dss | Simulator>) =>
  Effect.provide(test, Simulator.layer());

/** A DSS whose dataset `SALES.orders` has these columns, answers this to its read, and this to how it ended. */
const answering = (
  types: Readonly<Record<string, string>>,
  body: () => HttpServerResponse.HttpServerResponse,
  finish: () => HttpServerResponse.HttpServerResponse = empty,
) =>
  dssServer(({ target }) => {
    if (target.includes("finish-streaming")) return finish();
    if (target.includes("/data/")) return body();
    return json({ columns: Object.entries(types).map(([name, type]) => ({ name, type })) });
  }, { retry: { times: 0 } });

const text = (body: string) => () => streamed(Stream.succeed(body));

/** The rows that come, and what the stream ends with. */
const readAll = <A, E, R>(stream: Stream.Stream<A, E, R>) =>
  Effect.gen(function* () {
    const rows: Array<A> = [];
    const end = yield* Effect.result(Stream.runForEach(stream, (row) => Effect.sync(() => void rows.push(row))));
    return { rows, failure: Result.isFailure(end) ? end.failure : undefined };
  });

const read = (options = {}) => Stream.unwrap(Effect.map(DatasetRows, (rows) => rows.read("SALES", "orders", options)));

const countries = [
  ["DE", "Germany", 83456045n, true],
  ["FR", "France", 68373433n, true],
  ["GB", "United Kingdom", 68350000n, false],
  ["IT", "Italy", 58993475n, true],
  ["JP", "Japan", 124516650n, false],
];

describe("the rows of a dataset", () => {
  it.effect("come as they are, and the read is finished", () =>
    simulated(Effect.gen(function* () {
      const rows = yield* DatasetRows;
      expect(yield* Stream.runCollect(rows.read("SALES", "countries"))).toEqual(countries);
      const targets = (yield* (yield* Simulator).received).map(({ target }) => target.replace(/[0-9a-f-]{36}/, "ID"));
      expect(targets.map((target) => target.replace(/^.*countries\//, ""))).toEqual([
        "schema",
        "data/?format=tsv-excel-noheader&readSessionId=ID",
        "finish-streaming/?readSessionId=ID",
      ]);
      expect(yield* stateOf("readSessions")).toEqual({});
    })));

  it.effect("have a name of their own each time they are read", () =>
    Effect.gen(function* () {
      const stream = read();
      yield* Stream.runDrain(stream);
      yield* Stream.runDrain(stream);
      const ids = (yield* Received).requests.flatMap(({ target }) => /readSessionId=([^&]+)/.exec(target)?.[1] ?? []);
      expect(ids.length).toBe(4);
      expect([ids[0] === ids[1], ids[2] === ids[3], ids[0] === ids[2]]).toEqual([true, true, false]);
    }).pipe(Effect.provide(answering({ a: "int" }, text("1\n")))));

  it.effect("are values of a type, when a schema says which", () =>
    simulated(Effect.gen(function* () {
      const rows = yield* DatasetRows;
      const Country = Schema.Struct({ code: Schema.String, population: Schema.BigInt });
      const options = { schema: Country, columns: ["population", "code"], limit: 1 };
      expect(yield* Stream.runCollect(rows.read("SALES", "countries", options))).toEqual([
        { code: "DE", population: 83456045n },
      ]);
      const Wrong = Schema.Struct({ code: Schema.Literals(["DE", "FR"]) });
      const { rows: right, failure } = yield* readAll(rows.read("SALES", "countries", { schema: Wrong }));
      expect(right).toEqual([{ code: "DE" }, { code: "FR" }]);
      expect(failure).toMatchObject({
        method: "DatasetRows.read",
        reason: { _tag: "Undecodable", field: "row 3.code" },
      });
    })));

  it.effect("are a part of all, when one is asked for", () =>
    simulated(Effect.gen(function* () {
      const rows = yield* DatasetRows;
      const codes = (options = {}) =>
        Effect.map(
          Stream.runCollect(rows.read("SALES", "countries", { columns: ["code"], ...options })),
          (rows) => rows.map(([code]) => code),
        );
      expect(yield* codes({ filter: 'population < 68360000 || name == "Japan"' })).toEqual(["GB", "IT", "JP"]);
      expect(yield* codes({ sampling: { samplingMethod: "HEAD_SEQUENTIAL", maxRecords: 2 } })).toEqual(["DE", "FR"]);
      expect(yield* codes({ limit: 3, filter: "is_in_eu == true" })).toEqual(["DE", "FR", "IT"]);
      const all = yield* Stream.runCollect(rows.read("SALES", "countries", { columns: ["population", "code"] }));
      expect(all[0]).toEqual(["DE", 83456045n]);
    })));

  it.effect("are those of the partitions that are named", () =>
    Effect.gen(function* () {
      yield* Stream.runDrain(
        read({ partitions: ["2025-03-01|FR", "2025-03-02|FR"], sampling: { samplingMethod: "FULL" } }),
      );
      expect(decodeURIComponent((yield* Received).requests[1]!.target)).toMatch(
        /&partitions=2025-03-01\|FR,2025-03-02\|FR&.*&sampling=\{"samplingMethod":"FULL"\}$/,
      );
    }).pipe(Effect.provide(answering({ a: "int" }, text("1\n")))));

  it.effect.each([
    [{ columns: [] }, "columns is an empty list, expected at least one column: leave it out to read all"],
    [{ partitions: [] }, "partitions is an empty list, expected at least one partition: leave it out to read all"],
    [
      { partitions: ["a,b"] },
      'partitions has "a,b", expected ids of partitions, which are not empty and have no comma',
    ],
    [{ limit: 0 }, "limit is 0, expected a whole number from 1: leave it out to read all rows"],
    [{ limit: 1.5 }, "limit is 1.5, expected a whole number from 1: leave it out to read all rows"],
    [{ columns: ["a", "c"] }, 'columns has "c", expected columns of SALES.orders, which has a, b,b'],
    [{ columns: ["b,b"] }, 'columns has "b,b", whose comma DSS takes for the end of a name: read all columns'],
  ])("are not asked for with %j", ([options, detail]) =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(Stream.runDrain(read(options)));
      expect(failure).toMatchObject({ method: "DatasetRows.read", reason: { _tag: "Invalid", detail } });
      expect((yield* Received).lines.filter((line) => line.includes("/data/"))).toEqual([]);
    }).pipe(Effect.provide(answering({ a: "int", "b,b": "int" }, text("1\t2\n")))));

  it.effect("are none for a dataset without columns; what has cells then is refused", () =>
    Effect.gen(function* () {
      expect(yield* Effect.provide(Stream.runCollect(read()), answering({}, text("")))).toEqual([]);
      const failure = yield* Effect.provide(Effect.flip(Stream.runDrain(read())), answering({}, text("1\n")));
      expect(failure).toMatchObject({ reason: { _tag: "Undecodable" } });
    }));

  it.effect("fail when DSS gives more columns than were asked for", () =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(Stream.runDrain(read({ columns: ["a"] })));
      expect(failure).toMatchObject({ reason: { _tag: "Undecodable", field: "row 1", detail: "2 cells, expected 1" } });
    }).pipe(Effect.provide(answering({ a: "int", b: "int" }, text("1\t2\n")))));

  it.effect("are those that a query of their table gives", () =>
    simulated(Effect.gen(function* () {
      const rows = yield* Stream.runCollect((yield* DatasetRows).read("SALES", "orders_raw"));
      expect(rows.length).toBe(1000);
      expect(rows[1]!.slice(0, 3)).toEqual([9007199254740994n, 8, DateTime.makeUnsafe("2025-01-01T09:30:00Z")]);
      expect(rows[1]![6]).toBeNull();
    })));
});

describe("the rows of the embedded DSS", () => {
  it.effect("go with a copy of their project, all or those of its sources", () =>
    Effect.gen(function* () {
      const [projects, rows] = [yield* Projects, yield* DatasetRows];
      const count = (key: string, name: string) => Stream.runCount(rows.read(key, name));
      const built = yield* count("CHURN", "customers_scored");
      yield* projects.duplicate("CHURN", "WHOLE", "Whole", { mode: "FULL" });
      yield* projects.duplicate("CHURN", "SOURCES", "Sources");
      expect([yield* count("WHOLE", "calls"), yield* count("WHOLE", "customers_scored")]).toEqual([150, built]);
      expect([yield* count("SOURCES", "calls"), yield* count("SOURCES", "customers_scored")]).toEqual([150, 0]);
    }).pipe(Effect.provide(Simulator.layer())));
});

describe("the end of a read", () => {
  it.effect("fails the stream when DSS says that the read failed after its first rows", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).script("rows/SALES.countries", { end: "fail", message: "Disk gone", after: 0.4 });
      const { rows, failure } = yield* readAll((yield* DatasetRows).read("SALES", "countries"));
      expect(rows).toEqual(countries.slice(0, 2));
      expect(failure).toMatchObject({ method: "DatasetRows.read", reason: { detail: "Disk gone" } });
    })));

  it.effect("says why a body breaks off, when DSS knows it", () =>
    Effect.gen(function* () {
      const { rows, failure } = yield* readAll(read());
      expect(rows).toEqual([[1]]);
      expect(failure).toMatchObject({ reason: { _tag: "ServerFailure", detail: "Disk gone" } });
    }).pipe(Effect.provide(answering(
      { a: "int" },
      () => streamed(Stream.concat(Stream.succeed("1\n"), Stream.fromEffect(reset))),
      () => failure(500, "java.io.IOException", "Disk gone"),
    ))));

  it.effect("is asked for when the stream is left early, and says nothing then", () =>
    Effect.gen(function* () {
      expect(yield* Stream.runCollect(Stream.take(read(), 2))).toEqual([[1], [2]]);
      expect((yield* Received).lines.map((line) => line.replace(/\?.*/, "").split("/").slice(-2))).toEqual([
        ["orders", "schema"],
        ["data", ""],
        ["finish-streaming", ""],
      ]);
    }).pipe(Effect.provide(answering({ a: "int" }, text("1\n2\n3\n"), () => failure(500, "x", "left")))));

  it.effect("ends a read that stalls, in DSS too", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).script("rows/SALES.countries", { end: "stall", after: 0.4 });
      const some = yield* Stream.runCollect(Stream.take((yield* DatasetRows).read("SALES", "countries"), 2));
      expect(some).toEqual(countries.slice(0, 2));
      expect(yield* stateOf("readSessions")).toEqual({});
    })));

  it.effect("is never a success when the body was cut, wherever in its 64 KiB", () => {
    const row = `"${"two\n".repeat(800)}"\t${"é".repeat(20)}\t"${'y""\n'.repeat(20)}"\n`;
    const rows = new TextEncoder().encode(row.repeat(19));
    const last = new TextEncoder().encode(`\t"${"x".repeat(65_536 - rows.length - 6)}"\tz\n`);
    const body = Uint8Array.from([...rows, ...last]);
    expect(body.length).toBe(65_536);
    let cut = body.length;
    const server = dssServer(({ target }) => {
      if (target.includes("finish-streaming")) return empty();
      if (target.endsWith("/schema")) {
        return json({ columns: ["a", "b", "c"].map((name) => ({ name, type: "string" })) });
      }
      const part = body.subarray(0, cut);
      // Half of them break, the others end quietly before the length that was promised.
      return cut % 2 === 0 && cut < body.length
        ? HttpServerResponse.stream(Stream.concat(Stream.succeed(part), Stream.fromEffect(reset)))
        : HttpServerResponse.stream(Stream.succeed(part), { headers: { "content-length": "65536" } });
    }, { retry: { times: 0 } });
    return Effect.gen(function* () {
      expect(yield* Stream.runCount(read())).toBe(20);
      const rowEnds = [...body.keys()].filter((at) => body[at - 1] === 10 && body[at - 2] === 34);
      // Odd, so that both ways to end meet all parts of a row; the parser itself is cut at each byte in its own test.
      const cuts = [...body.keys()].filter((at) => at % 17 === 0);
      for (cut of [...rowEnds, ...cuts]) {
        const failure = yield* Effect.flip(Stream.runDrain(read()));
        if (failure._tag !== "DssError") expect.fail(`cut at ${cut}: ${failure}`);
      }
    }).pipe(Effect.provide(server));
  }, 120_000);
});

/** Values of each type, and how an independent writer writes them. */
const ofEachType: Readonly<Record<string, readonly [Schema.Codec<unknown>, (value: never) => string]>> = {
  tinyint: [Schema.Literals([-128, 0, 127]), String],
  smallint: [Schema.Literals([-32768, 0, 32767]), String],
  int: [Schema.Literals([-2147483648, -1, 0, 2147483647]), (value: number) => `${value}`],
  bigint: [Schema.BigInt, (value: bigint) => value.toString(10)],
  double: [Schema.Finite, (value: number) => Object.is(value, -0) ? "-0" : value.toString()],
  boolean: [Schema.Boolean, (value: boolean) => value ? "true" : "false"],
  string: [
    Schema.Literals(["a\tb", 'say "no"', "two\nlines", "\r\n", "NUL \0", "👩‍👩‍👧", "\uFEFFmark", " ", "null", "\\N", "é"]),
    (value: string) => value,
  ],
  date: [
    Schema.Literals([0, 951_782_400_000, 1_759_312_596_668, -1]),
    (value: number) => new Date(value).toISOString(),
  ],
  dateonly: [Schema.Literals(["2025-03-01", "2024-02-29", "0001-01-01"]), (value: string) => value],
  datetimenotz: [Schema.Literals(["2025-03-01T10:00:00.000", "1969-12-31T23:59:59.999"]), (value: string) => value],
  array: [Schema.Array(Schema.Literals(["a", "\t", '"', "\n", "😀"])), (value: unknown) => JSON.stringify(value)],
  map: [
    Schema.Struct({ "a\tb": Schema.Literals([1, 2.5]), é: Schema.NullOr(Schema.Boolean) }),
    (value: unknown) => JSON.stringify(value),
  ],
  object: [
    Schema.Struct({ nested: Schema.Array(Schema.Literals([-1, 0, 0.5])) }),
    (value: unknown) => JSON.stringify(value),
  ],
  geopoint: [Schema.Literals(["POINT(2.35 48.85)"]), (value: string) => value],
  geometry: [Schema.Literals(["POLYGON((0 0, 1 1, 1 0, 0 0))"]), (value: string) => value],
};

/** In quotes by the character, where one needs them. */
const quoted = (written: string): string => {
  const needs = [...written].some((character) => '\t\n\r"'.includes(character));
  return needs ? `"${[...written].map((character) => character === '"' ? '""' : character).join("")}"` : written;
};

const plain = (value: CellValue): unknown => DateTime.isDateTime(value) ? DateTime.toEpochMillis(value) : value;

describe("the cells of a row", () => {
  const types = Object.keys(ofEachType);
  const row = Arbitrary.schema(
    Schema.Struct(Object.fromEntries(types.map((type) => [type, Schema.NullOr(ofEachType[type]![0])]))),
  );
  const rows = Arbitrary.schema(Schema.Literals([1, 2, 5]));
  let body = "";
  const server = answering(Object.fromEntries(types.map((type) => [type, type])), () => streamed(Stream.succeed(body)));

  it.effect.prop("of all types are read as they were written", [row, rows], ([row, count]) =>
    Effect.gen(function* () {
      const given = row as Readonly<Record<string, unknown>>;
      const cells = types.map((type) => given[type] === null ? "" : quoted(ofEachType[type]![1](given[type] as never)));
      body = `${cells.join("\t")}\n`.repeat(count);
      const readBack = yield* Stream.runCollect(read());
      expect(readBack.length).toBe(count);
      for (const one of readBack) expect(one.map(plain)).toEqual(types.map((type) => given[type]));
    }).pipe(Effect.provide(server)));

  it.effect.each([
    ["array", "[1", undefined],
    ["array", '{"a":1}', undefined],
    ["array", "1", undefined],
    ["map", "[]", undefined],
    ["object", "x", undefined],
    ["object", "null", null],
    ["array", '""', null],
    ["string", '""', ""],
    ["array", "[9007199254740993]", "[9007199254740993]"],
  ])("of type %s, written %s, are %j", ([type, cell, value]) =>
    Effect.gen(function* () {
      const { rows, failure } = yield* readAll(read());
      if (value === undefined) {
        expect(failure).toMatchObject({ _tag: "UnreadableCell", row: 1, column: "a", type, text: cell });
      } else if (typeof value === "string" && value !== "") expect(JSON.stringify(rows[0]![0])).toBe(value);
      else expect(rows).toEqual([[value]]);
    }).pipe(Effect.provide(answering({ a: type as string }, text(`${cell}\n`)))));

  it.effect("that cannot be read become nothing, or are collected", () =>
    Effect.gen(function* () {
      expect(yield* Stream.runCollect(read({ unreadable: "null" }))).toEqual([[null, 1], [2, null]]);
      const cells: Array<UnreadableCell> = [];
      expect(yield* Stream.runCollect(read({ unreadable: (cell: UnreadableCell) => cells.push(cell) }))).toEqual([
        [null, 1],
        [2, null],
      ]);
      expect(cells.map(({ row, column, text }) => [row, column, text])).toEqual([[1, "a", "x"], [2, "b", "1.5"]]);
    }).pipe(Effect.provide(answering({ a: "int", b: "int" }, text("x\t1\n2\t1.5\n")))));
});

describe("rows in the form of a file", () => {
  const types = { id: "bigint", note: "string", at: "date", ratio: "double", tags: "array", "a,b": "boolean" };
  const body =
    '9007199254740993\t"a ""b"", c"\t2025-03-01T00:00:00.000Z\t1.50\t"[""x""]"\ttrue\n\t""\t\tNaN\t\tfalse\n';
  const exported = (format: RowsFormat, options = {}) =>
    Stream.unwrap(Effect.map(DatasetRows, (rows) => rows.export("SALES", "orders", format, options))).pipe(
      Stream.decodeText,
      Stream.mkString,
      Effect.provide(answering(types, text(body))),
    );

  it.effect("are CSV, with the cells as DSS writes them", () =>
    Effect.map(exported("csv"), (csv) =>
      expect(csv).toBe(
        'id,note,at,ratio,tags,"a,b"\r\n' +
          '9007199254740993,"a ""b"", c",2025-03-01T00:00:00.000Z,1.50,"[""x""]",true\r\n,"",,NaN,,false\r\n',
      )));

  it.effect("are TSV", () =>
    Effect.map(exported("tsv"), (tsv) => expect(tsv).toBe(`${Object.keys(types).join("\t")}\n${body}`)));

  it.effect("are NDJSON, with values of the types of the columns", () =>
    Effect.map(exported("ndjson"), (lines) =>
      expect(lines).toBe(
        '{"id":9007199254740993,"note":"a \\"b\\", c","at":"2025-03-01T00:00:00.000Z","ratio":1.5,"tags":["x"],"a,b":true}\n' +
          '{"id":null,"note":"","at":null,"ratio":"NaN","tags":null,"a,b":false}\n',
      )));

  it.effect("are not whole when the read was not", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).script("rows/SALES.countries", { end: "fail", message: "Disk gone" });
      const { failure } = yield* readAll((yield* DatasetRows).export("SALES", "countries", "csv"));
      expect(failure).toMatchObject({ method: "DatasetRows.export", reason: { detail: "Disk gone" } });
    })));

  it.effect("have a header when there are none", () =>
    Effect.map(
      Effect.provide(
        Stream.mkString(Stream.decodeText(Stream.unwrap(Effect.map(
          DatasetRows,
          (rows) => rows.export("SALES", "orders", "csv"),
        )))),
        answering({ a: "int", b: "int" }, text("")),
      ),
      (csv) => expect(csv).toBe("a,b\r\n"),
    ));
});
