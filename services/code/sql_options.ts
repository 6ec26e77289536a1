/**
 * What a query and the reading of its rows may be told.
 *
 * @module
 */
import type * as Schema from "effect/Schema";
import type { UnreadableCell } from "../flow/unreadable_cell.ts";

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

/** How rows are read. */
export interface SqlRowsOptions {
  /**
   * What is done with a cell that is not of the type of its column: it fails the stream, or it is `null`; a function collects it, and it is
   * `null` too. What the function throws is a defect.
   *
   * @default {"fail"}
   */
  readonly unreadable?: "fail" | "null" | ((cell: UnreadableCell) => void);
}

/** How rows are read as values of one type. */
export interface SqlRowsAs<A> extends SqlRowsOptions {
  /** Decodes a row, which is an object with the names of the columns as keys. */
  readonly schema: Schema.Codec<A, unknown>;
}
