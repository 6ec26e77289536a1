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
export * from "./services/dataiku.ts";
export * from "./src/cassette/cassette.ts";
export { type ConnectionDetails, ConnectionExplanation } from "./services/explain_connection.ts";
export * from "./src/cassette/recorder.ts";
export * from "./services/replay.ts";
export type { AllServices, ServiceRecord } from "./services/all_services.ts";
// Written by `deno task index`:
export * from "./services/deploy/api_deployer_services.ts";
export * from "./services/deploy/api_deployments.ts";
export * from "./services/deploy/api_infras.ts";
export * from "./services/deploy/api_releases.ts";
export * from "./services/deploy/api_services.ts";
export * from "./services/projects/apps.ts";
export * from "./services/admin/auth.ts";
export * from "./services/deploy/bundles.ts";
export * from "./services/code/business_app_instances.ts";
export * from "./services/code/business_apps.ts";
export * from "./services/admin/clusters.ts";
export * from "./services/code/code_envs.ts";
export * from "./services/code/code_studio_templates.ts";
export * from "./services/code/code_studios.ts";
export * from "./services/admin/connections.ts";
export * from "./services/admin/container_exec.ts";
export * from "./services/projects/data_collections.ts";
export * from "./services/flow/dataset_metrics.ts";
export * from "./services/flow/dataset_rows.ts";
export * from "./services/flow/dataset_schemas.ts";
export * from "./services/flow/datasets.ts";
export * from "./services/projects/discussions.ts";
export * from "./services/admin/external_users.ts";
export * from "./services/ml/feature_store.ts";
export * from "./services/automation/futures.ts";
export * from "./services/admin/general_settings.ts";
export * from "./services/admin/global_api_keys.ts";
export * from "./services/admin/groups.ts";
export * from "./services/admin/identity_settings.ts";
export * from "./services/admin/instance.ts";
export * from "./services/admin/instance_logs.ts";
export * from "./services/admin/instance_variables.ts";
export * from "./services/automation/jobs.ts";
export * from "./services/flow/managed_folder_files.ts";
export * from "./services/flow/managed_folder_metrics.ts";
export * from "./services/flow/managed_folders.ts";
export * from "./services/projects/meanings.ts";
export * from "./services/automation/messaging_channels.ts";
export * from "./services/admin/own_user.ts";
export * from "./services/admin/personal_api_keys.ts";
export * from "./services/code/plugin_files.ts";
export * from "./services/code/plugin_settings.ts";
export * from "./services/code/plugins.ts";
export * from "./services/deploy/project_archives.ts";
export * from "./services/projects/project_folders.ts";
export * from "./services/projects/project_settings.ts";
export * from "./services/projects/projects.ts";
export * from "./services/code/running_notebooks.ts";
export * from "./services/automation/scenario_runs.ts";
export * from "./services/automation/scenarios.ts";
export * from "./services/admin/secrets.ts";
export * from "./services/code/sql.ts";
export * from "./services/flow/table_imports.ts";
export * from "./services/admin/users.ts";
export * from "./services/admin/vaults.ts";
export * from "./services/projects/workspaces.ts";
