import { describe, expect, it } from "@effect/vitest";
import { Arbitrary, DateTime, Effect, Fiber, Result, Schema, Stream } from "effect";
import { HttpServerResponse } from "effect/http";
import { TestClock } from "effect/testing";
import { buildJob, DatasetRows, Datasets, type Dss, type DssError, Jobs, type UnreadableCell } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, empty, failure, json, Received, reset, streamed } from "../fixtures/dss_server.ts";
import { stateOf } from "../fixtures/for_administrators.ts";
import { during } from "../fixtures/virtual_time.ts";

type Services = DatasetRows | Datasets | Jobs | Dss | Simulator;

const simulated = <A, E>(test: Effect.Effect<A, E, Services>) => Effect.provide(test, Simulator.layer());

/** A DSS whose dataset has these columns, answers this to the reading of its rows, and this to how it ended. */
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

const textOf = <E, R>(bytes: Stream.Stream<Uint8Array, E, R>) => Stream.mkString(Stream.decodeText(bytes));

const sessions = stateOf("readSessions");

describe("the rows of a dataset", () => {
  it.effect("come by the types of its schema", () =>
    simulated(Effect.gen(function* () {
      const rows = [...yield* Stream.runCollect((yield* DatasetRows).read("SALES", "orders_raw", { limit: 10 }))];
      const [id, customer, at, due, amount, paid, note] = rows[0]!;
      expect([id, customer, due, amount, paid, note]).toEqual([9007199254740993n, 1, "2025-01-04", 0.99, false, null]);
      expect(DateTime.formatIso(at as DateTime.Utc)).toBe("2025-01-01T08:30:00.000Z");
      expect(rows.length).toBe(10);
      expect(yield* sessions).toEqual({});
    })));

  it.effect("are those of some columns, in the order of the schema, as the filter and the sample have them", () =>
    simulated(Effect.gen(function* () {
      const { read } = yield* DatasetRows;
      const columns = ["plan", "contract_id"];
      const filter = 'plan == "family" && contract_id < 5006';
      expect(yield* Stream.runCollect(read("CHURN", "contracts", { columns, filter }))).toEqual([
        [5002n, "family"],
        [5005n, "family"],
      ]);
      const head = { samplingMethod: "HEAD_SEQUENTIAL", maxRecords: 2 } as const;
      expect(yield* Stream.runCollect(read("CHURN", "contracts", { columns, filter, sampling: head }))).toEqual([
        [5002n, "family"],
      ]);
      const some = { samplingMethod: "RANDOM_FIXED_NB", maxRecords: 4 } as const;
      expect(yield* Stream.runCount(read("CHURN", "contracts", { sampling: some }))).toBe(4);
      const refused = yield* Effect.flip(Stream.runDrain(read("CHURN", "contracts", { filter: "if(" })));
      expect(String(refused)).toContain("is not understood here");
    })));

  it.effect("are values of a type of the reader", () =>
    simulated(Effect.gen(function* () {
      const { read } = yield* DatasetRows;
      const schema = Schema.Struct({
        parcel_id: Schema.String,
        tags: Schema.fromJsonString(Schema.Array(Schema.String)),
      });
      const rows = yield* Stream.runCollect(read("LOGISTICS", "parcels_raw", { schema, limit: 2 }));
      expect(rows).toEqual([{ parcel_id: "P-0001", tags: ["fragile", 'a "b"'] }, { parcel_id: "P-0002", tags: [] }]);
      const wrong = Schema.Struct({ parcel_id: Schema.Number });
      const failure = yield* Effect.flip(Stream.runDrain(read("LOGISTICS", "parcels_raw", { schema: wrong })));
      expect(String(failure)).toMatch(/change the `schema` that was given for the rows, or the columns that are read$/);
    })));

  it.effect("are what recipes compute", () =>
    simulated(Effect.gen(function* () {
      const { read } = yield* DatasetRows;
      yield* (yield* Datasets).clear("SALES", "revenue_by_country");
      expect(yield* Stream.runCount(read("SALES", "revenue_by_country"))).toBe(0);
      yield* during(
        "10 minutes",
        (yield* Jobs).run("SALES", buildJob("revenue_by_country", { type: "RECURSIVE_FORCED_BUILD" })),
      );
      const rows = yield* Stream.runCollect(read("SALES", "revenue_by_country"));
      const orders = yield* Stream.runCollect(read("SALES", "orders_raw", { columns: ["amount"] }));
      const sum = (values: ReadonlyArray<unknown>) => values.reduce<number>((total, value) => total + Number(value), 0);
      expect(rows.map(([country]) => country).sort()).toEqual(["DE", "FR", "GB", "IT", "JP"]);
      expect(sum(rows.map(([, amount]) => amount))).toBeCloseTo(sum(orders.map(([amount]) => amount)), 4);
      expect(sum(rows.map(([, , count]) => count))).toBe(1000);
    })));

  it.effect("follow their dataset: its name, its copies, and what is cleared", () =>
    simulated(Effect.gen(function* () {
      const [datasets, { read }] = [yield* Datasets, yield* DatasetRows];
      const count = (name: string) => Stream.runCount(read("CHURN", name));
      yield* datasets.rename("CHURN", "contracts", "deals");
      expect(yield* count("deals")).toBe(12);
      yield* during(
        "1 minute",
        datasets.runCopy("CHURN", "deals", { name: "calls" }, { writeMode: "APPEND" }),
      );
      expect(yield* count("calls")).toBe(30);
      yield* datasets.clear("CHURN", "deals");
      expect(yield* count("deals")).toBe(0);
    })));

  it.effect("are refused before anything is sent, for columns that are not there", () =>
    simulated(Effect.gen(function* () {
      const { read } = yield* DatasetRows;
      for (
        const wrong of [{ columns: ["nothing"] }, { columns: [] }, { partitions: [] }, { limit: -1 }, {
          partitions: ["a,b"],
        }]
      ) {
        const failed = yield* Effect.flip(Stream.runDrain(read("SALES", "countries", wrong)));
        expect((failed as DssError).reason._tag).toBe("Invalid");
      }
      const { received } = yield* Simulator;
      expect((yield* received).filter(({ target }) => target.includes("/data/"))).toEqual([]);
    })));
});

describe("the end of a read", () => {
  it.effect("is a failure when DSS says so, after rows that were whole", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).script("rows/SALES.countries", { end: "fail", message: "disk is gone" });
      const { rows, failure } = yield* readAll((yield* DatasetRows).read("SALES", "countries"));
      expect(rows.length).toBe(2);
      expect(String(failure)).toContain("disk is gone");
      expect(yield* sessions).toEqual({});
    })));

  it.effect("comes early when nobody wants more rows, or the reader is interrupted", () =>
    simulated(Effect.gen(function* () {
      const { read } = yield* DatasetRows;
      expect((yield* Stream.runCollect(Stream.take(read("SALES", "orders_raw"), 3))).length).toBe(3);
      expect(yield* sessions).toEqual({});
      yield* (yield* Simulator).script("rows/SALES.countries", { end: "stall" });
      const fiber = yield* Effect.forkChild(Stream.runDrain(read("SALES", "countries")));
      yield* TestClock.adjust("1 second");
      expect(Object.keys((yield* sessions) as object).length).toBe(1);
      yield* Fiber.interrupt(fiber);
      expect(yield* sessions).toEqual({});
    })));

  it.effect("is asked for once, with the id of the read", () =>
    Effect.gen(function* () {
      yield* Stream.runDrain((yield* DatasetRows).read("P", "d", { partitions: ["a", "b"] }));
      const [schema, data, finish] = (yield* Received).lines;
      expect(schema).toBe("GET /projects/P/datasets/d/schema");
      const id = /readSessionId=([0-9a-f-]{36})$/.exec(data!)![1];
      expect(data).toContain("partitions=a%2Cb");
      expect(finish).toBe(`GET /projects/P/datasets/d/finish-streaming/?readSessionId=${id}`);
      expect((yield* Received).lines.length).toBe(3);
    }).pipe(Effect.provide(answering({ a: "int" }, text("1\n")))));

  it.effect("is a failure when finish-streaming is one", () =>
    Effect.gen(function* () {
      const { rows, failure: end } = yield* readAll((yield* DatasetRows).read("P", "d"));
      expect(rows).toEqual([[1]]);
      expect(end?._tag).toBe("DssError");
      expect(yield* Effect.flip(Stream.runDrain((yield* DatasetRows).bytes("P", "d", { format: "csv" }))))
        .toBeDefined();
    }).pipe(Effect.provide(answering({ a: "int" }, text("1\n"), () => failure(500, "java.io.IOException", "gone")))));

  it.effect("is never a success when the body was cut, wherever in its 64 KiB", () => {
    const row = `"${"two\n".repeat(800)}"\t${"é".repeat(20)}\t"${'y""\n'.repeat(20)}"\n`;
    const rows = new TextEncoder().encode(row.repeat(19));
    const last = new TextEncoder().encode(`\t"${"x".repeat(65_536 - rows.length - 6)}"\tz\n`);
    const body = Uint8Array.from([...rows, ...last]);
    expect(body.length).toBe(65_536);
    let cut = body.length;
    const server = answering({ a: "string", b: "string", c: "string" }, () => {
      const part = body.subarray(0, cut);
      // Half of them break, the others end quietly before the length that was promised.
      return cut % 2 === 0 && cut < body.length
        ? HttpServerResponse.stream(Stream.concat(Stream.succeed(part), Stream.fromEffect(reset)))
        : HttpServerResponse.stream(Stream.succeed(part), { headers: { "content-length": "65536" } });
    });
    return Effect.gen(function* () {
      const { read } = yield* DatasetRows;
      expect(yield* Stream.runCount(read("P", "d"))).toBe(20);
      const rowEnds = [...body.keys()].filter((at) => body[at - 1] === 10 && body[at - 2] === 34);
      expect(rowEnds.length).toBeGreaterThan(15);
      // Odd, so that both ways to end meet all parts of a row. Every offset takes minutes, and goes the same way.
      const cuts = [...body.keys()].filter((at) => at % 31 === 0);
      for (cut of [...rowEnds, ...cuts]) {
        const failure = yield* Effect.flip(Stream.runDrain(read("P", "d")));
        if (failure._tag !== "DssError") expect.fail(`cut at ${cut}: ${failure}`);
      }
    }).pipe(Effect.provide(server));
  }, 60_000);
});

describe("cells", () => {
  it.effect("that cannot be read fail the stream, are null, or are collected", () =>
    Effect.gen(function* () {
      const { read } = yield* DatasetRows;
      const { rows, failure } = yield* readAll(read("P", "d"));
      expect(rows).toEqual([[1]]);
      expect(String(failure)).toBe('UnreadableCell: Cell a of row 2 is "x", expected a value of type int');
      expect(yield* Stream.runCollect(read("P", "d", { unreadable: "null" }))).toEqual([[1], [null], [3]]);
      const cells: Array<UnreadableCell> = [];
      yield* Stream.runDrain(read("P", "d", { unreadable: (cell) => cells.push(cell) }));
      expect(cells.map(({ row, column }) => [row, column])).toEqual([[2, "a"]]);
    }).pipe(Effect.provide(answering({ a: "int" }, text("1\nx\n3\n")))));
});

/** Written as DSS writes, one cell after the other, and read as what they are. */
const hostile = Schema.Array(Schema.Literals(['"', "\t", "\n", "\r\n", " ", ",", "{", "é", "😀", "\uFEFF", "\0", "a"]));
const drawnRows = Arbitrary.schema(Schema.Array(Schema.Struct({
  int: Schema.Int.check(Schema.isBetween({ minimum: -2147483648, maximum: 2147483647 })),
  big: Schema.BigInt,
  double: Schema.Finite,
  bool: Schema.Boolean,
  at: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 4_000_000_000_000 })),
  text: hostile,
  list: Schema.Array(hostile),
})));

const quoted = (cell: string): string => '"' + cell.split('"').join('""') + '"';

describe("rows of every type", () => {
  it.effect.prop("are read as they were written, and are the same in NDJSON", [drawnRows], ([drawn]) => {
    const types = {
      int: "int",
      big: "bigint",
      double: "double",
      bool: "boolean",
      at: "date",
      day: "dateonly",
      local: "datetimenotz",
      text: "string",
      list: "array",
      point: "geopoint",
      shape: "geometry",
      map: "map",
      object: "object",
    };
    const rows = drawn.map(({ int, big, double, bool, at, text, list }) => {
      const time = new Date(at).toISOString();
      const [joined, array] = [text.join(""), JSON.stringify(list.map((item) => item.join("")))];
      const object = JSON.stringify({ [joined]: joined });
      // A template has no sign for a zero.
      const written = Object.is(double, -0) ? "-0" : String(double);
      const wkt = `POINT(${double} 1)`;
      return { int, big, double, written, bool, time, joined, array, object, wkt };
    });
    const body = rows.map(({ int, big, written, bool, time, joined, array, object, wkt }) =>
      [
        int,
        big,
        written,
        bool,
        time,
        time.slice(0, 10),
        time.slice(0, -1),
        quoted(joined),
        quoted(array),
        quoted(wkt),
        quoted(wkt),
        quoted(object),
        quoted(object),
      ].join("\t") + "\n"
    ).join("");
    return Effect.gen(function* () {
      const { read, bytes } = yield* DatasetRows;
      const got = yield* Stream.runCollect(read("P", "d"));
      const plain = got.map((row) => row.map((cell) => DateTime.isDateTime(cell) ? DateTime.formatIso(cell) : cell));
      expect(plain).toEqual(
        rows.map(({ int, big, double, bool, time, joined, array, object, wkt }) => [
          int,
          big,
          double,
          bool,
          time,
          time.slice(0, 10),
          time.slice(0, -1),
          joined,
          array,
          wkt,
          wkt,
          object,
          object,
        ]),
      );
      const lines = (yield* textOf(bytes("P", "d", { format: "ndjson" }))).split("\n").slice(0, -1);
      expect(lines.length).toBe(rows.length);
      lines.forEach((line, at) => {
        const { text, list, object } = JSON.parse(line);
        expect([text, list, object]).toEqual([
          rows[at]!.joined,
          JSON.parse(rows[at]!.array),
          JSON.parse(rows[at]!.object),
        ]);
        expect(line).toContain(`"big":${rows[at]!.big},`);
      });
    }).pipe(Effect.provide(answering(types, text(body))));
  }, { arbitrary: { runs: 60, size: 8 } });
});

describe("rows as bytes", () => {
  const body = '1\t"a,""b"""\t"{""x"":\n 12345678901234567890}"\tNaN\n\t""\t\t0.5\n';
  const types = { id: "bigint", "a,b": "string", more: "object", ratio: "double" };

  it.effect("are CSV, TSV and NDJSON", () =>
    Effect.gen(function* () {
      const { bytes } = yield* DatasetRows;
      expect(yield* textOf(bytes("P", "d", { format: "csv" }))).toBe(
        'id,"a,b",more,ratio\n1,"a,""b""","{""x"":\n 12345678901234567890}",NaN\n,"",,0.5\n',
      );
      expect(yield* textOf(bytes("P", "d", { format: "tsv" }))).toBe(`id\ta,b\tmore\tratio\n${body}`);
      expect(yield* textOf(bytes("P", "d", { format: "ndjson" }))).toBe(
        '{"id":1,"a,b":"a,\\"b\\"","more":{"x":  12345678901234567890},"ratio":"NaN"}\n' +
          '{"id":null,"a,b":"","more":null,"ratio":0.5}\n',
      );
    }).pipe(Effect.provide(answering(types, text(body)))));

  it.effect("have their head when there are no rows", () =>
    Effect.gen(function* () {
      const { bytes } = yield* DatasetRows;
      expect(yield* textOf(bytes("P", "d", { format: "csv" }))).toBe('id,"a,b",more,ratio\n');
      expect(yield* textOf(bytes("P", "d", { format: "ndjson" }))).toBe("");
    }).pipe(Effect.provide(answering(types, text("")))));
});
