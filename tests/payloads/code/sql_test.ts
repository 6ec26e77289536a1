import { Effect } from "effect";
import { SqlColumn, SqlQuery } from "../../../mod.ts";
import { always, document, oneOf, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

const column = document({
  name: always("id"),
  type: always(oneOf("bigint")),
  length: optional(20),
  comment: optional("Number of the order"),
  originalType: optional("int8"),
  originalSQLType: optional("INT64"),
});

const start = { connection: "pg_dwh" };

itIsReturned("a query, its columns in an array", {
  document: document({ queryId: always("q8Zk3nQ9fA"), hasResults: optional(true), schema: optional([column]) }),
  schema: SqlQuery,
  through: { "Sql.start": { call: ({ sql }) => sql.start("SELECT 1", start) } },
  accessors: [SqlQuery.columns],
});

itIsReturned("a query, its columns in an object", {
  document: document({ queryId: always("q8Zk3nQ9fA"), schema: always(document({ columns: always([column]) })) }),
  schema: SqlQuery,
  through: { "Sql.start": { call: ({ sql }) => sql.start("SELECT 1", start) } },
  accessors: [SqlQuery.columns],
});

itIsReturned("a column of a query", {
  document: column,
  schema: SqlColumn,
  through: {
    "SqlQuery.columns": {
      answers: (column) => [{ queryId: "q1", schema: [column] }],
      call: ({ sql }) => Effect.map(sql.start("SELECT 1", start), (query) => SqlQuery.columns(query)[0]!),
    },
  },
});
