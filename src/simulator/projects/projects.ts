/**
 * Projects of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import {
  addProject,
  administrated,
  findProject,
  freeKey,
  listedProject,
  mayNotCreate,
  projects,
  removeProject,
  type SimulatedProject,
} from "./projects_state.ts";
import { type Call, emptyAnswer, flag, invalid, jsonAnswer, missing, refuse, type Route } from "../kernel/route.ts";
import { folderOf, locationOf, projectFolders, putInto, root } from "./project_folders_state.ts";
import { infoMessage } from "../kernel/info_messages.ts";
import { startScripted } from "../kernel/scripted_future.ts";
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";

import { users } from "../admin/users_state.ts";
import { copyProject } from "./project_content.ts";
import { hasTag } from "../kernel/tags.ts";

const body = ({ json }: Call): JsonObject => isJsonObject(json) ? json : {};

const languages = ["dutch", "english", "french", "german", "italian", "japanese", "korean", "portuguese", "spanish"];
const purposes = ["generic", "technical", "business_oriented", "executive"];
const lengths = ["low", "medium", "high"];

/** @internal */
export const projectsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/projects/",
    known: "public evidence",
    note:
      "All projects, in the order of their creation; with tags, separated by commas, those that have one of them. That one is enough, that every user may read every project, and what includeLocation adds, is assumed.",
    handle: ({ query }, world) =>
      Effect.sync(() => {
        const location = ({ projectKey }: SimulatedProject): JsonObject =>
          flag(query, "includeLocation") ? { projectLocation: locationOf(world, folderOf(world, projectKey)) } : {};
        return jsonAnswer(
          [...world.of(projects).values()].filter(({ documents }) => hasTag(documents.metadata, query))
            .map((each) => ({ ...listedProject(world, each), ...location(each) })),
        );
      }),
  },
  {
    method: "POST",
    path: "/projects/",
    known: "public evidence",
    note:
      "An empty answer; null for description and settings is accepted, null for an array is not. That a taken key is refused with 409, which keys are refused, and that the owner must exist, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        yield* refuse(mayNotCreate(world, call.user));
        const { projectKey, name, owner, description, settings, permissions = [], tags = [] } = body(call);
        const key = yield* freeKey(world, projectKey);
        if (typeof name !== "string" || name === "") return yield* Effect.fail(invalid("A project needs a name"));
        if (typeof owner !== "string" || !world.of(users).has(owner)) {
          return yield* Effect.fail(invalid(`There is no user ${owner} to own a project`));
        }
        if (!Array.isArray(permissions) || !Array.isArray(tags)) {
          return yield* Effect.fail(invalid("permissions and tags must be arrays"));
        }
        const folderId = call.query.get("projectFolderId") ?? root;
        const folder = world.of(projectFolders).get(folderId);
        if (folder === undefined) return yield* Effect.fail(missing(`Project folder ${folderId}`));
        const plan = { projectKey: key, name, owner, description, permissions, tags };
        addProject(world, isJsonObject(settings) ? { ...plan, settings } : plan, call.user.login, call.now);
        putInto(world, key, folder);
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey",
    known: "public evidence",
    note: "An item of the list.",
    handle: ({ params }, world) =>
      Effect.map(findProject(world, params.projectKey), (project) => jsonAnswer(listedProject(world, project))),
  },
  {
    method: "DELETE",
    path: "/projects/:projectKey",
    known: "official client",
    note:
      "A future, also with wait; its result holds messages. Without wait it is done at once, as clients before 14 rely on. That it takes two seconds, that jobs and runs go with it, who may do it, and what the messages say is assumed; what is cleared besides is not looked at.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const project = yield* administrated(world, call);
        const { projectKey } = project;
        const outcome = world.outcomes.take(`projects/${projectKey}`);
        const fails = outcome.end === "fail";
        const message = outcome.message ?? `Project ${projectKey} cannot be deleted`;
        return startScripted(world, call.now, outcome, {
          owner: call.user.login,
          displayName: `Deleting project ${projectKey}`,
          kind: "PROJECT_DELETION",
          targets: [{ projectKey, objectType: "PROJECT", objectId: projectKey }],
          seconds: call.query.get("wait")?.toLowerCase() === "false" ? 2 : 0,
          end: () => {
            if (!fails) removeProject(world, project);
            return {
              result: fails
                ? infoMessage("ERROR", "ERR_PROJECT_DELETION", "Not deleted", message)
                : infoMessage("SUCCESS", "INFO_PROJECT_DELETED", "Deleted", `Project ${projectKey} is deleted`),
            };
          },
        });
      }),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/duplicate",
    known: "official client",
    note:
      "Names of both keys in the answer are assumed; that scenarios of the copy are inactive, that jobs and runs are left behind, and that the data of outputs is there with FULL and SHARING alone, too.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const project = yield* findProject(world, call.params.projectKey);
        yield* refuse(mayNotCreate(world, call.user));
        const { targetProjectKey, targetProjectName, targetProjectFolderId, duplicationMode = "MINIMAL" } = body(call);
        const projectKey = yield* freeKey(world, targetProjectKey);
        if (typeof targetProjectName !== "string" || targetProjectName === "") {
          return yield* Effect.fail(invalid("The copy of a project needs a name"));
        }
        if (!["MINIMAL", "SHARING", "FULL", "NONE"].includes(String(duplicationMode))) {
          return yield* Effect.fail(invalid(`${duplicationMode} is no way to duplicate a project`));
        }
        const folder = targetProjectFolderId === undefined
          ? folderOf(world, project.projectKey)
          : world.of(projectFolders).get(String(targetProjectFolderId));
        if (folder === undefined) return yield* Effect.fail(missing(`Project folder ${targetProjectFolderId}`));
        const data = duplicationMode === "FULL" || duplicationMode === "SHARING" ? "all" : "of sources";
        const to = { projectKey, name: targetProjectName };
        copyProject(world, project, to, { login: call.user.login, now: call.now, data });
        putInto(world, projectKey, folder);
        return jsonAnswer({ originalProjectKey: project.projectKey, targetProjectKey: projectKey });
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/interest",
    known: "documented",
    note: "Nobody has starred or watches a project of the simulated DSS.",
    handle: ({ params }, world) =>
      Effect.map(findProject(world, params.projectKey), () => jsonAnswer({ starCount: 0, watchCount: 0 })),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/timeline",
    known: "public evidence",
    note: "Latest first. What happens to the project itself; actions of other objects are left out.",
    handle: ({ params, query }, world) =>
      Effect.flatMap(findProject(world, params.projectKey), ({ documents }) => {
        const most = Number(query.get("itemCount") ?? 100);
        if (!Number.isInteger(most) || most < 0) return Effect.fail(invalid("itemCount must be a whole number"));
        const { timeline } = documents;
        const [latest, first] = [timeline[0]!, timeline.at(-1)!];
        return Effect.succeed(jsonAnswer({
          allContributors: [...new Set(timeline.map(({ user }) => user))].map((login) => ({ login })),
          items: timeline.slice(0, most),
          createdBy: { login: first.user },
          createdOn: first.time,
          lastModifiedBy: { login: latest.user },
          lastModifiedOn: latest.time,
        }));
      }),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/generate-ai-description",
    known: "official client",
    note:
      "The description that it gives is not generated, and counts what is there. That what the official client refuses is refused is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const project = yield* findProject(world, call.params.projectKey);
        const asked = { language: languages, purpose: purposes, length: lengths };
        for (const [name, known] of Object.entries(asked)) {
          const value = call.query.get(name) ?? known[0]!;
          if (!known.includes(value)) {
            return yield* Effect.fail(invalid(`${value} is no ${name}, expected one of ${known.join(", ")}`));
          }
        }
        const { documents } = project;
        const [datasets, recipes] = [project.keysOf("datasets"), project.keysOf("recipes")];
        const msg = `${documents.metadata.label} has ${datasets.length} datasets and ${recipes.length} recipes.`;
        if (flag(call.query, "saveDescription")) documents.metadata = { ...documents.metadata, description: msg };
        return jsonAnswer({ msg });
      }),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/actions/sync",
    known: "official client",
    note: "A future. How long it takes, who may do it, and its result are assumed.",
    handle: (call, world) =>
      Effect.map(
        administrated(world, call),
        ({ projectKey }) =>
          startScripted(world, call.now, world.outcomes.take(`projects/${projectKey}`), {
            owner: call.user.login,
            displayName: `Applying permissions to the datasets of ${projectKey}`,
            kind: "SYNC_DATASETS_ACLS",
            targets: [{ projectKey, objectType: "PROJECT", objectId: projectKey }],
            seconds: 3,
            end: () => ({ result: infoMessage("SUCCESS", "INFO_SYNC", "Applied", "The permissions were applied") }),
          }),
      ),
  },
];
