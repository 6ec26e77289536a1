/**
 * The logs of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { jsonAnswer, missing, type Route } from "../kernel/route.ts";
import { instance } from "./instance_state.ts";

/** @internal */
export const instanceLogsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/admin/logs/",
    known: "public evidence",
    note: "Objects with name and size, which other programs find as plain names; `lastModified` is assumed.",
    admin: true,
    handle: (_, world) =>
      Effect.succeed(jsonAnswer([...world.of(instance).logs].map(([name, { text, lastModified }]) => ({
        name,
        totalSize: new TextEncoder().encode(text).length,
        lastModified,
      })))),
  },
  {
    method: "GET",
    path: "/admin/logs/:logName",
    known: "official client",
    note: "The text, as a string in JSON.",
    admin: true,
    handle: ({ params }, world) => {
      const log = world.of(instance).logs.get(params.logName!);
      return log === undefined ? Effect.fail(missing(`Log ${params.logName}`)) : Effect.succeed(jsonAnswer(log.text));
    },
  },
];
