/**
 * The general settings of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { emptyAnswer, invalid, jsonAnswer, type Route } from "../kernel/route.ts";
import { documentSent, isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import { instance } from "./instance_state.ts";

const sections = ["containerSettings", "sparkSettings", "impersonation", "codeEnvs", "limits"];

/** What this DSS knows besides what it has: it drops other keys, with a success. */
const known: ReadonlySet<string> = new Set([...sections, "globalTagsCategories", "studioExternalUrl", "ldapSettings"]);

/** An execution configuration in containers that names an image build configuration that is not there. */
const withUnknownBuild = ({ containerSettings }: JsonObject): JsonObject | undefined => {
  const { buildConfigs, executionConfigs } = isJsonObject(containerSettings) ? containerSettings : {};
  const names = new Set(jsonObjects(buildConfigs).flatMap(({ id, name }) => [id, name]));
  return jsonObjects(executionConfigs).find((config) =>
    Object.entries(config).some(([key, value]) =>
      /^buildConfig/.test(key) && typeof value === "string" && value !== "" && !names.has(value)
    )
  );
};

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
    note:
      "Takes the place of the whole document; an empty answer. Unknown keys are dropped with a success, and an execution configuration of an unknown image build configuration is refused. Which keys are known, how a configuration names the other, and that a section must be an object, is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(documentSent(world, call), (settings) => {
        const wrong = sections.find((key) => key in settings && !isJsonObject(settings[key]));
        if (wrong !== undefined) return Effect.fail(invalid(`${wrong} must be an object`));
        const homeless = withUnknownBuild(settings);
        if (homeless !== undefined) {
          return Effect.fail(
            invalid(`Execution configuration ${homeless.name} has an unknown image build configuration`),
          );
        }
        const state = world.of(instance);
        const isKept = ([key]: [string, unknown]): boolean => known.has(key) || key in state.settings;
        state.settings = Object.fromEntries(Object.entries(settings).filter(isKept));
        return Effect.succeed(emptyAnswer);
      }),
  },
];
