import { Effect } from "effect";
import { Meaning } from "../../../mod.ts";
import { always, document, oneOf, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

itIsReturned("a meaning", {
  document: document({
    id: always("planet"),
    label: always("Planet"),
    type: always(oneOf("VALUES_LIST")),
    description: optional("Planets"),
    entries: optional([document({ value: always("venus"), color: optional("#ffaa00") })]),
    mappings: optional([document({ from: always("1"), to: optional({ value: "one" }) })]),
    pattern: optional("[a-z]+"),
    normalizationMode: optional(oneOf("LOWERCASE")),
    detectable: optional(false),
  }),
  schema: Meaning,
  through: {
    "Meanings.get": { call: ({ meanings }) => meanings.get("planet") },
    "Meanings.list": {
      answers: (meaning) => [[meaning]],
      call: ({ meanings }) => Effect.map(meanings.list(), ([first]) => first!),
    },
    "Meanings.update": {
      answers: (meaning) => [meaning, {}, meaning],
      call: ({ meanings }) => meanings.update("planet", (found) => found),
    },
  },
});
