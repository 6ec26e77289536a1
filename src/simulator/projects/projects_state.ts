/**
 * Projects of the simulated DSS: their documents, how they come, and how they go.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import {
  type Call,
  conflict,
  forbidden,
  invalid,
  notFor,
  refuse,
  type SimulatedRefusal,
  type User,
} from "../kernel/route.ts";
import { isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import { groupsOf, isGivenTo, users } from "../admin/users_state.ts";
import { type Slice, slice, Slices } from "../kernel/slice.ts";
import type { World } from "../kernel/world.ts";
import { groups } from "../admin/groups_state.ts";

/** The documents of a project; each replaced as a whole, never changed. */
export interface ProjectDocuments {
  metadata: JsonObject;
  permissions: JsonObject;
  settings: JsonObject;
  tags: JsonObject;
  variables: JsonObject;
  /** What else lists show of it. */
  summary: JsonObject;
  /** What happened, latest first. */
  timeline: ReadonlyArray<JsonObject>;
}

/** What a project is made of. */
export interface ProjectPlan {
  readonly projectKey: string;
  readonly name: string;
  readonly owner: string;
  readonly description?: unknown;
  readonly shortDesc?: string;
  readonly tags?: ReadonlyArray<unknown>;
  readonly permissions?: ReadonlyArray<unknown>;
  readonly settings?: JsonObject;
}

/** A project. */
export class SimulatedProject extends Slices {
  /** Its key. */
  readonly projectKey: string;
  /** Its own documents. */
  readonly documents: ProjectDocuments;

  /** Makes a project that has nothing in it. */
  constructor({ declared }: World, projectKey: string, documents: ProjectDocuments) {
    super(declared.nested);
    this.projectKey = projectKey;
    this.documents = documents;
  }

  /** What snapshots show. */
  toJSON(): JsonObject {
    const { projectKey, documents } = this;
    return { projectKey, documents, ...this.shown() };
  }
}

/** Projects by key. */
export const projects: Slice<Map<string, SimulatedProject>> = slice("projects", () => new Map(), {
  removed: (held, object) => {
    for (const project of held.values()) project.removed(object);
  },
  restarted: (held, at, backAt) => {
    for (const project of held.values()) project.restarted(at, backAt);
  },
});

/** The project of a key; DSS answers 403 for one that does not exist. */
export const findProject = (
  world: World,
  projectKey: string | undefined,
): Effect.Effect<SimulatedProject, SimulatedRefusal> => {
  const project = world.of(projects).get(projectKey ?? "");
  return project === undefined ? Effect.fail(notFor(`project ${projectKey}`)) : Effect.succeed(project);
};

const inherited: JsonObject = {
  gitCommitMode: "AUTO",
  disableAutomaticTriggers: false,
  codeEnvs: {
    python: { mode: "INHERIT", preventOverride: false },
    r: { mode: "INHERIT", preventOverride: false },
  },
  container: { containerMode: "INHERIT" },
  cluster: { clusterMode: "INHERIT" },
  k8sCluster: { clusterMode: "INHERIT" },
};

const version = (versionNumber: number, login: string, now: number): JsonObject => ({
  versionNumber,
  lastModifiedBy: { login },
  lastModifiedOn: now,
});

/** Something that happened to a project, as its timeline says it. */
const happening = (project: string, action: string, login: string, now: number, name: unknown): JsonObject => ({
  user: login,
  action,
  projectKey: project,
  objectType: "PROJECT",
  objectId: project,
  details: { objectDisplayName: name, userDisplayName: login },
  time: now,
});

/** Adds a project. */
export const addProject = (world: World, plan: ProjectPlan, login: string, now: number): SimulatedProject => {
  const { projectKey, name, owner, description = "", shortDesc = "", tags = [], permissions = [], settings = {} } =
    plan;
  const project = new SimulatedProject(world, projectKey, {
    metadata: {
      label: name,
      shortDesc,
      description: description ?? "",
      tags: [...new Set(tags.map(String))].sort(),
      checklists: { checklists: [] },
      custom: { kv: {} },
      customFields: {},
    },
    permissions: {
      owner,
      permissions,
      dashboardAuthorizations: { allAuthorized: false, authorizations: [] },
      additionalDashboardUsers: { users: [] },
    },
    settings: { settings: { ...inherited, ...settings }, exposedObjects: { objects: [] } },
    tags: { tags: Object.fromEntries(tags.map((tag) => [String(tag), { color: "#4285f4" }])) },
    variables: { standard: {}, local: {} },
    summary: {
      projectType: "REGULAR",
      projectAppType: "REGULAR",
      permissionsVersion: "V2",
      tutorialProject: false,
      versionTag: version(0, login, now),
      creationTag: version(0, login, now),
    },
    timeline: [happening(projectKey, "PROJECT_CREATE", login, now, name)],
  });
  world.of(projects).set(projectKey, project);
  return project;
};

/** A change of a project: its version goes up, and its timeline grows. */
export const changed = ({ projectKey, documents }: SimulatedProject, login: string, now: number): void => {
  const { versionTag } = documents.summary as { readonly versionTag: { readonly versionNumber: number } };
  documents.summary = { ...documents.summary, versionTag: version(versionTag.versionNumber + 1, login, now) };
  const name = documents.metadata.label;
  documents.timeline = [happening(projectKey, "PROJECT_EDIT", login, now, name), ...documents.timeline];
};

/** A project, as lists show it. */
export const listedProject = (world: World, { projectKey, documents }: SimulatedProject): JsonObject => {
  const { metadata, permissions, summary } = documents;
  const owner = String(permissions.owner);
  return {
    projectKey,
    name: metadata.label,
    shortDesc: metadata.shortDesc,
    description: metadata.description,
    ownerLogin: owner,
    ownerDisplayName: world.of(users).get(owner)?.document.displayName ?? owner,
    tags: metadata.tags,
    ...summary,
  };
};

/** Why a user may not administrate a project. */
export const mayNotAdministrate = (
  world: World,
  { projectKey, documents }: SimulatedProject,
  { login, admin }: User,
): SimulatedRefusal | undefined => {
  const { owner, permissions } = documents.permissions;
  const isGiven = jsonObjects(permissions).some((each) => each.admin === true && isGivenTo(world, each, login));
  return admin || owner === login || isGiven
    ? undefined
    : forbidden(`User ${login} is not an administrator of project ${projectKey}`);
};

/** Why a user may not create projects. */
export const mayNotCreate = (world: World, { login, admin }: User): SimulatedRefusal | undefined =>
  admin || groupsOf(world, login).some((name) => world.of(groups).get(String(name))?.mayCreateProjects === true)
    ? undefined
    : forbidden(`User ${login} may not create projects`);

/** Why a key cannot be that of a new project. */
export const faultInKey = (key: unknown): SimulatedRefusal | undefined =>
  typeof key === "string" && /^[A-Za-z0-9_]+$/.test(key)
    ? undefined
    : invalid(`${JSON.stringify(key)} cannot be the key of a project: letters, digits and _ can`);

/** Removes a project with all that is in it. */
export const removeProject = (world: World, { projectKey }: SimulatedProject): void => {
  world.removed(`projects/${projectKey}`);
  world.of(projects).delete(projectKey);
};

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === "string");
const isObjects = (value: unknown): boolean => Array.isArray(value) && value.every(isJsonObject);
const isText = (value: unknown): boolean => typeof value === "string";
const isTextOrNothing = (value: unknown): boolean => value === null || isText(value);

/** What the fields of each document must be, where DSS would stumble over something else. */
const shapes: Readonly<Record<"metadata" | "permissions" | "settings" | "tags" | "variables", JsonObject>> = {
  metadata: {
    label: isText,
    shortDesc: isTextOrNothing,
    description: isTextOrNothing,
    tags: isTexts,
    checklists: isJsonObject,
    custom: isJsonObject,
    customFields: isJsonObject,
  },
  permissions: { owner: isText, permissions: isObjects },
  settings: { settings: isJsonObject, exposedObjects: isJsonObject },
  tags: { tags: isJsonObject },
  variables: { standard: isJsonObject, local: isJsonObject },
};

/** Why a document of a project cannot be stored. */
export const faultInDocument = (
  world: World,
  kind: keyof typeof shapes,
  document: JsonObject,
): SimulatedRefusal | undefined => {
  const fits = Object.entries(shapes[kind]) as ReadonlyArray<[string, (value: unknown) => boolean]>;
  const wrong = fits.find(([key, fits]) => key in document && !fits(document[key]));
  if (wrong !== undefined) return invalid(`${wrong[0]} in the ${kind} of a project is not of the right type`);
  if (kind === "variables" && !("standard" in document)) {
    return invalid("The variables of a project need standard");
  }
  if (kind !== "permissions") return undefined;
  if (!world.of(users).has(String(document.owner))) {
    return invalid(`There is no user ${document.owner} to own a project`);
  }
  const odd = jsonObjects(document.permissions).find((each) =>
    (typeof each.group === "string") === (typeof each.user === "string") ||
    Object.entries(each).some(([key, value]) => !["group", "user"].includes(key) && typeof value !== "boolean")
  );
  return odd === undefined
    ? undefined
    : invalid("A permission needs a group or a user, and booleans for what they may do");
};

/** The project that a request names, of which the user is an administrator. */
export const administrated = (
  world: World,
  { params, user }: Call,
): Effect.Effect<SimulatedProject, SimulatedRefusal> =>
  Effect.tap(findProject(world, params.projectKey), (project) => refuse(mayNotAdministrate(world, project, user)));

/** A key that a new project may have. */
export const freeKey = (world: World, key: unknown): Effect.Effect<string, SimulatedRefusal> => {
  const fault = faultInKey(key);
  if (fault !== undefined) return Effect.fail(fault);
  return world.of(projects).has(String(key))
    ? Effect.fail(conflict(`Project ${key} exists already`))
    : Effect.succeed(String(key));
};
