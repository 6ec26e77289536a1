/**
 * All slices of the state of the simulated DSS. Written by `deno task index`.
 *
 * @module
 * @internal
 */
import { globalKeys, personalKeys } from "./admin/api_keys_state.ts";
import { clusters } from "./admin/clusters_state.ts";
import { connections } from "./admin/connections_state.ts";
import { groups } from "./admin/groups_state.ts";
import { instance } from "./admin/instance_state.ts";
import { secrets, secretUses, secretValues } from "./admin/secrets_state.ts";
import { users } from "./admin/users_state.ts";
import { vaultAuths, vaults } from "./admin/vaults_state.ts";
import { jobs } from "./automation/jobs_state.ts";
import { messagingChannels, sentMail } from "./automation/messaging_channels.ts";
import { scenarios } from "./automation/scenarios_state.ts";
import { businessApps } from "./code/business_apps_state.ts";
import { codeEnvs } from "./code/code_envs_state.ts";
import { codeStudios, codeStudioTemplates } from "./code/code_studios_state.ts";
import { plugins, pluginUsages } from "./code/plugins_state.ts";
import { notebooks } from "./code/running_notebooks.ts";
import { sqlQueries } from "./code/sql_state.ts";
import { apiDeployer } from "./deploy/api_deployer_state.ts";
import { apiServices } from "./deploy/api_services.ts";
import { exportedBundles, importedBundles, publishedBundles, serverFiles } from "./deploy/bundles.ts";
import { imports } from "./deploy/project_archives.ts";
import { readSessions } from "./flow/dataset_rows.ts";
import { datasets } from "./flow/datasets_state.ts";
import { folderStorage, managedFolders } from "./flow/managed_folders_state.ts";
import { measurements } from "./flow/metrics_state.ts";
import { recipes } from "./flow/recipes_state.ts";
import { datasetRows } from "./flow/rows_state.ts";
import { futures } from "./kernel/futures.ts";
import { featureGroups } from "./ml/feature_store.ts";
import { apps } from "./projects/apps.ts";
import { dataCollections } from "./projects/data_collections.ts";
import { discussions } from "./projects/discussions.ts";
import { meanings } from "./projects/meanings.ts";
import { projectFolders } from "./projects/project_folders_state.ts";
import { projects } from "./projects/projects_state.ts";
import { workspaces } from "./projects/workspaces.ts";
import type { Slice } from "./kernel/slice.ts";

/** Those that the world holds. */
export const ofWorld: ReadonlyArray<Slice<unknown>> = [
  apiDeployer,
  apps,
  businessApps,
  clusters,
  codeEnvs,
  codeStudioTemplates,
  codeStudios,
  connections,
  dataCollections,
  discussions,
  featureGroups,
  futures,
  globalKeys,
  groups,
  imports,
  instance,
  meanings,
  messagingChannels,
  notebooks,
  personalKeys,
  pluginUsages,
  plugins,
  projectFolders,
  projects,
  publishedBundles,
  readSessions,
  secretUses,
  secretValues,
  secrets,
  sentMail,
  serverFiles,
  sqlQueries,
  users,
  vaultAuths,
  vaults,
  workspaces,
];

/** Those that each project holds. */
export const nested: ReadonlyArray<Slice<unknown>> = [
  apiServices,
  datasetRows,
  datasets,
  exportedBundles,
  folderStorage,
  importedBundles,
  jobs,
  managedFolders,
  measurements,
  recipes,
  scenarios,
];
