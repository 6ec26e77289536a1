/** Meanings: our calls for those of the official client. */
import { declarativeMeaning, type Meaning } from "../../../mod.ts";
import type { Noun } from "../harness/noun.ts";

const everything: Meaning = {
  ...declarativeMeaning("m1", "M", { description: "d", detectable: true }),
  type: "VALUES_MAPPING",
  entries: [{ value: "a" }, { value: "b" }],
  mappings: [{ from: "1", to: { value: "one" } }],
  pattern: "p",
  normalizationMode: "EXACT",
};

const meanings: Noun = {
  areas: ["meaning"],
  methods: {
    "DSSClient.list_meanings": { ours: "Meanings.list", calls: [({ meanings }) => meanings.list()] },
    "DSSClient.create_meaning": {
      ours: "Meanings.create",
      calls: [
        ({ meanings }) => meanings.create(declarativeMeaning("m1", "M")),
        ({ meanings }) => meanings.create(everything),
      ],
    },
    "DSSMeaning.get_definition": { ours: "Meanings.get", calls: [({ meanings }) => meanings.get("m1")] },
    "DSSMeaning.set_definition": {
      ours: "Meanings.save",
      calls: [({ meanings }) => meanings.save("m1", { id: "m1", label: "M" } as Meaning)],
    },
  },
  withoutRequest: { "DSSClient.get_meaning": "Meanings.get" },
  samples: {
    "GET /meanings/": [{ id: "m1", label: "M", type: "DECLARATIVE" }],
    "GET /meanings/{}": { id: "m1", label: "M", type: "DECLARATIVE" },
  },
};

export default meanings;
