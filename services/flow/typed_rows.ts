/**
 * Rows that DSS streams, as values: from the chunks of the body to the verification at its end.
 *
 * @module
 * @internal
 */
import { isReadonlyArrayNonEmpty, type NonEmptyReadonlyArray } from "effect/Array";
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Pull from "effect/Pull";
import * as Result from "effect/Result";
import type * as Schema from "effect/Schema";
import * as Stream from "effect/Stream";
import type { ColumnType } from "../../schemas/flow/dataset_schema.ts";
import { decodeValue } from "../../src/transport/answer.ts";
import type { Dss } from "../../src/connection/dss.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import { type DssErrorReason, Refused, Undecodable } from "../../src/errors/reasons.ts";
import type { DssRequest } from "../../src/transport/request.ts";
import { isLost } from "../../src/transport/retry.ts";
import type { RowsAs, RowsOptions } from "./rows_options.ts";
import { type ReadCell, TsvParser } from "./tsv.ts";
import { UnreadableCell } from "./unreadable_cell.ts";

/** What a stream of rows fails with. */
export type RowsFailure = DssError | UnreadableCell;

/** So many bytes become rows at a time, however much comes at once. */
const pieceSize = 65_536;

/** A column of rows. */
export interface RowsColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** Rows that can be read once. */
export interface OpenRows {
  readonly columns: ReadonlyArray<RowsColumn>;
  /** Gives the rows, tab-separated and without a header; of `undefined` there are none. */
  readonly request: DssRequest | undefined;
  /** Asks whether the rows ended well, which also lets DSS forget them: therefore once. */
  readonly finish: Effect.Effect<void, DssError>;
}

/** How cells become values, by the type of their column. */
export interface CellReading<V> {
  readonly reader: (type: ColumnType) => ReadCell<V>;
  /** What empty quotes are. */
  readonly empty: (type: ColumnType) => V;
}

type Parser<V> = TsvParser<V | null, UnreadableCell>;

const parserOf = <V>(
  columns: ReadonlyArray<RowsColumn>,
  { reader, empty }: CellReading<V>,
  { unreadable = "fail" }: RowsOptions,
): Parser<V> =>
  new TsvParser<V | null, UnreadableCell>({
    cells: columns.map(({ type }) => reader(type)),
    nothing: null,
    empty: columns.map(({ type }) => empty(type)),
    unreadable: (row, { column, text, hasOtherBytes }) => {
      if (unreadable === "null") return undefined;
      const { name, type } = columns[column]!;
      const cell = new UnreadableCell({ row, column: name, type, text, ...(hasOtherBytes ? { hasOtherBytes } : {}) });
      if (unreadable === "fail") return cell;
      unreadable(cell);
      return undefined;
    },
  });

/** What a row becomes. */
type Convert<A> = (row: ReadonlyArray<unknown>, number: number) => Result.Result<A, DssErrorReason>;

/** Rows as they are. */
const asTheyAre: unique symbol = Symbol("as they are");

/** Rows as values of one type. */
const decoder = <A>(columns: ReadonlyArray<RowsColumn>, schema: Schema.Codec<A, unknown>): Convert<A> => {
  const names = columns.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    const reason = new Undecodable({
      field: "schema",
      detail: `two columns are named ${twice}`,
      advice: "give one of them another name in the query, with AS, or read the rows without `schema`",
    });
    return () => Result.fail(reason);
  }
  return (row, number) => {
    const named = Object.fromEntries(row.map((value, at) => [names[at]!, value]));
    const decoded = Effect.runSync(Effect.result(decodeValue(named, schema, `row ${number}`)));
    if (Result.isSuccess(decoded)) return decoded;
    const { field, detail } = decoded.failure;
    // The schema is the user's own.
    const advice = "change the `schema` that was given for the rows, or the columns that are read";
    return Result.fail(new Undecodable({ field, detail, advice }));
  };
};

/** The rows in a body, piece by piece; those before a failure come before it. */
const rowsIn = <V, A>(
  body: Stream.Stream<Uint8Array, DssError>,
  parser: Parser<V>,
  convert: Convert<A> | typeof asTheyAre,
  failed: (reason: DssErrorReason) => DssError,
): Stream.Stream<A, RowsFailure> =>
  Stream.transformPull(body, (pull) => {
    const pieces: Array<Uint8Array> = [];
    let failure: RowsFailure | undefined;
    let number = 0;
    let hasEnded = false;

    const fill = Effect.map(pull, (chunks): void => {
      for (const chunk of chunks) {
        for (let at = 0; at < chunk.length; at += pieceSize) pieces.push(chunk.subarray(at, at + pieceSize));
      }
      pieces.reverse();
    });
    const fillOrEnd = Pull.catchDone(fill, () => Effect.sync(() => void (hasEnded = true)));
    const stopAtFailure = (): void => {
      const reason = parser.failure;
      if (reason !== undefined) failure = reason._tag === "UnreadableCell" ? reason : failed(reason);
    };
    const convertAll = (rows: ReadonlyArray<ReadonlyArray<V | null>>): ReadonlyArray<A> => {
      if (convert === asTheyAre) {
        stopAtFailure();
        return rows as ReadonlyArray<A>;
      }
      const values: Array<A> = [];
      for (const row of rows) {
        const value = convert(row, ++number);
        if (Result.isFailure(value)) {
          failure = failed(value.failure);
          return values;
        }
        values.push(value.success);
      }
      stopAtFailure();
      return values;
    };
    const next: Pull.Pull<NonEmptyReadonlyArray<A>, RowsFailure> = Effect.suspend(() => {
      if (failure !== undefined) return Effect.fail(failure);
      if (hasEnded) return Cause.done();
      const piece = pieces.pop();
      if (piece !== undefined) return give(parser.push(piece));
      return Effect.andThen(fillOrEnd, Effect.suspend(() => hasEnded ? give(parser.end()) : next));
    });
    const give = (rows: ReadonlyArray<ReadonlyArray<V | null>>): typeof next => {
      const values = convertAll(rows);
      return isReadonlyArrayNonEmpty(values) ? Effect.succeed(values) : next;
    };
    return Effect.succeed(next);
  });

/** Rows that are read, and whether DSS was asked how they ended. */
interface Session {
  readonly rows: OpenRows;
  isFinished: boolean;
}

const streamRows = <V, A>(
  dss: Dss,
  method: string,
  session: Session,
  reading: CellReading<V>,
  options: RowsOptions | RowsAs<A>,
): Stream.Stream<A, RowsFailure> => {
  const { columns, request, finish: ask } = session.rows;
  const failed = (reason: DssErrorReason): DssError => new DssError({ method, reason });
  const finish = Effect.tap(Effect.result(ask), () => Effect.sync(() => void (session.isFinished = true)));
  const convert = "schema" in options ? decoder(columns, options.schema) : asTheyAre;
  const rows = request === undefined
    ? Stream.empty
    : rowsIn(dss.stream(method, request), parserOf(columns, reading, options), convert, failed);
  return rows.pipe(
    // A body that breaks off does not say why; DSS does.
    Stream.catch((error) =>
      error._tag === "DssError" && isLost(error.reason)
        ? Stream.fromEffectDrain(
          Effect.flatMap(
            finish,
            (end) => Effect.fail(Result.isFailure(end) && end.failure.reason instanceof Refused ? end.failure : error),
          ),
        )
        : Stream.fail(error)
    ),
    Stream.concat(Stream.fromEffectDrain(Effect.flatMap(finish, Effect.fromResult))),
  );
};

/** Rows as a stream, which begins with them and ends with their verification; rows that are left before are let go. */
export const rowsOf = <V, A>(
  dss: Dss,
  method: string,
  start: Effect.Effect<OpenRows, DssError>,
  reading: CellReading<V>,
  options: RowsOptions | RowsAs<A> = {},
): Stream.Stream<A, RowsFailure> => {
  const acquire = Effect.map(start, (rows): Session => ({ rows, isFinished: false }));
  // Whoever leaves early asks for nothing more: how the rows would have ended is nothing to them.
  const release = ({ rows, isFinished }: Session): Effect.Effect<void> =>
    isFinished ? Effect.void : Effect.ignore(rows.finish);
  return Stream.unwrap(Effect.map(
    Effect.acquireRelease(acquire, release),
    (session) => streamRows<V, A>(dss, method, session, reading, options),
  ));
};
