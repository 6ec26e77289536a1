/**
 * Dataiku DSS for TypeScript programs.
 *
 * Its resources are Effect services over one connection; what DSS answers is decoded by schemas; what can go wrong is typed; what takes long
 * is an operation that can be watched, awaited, aborted and resumed.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { Jobs } from "@effect-dataiku/dss";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const latest = Effect.flatMap(Jobs, (jobs) => jobs.list("SALES", { limit: 5 }));
 *
 * // On a real DSS: Dataiku.layer({ url, apiKey }) or, from the environment, Dataiku.layerConfig()
 * const found = await Effect.runPromise(Effect.provide(latest, Simulator.layer()));
 * if (found.length === 0) throw new Error("unexpected");
 * ```
 *
 * @module
 */
export * from "./src/mod.ts";
export * from "./src/dataiku.ts";
export * from "./src/cassette.ts";
export { type ConnectionDetails, ConnectionExplanation } from "./src/explain_connection.ts";
export * from "./src/recorder.ts";
export * from "./src/replay.ts";
export type { AllServices, ServiceRecord } from "./src/services.ts";
// Written by `deno task index`:
export * from "./services/api_deployer_services.ts";
export * from "./services/api_deployments.ts";
export * from "./services/api_infras.ts";
export * from "./services/api_releases.ts";
export * from "./services/api_services.ts";
export * from "./services/apps.ts";
export * from "./services/auth.ts";
export * from "./services/bundles.ts";
export * from "./services/clusters.ts";
export * from "./services/code_envs.ts";
export * from "./services/code_studio_templates.ts";
export * from "./services/code_studios.ts";
export * from "./services/connections.ts";
export * from "./services/container_exec.ts";
export * from "./services/data_collections.ts";
export * from "./services/discussions.ts";
export * from "./services/external_users.ts";
export * from "./services/feature_store.ts";
export * from "./services/futures.ts";
export * from "./services/general_settings.ts";
export * from "./services/global_api_keys.ts";
export * from "./services/groups.ts";
export * from "./services/identity_settings.ts";
export * from "./services/instance.ts";
export * from "./services/instance_logs.ts";
export * from "./services/instance_variables.ts";
export * from "./services/jobs.ts";
export * from "./services/meanings.ts";
export * from "./services/messaging_channels.ts";
export * from "./services/own_user.ts";
export * from "./services/personal_api_keys.ts";
export * from "./services/plugin_files.ts";
export * from "./services/plugin_settings.ts";
export * from "./services/plugins.ts";
export * from "./services/project_archives.ts";
export * from "./services/project_folders.ts";
export * from "./services/project_settings.ts";
export * from "./services/projects.ts";
export * from "./services/running_notebooks.ts";
export * from "./services/scenario_runs.ts";
export * from "./services/scenarios.ts";
export * from "./services/sql.ts";
export * from "./services/users.ts";
export * from "./services/workspaces.ts";
