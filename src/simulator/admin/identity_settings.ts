/**
 * Where the users of the simulated DSS come from.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { emptyAnswer, invalid, jsonAnswer, type Route } from "../kernel/route.ts";
import { documentSent, isJsonObject } from "../kernel/stored_document.ts";
import { instance } from "./instance_state.ts";

/** The routes of one supplier of users. */
const supplier = (name: "sso-settings" | "ldap-settings" | "azure-ad-settings"): ReadonlyArray<Route> => [
  {
    method: "GET",
    path: `/admin/iam/${name}`,
    known: "official client",
    note: "The whole document; its fields are those that the client reads and writes.",
    admin: true,
    handle: (_, world) => Effect.succeed(jsonAnswer(world.of(instance).identity.get(name))),
  },
  {
    method: "PUT",
    path: `/admin/iam/${name}`,
    known: "official client",
    note: "Takes the place of the whole document; an empty answer. What is refused is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(documentSent(world, call), (settings) => {
        if (typeof settings.enabled !== "boolean") return Effect.fail(invalid("enabled must be true or false"));
        const wrong = ["openIDParams", "samlSPParams"].find((key) => key in settings && !isJsonObject(settings[key]));
        if (wrong !== undefined) return Effect.fail(invalid(`${wrong} must be an object`));
        world.of(instance).identity.set(name, settings);
        return Effect.succeed(emptyAnswer);
      }),
  },
];

/** @internal */
export const identitySettingsRoutes: ReadonlyArray<Route> = [
  ...supplier("sso-settings"),
  ...supplier("ldap-settings"),
  ...supplier("azure-ad-settings"),
];
