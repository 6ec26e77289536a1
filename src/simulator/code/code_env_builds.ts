/**
 * The builds of code environments in the simulated DSS.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import {
  addCodeEnv,
  codeEnvKey,
  type CodeEnvRecord,
  codeEnvs,
  hasVersions,
  installPackages,
  versionsOf,
} from "./code_envs_state.ts";
import { workOn } from "./code_envs_work.ts";
import { type Call, conflict, flag, invalid, missing, type Route, type SimulatedRefusal } from "../kernel/route.ts";
import type { JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";

type Find = (world: World, call: Call) => Effect.Effect<CodeEnvRecord, SimulatedRefusal>;

const internalTypes: ReadonlyArray<string> = [
  "DEEP_HUB_IMAGE_CLASSIFICATION_CODE_ENV",
  "DEEP_HUB_IMAGE_OBJECT_DETECTION_CODE_ENV",
  "PROXY_MODELS_CODE_ENV",
  "DATABRICKS_UTILS_CODE_ENV",
  "PII_DETECTION_CODE_ENV",
  "HUGGINGFACE_LOCAL_CODE_ENV",
  "RAG_CODE_ENV",
  "DOCUMENT_EXTRACTION_CODE_ENV",
];

const presets: Readonly<Record<string, string>> = {
  "machine-learning": "scikit-learn==1.7.2\nxgboost==2.1.4",
  "statistics": "statsmodels==0.14.5",
};

/** Whether a version is one that a request may name. */
const faultInVersion = (record: CodeEnvRecord, versionId: string | null): SimulatedRefusal | undefined => {
  if (versionId === null) return undefined;
  if (!hasVersions(record)) return invalid(`Code environment ${record.name} has no versions`);
  return versionsOf(record).some((version) => version.versionId === versionId)
    ? undefined
    : missing(`Version ${versionId} of code environment ${record.name}`);
};

const withJupyter = ({ settings }: CodeEnvRecord, installJupyterSupport: boolean): JsonObject => ({
  ...settings,
  desc: { ...settings.desc as JsonObject | undefined, installJupyterSupport },
});

/** The routes of builds, with what finds the code environment that a request names. */
export const codeEnvBuildRoutes = (find: Find): ReadonlyArray<Route> => [
  {
    method: "POST",
    path: "/admin/code-envs/internal-env/create",
    known: "official client",
    note: "The types and the parameters; what the environment is called, and what it holds, is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const type = call.query.get("dssInternalCodeEnvType") ?? "";
        if (!internalTypes.includes(type)) {
          return yield* Effect.fail(invalid(`${type} is no type of internal code environments`));
        }
        const version = call.query.get("codeEnvVersion");
        const name = `INTERNAL_${type.replace("_CODE_ENV", "").toLowerCase()}${version === null ? "" : `_${version}`}`;
        if (world.of(codeEnvs).has(codeEnvKey("PYTHON", name))) {
          return yield* Effect.fail(conflict(`Code environment ${name} of PYTHON exists already`));
        }
        const record = addCodeEnv(world, "PYTHON", name, {
          owner: call.user.login,
          deploymentMode: "DSS_INTERNAL",
          pythonInterpreter: call.query.get("pythonInterpreter") ?? "PYTHON311",
        });
        return yield* workOn(world, call, {
          record,
          task: "create",
          kind: "CODE_ENV_CREATE",
          seconds: 60,
          lines: [`Creating an internal environment for ${type}`],
          done: () => installPackages(record, null),
          result: { envName: name },
        });
      }),
  },
  {
    method: "POST",
    path: "/admin/code-envs/from-python-preset/:preset",
    known: "official client",
    note: "The parameters; which presets there are, and what the environment is called, is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const { preset } = call.params;
        if (!Object.hasOwn(presets, preset!)) return yield* Effect.fail(missing(`Preset ${preset}`));
        const name = `${call.query.get("prefix") ?? ""}${preset}`;
        const existing = world.of(codeEnvs).get(codeEnvKey("PYTHON", name));
        if (existing !== undefined && !flag(call.query, "allowUpdate")) {
          return yield* Effect.fail(conflict(`Code environment ${name} of PYTHON exists already`));
        }
        const interpreter = call.query.get("interpreter");
        const specPackageList = presets[preset!];
        const record = existing ?? addCodeEnv(world, "PYTHON", name, {
          owner: call.user.login,
          deploymentMode: "DESIGN_MANAGED",
          specPackageList,
          ...(interpreter === null ? {} : { pythonInterpreter: interpreter }),
        });
        record.settings = { ...record.settings, specPackageList };
        return yield* workOn(world, call, {
          record,
          task: existing === undefined ? "create" : "updatePackages",
          kind: "CODE_ENV_CREATE",
          seconds: 45,
          lines: [`Taking the packages of the preset ${preset}`],
          done: () => installPackages(record, null),
          result: { envName: name },
        });
      }),
  },
  {
    method: "POST",
    path: "/admin/code-envs/:lang/:name/packages",
    known: "official client",
    note: "messages, or a future; how long it takes, and what its log says, is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const record = yield* find(world, call);
        const version = call.query.get("versionToUpdate");
        const fault = faultInVersion(record, version);
        if (fault !== undefined) return yield* Effect.fail(fault);
        const isRebuilt = flag(call.query, "forceRebuildEnv");
        return yield* workOn(world, call, {
          record,
          task: "updatePackages",
          kind: "CODE_ENV_UPDATE",
          seconds: isRebuilt ? 40 : 20,
          lines: [isRebuilt ? "Making the environment from scratch" : "Updating the environment in place"],
          done: () => installPackages(record, version),
        });
      }),
  },
  {
    method: "POST",
    path: "/admin/code-envs/:lang/:name/images",
    known: "official client",
    note: "messages, or a future; how long it takes, and what its log says, is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const record = yield* find(world, call);
        const version = call.query.get("envVersion");
        const fault = faultInVersion(record, version);
        if (fault !== undefined) return yield* Effect.fail(fault);
        return yield* workOn(world, call, {
          record,
          task: "updateImages",
          kind: "CODE_ENV_IMAGES",
          seconds: 90,
          lines: [`Building the images of ${version ?? "the environment"}`],
          done: () => {},
        });
      }),
  },
  {
    method: "POST",
    path: "/admin/code-envs/:lang/:name/jupyter",
    known: "official client",
    note: "messages, or a future; that desc.installJupyterSupport tells it afterwards is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const record = yield* find(world, call);
        const active = flag(call.query, "active");
        return yield* workOn(world, call, {
          record,
          task: "setJupyterSupport",
          kind: "CODE_ENV_UPDATE",
          seconds: 10,
          lines: [active ? "Installing the kernel" : "Removing the kernel"],
          done: () => {
            record.settings = withJupyter(record, active);
          },
        });
      }),
  },
];
