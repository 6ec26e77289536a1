import { describe, expect, it } from "@effect/vitest";
import { DateTime, Effect, Fiber, Result, Schema, Stream } from "effect";
import { HttpServerResponse } from "effect/http";
import { TestClock } from "effect/testing";
import { type Dss, Sql, SqlQuery, type UnreadableCell } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { stateOf } from "../fixtures/for_administrators.ts";
import { dssServer, empty, failure, json, Received, reset, streamed } from "../fixtures/dss_server.ts";
import { as, refusal } from "../fixtures/other_keys.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, Sql | Dss | Simulator>) => Effect.provide(test, Simulator.layer());

const warehouse = { connection: "pg_dwh" };

const targets = Effect.flatMap(
  Simulator,
  ({ received }) => Effect.map(received, (all) => all.map(({ target }) => target.split("/").at(-1)!.split("?")[0])),
);

/** A DSS whose query has these columns, answers this to the reading of its rows, and this to how it ended. */
const answering = (
  types: Readonly<Record<string, string>>,
  body: () => HttpServerResponse.HttpServerResponse,
  finish: () => HttpServerResponse.HttpServerResponse = empty,
) =>
  dssServer(({ target }) => {
    if (target.includes("finish-streaming")) return finish();
    if (target.includes("stream")) return body();
    return json({ queryId: "q1", schema: Object.entries(types).map(([name, type]) => ({ name, type })) });
  });

const text = (body: string) => () => streamed(Stream.succeed(body));

/** The rows that come, and what the stream ends with. */
const readAll = <A, E, R>(stream: Stream.Stream<A, E, R>) =>
  Effect.gen(function* () {
    const rows: Array<A> = [];
    const end = yield* Effect.result(Stream.runForEach(stream, (row) => Effect.sync(() => void rows.push(row))));
    return { rows, failure: Result.isFailure(end) ? end.failure : undefined };
  });

describe("the rows of a query", () => {
  it.effect("come as they are in the database", () =>
    simulated(Effect.gen(function* () {
      const rows = [...yield* Stream.runCollect((yield* Sql).stream("SELECT * FROM orders_raw LIMIT 10", warehouse))];
      const [id, customer, at, due, amount, paid, note] = rows[0]!;
      expect([id, customer, due, amount, paid, note]).toEqual([9007199254740993n, 1, "2025-01-04", 0.99, false, null]);
      expect(DateTime.formatIso(at as DateTime.Utc)).toBe("2025-01-01T08:30:00.000Z");
      expect(rows.map((row) => row[6]).slice(1, 6)).toEqual([
        "",
        "leave at the door",
        'call "Tom" first',
        "two lines:\nback door",
        "a\tb",
      ]);
      expect(rows[9]![3]).toBeNull();
      expect(yield* targets).toEqual(["", "stream", "finish-streaming"]);
      expect(yield* stateOf("sqlQueries")).toEqual({});
    })));

  it.effect("come of a query that was started before, whose columns are known", () =>
    simulated(Effect.gen(function* () {
      const sql = yield* Sql;
      const query = yield* sql.start("SELECT * FROM countries", { dataset: "SALES.orders_raw", projectKey: "SALES" });
      expect(SqlQuery.columns(query).map(({ name, type }) => `${name} ${type}`)).toEqual([
        "code string",
        "name string",
        "population bigint",
        "is_in_eu boolean",
      ]);
      expect(yield* Stream.runCount(sql.rows(query))).toBe(5);
      const again = yield* refusal(Stream.runDrain(sql.rows(query)));
      expect(again).toMatchObject({ reason: "NotFound", changed: false });
    })));

  it.effect("are values of a type, when a schema says which", () =>
    simulated(Effect.gen(function* () {
      const sql = yield* Sql;
      const Country = Schema.Struct({ code: Schema.String, population: Schema.BigInt, is_in_eu: Schema.Boolean });
      const rows = yield* Stream.runCollect(sql.stream("SELECT * FROM countries", { ...warehouse, schema: Country }));
      expect(rows[1]).toEqual({ code: "FR", population: 68373433n, is_in_eu: true });
      const Wrong = Schema.Struct({ code: Schema.Literals(["DE", "FR"]) });
      const { rows: right, failure } = yield* readAll(
        sql.stream("SELECT * FROM countries", { ...warehouse, schema: Wrong }),
      );
      expect(right).toEqual([{ code: "DE" }, { code: "FR" }]);
      expect(failure).toMatchObject({ _tag: "DssError", reason: { _tag: "Undecodable", field: "row 3.code" } });
      expect(String(failure)).toMatch(/: change the `schema` that was given for the rows, or what the query selects$/);
      expect(yield* stateOf("sqlQueries")).toEqual({});
    })));

  it.effect("are not values of a type, when two columns have one name", () =>
    Effect.gen(function* () {
      const sql = yield* Sql;
      const query = { queryId: "q1", schema: [{ name: "a", type: "int" }, { name: "a", type: "int" }] };
      const failure = yield* Effect.flip(Stream.runDrain(sql.rows(query, { schema: Schema.Unknown })));
      expect(failure).toMatchObject({ reason: { _tag: "Undecodable", field: "schema" } });
      expect(failure.message).toBe(
        "Sql.rows: Field schema of the answer does not have the expected shape (two columns are named a): " +
          "give one of them another name in the query, with AS, or read the rows without `schema`",
      );
      expect(yield* Stream.runCollect(sql.rows(query))).toEqual([[1, 2]]);
    }).pipe(Effect.provide(answering({}, text("1\t2\n")))));

  it.effect("are none for a statement that gives none; how it ended is asked all the same", () =>
    Effect.gen(function* () {
      expect(yield* Stream.runCollect((yield* Sql).stream("DROP TABLE t", warehouse))).toEqual([]);
      expect((yield* Received).lines).toEqual(["POST /sql/queries/", "GET /sql/queries/q1/finish-streaming"]);
    }).pipe(Effect.provide(answering({}, text("")))));

  it.effect("are read on when they were taken, and not before", () =>
    Effect.gen(function* () {
      let made = 0;
      const pieces = Stream.fromIterable(
        (function* () {
          for (;; made++) yield `${made}\n`;
        })(),
        { chunkSize: 1 },
      );
      const server = answering({ a: "int" }, () => streamed(pieces));
      const taken = yield* Effect.provide(
        Effect.flatMap(Sql, (sql) => Stream.runCollect(Stream.take(sql.stream("SELECT 1", warehouse), 100))),
        server,
      );
      expect(taken.length).toBe(100);
      expect(made).toBeLessThan(110);
    }));
});

describe("the end of a query", () => {
  it.effect("fails the stream when DSS says that the query failed after its first rows", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).script("queries/pg_dwh", { end: "fail", message: "ERROR: out of memory", after: 0.4 });
      const { rows, failure } = yield* readAll((yield* Sql).stream("SELECT * FROM countries", warehouse));
      expect(rows.length).toBe(2);
      expect(failure).toMatchObject({ method: "Sql.stream", reason: { detail: "ERROR: out of memory" } });
    })));

  it.effect("says why a body breaks off, when DSS knows it", () =>
    Effect.gen(function* () {
      const { rows, failure } = yield* readAll((yield* Sql).stream("SELECT 1", warehouse));
      expect(rows).toEqual([[1]]);
      expect(failure).toMatchObject({ reason: { _tag: "ServerFailure", detail: "division by zero" } });
    }).pipe(Effect.provide(answering(
      { a: "int" },
      () => streamed(Stream.concat(Stream.succeed("1\n2"), Stream.fromEffect(reset))),
      () => failure(500, "org.postgresql.util.PSQLException", "division by zero"),
    ))));

  it.effect.each(["truncated body", "short body", "stalled body"] as const)(
    "is not reached with a %s",
    (fault) =>
      simulated(Effect.gen(function* () {
        yield* (yield* Simulator).inject(fault, { path: "/stream" });
        const rows = (yield* Sql).stream("SELECT * FROM orders_raw", warehouse);
        const reading = yield* Effect.forkChild(readAll(rows));
        // The silence of the body begins with its last bytes.
        for (let minute = 0; minute < 5; minute++) yield* TestClock.adjust("1 minute");
        const { failure } = yield* Fiber.join(reading);
        expect(["Truncated", "TimedOut", "Unreachable"]).toContain(
          (failure as { reason: { _tag: string } }).reason._tag,
        );
        expect(yield* stateOf("sqlQueries")).toEqual({});
      })),
  );

  it.effect("is asked once: an answer that is lost fails the stream", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).inject("lost answer", { path: "/finish-streaming" });
      const { rows, failure } = yield* readAll((yield* Sql).stream("SELECT * FROM countries", warehouse));
      expect([rows.length, failure?._tag]).toEqual([5, "DssError"]);
      expect(yield* targets).toEqual(["", "stream", "finish-streaming"]);
    })));

  it.effect("is asked of a query whose rows are not read", () =>
    simulated(Effect.gen(function* () {
      const sql = yield* Sql;
      const query = yield* sql.start("SELECT * FROM countries", warehouse);
      yield* sql.verify(query);
      expect(yield* stateOf("sqlQueries")).toEqual({});
      expect(yield* refusal(sql.verify(query))).toMatchObject({ reason: "NotFound", changed: false });
    })));

  it.effect("comes early when nobody wants more rows: the query is let go", () =>
    simulated(Effect.gen(function* () {
      const rows = yield* Stream.runCollect(Stream.take((yield* Sql).stream("SELECT * FROM events", warehouse), 3));
      expect(rows.length).toBe(3);
      expect(yield* stateOf("sqlQueries")).toEqual({});
      expect(yield* targets).toEqual(["", "stream", "finish-streaming"]);
    })));

  it.effect("comes early when the reader is interrupted, or fails", () =>
    simulated(Effect.gen(function* () {
      const sql = yield* Sql;
      yield* (yield* Simulator).script("queries/pg_dwh", { end: "stall" });
      const fiber = yield* Effect.forkChild(Stream.runDrain(sql.stream("SELECT * FROM countries", warehouse)));
      yield* TestClock.adjust("1 second");
      expect(Object.keys((yield* stateOf("sqlQueries")) as object).length).toBe(1);
      yield* Fiber.interrupt(fiber);
      expect(yield* stateOf("sqlQueries")).toEqual({});
      const failing = Stream.runForEach(sql.stream("SELECT * FROM countries", warehouse), () => Effect.fail("enough"));
      expect(yield* Effect.flip(failing)).toBe("enough");
      expect(yield* stateOf("sqlQueries")).toEqual({});
    })));

  it.effect("is never a success when the body was cut, wherever in its 64 KiB", () => {
    const row = `"${"two\n".repeat(800)}"\t${"é".repeat(20)}\t"${'y""\n'.repeat(20)}"\n`;
    const rows = new TextEncoder().encode(row.repeat(19));
    const last = new TextEncoder().encode(`\t"${"x".repeat(65_536 - rows.length - 6)}"\tz\n`);
    const body = Uint8Array.from([...rows, ...last]);
    expect(body.length).toBe(65_536);
    const columns = ["a", "b", "c"].map((name) => ({ name, type: "string" }));
    let cut = 0;
    const server = dssServer(({ target }) => {
      if (target.includes("finish-streaming")) return empty();
      const part = body.subarray(0, cut);
      // Half of them break, the others end quietly before the length that was promised.
      return cut % 2 === 0 && cut < body.length
        ? HttpServerResponse.stream(Stream.concat(Stream.succeed(part), Stream.fromEffect(reset)))
        : HttpServerResponse.stream(Stream.succeed(part), { headers: { "content-length": "65536" } });
    }, { retry: { times: 0 } });
    return Effect.gen(function* () {
      const sql = yield* Sql;
      const query = { queryId: "q1", schema: columns };
      cut = body.length;
      expect(yield* Stream.runCount(sql.rows(query))).toBe(20);
      const rowEnds = [...body.keys()].filter((at) => body[at - 1] === 10 && body[at - 2] === 34);
      expect(rowEnds.length).toBeGreaterThan(15);
      // Odd, so that both ways to end meet all parts of a row.
      const cuts = [...body.keys()].filter((at) => at % 13 === 0);
      for (cut of [...rowEnds, ...cuts]) {
        const failure = yield* Effect.flip(Stream.runDrain(sql.rows(query)));
        if (failure._tag !== "DssError") expect.fail(`cut at ${cut}: ${failure}`);
      }
    }).pipe(Effect.provide(server));
  }, 60_000);
});

const types = {
  small: "tinyint",
  count: "int",
  big: "bigint",
  ratio: "double",
  flag: "boolean",
  at: "date",
  day: "dateonly",
  local: "datetimenotz",
  list: "array",
};

const oneCell = (type: string, cell: string) =>
  Effect.gen(function* () {
    const rows = yield* Stream.runCollect((yield* Sql).stream("SELECT 1", warehouse));
    const [value] = rows[0]!;
    return DateTime.isDateTime(value) ? DateTime.formatIso(value) : value;
  }).pipe(Effect.provide(answering({ a: type }, text(`${cell}\n`))));

describe("the cells of a row", () => {
  it.effect.each([
    ["int", "-7", -7],
    ["int", "-0", 0],
    ["int", "9007199254740991", 9007199254740991],
    ["bigint", "9223372036854775807", 9223372036854775807n],
    ["bigint", "-9223372036854775808", -9223372036854775808n],
    ["bigint", "1", 1n],
    ["double", "0.1", 0.1],
    ["double", "-0", -0],
    ["double", "123456.789012345678", 123456.789012345678],
    ["double", "1.7976931348623157E308", Number.MAX_VALUE],
    ["double", "NaN", Number.NaN],
    ["float", "-Infinity", -Infinity],
    ["boolean", "TRUE", true],
    ["boolean", "false", false],
    ["date", "2025-10-01T09:00:00.123Z", "2025-10-01T09:00:00.123Z"],
    ["date", "2025-10-01 11:00:00.123000+02", "2025-10-01T09:00:00.123Z"],
    ["date", "0033-04-03T15:00:00-00:30", "0033-04-03T15:30:00.000Z"],
    ["date", "+12025-01-01T00:00:00Z", "+012025-01-01T00:00:00.000Z"],
    ["dateonly", "2024-02-29", "2024-02-29"],
    ["datetimenotz", "2025-10-01T09:00:00.123456789", "2025-10-01T09:00:00.123456789"],
    ["array", '"[""a""]"', '["a"]'],
    ["a type of later", "x", "x"],
    ["string", "", null],
    ["string", '""', ""],
    ["int", '""', null],
    ["int", '"12"', 12],
    ["date", "", null],
  ])(
    "of type %s, written %s, are %s",
    ([type, cell, value]) =>
      Effect.map(oneCell(type as string, cell as string), (read) => expect(read).toStrictEqual(value)),
  );

  it.effect.each([
    ["int", "1.5"],
    ["int", "9007199254740993"],
    ["int", "0x10"],
    ["int", "-"],
    ["bigint", "1e3"],
    ["double", "1,5"],
    ["double", "0x10"],
    ["double", "."],
    ["boolean", "yes"],
    ...["1e400", "-1e400", "1E+309", "2e308", `9${"0".repeat(309)}`, "1e-400", "-0.5e-324", "12345.678e-999"].map((
      cell,
    ) => ["double", cell]),
    ["float", "1e400"],
    ["date", "2025-02-30T00:00:00Z"],
    ["date", "2025-10-01T25:00:00Z"],
    ["date", "2025-10-01T09:00:00"],
    ["date", "2025-10-01T09:00:00.123456Z"],
    ["dateonly", "2025-13-01"],
    ["datetimenotz", "yesterday"],
  ])("of type %s cannot be %s", ([type, cell]) =>
    Effect.map(Effect.flip(oneCell(type!, cell!)), (failure) => {
      expect(failure).toMatchObject({ _tag: "UnreadableCell", row: 1, column: "a", type, text: cell });
      expect(String(failure)).toContain(`expected a value of type ${type}`);
    }));

  it.effect.each([
    [
      "double",
      "1e400",
      "expected a value of type double that JavaScript can hold: have the column be one of texts",
    ],
    [
      "float",
      "1e-400",
      "expected a value of type float that JavaScript can hold: have the column be one of texts",
    ],
    [
      "int",
      "9007199254740993",
      "expected a value of type int that JavaScript can hold: have the column be one of texts",
    ],
    ["double", "1,5", "expected a value of type double"],
    ["boolean", "1", "expected a value of type boolean"],
  ])(
    "of type %s say of %s what can be done",
    ([type, cell, says]) =>
      Effect.map(Effect.flip(oneCell(type!, cell!)), (failure) => {
        expect(failure.message).toBe(`Cell a of row 1 is "${cell}", ${says}`);
      }),
  );

  it.effect.each([
    ["double", "0e-400", 0],
    ["double", "0.000e999", 0],
    ["double", "5e-324", 5e-324],
    ["double", "1e308", 1e308],
    ["double", "-inf", -Infinity],
  ])(
    "of type %s written %s are the number that is written",
    ([type, cell, value]) => Effect.map(oneCell(type as string, cell as string), (read) => expect(read).toBe(value)),
  );

  const latin = () =>
    answering(
      { id: "int", name: "string" },
      () =>
        HttpServerResponse.uint8Array(Uint8Array.from(
          [...`1\tAnna\n2\tRen`].map((c) => c.charCodeAt(0)).concat(
            [0xe9, 10],
            [...`3\tZo`].map((c) => c.charCodeAt(0)),
            [0xc3, 0xab, 10],
          ),
        )),
    );

  it.effect("that are not UTF-8 fail the stream, are null, or are collected", () =>
    Effect.gen(function* () {
      const { stream } = yield* Sql;
      const { rows, failure } = yield* readAll(stream("SELECT 1", warehouse));
      expect(rows).toEqual([[1, "Anna"]]);
      expect(String(failure)).toBe(
        'UnreadableCell: Cell name of row 2 is "Ren\uFFFD", which has bytes that are not UTF-8: ' +
          "convert the column where it comes from, or say what becomes of such cells with `unreadable`",
      );
      const expected = [[1, "Anna"], [2, null], [3, "Zoë"]];
      expect(yield* Stream.runCollect(stream("SELECT 1", { ...warehouse, unreadable: "null" }))).toEqual(expected);
      const cells: Array<UnreadableCell> = [];
      const collected = stream("SELECT 1", { ...warehouse, unreadable: (cell) => cells.push(cell) });
      expect(yield* Stream.runCollect(collected)).toEqual(expected);
      expect(cells).toMatchObject([{ row: 2, column: "name", text: "Ren\uFFFD", hasOtherBytes: true }]);
    }).pipe(Effect.provide(latin())));

  const bad = () => answering({ a: "int", b: "boolean" }, text("1\ttrue\nx\ty\n3\tfalse\n"));

  it.effect("fail the stream when they cannot be read, after the rows before; the query is let go", () =>
    Effect.gen(function* () {
      const { rows, failure } = yield* readAll((yield* Sql).stream("SELECT 1", warehouse));
      expect(rows).toEqual([[1, true]]);
      expect(String(failure)).toBe('UnreadableCell: Cell a of row 2 is "x", expected a value of type int');
      expect((yield* Received).lines.at(-1)).toBe("GET /sql/queries/q1/finish-streaming");
    }).pipe(Effect.provide(bad())));

  it.effect("are null when they cannot be read, or are collected", () =>
    Effect.gen(function* () {
      const { stream } = yield* Sql;
      const expected = [[1, true], [null, null], [3, false]];
      const nulls = stream("SELECT 1", { ...warehouse, unreadable: "null" });
      expect(yield* Stream.runCollect(nulls)).toEqual(expected);
      const cells: Array<UnreadableCell> = [];
      const collected = stream("SELECT 1", { ...warehouse, unreadable: (cell) => cells.push(cell) });
      expect(yield* Stream.runCollect(collected)).toEqual(expected);
      expect(cells.map(({ row, column, text }) => [row, column, text])).toEqual([[2, "a", "x"], [2, "b", "y"]]);
    }).pipe(Effect.provide(bad())));

  it.effect("are nothing in every type", () =>
    Effect.gen(function* () {
      const rows = yield* Stream.runCollect((yield* Sql).stream("SELECT 1", warehouse));
      expect(rows).toEqual([Object.keys(types).map(() => null)]);
    }).pipe(Effect.provide(answering(types, text(`${"\t".repeat(Object.keys(types).length - 1)}\n`)))));
});

describe("a query", () => {
  it.effect.each([
    ["DELETE FROM countries", warehouse, "ServerFailure", "syntax error"],
    ["SELECT * FROM nothing", warehouse, "NotFound", '"nothing" does not exist'],
    ["SELECT * FROM countries", { connection: "filesystem_managed" }, "Invalid", "neither of SQL nor HDFS"],
    ["SELECT * FROM countries", { connection: "nowhere" }, "NotFound", "nowhere"],
    ["SELECT * FROM countries", { dataset: "SALES.nothing" }, "NotFound", "SALES.nothing"],
    ["SELECT * FROM countries", {}, "Invalid", "one of connection"],
  ])("%s on %j is refused as %s", ([query, options, reason, words]) =>
    simulated(Effect.gen(function* () {
      const refused = yield* refusal((yield* Sql).start(query as string, options as object));
      expect(refused).toMatchObject({ reason, changed: false, message: expect.stringContaining(words as string) });
    })));

  it.effect("is refused to who may not use the connection", () =>
    simulated(Effect.gen(function* () {
      const start = as("nobody", ({ sql }) => sql.start("SELECT * FROM countries", warehouse));
      expect(yield* refusal(start)).toMatchObject({ reason: "Forbidden", changed: false });
    })));

  it.effect("is never started twice: a lost answer is unknown", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).inject("lost answer", { path: "/sql/queries/" });
      const failure = yield* Effect.flip((yield* Sql).start("SELECT * FROM countries", warehouse));
      expect(failure.reason._tag).toBe("OutcomeUnknown");
      expect((yield* targets).length).toBe(1);
    })));
});
