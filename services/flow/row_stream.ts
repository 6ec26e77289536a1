/**
 * Rows as a stream: from the chunks of a tab-separated body to the verification at its end. One way for queries and for datasets.
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
import type { CellValue } from "../../schemas/flow/cell.ts";
import type { ColumnType } from "../../schemas/flow/dataset_schema.ts";
import type { Dss } from "../../src/connection/dss.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import { type DssErrorReason, Refused, Undecodable } from "../../src/errors/reasons.ts";
import { decodeValue } from "../../src/transport/answer.ts";
import type { DssRequest } from "../../src/transport/request.ts";
import { isLost } from "../../src/transport/retry.ts";
import { cellReader, emptyCell } from "./cells.ts";
import { TsvParser } from "./tsv.ts";
import { UnreadableCell } from "./unreadable_cell.ts";

/** What a stream of rows fails with. */
export type RowsFailure = DssError | UnreadableCell;

/** A row, in the order of the columns. */
export type Cells = ReadonlyArray<CellValue>;

/** How rows are read. */
export interface RowReading {
  readonly unreadable?: "fail" | "null" | ((cell: UnreadableCell) => void);
  readonly schema?: Schema.Codec<unknown, unknown>;
}

/** A column of rows. */
export interface RowColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** A read that was started in DSS. */
export interface RowSource {
  readonly columns: ReadonlyArray<RowColumn>;
  /** The body that has the rows; `undefined` when there are none. */
  readonly body: DssRequest | undefined;
  /** Asks whether the read ended well, and lets it go. */
  readonly finish: Effect.Effect<void, DssError>;
  /** What a program does about two columns of one name. */
  readonly renameAdvice: string;
  /** What a program does about rows that are not as its schema has them. */
  readonly schemaAdvice: string;
}

/** So many bytes become rows at a time, however much comes at once. */
const pieceSize = 65_536;

type Parser = TsvParser<CellValue, UnreadableCell>;

const parserOf = (columns: ReadonlyArray<RowColumn>, { unreadable = "fail" }: RowReading): Parser =>
  new TsvParser<CellValue, UnreadableCell>({
    cells: columns.map(({ type }) => cellReader(type)),
    nothing: null,
    empty: columns.map(({ type }) => emptyCell(type)),
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
type Convert<A> = (row: Cells, number: number) => Result.Result<A, DssErrorReason>;

/** Rows as they are. */
const asTheyAre: unique symbol = Symbol("as they are");

/** Rows as values of one type. */
const decoder = <A>(
  { columns, renameAdvice, schemaAdvice }: RowSource,
  schema: Schema.Codec<A, unknown>,
): Convert<A> => {
  const names = columns.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    const detail = `two columns are named ${twice}`;
    const reason = new Undecodable({ field: "schema", detail, advice: renameAdvice });
    return () => Result.fail(reason);
  }
  return (row, number) => {
    const named = Object.fromEntries(row.map((value, at) => [names[at]!, value]));
    const decoded = Effect.runSync(Effect.result(decodeValue(named, schema, `row ${number}`)));
    if (Result.isSuccess(decoded)) return decoded;
    const { field, detail } = decoded.failure;
    return Result.fail(new Undecodable({ field, detail, advice: schemaAdvice }));
  };
};

/** The rows in a body, piece by piece; those before a failure come before it. */
const rowsIn = <A>(
  body: Stream.Stream<Uint8Array, DssError>,
  parser: Parser,
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
    const convertAll = (rows: ReadonlyArray<Cells>): ReadonlyArray<A> => {
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
    const give = (rows: ReadonlyArray<Cells>): typeof next => {
      const values = convertAll(rows);
      return isReadonlyArrayNonEmpty(values) ? Effect.succeed(values) : next;
    };
    return Effect.succeed(next);
  });

/** A read, and whether DSS was asked how it ended. */
interface Session {
  readonly source: RowSource;
  isFinished: boolean;
}

const streamRows = <A>(
  dss: Dss,
  method: string,
  session: Session,
  options: RowReading,
): Stream.Stream<A, RowsFailure> => {
  const { source } = session;
  const failed = (reason: DssErrorReason): DssError => new DssError({ method, reason });
  const finish = Effect.tap(
    Effect.result(source.finish),
    () => Effect.sync(() => void (session.isFinished = true)),
  );
  const convert = options.schema === undefined
    ? asTheyAre
    : decoder<A>(source, options.schema as Schema.Codec<A, unknown>);
  const rows = source.body === undefined
    ? Stream.empty
    : rowsIn(dss.stream(method, source.body), parserOf(source.columns, options), convert, failed);
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

/** The rows of a read, which begins with them and ends with its verification; one that is left before is let go. */
export const rowsFrom = <A>(
  dss: Dss,
  method: string,
  start: Effect.Effect<RowSource, DssError>,
  options: RowReading = {},
): Stream.Stream<A, RowsFailure> => {
  const acquire = Effect.map(start, (source): Session => ({ source, isFinished: false }));
  // Whoever leaves early asks for nothing more: how the read ended is nothing to them.
  const release = ({ source, isFinished }: Session): Effect.Effect<void> =>
    isFinished ? Effect.void : Effect.ignore(source.finish);
  return Stream.unwrap(
    Effect.map(Effect.acquireRelease(acquire, release), (session) => streamRows<A>(dss, method, session, options)),
  );
};
