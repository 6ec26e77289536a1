/**
 * All routes of the simulated DSS. Written by `deno task index`.
 *
 * @module
 */
import { authRoutes } from "./admin/auth.ts";
import { clusterKubernetesRoutes } from "./admin/cluster_kubernetes.ts";
import { clustersRoutes } from "./admin/clusters.ts";
import { connectionsRoutes } from "./admin/connections.ts";
import { containerExecRoutes } from "./admin/container_exec.ts";
import { externalUsersRoutes } from "./admin/external_users.ts";
import { generalSettingsRoutes } from "./admin/general_settings.ts";
import { globalApiKeysRoutes } from "./admin/global_api_keys.ts";
import { groupsRoutes } from "./admin/groups.ts";
import { identitySettingsRoutes } from "./admin/identity_settings.ts";
import { instanceRoutes } from "./admin/instance.ts";
import { instanceLogsRoutes } from "./admin/instance_logs.ts";
import { instanceVariablesRoutes } from "./admin/instance_variables.ts";
import { ownUserRoutes } from "./admin/own_user.ts";
import { personalApiKeysRoutes } from "./admin/personal_api_keys.ts";
import { secretsRoutes } from "./admin/secrets.ts";
import { usersRoutes } from "./admin/users.ts";
import { vaultsRoutes } from "./admin/vaults.ts";
import { futuresRoutes } from "./automation/futures.ts";
import { jobsRoutes } from "./automation/jobs.ts";
import { messagingChannelsRoutes } from "./automation/messaging_channels.ts";
import { scenarioRunsRoutes } from "./automation/scenario_runs.ts";
import { scenariosRoutes } from "./automation/scenarios.ts";
import { usageSummaryRoutes } from "./automation/usage_summary.ts";
import { businessAppInstancesRoutes } from "./code/business_app_instances.ts";
import { businessAppsRoutes } from "./code/business_apps.ts";
import { codeEnvsRoutes } from "./code/code_envs.ts";
import { codeStudioTemplatesRoutes } from "./code/code_studio_templates.ts";
import { codeStudiosRoutes } from "./code/code_studios.ts";
import { pluginFilesRoutes } from "./code/plugin_files.ts";
import { pluginSettingsRoutes } from "./code/plugin_settings.ts";
import { pluginsRoutes } from "./code/plugins.ts";
import { runningNotebooksRoutes } from "./code/running_notebooks.ts";
import { sqlRoutes } from "./code/sql.ts";
import { apiDeployerServicesRoutes } from "./deploy/api_deployer_services.ts";
import { apiDeploymentsRoutes } from "./deploy/api_deployments.ts";
import { apiInfrasRoutes } from "./deploy/api_infras.ts";
import { apiServicesRoutes } from "./deploy/api_services.ts";
import { bundlesRoutes } from "./deploy/bundles.ts";
import { projectArchivesRoutes } from "./deploy/project_archives.ts";
import { datasetDataRoutes } from "./flow/dataset_data.ts";
import { datasetMetricsRoutes } from "./flow/dataset_metrics.ts";
import { datasetRowsRoutes } from "./flow/dataset_rows.ts";
import { datasetSchemasRoutes } from "./flow/dataset_schemas.ts";
import { datasetsRoutes } from "./flow/datasets.ts";
import { managedFolderFilesRoutes } from "./flow/managed_folder_files.ts";
import { managedFolderMetricsRoutes } from "./flow/managed_folder_metrics.ts";
import { managedFoldersRoutes } from "./flow/managed_folders.ts";
import { tableImportsRoutes } from "./flow/table_imports.ts";
import { featureStoreRoutes } from "./ml/feature_store.ts";
import { appsRoutes } from "./projects/apps.ts";
import { dataCollectionsRoutes } from "./projects/data_collections.ts";
import { discussionsRoutes } from "./projects/discussions.ts";
import { meaningsRoutes } from "./projects/meanings.ts";
import { permissionChecksRoutes } from "./projects/permission_checks.ts";
import { projectFoldersRoutes } from "./projects/project_folders.ts";
import { projectSettingsRoutes } from "./projects/project_settings.ts";
import { projectsRoutes } from "./projects/projects.ts";
import { resolvedVariablesRoutes } from "./projects/resolved_variables.ts";
import { workspacesRoutes } from "./projects/workspaces.ts";
import type { Route } from "./kernel/route.ts";

/** All routes of the simulated DSS, with where the behaviour of each is known from. */
export const routes: ReadonlyArray<Route> = [
  ...apiDeployerServicesRoutes,
  ...apiDeploymentsRoutes,
  ...apiInfrasRoutes,
  ...apiServicesRoutes,
  ...appsRoutes,
  ...authRoutes,
  ...bundlesRoutes,
  ...businessAppInstancesRoutes,
  ...businessAppsRoutes,
  ...clusterKubernetesRoutes,
  ...clustersRoutes,
  ...codeEnvsRoutes,
  ...codeStudioTemplatesRoutes,
  ...codeStudiosRoutes,
  ...connectionsRoutes,
  ...containerExecRoutes,
  ...dataCollectionsRoutes,
  ...datasetDataRoutes,
  ...datasetMetricsRoutes,
  ...datasetRowsRoutes,
  ...datasetSchemasRoutes,
  ...datasetsRoutes,
  ...discussionsRoutes,
  ...externalUsersRoutes,
  ...featureStoreRoutes,
  ...futuresRoutes,
  ...generalSettingsRoutes,
  ...globalApiKeysRoutes,
  ...groupsRoutes,
  ...identitySettingsRoutes,
  ...instanceLogsRoutes,
  ...instanceRoutes,
  ...instanceVariablesRoutes,
  ...jobsRoutes,
  ...managedFolderFilesRoutes,
  ...managedFolderMetricsRoutes,
  ...managedFoldersRoutes,
  ...meaningsRoutes,
  ...messagingChannelsRoutes,
  ...ownUserRoutes,
  ...permissionChecksRoutes,
  ...personalApiKeysRoutes,
  ...pluginFilesRoutes,
  ...pluginSettingsRoutes,
  ...pluginsRoutes,
  ...projectArchivesRoutes,
  ...projectFoldersRoutes,
  ...projectSettingsRoutes,
  ...projectsRoutes,
  ...resolvedVariablesRoutes,
  ...runningNotebooksRoutes,
  ...scenarioRunsRoutes,
  ...scenariosRoutes,
  ...secretsRoutes,
  ...sqlRoutes,
  ...tableImportsRoutes,
  ...usageSummaryRoutes,
  ...usersRoutes,
  ...vaultsRoutes,
  ...workspacesRoutes,
];
