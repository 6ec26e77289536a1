/**
 * All services. Written by `deno task index`.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { ApiDeployerServices } from "../services/api_deployer_services.ts";
import { ApiDeployments } from "../services/api_deployments.ts";
import { ApiInfras } from "../services/api_infras.ts";
import { ApiReleases } from "../services/api_releases.ts";
import { ApiServices } from "../services/api_services.ts";
import { Apps } from "../services/apps.ts";
import { Auth } from "../services/auth.ts";
import { Bundles } from "../services/bundles.ts";
import { Clusters } from "../services/clusters.ts";
import { CodeEnvs } from "../services/code_envs.ts";
import { CodeStudioTemplates } from "../services/code_studio_templates.ts";
import { CodeStudios } from "../services/code_studios.ts";
import { Connections } from "../services/connections.ts";
import { ContainerExec } from "../services/container_exec.ts";
import { DataCollections } from "../services/data_collections.ts";
import { Discussions } from "../services/discussions.ts";
import { ExternalUsers } from "../services/external_users.ts";
import { FeatureStore } from "../services/feature_store.ts";
import { Futures } from "../services/futures.ts";
import { GeneralSettings } from "../services/general_settings.ts";
import { GlobalApiKeys } from "../services/global_api_keys.ts";
import { Groups } from "../services/groups.ts";
import { IdentitySettings } from "../services/identity_settings.ts";
import { Instance } from "../services/instance.ts";
import { InstanceLogs } from "../services/instance_logs.ts";
import { InstanceVariables } from "../services/instance_variables.ts";
import { Jobs } from "../services/jobs.ts";
import { Meanings } from "../services/meanings.ts";
import { MessagingChannels } from "../services/messaging_channels.ts";
import { OwnUser } from "../services/own_user.ts";
import { PersonalApiKeys } from "../services/personal_api_keys.ts";
import { PluginFiles } from "../services/plugin_files.ts";
import { PluginSettings } from "../services/plugin_settings.ts";
import { Plugins } from "../services/plugins.ts";
import { ProjectArchives } from "../services/project_archives.ts";
import { ProjectFolders } from "../services/project_folders.ts";
import { ProjectSettings } from "../services/project_settings.ts";
import { Projects } from "../services/projects.ts";
import { RunningNotebooks } from "../services/running_notebooks.ts";
import { ScenarioRuns } from "../services/scenario_runs.ts";
import { Scenarios } from "../services/scenarios.ts";
import { Sql } from "../services/sql.ts";
import { Users } from "../services/users.ts";
import { Workspaces } from "../services/workspaces.ts";
import type { Dss } from "./dss.ts";

/** Every service of this library. */
export type AllServices =
  | ApiDeployerServices
  | ApiDeployments
  | ApiInfras
  | ApiReleases
  | ApiServices
  | Apps
  | Auth
  | Bundles
  | Clusters
  | CodeEnvs
  | CodeStudioTemplates
  | CodeStudios
  | Connections
  | ContainerExec
  | DataCollections
  | Discussions
  | ExternalUsers
  | FeatureStore
  | Futures
  | GeneralSettings
  | GlobalApiKeys
  | Groups
  | IdentitySettings
  | Instance
  | InstanceLogs
  | InstanceVariables
  | Jobs
  | Meanings
  | MessagingChannels
  | OwnUser
  | PersonalApiKeys
  | PluginFiles
  | PluginSettings
  | Plugins
  | ProjectArchives
  | ProjectFolders
  | ProjectSettings
  | Projects
  | RunningNotebooks
  | ScenarioRuns
  | Scenarios
  | Sql
  | Users
  | Workspaces;

/** Every service of this library, on the connection in context. */
export const allServices: Layer.Layer<AllServices, never, Dss> =
  // Layers are shared by identity, whatever is below them: without `fresh`, a second connection gets the services of the first.
  Layer.fresh(
    Layer.mergeAll(
      ApiDeployerServices.layer,
      ApiDeployments.layer,
      ApiInfras.layer,
      ApiReleases.layer,
      ApiServices.layer,
      Apps.layer,
      Auth.layer,
      Bundles.layer,
      Clusters.layer,
      CodeEnvs.layer,
      CodeStudioTemplates.layer,
      CodeStudios.layer,
      Connections.layer,
      ContainerExec.layer,
      DataCollections.layer,
      Discussions.layer,
      ExternalUsers.layer,
      FeatureStore.layer,
      Futures.layer,
      GeneralSettings.layer,
      GlobalApiKeys.layer,
      Groups.layer,
      IdentitySettings.layer,
      Instance.layer,
      InstanceLogs.layer,
      InstanceVariables.layer,
      Jobs.layer,
      Meanings.layer,
      MessagingChannels.layer,
      OwnUser.layer,
      PersonalApiKeys.layer,
      PluginFiles.layer,
      PluginSettings.layer,
      Plugins.layer,
      ProjectArchives.layer,
      ProjectFolders.layer,
      ProjectSettings.layer,
      Projects.layer,
      RunningNotebooks.layer,
      ScenarioRuns.layer,
      Scenarios.layer,
      Sql.layer,
      Users.layer,
      Workspaces.layer,
    ),
  );

/** Every service of this library, by name. */
export interface ServiceRecord {
  /** {@linkcode ApiDeployerServices} */
  readonly apiDeployerServices: ApiDeployerServices;
  /** {@linkcode ApiDeployments} */
  readonly apiDeployments: ApiDeployments;
  /** {@linkcode ApiInfras} */
  readonly apiInfras: ApiInfras;
  /** {@linkcode ApiReleases} */
  readonly apiReleases: ApiReleases;
  /** {@linkcode ApiServices} */
  readonly apiServices: ApiServices;
  /** {@linkcode Apps} */
  readonly apps: Apps;
  /** {@linkcode Auth} */
  readonly auth: Auth;
  /** {@linkcode Bundles} */
  readonly bundles: Bundles;
  /** {@linkcode Clusters} */
  readonly clusters: Clusters;
  /** {@linkcode CodeEnvs} */
  readonly codeEnvs: CodeEnvs;
  /** {@linkcode CodeStudioTemplates} */
  readonly codeStudioTemplates: CodeStudioTemplates;
  /** {@linkcode CodeStudios} */
  readonly codeStudios: CodeStudios;
  /** {@linkcode Connections} */
  readonly connections: Connections;
  /** {@linkcode ContainerExec} */
  readonly containerExec: ContainerExec;
  /** {@linkcode DataCollections} */
  readonly dataCollections: DataCollections;
  /** {@linkcode Discussions} */
  readonly discussions: Discussions;
  /** {@linkcode ExternalUsers} */
  readonly externalUsers: ExternalUsers;
  /** {@linkcode FeatureStore} */
  readonly featureStore: FeatureStore;
  /** {@linkcode Futures} */
  readonly futures: Futures;
  /** {@linkcode GeneralSettings} */
  readonly generalSettings: GeneralSettings;
  /** {@linkcode GlobalApiKeys} */
  readonly globalApiKeys: GlobalApiKeys;
  /** {@linkcode Groups} */
  readonly groups: Groups;
  /** {@linkcode IdentitySettings} */
  readonly identitySettings: IdentitySettings;
  /** {@linkcode Instance} */
  readonly instance: Instance;
  /** {@linkcode InstanceLogs} */
  readonly instanceLogs: InstanceLogs;
  /** {@linkcode InstanceVariables} */
  readonly instanceVariables: InstanceVariables;
  /** {@linkcode Jobs} */
  readonly jobs: Jobs;
  /** {@linkcode Meanings} */
  readonly meanings: Meanings;
  /** {@linkcode MessagingChannels} */
  readonly messagingChannels: MessagingChannels;
  /** {@linkcode OwnUser} */
  readonly ownUser: OwnUser;
  /** {@linkcode PersonalApiKeys} */
  readonly personalApiKeys: PersonalApiKeys;
  /** {@linkcode PluginFiles} */
  readonly pluginFiles: PluginFiles;
  /** {@linkcode PluginSettings} */
  readonly pluginSettings: PluginSettings;
  /** {@linkcode Plugins} */
  readonly plugins: Plugins;
  /** {@linkcode ProjectArchives} */
  readonly projectArchives: ProjectArchives;
  /** {@linkcode ProjectFolders} */
  readonly projectFolders: ProjectFolders;
  /** {@linkcode ProjectSettings} */
  readonly projectSettings: ProjectSettings;
  /** {@linkcode Projects} */
  readonly projects: Projects;
  /** {@linkcode RunningNotebooks} */
  readonly runningNotebooks: RunningNotebooks;
  /** {@linkcode ScenarioRuns} */
  readonly scenarioRuns: ScenarioRuns;
  /** {@linkcode Scenarios} */
  readonly scenarios: Scenarios;
  /** {@linkcode Sql} */
  readonly sql: Sql;
  /** {@linkcode Users} */
  readonly users: Users;
  /** {@linkcode Workspaces} */
  readonly workspaces: Workspaces;
}

/** Every service of this library by name, on the connection in context. */
export const makeServices: Effect.Effect<ServiceRecord, never, Dss> = Effect.provide(
  Effect.all({
    apiDeployerServices: ApiDeployerServices,
    apiDeployments: ApiDeployments,
    apiInfras: ApiInfras,
    apiReleases: ApiReleases,
    apiServices: ApiServices,
    apps: Apps,
    auth: Auth,
    bundles: Bundles,
    clusters: Clusters,
    codeEnvs: CodeEnvs,
    codeStudioTemplates: CodeStudioTemplates,
    codeStudios: CodeStudios,
    connections: Connections,
    containerExec: ContainerExec,
    dataCollections: DataCollections,
    discussions: Discussions,
    externalUsers: ExternalUsers,
    featureStore: FeatureStore,
    futures: Futures,
    generalSettings: GeneralSettings,
    globalApiKeys: GlobalApiKeys,
    groups: Groups,
    identitySettings: IdentitySettings,
    instance: Instance,
    instanceLogs: InstanceLogs,
    instanceVariables: InstanceVariables,
    jobs: Jobs,
    meanings: Meanings,
    messagingChannels: MessagingChannels,
    ownUser: OwnUser,
    personalApiKeys: PersonalApiKeys,
    pluginFiles: PluginFiles,
    pluginSettings: PluginSettings,
    plugins: Plugins,
    projectArchives: ProjectArchives,
    projectFolders: ProjectFolders,
    projectSettings: ProjectSettings,
    projects: Projects,
    runningNotebooks: RunningNotebooks,
    scenarioRuns: ScenarioRuns,
    scenarios: Scenarios,
    sql: Sql,
    users: Users,
    workspaces: Workspaces,
  }),
  allServices,
);
