/**
 * What can be said of the work on plugins.
 *
 * @module
 */
import type { WaitOptions } from "../../src/operation/operation.ts";

/** Where a plugin is in a Git repository. */
export interface PluginFromGitOptions extends WaitOptions {
  /**
   * Branch, tag or commit.
   *
   * @default {"master"}
   */
  readonly checkout?: string;
  /** Folder of the plugin, the one with `plugin.json`; by default the root of the repository. */
  readonly subpath?: string;
}

/** How the code environment of a plugin is built. */
export interface CreatePluginCodeEnvOptions extends WaitOptions {
  /** Interpreter, as `PYTHON311`; by default the one that the plugin asks for. */
  readonly pythonInterpreter?: string;
  /** Whether it is built with conda. */
  readonly conda?: boolean;
}

/** How a plugin is removed. */
export interface DeletePluginOptions extends WaitOptions {
  /** Whether it is removed although it is used. */
  readonly force?: boolean;
}
