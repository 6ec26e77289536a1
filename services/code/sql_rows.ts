/**
 * The rows of a query as a stream: from the chunks of the body to the verification at its end.
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
import { SqlQuery, type SqlRow, type SqlValue } from "../../schemas/code/sql_query.ts";
import { decodeValue } from "../../src/transport/answer.ts";
import type { Dss } from "../../src/connection/dss.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import { type DssErrorReason, Refused, Undecodable } from "../../src/errors/reasons.ts";
import { get, path } from "../../src/transport/request.ts";
import { isLost } from "../../src/transport/retry.ts";
import { cellReader, emptyCell } from "../flow/cells.ts";
import type { SqlRowsAs, SqlRowsOptions } from "./sql_options.ts";
import { TsvParser } from "../flow/tsv.ts";
import { UnreadableCell } from "../flow/unreadable_cell.ts";

/** What a stream of rows fails with. */
export type RowsFailure = DssError | UnreadableCell;

/** So many bytes become rows at a time, however much comes at once. */
const pieceSize = 65_536;

/** Asks whether a query ended well, which also lets DSS forget it: therefore once. */
export const finishStreaming = (dss: Dss, method: string, { queryId }: SqlQuery): Effect.Effect<void, DssError> =>
  dss.empty(method, get(path`/sql/queries/${queryId}/finish-streaming`, { repeatable: false }));

type Parser = TsvParser<SqlValue, UnreadableCell>;

const parserOf = (query: SqlQuery, { unreadable = "fail" }: SqlRowsOptions): Parser => {
  const columns = SqlQuery.columns(query);
  return new TsvParser<SqlValue, UnreadableCell>({
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
};

/** What a row becomes. */
type Convert<A> = (row: SqlRow, number: number) => Result.Result<A, DssErrorReason>;

/** Rows as they are. */
const asTheyAre: unique symbol = Symbol("as they are");

/** Rows as values of one type. */
const decoder = <A>(query: SqlQuery, schema: Schema.Codec<A, unknown>): Convert<A> => {
  const names = SqlQuery.columns(query).map(({ name }) => name);
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
    const advice = "change the `schema` that was given for the rows, or what the query selects";
    return Result.fail(new Undecodable({ field, detail, advice }));
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
    const convertAll = (rows: ReadonlyArray<SqlRow>): ReadonlyArray<A> => {
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
    const give = (rows: ReadonlyArray<SqlRow>): typeof next => {
      const values = convertAll(rows);
      return isReadonlyArrayNonEmpty(values) ? Effect.succeed(values) : next;
    };
    return Effect.succeed(next);
  });

/** A query that was started, and whether DSS was asked how it ended. */
interface Session {
  readonly query: SqlQuery;
  isFinished: boolean;
}

const streamRows = <A>(
  dss: Dss,
  method: string,
  session: Session,
  options: SqlRowsOptions,
  convert: Convert<A> | typeof asTheyAre,
): Stream.Stream<A, RowsFailure> => {
  const { query } = session;
  const failed = (reason: DssErrorReason): DssError => new DssError({ method, reason });
  const finish = Effect.tap(
    Effect.result(finishStreaming(dss, method, query)),
    () => Effect.sync(() => void (session.isFinished = true)),
  );
  const hasRows = query.hasResults ?? SqlQuery.columns(query).length > 0;
  const request = get(path`/sql/queries/${query.queryId}/stream`, {
    query: { format: "tsv-excel-noheader" },
    // What was read of it once is not in it again.
    repeatable: false,
  });
  const rows = hasRows ? rowsIn(dss.stream(method, request), parserOf(query, options), convert, failed) : Stream.empty;
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

/** The rows of a query, which begins with them and ends with its verification; a query that is left before is let go. */
export const rowsOf = <A>(
  dss: Dss,
  method: string,
  start: Effect.Effect<SqlQuery, DssError>,
  options: SqlRowsOptions | SqlRowsAs<A> = {},
): Stream.Stream<A, RowsFailure> => {
  const acquire = Effect.map(start, (query): Session => ({ query, isFinished: false }));
  // Whoever leaves early asks for nothing more: how the query ended is nothing to them.
  const release = ({ query, isFinished }: Session): Effect.Effect<void> =>
    isFinished ? Effect.void : Effect.ignore(finishStreaming(dss, method, query));
  return Stream.unwrap(Effect.map(Effect.acquireRelease(acquire, release), (session) =>
    streamRows(
      dss,
      method,
      session,
      options,
      "schema" in options ? decoder(session.query, options.schema) : asTheyAre,
    )));
};
