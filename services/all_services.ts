/**
 * All services. Written by `deno task index`.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { ApiDeployerServices } from "./deploy/api_deployer_services.ts";
import { ApiDeployments } from "./deploy/api_deployments.ts";
import { ApiInfras } from "./deploy/api_infras.ts";
import { ApiReleases } from "./deploy/api_releases.ts";
import { ApiServices } from "./deploy/api_services.ts";
import { Apps } from "./projects/apps.ts";
import { Auth } from "./admin/auth.ts";
import { Bundles } from "./deploy/bundles.ts";
import { BusinessAppInstances } from "./code/business_app_instances.ts";
import { BusinessApps } from "./code/business_apps.ts";
import { Clusters } from "./admin/clusters.ts";
import { CodeEnvs } from "./code/code_envs.ts";
import { CodeStudioTemplates } from "./code/code_studio_templates.ts";
import { CodeStudios } from "./code/code_studios.ts";
import { Connections } from "./admin/connections.ts";
import { ContainerExec } from "./admin/container_exec.ts";
import { DataCollections } from "./projects/data_collections.ts";
import { DatasetSchemas } from "./flow/dataset_schemas.ts";
import { Datasets } from "./flow/datasets.ts";
import { Discussions } from "./projects/discussions.ts";
import { ExternalUsers } from "./admin/external_users.ts";
import { FeatureStore } from "./ml/feature_store.ts";
import { Futures } from "./automation/futures.ts";
import { GeneralSettings } from "./admin/general_settings.ts";
import { GlobalApiKeys } from "./admin/global_api_keys.ts";
import { Groups } from "./admin/groups.ts";
import { IdentitySettings } from "./admin/identity_settings.ts";
import { Instance } from "./admin/instance.ts";
import { InstanceLogs } from "./admin/instance_logs.ts";
import { InstanceVariables } from "./admin/instance_variables.ts";
import { Jobs } from "./automation/jobs.ts";
import { ManagedFolderFiles } from "./flow/managed_folder_files.ts";
import { ManagedFolders } from "./flow/managed_folders.ts";
import { Meanings } from "./projects/meanings.ts";
import { MessagingChannels } from "./automation/messaging_channels.ts";
import { OwnUser } from "./admin/own_user.ts";
import { PersonalApiKeys } from "./admin/personal_api_keys.ts";
import { PluginFiles } from "./code/plugin_files.ts";
import { PluginSettings } from "./code/plugin_settings.ts";
import { Plugins } from "./code/plugins.ts";
import { ProjectArchives } from "./deploy/project_archives.ts";
import { ProjectFolders } from "./projects/project_folders.ts";
import { ProjectSettings } from "./projects/project_settings.ts";
import { Projects } from "./projects/projects.ts";
import { RunningNotebooks } from "./code/running_notebooks.ts";
import { ScenarioRuns } from "./automation/scenario_runs.ts";
import { Scenarios } from "./automation/scenarios.ts";
import { Secrets } from "./admin/secrets.ts";
import { Sql } from "./code/sql.ts";
import { TableImports } from "./flow/table_imports.ts";
import { Users } from "./admin/users.ts";
import { Vaults } from "./admin/vaults.ts";
import { Workspaces } from "./projects/workspaces.ts";
import type { Dss } from "../src/connection/dss.ts";
import { contextOf, lazily, type ServiceKeys } from "../src/connection/service.ts";

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
  | BusinessAppInstances
  | BusinessApps
  | Clusters
  | CodeEnvs
  | CodeStudioTemplates
  | CodeStudios
  | Connections
  | ContainerExec
  | DataCollections
  | DatasetSchemas
  | Datasets
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
  | ManagedFolderFiles
  | ManagedFolders
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
  | Secrets
  | Sql
  | TableImports
  | Users
  | Vaults
  | Workspaces;

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
  /** {@linkcode BusinessAppInstances} */
  readonly businessAppInstances: BusinessAppInstances;
  /** {@linkcode BusinessApps} */
  readonly businessApps: BusinessApps;
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
  /** {@linkcode DatasetSchemas} */
  readonly datasetSchemas: DatasetSchemas;
  /** {@linkcode Datasets} */
  readonly datasets: Datasets;
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
  /** {@linkcode ManagedFolderFiles} */
  readonly managedFolderFiles: ManagedFolderFiles;
  /** {@linkcode ManagedFolders} */
  readonly managedFolders: ManagedFolders;
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
  /** {@linkcode Secrets} */
  readonly secrets: Secrets;
  /** {@linkcode Sql} */
  readonly sql: Sql;
  /** {@linkcode TableImports} */
  readonly tableImports: TableImports;
  /** {@linkcode Users} */
  readonly users: Users;
  /** {@linkcode Vaults} */
  readonly vaults: Vaults;
  /** {@linkcode Workspaces} */
  readonly workspaces: Workspaces;
}

const keys: ServiceKeys<ServiceRecord> = {
  apiDeployerServices: ApiDeployerServices,
  apiDeployments: ApiDeployments,
  apiInfras: ApiInfras,
  apiReleases: ApiReleases,
  apiServices: ApiServices,
  apps: Apps,
  auth: Auth,
  bundles: Bundles,
  businessAppInstances: BusinessAppInstances,
  businessApps: BusinessApps,
  clusters: Clusters,
  codeEnvs: CodeEnvs,
  codeStudioTemplates: CodeStudioTemplates,
  codeStudios: CodeStudios,
  connections: Connections,
  containerExec: ContainerExec,
  dataCollections: DataCollections,
  datasetSchemas: DatasetSchemas,
  datasets: Datasets,
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
  managedFolderFiles: ManagedFolderFiles,
  managedFolders: ManagedFolders,
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
  secrets: Secrets,
  sql: Sql,
  tableImports: TableImports,
  users: Users,
  vaults: Vaults,
  workspaces: Workspaces,
};

/** Every service of this library by name, on the connection in context; each is built when it is first used. */
export const makeServices: Effect.Effect<ServiceRecord, never, Dss> = lazily(keys);

/** Every service of this library, on the connection in context; each is built when it is first used. */
export const allServices: Layer.Layer<AllServices, never, Dss> =
  // Layers are shared by identity, whatever is below them: without `fresh`, a second connection gets the services of the first.
  Layer.fresh(Layer.effectContext(Effect.map(makeServices, (services) => contextOf(keys, services))));
