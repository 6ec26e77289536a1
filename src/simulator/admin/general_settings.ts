/**
 * The general settings of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { emptyAnswer, invalid, jsonAnswer, type Route } from "../kernel/route.ts";
import { documentSent, isJsonObject } from "../kernel/stored_document.ts";
import { instance } from "./instance_state.ts";

const sections = ["containerSettings", "sparkSettings", "impersonation", "codeEnvs", "limits"];

/** @internal */
export const generalSettingsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/admin/general-settings",
    known: "public evidence",
    note: "The whole document; a part of the keys of a real one.",
    admin: true,
    handle: (_, world) => Effect.succeed(jsonAnswer(world.of(instance).settings)),
  },
  {
    method: "PUT",
    path: "/admin/general-settings",
    known: "public evidence",
    note: "Takes the place of the whole document; an empty answer. That a section must be an object is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(documentSent(world, call), (settings) => {
        const wrong = sections.find((key) => key in settings && !isJsonObject(settings[key]));
        if (wrong !== undefined) return Effect.fail(invalid(`${wrong} must be an object`));
        world.of(instance).settings = settings;
        return Effect.succeed(emptyAnswer);
      }),
  },
];
