/**
 * The state of the simulated DSS: plain JSON as DSS sends it, and what will happen to it.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { Agenda } from "./agenda.ts";
import { ApiDeployerState } from "../deploy/api_deployer_state.ts";
import type { ApiServiceRecord } from "../deploy/api_services.ts";
import type { AppRecord } from "../projects/apps.ts";
import type { BundleRecord } from "../deploy/bundles.ts";
import type { ApiKeyRecord } from "../admin/api_keys_state.ts";
import { Chance } from "./chance.ts";
import type { ClusterRecord } from "../admin/clusters_state.ts";
import type { CodeEnvRecord } from "../code/code_envs_state.ts";
import type { CodeStudioRecord, CodeStudioTemplateRecord } from "../code/code_studios_state.ts";
import type { FutureRecord } from "../automation/futures_state.ts";
import { InstanceState } from "../admin/instance_state.ts";
import type { JobRecord } from "../automation/jobs_state.ts";
import type { MessagingChannelRecord } from "../automation/messaging_channels.ts";
import type { NotebookRecord } from "../code/running_notebooks.ts";
import type { PluginRecord, PluginUsageRecord } from "../code/plugins_state.ts";
import type { ProjectFolderRecord } from "../projects/project_folders_state.ts";
import type { ProjectDocuments } from "../projects/projects_state.ts";
import { forbidden, type SimulatedRefusal, type User } from "./route.ts";
import { Outcomes } from "./outcomes.ts";
import type { ScenarioRecord } from "../automation/scenarios_state.ts";
import type { SharedRecord } from "../projects/shared_access.ts";
import type { SqlQueryRecord } from "../code/sql_state.ts";
import type { JsonObject } from "./stored_document.ts";
import type { UserRecord } from "../admin/users_state.ts";

/** A dataset of a project, and when it was built last. */
export interface SimulatedDataset {
  readonly name: string;
  /** When it was built, in milliseconds since 1970; never for `undefined`. */
  builtAt: number | undefined;
}

/** A recipe: what a job runs as an activity. */
export interface SimulatedRecipe {
  readonly name: string;
  readonly type: string;
  readonly inputs: ReadonlyArray<string>;
  readonly outputs: ReadonlyArray<string>;
  /** How long it runs. */
  readonly seconds: number;
}

/** A project. */
export interface SimulatedProject {
  readonly projectKey: string;
  readonly documents: ProjectDocuments;
  readonly datasets: Map<string, SimulatedDataset>;
  readonly recipes: Map<string, SimulatedRecipe>;
  /** Oldest first. */
  readonly jobs: Map<string, JobRecord>;
  /** By id. */
  readonly scenarios: Map<string, ScenarioRecord>;
  /** API services by id. */
  readonly apiServices: Map<string, ApiServiceRecord>;
  /** Bundles that were exported, by id. */
  readonly exportedBundles: Map<string, BundleRecord>;
  /** Bundles that were imported, by id. */
  readonly importedBundles: Map<string, BundleRecord>;
}

/** What is of a world, and not in a copy of its state: its engine, and the secrets of its users. */
const notShown: ReadonlySet<string> = new Set([
  "agenda",
  "chance",
  "outcomes",
  "keys",
  "globalKeys",
  "personalKeys",
  "tickets",
  "unknownKeys",
  "downUntil",
]);

/** Everything that the simulated DSS knows. */
export class World {
  /** What will happen. */
  readonly agenda: Agenda = new Agenda();
  /** The one source of chance, so that a seed replays exactly. */
  readonly chance: Chance;
  /** What was scripted to go otherwise. */
  readonly outcomes: Outcomes = new Outcomes();
  /** API keys and their owners. */
  readonly keys: Map<string, User> = new Map();
  /** Global API keys by id. */
  readonly globalKeys: Map<string, ApiKeyRecord> = new Map();
  /** Personal API keys by id. */
  readonly personalKeys: Map<string, ApiKeyRecord> = new Map();
  /** Tickets of programs inside DSS, and their owners. */
  readonly tickets: Map<string, User> = new Map();
  /** Users by login. */
  readonly users: Map<string, UserRecord> = new Map();
  /** Groups by name; replaced as a whole, never changed. */
  readonly groups: Map<string, JsonObject> = new Map();
  /** Connections by name; replaced as a whole, never changed. */
  readonly connections: Map<string, JsonObject> = new Map();
  /** Clusters by id. */
  readonly clusters: Map<string, ClusterRecord> = new Map();
  /** Code environments, as `PYTHON.py311_ds`. */
  readonly codeEnvs: Map<string, CodeEnvRecord> = new Map();
  /** Code studios, as `SALES.Kd83mPq2`. */
  readonly codeStudios: Map<string, CodeStudioRecord> = new Map();
  /** Templates of code studios by id. */
  readonly codeStudioTemplates: Map<string, CodeStudioTemplateRecord> = new Map();
  /** Meanings by id; replaced as a whole, never changed. */
  readonly meanings: Map<string, JsonObject> = new Map();
  /** Folders of projects by id; the root is `ROOT`. */
  readonly projectFolders: Map<string, ProjectFolderRecord> = new Map();
  /** Notebooks that run, by `SALES.name`. */
  readonly notebooks: Map<string, NotebookRecord> = new Map();
  /** Discussions, by `SALES/DATASET/orders_raw`; latest last. */
  readonly discussions: Map<string, ReadonlyArray<JsonObject>> = new Map();
  /** Applications by id. */
  readonly apps: Map<string, AppRecord> = new Map();
  /** Plugins by id. */
  readonly plugins: Map<string, PluginRecord> = new Map();
  /** What uses plugins, those too that were removed. */
  readonly pluginUsages: Array<PluginUsageRecord> = [];
  /** Archives of projects that were uploaded, and wait to be imported, by id. */
  readonly imports: Map<string, Uint8Array> = new Map();
  /** Files of the server by path: the archives of exported bundles. */
  readonly serverFiles: Map<string, Uint8Array> = new Map();
  /** Bundles that were published to the deployer, oldest first. */
  readonly publishedBundles: Array<JsonObject> = [];
  /** Messaging channels by id. */
  readonly messagingChannels: Map<string, MessagingChannelRecord> = new Map();
  /** Mail that was sent through them, oldest first. */
  readonly sentMail: Array<JsonObject> = [];
  /** Datasets in the feature store. */
  readonly featureGroups: Array<{ readonly projectKey: string; readonly name: string }> = [];
  /** Workspaces by key. */
  readonly workspaces: Map<string, SharedRecord> = new Map();
  /** Data collections by id. */
  readonly dataCollections: Map<string, SharedRecord> = new Map();
  /** The API Deployer. */
  readonly apiDeployer: ApiDeployerState = new ApiDeployerState();
  /** The instance itself. */
  readonly instance: InstanceState = new InstanceState();
  /** Projects by key. */
  readonly projects: Map<string, SimulatedProject> = new Map();
  /** Futures by id. */
  readonly futures: Map<string, FutureRecord> = new Map();
  /** SQL queries that are open, by id. */
  readonly sqlQueries: Map<string, SqlQueryRecord> = new Map();
  /** Keys of stored documents that this DSS does not know: it drops them. */
  readonly unknownKeys: ReadonlySet<string>;
  /** DSS is down until then, in milliseconds since 1970. */
  downUntil = 0;

  /** Starts an empty instance. */
  constructor(seed: number, unknownKeys: ReadonlyArray<string> = []) {
    this.chance = new Chance(seed);
    this.unknownKeys = new Set(unknownKeys);
  }

  /** A copy of the state, as plain JSON; of bytes, each is a character. */
  snapshot(): Readonly<Record<string, unknown>> {
    const plain = (value: unknown): unknown => {
      if (value instanceof Map) return Object.fromEntries([...value].map(([key, held]) => [key, plain(held)]));
      return value instanceof Uint8Array ? Array.from(value, (byte) => String.fromCharCode(byte)).join("") : value;
    };
    const stored = Object.fromEntries(Object.entries(this).filter(([name]) => !notShown.has(name)));
    return JSON.parse(JSON.stringify(stored, (_, value) => plain(value)));
  }

  /** A project; DSS answers 403 for one that does not exist. */
  project(projectKey: string | undefined): Effect.Effect<SimulatedProject, SimulatedRefusal> {
    const project = this.projects.get(projectKey ?? "");
    return project === undefined
      ? Effect.fail(forbidden(`NotFoundException: project ${projectKey} does not exist`))
      : Effect.succeed(project);
  }
}
