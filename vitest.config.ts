/**
 * Runs the tests in tests/, apart from those with real sockets, and resolves the package's own name as Deno does.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import deno from "./deno.json" with { type: "json" };

const ownName = Object.entries(deno.exports).map(([subPath, file]) => ({
  find: new RegExp(`^${deno.name}${subPath.slice(1)}$`),
  replacement: fileURLToPath(new URL(file, import.meta.url)),
}));

const config: ViteUserConfig = defineConfig({
  resolve: { alias: ownName },
  test: {
    include: ["tests/**/*_test.ts"],
    exclude: ["tests/sockets/**"],
    setupFiles: ["tests/fixtures/fast_paths.ts"],
    // All files in one realm for each core: loading the modules for each anew took as long as the tests.
    isolate: false,
    maxWorkers: "100%",
    testTimeout: 60_000, // of real time, which a busy machine takes
  },
});

export default config;
