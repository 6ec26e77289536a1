/** SQL: our calls for those of the official client. */
import { Effect, Stream } from "effect";
import type { Noun } from "../harness/noun.ts";

const sql: Noun = {
  areas: ["sqlquery"],
  methods: {
    "DSSClient.sql_query": {
      ours: "Sql.start",
      calls: [
        ({ sql }) => sql.start("SELECT 1", { connection: "pg" }),
        ({ sql }) =>
          sql.start("SELECT 1", {
            connection: "pg",
            database: "db",
            dataset: "WIRE_PROJ.x",
            projectKey: "WIRE_PROJ",
            type: "hive",
            preQueries: ["SET a=1"],
            postQueries: ["COMMIT"],
            extraConf: { k: "v" },
            scriptSteps: [],
            scriptInputSchema: {},
            scriptOutputSchema: {},
            scriptReportLocation: "/r",
            readTimestampWithoutTimezoneAsString: false,
            readDateAsString: true,
            datetimeNoTzReadMode: "AS_STRING",
            dateOnlyReadMode: "AS_STRING",
          }),
        ({ sql }) => sql.start("SELECT 1", { dataset: "WIRE_PROJ.x" }),
      ],
    },
    "DSSSQLQuery.__init__": { ours: "Sql.start", calls: [] },
    "DSSSQLQuery.iter_rows": {
      ours: "Sql.rows",
      calls: [({ sql }) => Stream.runDrain(sql.stream("SELECT 1", { connection: "pg" }))],
    },
    "DSSSQLQuery.verify": {
      ours: "Sql.verify",
      calls: [({ sql }) => Effect.flatMap(sql.start("SELECT 1", { connection: "pg" }), sql.verify)],
    },
  },
  withoutRequest: { "DSSSQLQuery.get_schema": "SqlQuery.columns" },
};

export default sql;
