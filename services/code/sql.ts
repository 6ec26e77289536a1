/**
 * SQL: queries of databases through DSS, whose rows are streams.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type * as Stream from "effect/Stream";
import { SqlQuery, type SqlRow } from "../../schemas/code/sql_query.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import type { SqlQueryOptions, SqlRowsAs, SqlRowsOptions } from "./sql_options.ts";
import { finishStreaming, rowsOf } from "./sql_rows.ts";
import type { UnreadableCell } from "../flow/unreadable_cell.ts";

export * from "../../schemas/code/sql_query.ts";
export type * from "./sql_options.ts";
export * from "../flow/unreadable_cell.ts";

/**
 * SQL: queries of databases through DSS, whose rows are streams.
 *
 * A stream of rows holds a piece of the answer and nothing more, and reads on when its rows were taken. It ends well only when DSS has said
 * that the query did: whatever goes wrong after the first row fails it. A stream that is left early lets the query go.
 *
 * @example
 * ```ts
 * import { Effect, Schema, Stream } from "effect";
 * import { Sql } from "@effect-dataiku/dss/sql";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const Country = Schema.Struct({ code: Schema.String, name: Schema.String });
 *
 * const program = Effect.gen(function* () {
 *   const sql = yield* Sql;
 *   const countries = sql.stream("SELECT * FROM countries", { connection: "pg_dwh", schema: Country });
 *   return yield* Stream.runCollect(countries);
 * });
 * const countries = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (countries[0]?.code !== "DE") throw new Error("unexpected");
 * ```
 */
export interface Sql {
  /**
   * Starts a query; its columns are known then, and its rows can be read once. It is open in DSS until `rows` or `verify` is at its end.
   *
   * It is never sent twice: a lost answer is `OutcomeUnknown`.
   */
  start(query: string, options: SqlQueryOptions): Effect.Effect<SqlQuery, DssError>;
  /** The rows of a query that was started, each as a value of one type. */
  rows<A>(query: SqlQuery, options: SqlRowsAs<A>): Stream.Stream<A, DssError | UnreadableCell>;
  /** The rows of a query that was started. */
  rows(query: SqlQuery, options?: SqlRowsOptions): Stream.Stream<SqlRow, DssError | UnreadableCell>;
  /** Starts a query each time it is run, and gives its rows, each as a value of one type. */
  stream<A>(query: string, options: SqlQueryOptions & SqlRowsAs<A>): Stream.Stream<A, DssError | UnreadableCell>;
  /** Starts a query each time it is run, and gives its rows. */
  stream(query: string, options: SqlQueryOptions & SqlRowsOptions): Stream.Stream<SqlRow, DssError | UnreadableCell>;
  /** Asks whether a query ended well, and lets it go: for queries whose rows are not read, `rows` does it at its end. */
  verify(query: SqlQuery): Effect.Effect<void, DssError>;
}

/** Key of {@linkcode Sql}, with its layer. */
export const Sql: DssService<Sql> = service(
  "Sql",
  Effect.map(Dss, (dss): Sql => {
    const start = (method: string, query: string, options: SqlQueryOptions): Effect.Effect<SqlQuery, DssError> => {
      const json = {
        query,
        preQueries: options.preQueries ?? null,
        postQueries: options.postQueries ?? null,
        connection: options.connection ?? null,
        database: options.database ?? null,
        datasetFullName: options.dataset ?? null,
        projectKey: options.projectKey ?? null,
        type: options.type ?? "sql",
        extraConf: options.extraConf ?? {},
        scriptSteps: options.scriptSteps ?? null,
        scriptInputSchema: options.scriptInputSchema ?? null,
        scriptOutputSchema: options.scriptOutputSchema ?? null,
        scriptReportLocation: options.scriptReportLocation ?? null,
        datetimenotzReadMode: options.datetimeNoTzReadMode ?? "AS_IS",
        dateonlyReadMode: options.dateOnlyReadMode ?? "AS_IS",
        readTimestampWithoutTimezoneAsString: options.readTimestampWithoutTimezoneAsString ?? true,
        readDateAsString: options.readDateAsString ?? false,
      };
      return dss.json(method, post(path`/sql/queries/`, { json, slow: true, starts: true }), SqlQuery);
    };
    return {
      start: (query, options) => start("Sql.start", query, options),
      rows: <A>(query: SqlQuery, options?: SqlRowsOptions | SqlRowsAs<A>) =>
        rowsOf<A>(dss, "Sql.rows", Effect.succeed(query), options),
      stream: <A>(query: string, options: SqlQueryOptions & (SqlRowsOptions | SqlRowsAs<A>)) =>
        rowsOf<A>(dss, "Sql.stream", start("Sql.stream", query, options), options),
      verify: (query) => finishStreaming(dss, "Sql.verify", query),
    };
  }),
);
