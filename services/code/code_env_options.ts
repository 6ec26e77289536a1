/**
 * What can be said of the work on a code environment.
 *
 * @module
 */
import type { CodeEnvDeploymentMode } from "../../schemas/code/code_env.ts";
import type { CodeEnvDescription } from "../../schemas/code/code_env_settings.ts";
import type { WaitOptions } from "../../src/operation/operation.ts";

/** How a code environment is created: what is not said is as DSS has it by default. */
export interface CreateCodeEnvOptions extends CodeEnvDescription, WaitOptions {
  /**
   * Who manages its packages.
   *
   * @default {"DESIGN_MANAGED"}
   */
  readonly deploymentMode?: CodeEnvDeploymentMode;
  /** Further parameters, by their names in DSS. */
  readonly params?: Readonly<Record<string, unknown>>;
}

/** How a code environment is created that DSS needs itself. */
export interface CreateInternalCodeEnvOptions extends WaitOptions {
  /** Interpreter, as `PYTHON311`; by default DSS takes one that is there. */
  readonly pythonInterpreter?: string;
  /** Version of the environment, which DSS reserves for the future. */
  readonly version?: string;
}

/** How a code environment is created from a preset. */
export interface CreateCodeEnvFromPresetOptions extends WaitOptions {
  /**
   * Whether an environment that is there already is brought up to date; otherwise it is refused.
   *
   * @default {true}
   */
  readonly allowUpdate?: boolean;
  /** Interpreter, as `PYTHON311`; by default that of the preset. */
  readonly pythonInterpreter?: string;
  /** What the name of the environment begins with. */
  readonly prefix?: string;
}

/** How packages are installed. */
export interface UpdateCodeEnvPackagesOptions extends WaitOptions {
  /**
   * Whether the environment is made from scratch.
   *
   * @default {false}
   */
  readonly rebuild?: boolean;
  /** Which version, for an environment that has versions. */
  readonly version?: string;
}

/** How images are built. */
export interface UpdateCodeEnvImagesOptions extends WaitOptions {
  /** Which version, for an environment that has versions. */
  readonly version?: string;
}
