/**
 * What a query and the reading of its rows may be told.
 *
 * @module
 */
import type { RowsAs, RowsOptions } from "../flow/rows_options.ts";

/** How values without a time zone, or without a time, are read from the database. */
export type SqlReadMode =
  /** As the type that DSS has for them. */
  | "AS_IS"
  /** As texts, written by the database. */
  | "AS_STRING"
  /** As instants, in UTC. */
  | "AS_DATE"
  | (string & Record<never, never>);

/** Where a query runs, which is one of `connection`, `database` and `dataset`, and how. */
export interface SqlQueryOptions {
  /** Name of a connection. */
  readonly connection?: string;
  /** Name of a database, for Hive and Impala. */
  readonly database?: string;
  /** A dataset, as `SALES.orders_raw`, on whose connection the query runs. */
  readonly dataset?: string;
  /** The project in which it runs, where users are told apart. */
  readonly projectKey?: string;
  /**
   * Language of the query.
   *
   * @default {"sql"}
   */
  readonly type?: "sql" | "hive" | "impala" | (string & Record<never, never>);
  /** Statements that run before. */
  readonly preQueries?: ReadonlyArray<string>;
  /** Statements that run after. What a query writes is rolled back unless one of them is `COMMIT`. */
  readonly postQueries?: ReadonlyArray<string>;
  /** Configuration of Hive and Impala. */
  readonly extraConf?: Readonly<Record<string, unknown>>;
  /**
   * How timestamps without a time zone are read, when they are not read as texts.
   *
   * @default {"AS_IS"}
   */
  readonly datetimeNoTzReadMode?: SqlReadMode;
  /**
   * How days are read.
   *
   * @default {"AS_IS"}
   */
  readonly dateOnlyReadMode?: SqlReadMode;
  /**
   * Whether timestamps without a time zone are read as texts.
   *
   * @default {true}
   */
  readonly readTimestampWithoutTimezoneAsString?: boolean;
  /**
   * Whether days are read as texts.
   *
   * @default {false}
   */
  readonly readDateAsString?: boolean;
  /** Steps of a script of preparation that DSS applies to the rows, as JSON. */
  readonly scriptSteps?: ReadonlyArray<unknown>;
  /** Schema of the rows before the script, as JSON. */
  readonly scriptInputSchema?: unknown;
  /** Schema of the rows after the script, as JSON. */
  readonly scriptOutputSchema?: unknown;
  /** Where DSS puts the report of the script. */
  readonly scriptReportLocation?: string;
}

/** How the rows of a query are read. */
export type SqlRowsOptions = RowsOptions;

/** How the rows of a query are read as values of one type. */
export type SqlRowsAs<A> = RowsAs<A>;
