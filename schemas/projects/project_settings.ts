/**
 * The documents of a project that are read, edited and written back whole: metadata, permissions, variables, settings, tags; and pure edits
 * of them.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open } from "../../src/json/open.ts";

/** What a project is called and said to be. */
export interface ProjectMetadata {
  /** Name of the project. */
  readonly label?: string | null;
  /** In a line. */
  readonly shortDesc?: string | null;
  /** In words, as Markdown. */
  readonly description?: string | null;
  /** Tags; DSS keeps them sorted. */
  readonly tags?: ReadonlyArray<string> | null;
  /** Lists of things to do, in `checklists` of this object. */
  readonly checklists?: Readonly<Record<string, unknown>> | null;
  /** Values of the fields that the instance defines. */
  readonly customFields?: Readonly<Record<string, unknown>> | null;
  /** Values of one's own, in `kv` of this object. */
  readonly custom?: Readonly<Record<string, unknown>> | null;
}

const AnyObject = dictionary(Schema.Unknown);

/** Schema of {@linkcode ProjectMetadata}. */
export const ProjectMetadata: Schema.Codec<ProjectMetadata, unknown> = open(
  {
    label: maybe(Schema.String),
    shortDesc: maybe(Schema.String),
    description: maybe(Schema.String),
    tags: maybe(Schema.Array(Schema.String)),
    checklists: maybe(AnyObject),
    customFields: maybe(AnyObject),
    custom: maybe(AnyObject),
  } satisfies Fields<ProjectMetadata>,
);

/** What a group, or a user, may do in a project; what is not there is not permitted. */
export interface ProjectPermission {
  /** The group. */
  readonly group?: string | null;
  /** The user. */
  readonly user?: string | null;
  /** Everything. */
  readonly admin?: boolean | null;
  /** Change these permissions. */
  readonly editPermissions?: boolean | null;
  /** Read. */
  readonly readProjectContent?: boolean | null;
  /** Write. */
  readonly writeProjectContent?: boolean | null;
  /** Export data. */
  readonly exportDatasetsData?: boolean | null;
  /** Read dashboards. */
  readonly readDashboards?: boolean | null;
  /** Write dashboards of their own. */
  readonly writeDashboards?: boolean | null;
  /** Change the dashboards of everybody. */
  readonly moderateDashboards?: boolean | null;
  /** Publish to data collections. */
  readonly publishToDataCollections?: boolean | null;
  /** Share to workspaces. */
  readonly shareToWorkspaces?: boolean | null;
  /** Run scenarios. */
  readonly runScenarios?: boolean | null;
  /** Say what dashboards may show. */
  readonly manageDashboardAuthorizations?: boolean | null;
  /** Expose objects to other projects. */
  readonly manageExposedElements?: boolean | null;
  /** Add users of dashboards. */
  readonly manageAdditionalDashboardUsers?: boolean | null;
  /** Run the application that it is. */
  readonly executeApp?: boolean | null;
}

/** Schema of {@linkcode ProjectPermission}. */
export const ProjectPermission: Schema.Codec<ProjectPermission, unknown> = open(
  {
    group: maybe(Schema.String),
    user: maybe(Schema.String),
    admin: maybe(Schema.Boolean),
    editPermissions: maybe(Schema.Boolean),
    readProjectContent: maybe(Schema.Boolean),
    writeProjectContent: maybe(Schema.Boolean),
    exportDatasetsData: maybe(Schema.Boolean),
    readDashboards: maybe(Schema.Boolean),
    writeDashboards: maybe(Schema.Boolean),
    moderateDashboards: maybe(Schema.Boolean),
    publishToDataCollections: maybe(Schema.Boolean),
    shareToWorkspaces: maybe(Schema.Boolean),
    runScenarios: maybe(Schema.Boolean),
    manageDashboardAuthorizations: maybe(Schema.Boolean),
    manageExposedElements: maybe(Schema.Boolean),
    manageAdditionalDashboardUsers: maybe(Schema.Boolean),
    executeApp: maybe(Schema.Boolean),
  } satisfies Fields<ProjectPermission>,
);

/** Who may do what in a project. */
export interface ProjectPermissions {
  /** Login of the owner, who may do everything. */
  readonly owner?: string | null;
  /** What groups and users may do. */
  readonly permissions?: ReadonlyArray<ProjectPermission> | null;
  /** What dashboards may show to those who may only read dashboards. */
  readonly dashboardAuthorizations?: Readonly<Record<string, unknown>> | null;
  /** Users of dashboards besides. */
  readonly additionalDashboardUsers?: Readonly<Record<string, unknown>> | null;
}

/** Schema of {@linkcode ProjectPermissions}. */
export const ProjectPermissions: Schema.Codec<ProjectPermissions, unknown> = open(
  {
    owner: maybe(Schema.String),
    permissions: maybe(Schema.Array(ProjectPermission)),
    dashboardAuthorizations: maybe(AnyObject),
    additionalDashboardUsers: maybe(AnyObject),
  } satisfies Fields<ProjectPermissions>,
);

/** The variables of a project; their values are any JSON. */
export interface ProjectVariables {
  /** Those that go with the project. */
  readonly standard: Readonly<Record<string, unknown>>;
  /** Those of this instance, which bundles and exports leave out. */
  readonly local: Readonly<Record<string, unknown>>;
}

/** Schema of {@linkcode ProjectVariables}. */
export const ProjectVariables: Schema.Codec<ProjectVariables, unknown> = open(
  { standard: AnyObject, local: AnyObject } satisfies Fields<ProjectVariables>,
);

/** Sets variables beside those that are there; for an `update`. */
export function setVariables(
  values: Readonly<Record<string, unknown>>,
  kind: "standard" | "local" = "standard",
): (variables: ProjectVariables) => ProjectVariables {
  return (variables) => ({ ...variables, [kind]: { ...variables[kind], ...values } });
}

/** The tags of a project. */
export interface ProjectTags {
  /** Tags by name, each with its `color`, if it has one. */
  readonly tags?: Readonly<Record<string, unknown>> | null;
}

/** Schema of {@linkcode ProjectTags}. */
export const ProjectTags: Schema.Codec<ProjectTags, unknown> = open(
  { tags: maybe(AnyObject) } satisfies Fields<ProjectTags>,
);

/** An object that other projects may use. */
export interface ExposedObject {
  /** Kind, as `DATASET`. */
  readonly type?: string | null;
  /** Its id in this project. */
  readonly localName?: string | null;
  /** The projects that may use it, each as `targetProject` of a rule. */
  readonly rules?: ReadonlyArray<Readonly<Record<string, unknown>>> | null;
}

/** Schema of {@linkcode ExposedObject}. */
export const ExposedObject: Schema.Codec<ExposedObject, unknown> = open(
  {
    type: maybe(Schema.String),
    localName: maybe(Schema.String),
    rules: maybe(Schema.Array(AnyObject)),
  } satisfies Fields<ExposedObject>,
);

/** The settings of a project; a part of the keys that DSS has. */
export interface ProjectSettingsDocument {
  /** Code environments, clusters, containers, and all the rest, by the names of DSS. */
  readonly settings?: Readonly<Record<string, unknown>> | null;
  /** What other projects may use, in `objects` of this object. */
  readonly exposedObjects?: { readonly objects?: ReadonlyArray<ExposedObject> | null } | null;
}

/** Schema of {@linkcode ProjectSettingsDocument}. */
export const ProjectSettingsDocument: Schema.Codec<ProjectSettingsDocument, unknown> = open(
  {
    settings: maybe(AnyObject),
    exposedObjects: maybe(
      open({ objects: maybe(Schema.Array(ExposedObject)) }) as Schema.Codec<
        { readonly objects?: ReadonlyArray<ExposedObject> | null },
        unknown
      >,
    ),
  } satisfies Fields<ProjectSettingsDocument>,
);

/** A pure edit of the settings of a project. */
export type ProjectSettingsEdit = (document: ProjectSettingsDocument) => ProjectSettingsDocument;

type AnyFields = Readonly<Record<string, unknown>>;

const within = (fields: unknown, key: string, change: AnyFields): AnyFields => ({
  ...fields as AnyFields,
  [key]: { ...(fields as AnyFields | undefined)?.[key] as AnyFields, ...change },
});

const setCodeEnv = (language: "python" | "r") => (envName: string | undefined): ProjectSettingsEdit => (document) => {
  const choice = envName === undefined
    ? { mode: "USE_BUILTIN_MODE", useBuiltinEnv: true }
    // Old versions of DSS look at the boolean, newer ones at the mode.
    : { mode: "EXPLICIT_ENV", useBuiltinEnv: false, envName };
  const codeEnvs = within(document.settings?.codeEnvs, language, choice);
  return { ...document, settings: { ...document.settings, codeEnvs } };
};

/** Sets the Python code environment of a project; `undefined` is the one that comes with DSS. */
export const setPythonCodeEnv: (envName: string | undefined) => ProjectSettingsEdit = setCodeEnv("python");

/** Sets the R code environment of a project; `undefined` is the one that comes with DSS. */
export const setRCodeEnv: (envName: string | undefined) => ProjectSettingsEdit = setCodeEnv("r");

/** Sets where the code of a project runs: a container configuration, or no container at all for `undefined`. */
export function setContainerConfiguration(name: string | undefined): ProjectSettingsEdit {
  const choice = name === undefined
    ? { containerMode: "NONE" }
    : { containerMode: "EXPLICIT_CONTAINER", containerConf: name };
  return (document) => ({ ...document, settings: within(document.settings, "container", choice) });
}

const setClusterOf =
  (key: "k8sCluster" | "cluster") =>
  (clusterId: string | undefined, fallbackClusterId?: string): ProjectSettingsEdit =>
  (document) => ({
    ...document,
    settings: within(
      document.settings,
      key,
      clusterId === undefined ? { clusterMode: "INHERIT" } : {
        clusterMode: "EXPLICIT_CLUSTER",
        clusterId,
        ...(fallbackClusterId === undefined ? {} : { defaultClusterId: fallbackClusterId }),
      },
    ),
  });

/**
 * Sets the cluster of Kubernetes of a project; `undefined` is that of the instance. The fallback is for a cluster that a variable names and
 * that is not there.
 */
export const setKubernetesCluster: (
  clusterId: string | undefined,
  fallbackClusterId?: string,
) => ProjectSettingsEdit = setClusterOf("k8sCluster");

/** Sets the Hadoop and Spark cluster of a project; `undefined` is that of the instance. */
export const setHadoopCluster: (
  clusterId: string | undefined,
  fallbackClusterId?: string,
) => ProjectSettingsEdit = setClusterOf("cluster");

/**
 * Lets another project use an object of this one.
 *
 * @param type Kind of the object, as `DATASET`.
 * @param id Its id in this project.
 */
export function exposeObject(type: string, id: string, targetProject: string): ProjectSettingsEdit {
  return (document) => {
    const objects = document.exposedObjects?.objects ?? [];
    const rule = { targetProject };
    const isIt = (object: ExposedObject): boolean => object.type === type && object.localName === id;
    const known = objects.find(isIt);
    if (known?.rules?.some((rule) => rule.targetProject === targetProject) === true) return document;
    const next = known === undefined
      ? [...objects, { type, localName: id, rules: [rule] }]
      : objects.map((object) => isIt(object) ? { ...object, rules: [...object.rules ?? [], rule] } : object);
    return { ...document, exposedObjects: { ...document.exposedObjects, objects: next } };
  };
}
