/**
 * All routes of the simulated DSS. Written by `deno task index`.
 *
 * @module
 */
import { apiDeployerServicesRoutes } from "./api_deployer_services.ts";
import { apiDeploymentsRoutes } from "./api_deployments.ts";
import { apiInfrasRoutes } from "./api_infras.ts";
import { apiServicesRoutes } from "./api_services.ts";
import { appsRoutes } from "./apps.ts";
import { authRoutes } from "./auth.ts";
import { bundlesRoutes } from "./bundles.ts";
import { clustersRoutes } from "./clusters.ts";
import { codeEnvsRoutes } from "./code_envs.ts";
import { codeStudioTemplatesRoutes } from "./code_studio_templates.ts";
import { codeStudiosRoutes } from "./code_studios.ts";
import { connectionsRoutes } from "./connections.ts";
import { containerExecRoutes } from "./container_exec.ts";
import { dataCollectionsRoutes } from "./data_collections.ts";
import { discussionsRoutes } from "./discussions.ts";
import { externalUsersRoutes } from "./external_users.ts";
import { featureStoreRoutes } from "./feature_store.ts";
import { futuresRoutes } from "./futures.ts";
import { generalSettingsRoutes } from "./general_settings.ts";
import { globalApiKeysRoutes } from "./global_api_keys.ts";
import { groupsRoutes } from "./groups.ts";
import { identitySettingsRoutes } from "./identity_settings.ts";
import { instanceRoutes } from "./instance.ts";
import { instanceLogsRoutes } from "./instance_logs.ts";
import { instanceVariablesRoutes } from "./instance_variables.ts";
import { jobsRoutes } from "./jobs.ts";
import { meaningsRoutes } from "./meanings.ts";
import { messagingChannelsRoutes } from "./messaging_channels.ts";
import { ownUserRoutes } from "./own_user.ts";
import { personalApiKeysRoutes } from "./personal_api_keys.ts";
import { pluginFilesRoutes } from "./plugin_files.ts";
import { pluginSettingsRoutes } from "./plugin_settings.ts";
import { pluginsRoutes } from "./plugins.ts";
import { projectArchivesRoutes } from "./project_archives.ts";
import { projectFoldersRoutes } from "./project_folders.ts";
import { projectSettingsRoutes } from "./project_settings.ts";
import { projectsRoutes } from "./projects.ts";
import { runningNotebooksRoutes } from "./running_notebooks.ts";
import { scenarioRunsRoutes } from "./scenario_runs.ts";
import { scenariosRoutes } from "./scenarios.ts";
import { sqlRoutes } from "./sql.ts";
import { usersRoutes } from "./users.ts";
import { workspacesRoutes } from "./workspaces.ts";
import type { Route } from "./route.ts";

/** All routes of the simulated DSS, with where the behaviour of each is known from. */
export const routes: ReadonlyArray<Route> = [
  ...apiDeployerServicesRoutes,
  ...apiDeploymentsRoutes,
  ...apiInfrasRoutes,
  ...apiServicesRoutes,
  ...appsRoutes,
  ...authRoutes,
  ...bundlesRoutes,
  ...clustersRoutes,
  ...codeEnvsRoutes,
  ...codeStudioTemplatesRoutes,
  ...codeStudiosRoutes,
  ...connectionsRoutes,
  ...containerExecRoutes,
  ...dataCollectionsRoutes,
  ...discussionsRoutes,
  ...externalUsersRoutes,
  ...featureStoreRoutes,
  ...futuresRoutes,
  ...generalSettingsRoutes,
  ...globalApiKeysRoutes,
  ...groupsRoutes,
  ...identitySettingsRoutes,
  ...instanceRoutes,
  ...instanceLogsRoutes,
  ...instanceVariablesRoutes,
  ...jobsRoutes,
  ...meaningsRoutes,
  ...messagingChannelsRoutes,
  ...ownUserRoutes,
  ...personalApiKeysRoutes,
  ...pluginFilesRoutes,
  ...pluginSettingsRoutes,
  ...pluginsRoutes,
  ...projectArchivesRoutes,
  ...projectFoldersRoutes,
  ...projectSettingsRoutes,
  ...projectsRoutes,
  ...runningNotebooksRoutes,
  ...scenarioRunsRoutes,
  ...scenariosRoutes,
  ...sqlRoutes,
  ...usersRoutes,
  ...workspacesRoutes,
];
