/**
 * The code environments of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import {
  addCodeEnv,
  codeEnvKey,
  type CodeEnvRecord,
  codeEnvs,
  deploymentModes,
  hasInterpreter,
  hasVersions,
  installPackages,
  languages,
  listed,
  storedSettings,
  versionsOf,
} from "./code_envs_state.ts";
import { codeEnvBuildRoutes } from "./code_env_builds.ts";
import { workOn } from "./code_envs_work.ts";
import {
  type Call,
  conflict,
  invalid,
  jsonAnswer,
  missing,
  type Route,
  SimulatedRefusal,
  textAnswer,
} from "../kernel/route.ts";
import { documentSent, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { findProject } from "../projects/projects_state.ts";

/** @internal The code environment that a request names. */
export const findCodeEnv = (world: World, { params }: Call): Effect.Effect<CodeEnvRecord, SimulatedRefusal> => {
  const record = world.of(codeEnvs).get(codeEnvKey(params.lang!, params.name!));
  return record === undefined
    ? Effect.fail(missing(`Code environment ${params.name} of ${params.lang}`))
    : Effect.succeed(record);
};

/** The same, unless its files were never made. */
const findWhole = (world: World, call: Call): Effect.Effect<CodeEnvRecord, SimulatedRefusal> =>
  Effect.flatMap(findCodeEnv(world, call), (record) =>
    record.isBroken
      ? Effect.fail(
        new SimulatedRefusal({
          status: 500,
          errorType: "java.io.IOException",
          detail: `Not a file: code-envs/desc/${record.lang.toLowerCase()}/${record.name}/desc.json`,
        }),
      )
      : Effect.succeed(record));

const isText = (value: unknown): boolean => value === undefined || value === null || typeof value === "string";
const isFlag = (value: unknown): boolean => value === undefined || value === null || typeof value === "boolean";

/** Why what is sent cannot be how a code environment is made. */
const faultInDescription = (sent: JsonObject): SimulatedRefusal | undefined => {
  const wrong = ["pythonInterpreter", "corePackagesSet", "specPackageList"].find((key) => !isText(sent[key])) ??
    ["conda", "installCorePackages", "installJupyterSupport"].find((key) => !isFlag(sent[key]));
  if (wrong !== undefined) return invalid(`${wrong} of a code environment is not of the right type`);
  return deploymentModes.includes(String(sent.deploymentMode))
    ? undefined
    : invalid(`${sent.deploymentMode} is no deployment mode of code environments`);
};

/** Why settings cannot be stored. */
const faultInSettings = (sent: JsonObject): SimulatedRefusal | undefined => {
  const wrong = ["specPackageList", "specCondaEnvironment", "owner"].find((key) => !isText(sent[key])) ??
    ["usableByAll", "allContainerConfs", "allSparkKubernetesConfs"].find((key) => !isFlag(sent[key])) ??
    ["permissions", "containerConfs", "sparkKubernetesConfs", "versions"].find((key) =>
      sent[key] !== undefined && sent[key] !== null && !Array.isArray(sent[key])
    );
  return wrong === undefined ? undefined : invalid(`${wrong} of a code environment is not of the right type`);
};

/** @internal */
export const codeEnvsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/admin/code-envs/",
    known: "public evidence",
    note: "envName, envLang, deploymentMode, owner, pythonInterpreter and isUptodate.",
    admin: true,
    handle: (_, world) => Effect.succeed(jsonAnswer([...world.of(codeEnvs).values()].map(listed))),
  },
  {
    method: "GET",
    path: "/admin/code-envs/usages",
    known: "official client",
    note: "envUsage, projectKey and objectId; the language and the name are public evidence.",
    admin: true,
    handle: (_, world) => Effect.succeed(jsonAnswer([...world.of(codeEnvs).values()].flatMap(({ usages }) => usages))),
  },
  {
    method: "POST",
    path: "/admin/code-envs/:lang/:name",
    known: "public evidence",
    note:
      "envName and messages, or a future; also for an interpreter that the machine lacks: looks at the environment fail then. Which it has, that an environment whose build fails is there all the same, that a taken name is refused with 409, and how long it takes are assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const { lang, name } = call.params;
        const sent = yield* documentSent(world, call);
        const fault = languages.includes(lang!.toUpperCase())
          ? faultInDescription(sent)
          : invalid(`${lang} is no language of code environments`);
        if (fault !== undefined) return yield* Effect.fail(fault);
        if (world.of(codeEnvs).has(codeEnvKey(lang!, name!))) {
          return yield* Effect.fail(conflict(`Code environment ${name} of ${lang} exists already`));
        }
        const record = addCodeEnv(world, lang!, name!, { owner: call.user.login, allContainerConfs: true, ...sent });
        record.isBroken = !hasInterpreter(sent);
        return yield* workOn(world, call, {
          record,
          task: "create",
          kind: "CODE_ENV_CREATE",
          seconds: 30,
          lines: [
            `Creating an environment of ${lang}`,
            ...(record.isBroken ? [`${sent.pythonInterpreter} was not found on the machine`] : []),
          ],
          done: () => record.isBroken ? undefined : installPackages(record, null),
          result: { envName: record.name },
        });
      }),
  },
  {
    method: "GET",
    path: "/admin/code-envs/:lang/:name",
    known: "public evidence",
    note: "The whole document of a design node; that of an automation node is read from the official client.",
    admin: true,
    handle: (call, world) => Effect.map(findWhole(world, call), ({ settings }) => jsonAnswer(settings)),
  },
  {
    method: "PUT",
    path: "/admin/code-envs/:lang/:name",
    known: "public evidence",
    note:
      "Takes the place of the whole document and answers it, without any future; that nothing is installed by it is documented. What is in desc too follows the document. That the names stay is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const record = yield* findWhole(world, call);
        const sent = yield* documentSent(world, call);
        const fault = faultInSettings(sent);
        if (fault !== undefined) return yield* Effect.fail(fault);
        const { envName, envLang, deploymentMode } = record.settings;
        const next = storedSettings({ ...sent, envName, envLang, deploymentMode });
        if (JSON.stringify(next) !== JSON.stringify(record.settings)) record.isUptodate = false;
        record.settings = next;
        return jsonAnswer(next);
      }),
  },
  {
    method: "DELETE",
    path: "/admin/code-envs/:lang/:name",
    known: "official client",
    note: "messages, or a future. That what is used can be deleted is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(findCodeEnv(world, call), (record) =>
        workOn(world, call, {
          record,
          task: "delete",
          kind: "CODE_ENV_DELETE",
          seconds: 2,
          lines: [],
          done: () => world.of(codeEnvs).delete(codeEnvKey(record.lang, record.name)),
        })),
  },
  {
    method: "GET",
    path: "/admin/code-envs/:lang/:name/usages",
    known: "official client",
    note: "envUsage, projectKey and objectId; the language and the name are public evidence.",
    admin: true,
    handle: (call, world) => Effect.map(findCodeEnv(world, call), ({ usages }) => jsonAnswer(usages)),
  },
  {
    method: "GET",
    path: "/admin/code-envs/:lang/:name/logs",
    known: "official client",
    note: "Names; what they look like is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.map(findCodeEnv(world, call), ({ logs }) => jsonAnswer([...logs.keys()].map((name) => ({ name })))),
  },
  {
    method: "GET",
    path: "/admin/code-envs/:lang/:name/logs/:log",
    known: "official client",
    note: "Plain text; what it says is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(findCodeEnv(world, call), ({ logs }) => {
        const text = logs.get(call.params.log!);
        return text === undefined ? Effect.fail(missing(`Log ${call.params.log}`)) : Effect.succeed(textAnswer(text));
      }),
  },
  {
    method: "GET",
    path: "/admin/code-envs/:lang/:name/:projectKey/version",
    known: "official client",
    note: "version and bundleId; that both are left out where there is no version is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const record = yield* findCodeEnv(world, call);
        const { projectKey } = yield* findProject(world, call.params.projectKey);
        const version = versionsOf(record).at(-1)?.versionId;
        const isUsed = hasVersions(record) && record.usages.some((usage) => usage.projectKey === projectKey);
        return jsonAnswer(isUsed && version !== undefined ? { version, bundleId: `bundle_${version}` } : {});
      }),
  },
  ...codeEnvBuildRoutes(findCodeEnv),
];
