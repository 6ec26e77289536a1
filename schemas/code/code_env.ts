/**
 * Code environments: the interpreters and packages that code runs with.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";
import { InfoMessages } from "../../src/json/info_messages.ts";

/** Language of a code environment. */
export type CodeEnvLang = "PYTHON" | "R" | (string & Record<never, never>);

/** Who manages the packages of a code environment, and on what kind of node; further values may come. */
export type CodeEnvDeploymentMode =
  | "DESIGN_MANAGED"
  | "DESIGN_NON_MANAGED"
  | "PLUGIN_MANAGED"
  | "PLUGIN_NON_MANAGED"
  | "BUSINESS_APP_MANAGED"
  | "AUTOMATION_SINGLE"
  | "AUTOMATION_VERSIONED"
  | "AUTOMATION_NON_MANAGED_PATH"
  | "EXTERNAL_CONDA_NAMED"
  | "DSS_INTERNAL"
  | (string & Record<never, never>);

/** A code environment in a list. */
export interface CodeEnv {
  /** Name, unique for its language. */
  readonly envName: string;
  /** Language. */
  readonly envLang: CodeEnvLang;
  /** Who manages its packages. */
  readonly deploymentMode: CodeEnvDeploymentMode;
  /** Login of its owner. */
  readonly owner?: string | null;
  /** Interpreter, as `PYTHON311`. */
  readonly pythonInterpreter?: string | null;
  /** Whether what is installed is what its settings ask for; it does not say whether the last build failed. DSS spells it so. */
  readonly isUptodate?: boolean | null;
}

/** Schema of {@linkcode CodeEnv}. */
export const CodeEnv: Schema.Codec<CodeEnv, unknown> = open(
  {
    envName: Schema.String,
    envLang: openEnum<CodeEnvLang>(),
    deploymentMode: openEnum<CodeEnvDeploymentMode>(),
    owner: maybe(Schema.String),
    pythonInterpreter: maybe(Schema.String),
    isUptodate: maybe(Schema.Boolean),
  } satisfies Fields<CodeEnv>,
);

/** Something that uses a code environment. */
export interface CodeEnvUsage {
  /** What kind of thing it is, as `RECIPE`, `NOTEBOOK`, `SCENARIO_STEP`, `WEBAPP`. */
  readonly envUsage: string;
  /** Language of the code environment. */
  readonly envLang?: CodeEnvLang | null;
  /** Name of the code environment. */
  readonly envName?: string | null;
  /** Project of the thing. */
  readonly projectKey?: string | null;
  /** Id of the thing in its project. */
  readonly objectId?: string | null;
}

/** Schema of {@linkcode CodeEnvUsage}. */
export const CodeEnvUsage: Schema.Codec<CodeEnvUsage, unknown> = open(
  {
    envUsage: Schema.String,
    envLang: maybe(openEnum<CodeEnvLang>()),
    envName: maybe(Schema.String),
    projectKey: maybe(Schema.String),
    objectId: maybe(Schema.String),
  } satisfies Fields<CodeEnvUsage>,
);

/** A log of a code environment, as of a build. */
export interface CodeEnvLog {
  /** Name, by which it is read. */
  readonly name: string;
}

/** Schema of {@linkcode CodeEnvLog}. */
export const CodeEnvLog: Schema.Codec<CodeEnvLog, unknown> = open(
  { name: Schema.String } satisfies Fields<CodeEnvLog>,
);

/** Which version of a code environment a project uses: empty unless the environment has versions and the project uses it. */
export interface CodeEnvProjectVersion {
  /** Id of the version. */
  readonly version?: string | null;
  /** Id of the bundle that is active in the project. */
  readonly bundleId?: string | null;
}

/** Schema of {@linkcode CodeEnvProjectVersion}. */
export const CodeEnvProjectVersion: Schema.Codec<CodeEnvProjectVersion, unknown> = open(
  { version: maybe(Schema.String), bundleId: maybe(Schema.String) } satisfies Fields<CodeEnvProjectVersion>,
);

/** What came of the work on a code environment that did not fail; warnings are in its messages. */
export interface CodeEnvResult {
  /** Name of the code environment, when one was created. */
  readonly envName?: string | null;
  /** What DSS has to say of the work. */
  readonly messages?: InfoMessages | null;
}

/** Schema of {@linkcode CodeEnvResult}. */
export const CodeEnvResult: Schema.Codec<CodeEnvResult, unknown> = open(
  { envName: maybe(Schema.String), messages: maybe(InfoMessages) } satisfies Fields<CodeEnvResult>,
);
