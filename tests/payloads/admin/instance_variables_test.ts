import { Schema } from "effect";
import { document, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

const variables = document({ env: optional("prod"), retention_days: optional(30), nested: optional([1, null]) });

itIsReturned("variables of the instance", {
  document: variables,
  schema: Schema.Record(Schema.String, Schema.Unknown),
  through: {
    "InstanceVariables.get": { call: ({ instanceVariables }) => instanceVariables.get() },
    "InstanceVariables.update": { call: ({ instanceVariables }) => instanceVariables.update((all) => all) },
    "InstanceVariables.save": { call: ({ instanceVariables }, all) => instanceVariables.save(all) },
    "InstanceVariables.resolved": { call: ({ instanceVariables }) => instanceVariables.resolved("SALES") },
  },
});
