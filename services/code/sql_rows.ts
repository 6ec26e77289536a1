/**
 * The rows of a query: where they are read, and how DSS is asked whether it ended well.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import type * as Stream from "effect/Stream";
import { SqlQuery } from "../../schemas/code/sql_query.ts";
import type { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { get, path } from "../../src/transport/request.ts";
import { type RowsFailure, rowsFrom, type RowSource } from "../flow/row_stream.ts";
import type { SqlRowsAs, SqlRowsOptions } from "./sql_options.ts";

/** Asks whether a query ended well, which also lets DSS forget it: therefore once. */
export const finishStreaming = (dss: Dss, method: string, { queryId }: SqlQuery): Effect.Effect<void, DssError> =>
  dss.empty(method, get(path`/sql/queries/${queryId}/finish-streaming`, { repeatable: false }));

const sourceOf = (dss: Dss, method: string, query: SqlQuery): RowSource => {
  const columns = SqlQuery.columns(query);
  const request = get(path`/sql/queries/${query.queryId}/stream`, {
    query: { format: "tsv-excel-noheader" },
    // What was read of it once is not in it again.
    repeatable: false,
  });
  return {
    columns,
    body: query.hasResults ?? columns.length > 0 ? request : undefined,
    finish: finishStreaming(dss, method, query),
    renameAdvice: "give one of them another name in the query, with AS, or read the rows without `schema`",
    schemaAdvice: "change the `schema` that was given for the rows, or what the query selects",
  };
};

/** The rows of a query, which begins with them and ends with its verification; a query that is left before is let go. */
export const rowsOf = <A>(
  dss: Dss,
  method: string,
  start: Effect.Effect<SqlQuery, DssError>,
  options: SqlRowsOptions | SqlRowsAs<A> = {},
): Stream.Stream<A, RowsFailure> =>
  rowsFrom<A>(dss, method, Effect.map(start, (query) => sourceOf(dss, method, query)), options);
