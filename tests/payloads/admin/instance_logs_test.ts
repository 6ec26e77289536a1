import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { InstanceLogs, LogFile } from "../../../mod.ts";
import { dssServer, json } from "../../fixtures/dss_server.ts";
import { always, document, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

itIsReturned("a log in the list", {
  document: document({
    name: always("backend.log"),
    totalSize: optional(10_485_760),
    lastModified: optional(1759312596668),
  }),
  schema: LogFile,
  through: {
    "InstanceLogs.list": {
      answers: (file) => [[file]],
      call: ({ instanceLogs }) => Effect.map(instanceLogs.list(), ([file]) => file!),
    },
  },
  accessors: [LogFile.modifiedAt],
});

describe("logs that are listed by nothing but their names", () => {
  it.effect("have their names", () =>
    Effect.gen(function* () {
      expect(yield* (yield* InstanceLogs).list()).toEqual([{ name: "backend.log" }, { name: "nginx.log" }]);
    }).pipe(Effect.provide(dssServer(() => json(["backend.log", { name: "nginx.log" }])))));
});
