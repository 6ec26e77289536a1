/**
 * Plays the tests without the faster ways when the variable `FAST_PATHS` is `off`.
 *
 * @module
 */
import process from "node:process";
import { fastPaths } from "../src/fast_paths.ts";

if (process.env.FAST_PATHS === "off") {
  for (const name of Object.keys(fastPaths) as ReadonlyArray<keyof typeof fastPaths>) fastPaths[name] = false;
}
