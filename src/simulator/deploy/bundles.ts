/**
 * Bundles of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { infoMessage } from "../kernel/info_messages.ts";
import { addArchived, archiveOf, projectIn, putContent } from "../projects/project_content.ts";
import { type ProjectFolderRecord, projectFolders, putInto, root } from "../projects/project_folders_state.ts";
import {
  administrated,
  changed,
  findProject,
  freeKey,
  mayNotCreate,
  type SimulatedProject,
} from "../projects/projects_state.ts";
import {
  type Answer,
  type Call,
  emptyAnswer,
  invalid,
  jsonAnswer,
  missing,
  refuse,
  type Route,
  type SimulatedRefusal,
  zipAnswer,
} from "../kernel/route.ts";
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import { fileSent } from "../kernel/uploaded_file.ts";
import type { World } from "../kernel/world.ts";
import { planScenario, scenarios } from "../automation/scenarios_state.ts";
import { type Slice, slice } from "../kernel/slice.ts";
import { type ProjectSlice, projectSlice } from "../projects/project_slice.ts";

/** A bundle of a project, exported or imported. */
export interface BundleRecord {
  readonly bundleId: string;
  /** What it says of itself. */
  readonly manifest: JsonObject;
  readonly archive: Uint8Array;
  /** Whether it was prepared, when it was imported. */
  isPreloaded: boolean;
}

/** Bundles that a project exported, by id. */
export const exportedBundles: ProjectSlice<Map<string, BundleRecord>> = projectSlice(
  "exportedBundles",
  () => new Map(),
);

/** Bundles that a project imported, by id. */
export const importedBundles: ProjectSlice<Map<string, BundleRecord>> = projectSlice(
  "importedBundles",
  () => new Map(),
);

/** Files of the server by path: the archives of exported bundles. */
export const serverFiles: Slice<Map<string, Uint8Array>> = slice("serverFiles", () => new Map());

/** Bundles that were published to the deployer, oldest first. */
export const publishedBundles: Slice<Array<JsonObject>> = slice("publishedBundles", () => []);

const listed = (bundles: ReadonlyMap<string, BundleRecord>): Answer =>
  jsonAnswer({
    bundles: [...bundles.values()].map(({ bundleId, manifest }) => ({ bundleId, exportManifest: manifest })),
  });

type Kind = typeof exportedBundles;

/** The bundle that a request names, of a project that the user administrates. */
const find = (
  world: World,
  call: Call,
  kind: Kind,
): Effect.Effect<{ readonly project: SimulatedProject; readonly bundle: BundleRecord }, SimulatedRefusal> =>
  Effect.flatMap(administrated(world, call), (project) => {
    const bundle = project.of(kind).get(call.params.bundleId!);
    return bundle === undefined
      ? Effect.fail(missing(`Bundle ${call.params.bundleId} of project ${project.projectKey}`))
      : Effect.succeed({ project, bundle });
  });

/** A file of the server, as a path of its query names it. */
const serverFile = (world: World, { query }: Call): Effect.Effect<Uint8Array, SimulatedRefusal> => {
  const path = query.get("archivePath");
  const file = world.of(serverFiles).get(path ?? "");
  return file === undefined ? Effect.fail(missing(`File ${path} of the server`)) : Effect.succeed(file);
};

const importBundle = (
  world: World,
  call: Call,
  archiveSent: Effect.Effect<Uint8Array, SimulatedRefusal>,
): Effect.Effect<void, SimulatedRefusal> =>
  Effect.gen(function* () {
    const project = yield* administrated(world, call);
    const imported = project.of(importedBundles);
    const archive = yield* archiveSent;
    const { manifest } = yield* projectIn(archive);
    const { bundleId } = manifest;
    if (typeof bundleId !== "string") return yield* Effect.fail(invalid("The archive is not that of a bundle"));
    if (imported.has(bundleId)) {
      return yield* Effect.fail(invalid(`Bundle ${bundleId} already exists in project ${project.projectKey}`));
    }
    imported.set(bundleId, { bundleId, manifest, archive, isPreloaded: false });
  });

const folderNamed = (world: World, { query }: Call): Effect.Effect<ProjectFolderRecord, SimulatedRefusal> => {
  const id = query.get("projectFolderId") ?? root;
  const folder = world.of(projectFolders).get(id);
  return folder === undefined ? Effect.fail(missing(`Project folder ${id}`)) : Effect.succeed(folder);
};

const createFrom = (
  world: World,
  call: Call,
  archiveSent: Effect.Effect<Uint8Array, SimulatedRefusal>,
): Effect.Effect<Answer, SimulatedRefusal> =>
  Effect.gen(function* () {
    yield* refuse(mayNotCreate(world, call.user));
    const folder = yield* folderNamed(world, call);
    const archive = yield* archiveSent;
    const archived = yield* projectIn(archive);
    const { bundleId } = archived.manifest;
    if (typeof bundleId !== "string") return yield* Effect.fail(invalid("The archive is not that of a bundle"));
    const projectKey = yield* freeKey(world, archived.projectKey);
    const project = addArchived(world, archived, projectKey, { login: call.user.login, now: call.now });
    project.of(importedBundles).set(bundleId, { bundleId, manifest: archived.manifest, archive, isPreloaded: false });
    putInto(world, projectKey, folder);
    return jsonAnswer({ projectKey });
  });

/** Why a project cannot be made as asked. */
const faultInCreation = ({ query }: Call): SimulatedRefusal | undefined => {
  const policy = query.get("permissionsPropagationPolicy") ?? "NONE";
  if (!["NONE", "READ_ONLY", "ALL"].includes(policy)) return invalid(`${policy} is no permissionsPropagationPolicy`);
  const fails = query.get("failOnMissingUsersOrGroups") ?? "true";
  return /^(true|false)$/i.test(fails) ? undefined : invalid("failOnMissingUsersOrGroups must be a boolean");
};

/** Where the archives of exported bundles are on the server. */
const placeOf = (projectKey: string, bundleId: string): string =>
  `/data/dss/bundle_archives/${projectKey}/${bundleId}.zip`;

/** @internal */
export const bundlesRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/projects/:projectKey/bundles/exported",
    known: "public evidence",
    note: "bundles, each with bundleId and exportManifest.",
    handle: ({ params }, world) =>
      Effect.map(findProject(world, params.projectKey), (project) => listed(project.of(exportedBundles))),
  },
  {
    method: "PUT",
    path: "/projects/:projectKey/bundles/exported/:bundleId",
    known: "public evidence",
    note: "An id that is taken is refused with 400. That there is an answer, an empty object, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const project = yield* administrated(world, call);
        const { bundleId } = call.params as { readonly bundleId: string };
        if (project.of(exportedBundles).has(bundleId)) {
          return yield* Effect.fail(invalid(`Bundle ${bundleId} already exists`));
        }
        const checks = call.query.get("evaluateProjectStandardsChecks") ?? "true";
        if (!/^(true|false)$/i.test(checks)) {
          return yield* Effect.fail(invalid("evaluateProjectStandardsChecks must be a boolean"));
        }
        const releaseNotes = call.query.get("releaseNotes");
        const manifest: JsonObject = {
          bundleId,
          originalProjectKey: project.projectKey,
          exportUserInfo: { exportedBy: call.user.login, exportedOn: call.now },
          ...(releaseNotes === null ? {} : { releaseNotes }),
        };
        const archive = archiveOf(world, project, {}, manifest);
        project.of(exportedBundles).set(bundleId, { bundleId, manifest, archive, isPreloaded: false });
        world.of(serverFiles).set(placeOf(project.projectKey, bundleId), archive);
        return jsonAnswer({});
      }),
  },
  {
    method: "DELETE",
    path: "/projects/:projectKey/bundles/exported/:bundleId",
    known: "official client",
    note: "That there is an answer, an empty object, is assumed.",
    handle: (call, world) =>
      Effect.map(find(world, call, exportedBundles), ({ project, bundle }) => {
        project.of(exportedBundles).delete(bundle.bundleId);
        world.of(serverFiles).delete(placeOf(project.projectKey, bundle.bundleId));
        return jsonAnswer({});
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/bundles/exported/:bundleId/archive",
    known: "official client",
    note: "A ZIP file, like that of an exported project.",
    handle: (call, world) => Effect.map(find(world, call, exportedBundles), ({ bundle }) => zipAnswer(bundle.archive)),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/bundles/:bundleId/publish",
    known: "official client",
    note: "publishedOn, publishedBy and publishedProjectKey.",
    handle: (call, world) =>
      Effect.map(find(world, call, exportedBundles), ({ project, bundle: { bundleId } }) => {
        const publishedProjectKey = call.query.get("publishedProjectKey") ?? project.projectKey;
        world.of(publishedBundles).push({ publishedProjectKey, bundleId, publishedOn: call.now });
        return jsonAnswer({ publishedOn: call.now, publishedBy: call.user.login, publishedProjectKey });
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/bundles/imported",
    known: "public evidence",
    note: "bundles, each with bundleId; that there is exportManifest is assumed.",
    handle: ({ params }, world) =>
      Effect.map(findProject(world, params.projectKey), (project) => listed(project.of(importedBundles))),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/bundles/imported/actions/importFromStream",
    known: "official client",
    note:
      "A multipart file; an empty answer. That this is no automation node alone can do it is assumed, as what is refused.",
    handle: (call, world) => Effect.as(importBundle(world, call, fileSent(call)), emptyAnswer),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/bundles/imported/actions/importFromArchive",
    known: "official client",
    note:
      "archivePath on the server, here one where an exported bundle is. That there is an answer, an empty object, is assumed.",
    handle: (call, world) => Effect.as(importBundle(world, call, serverFile(world, call)), jsonAnswer({})),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/bundles/imported/:bundleId/actions/preload",
    known: "official client",
    note: "Messages; there is nothing to prepare here.",
    handle: (call, world) =>
      Effect.map(find(world, call, importedBundles), ({ bundle }) => {
        bundle.isPreloaded = true;
        const message = `Bundle ${bundle.bundleId} is ready`;
        return jsonAnswer(infoMessage("SUCCESS", "INFO_BUNDLE_PRELOADED", "Preloaded", message));
      }),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/bundles/imported/:bundleId/actions/activate",
    known: "documented",
    note:
      "scenariosActiveOnActivation; answers messages and neededAMigration. That scenarios which are not named stay as they are is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { project, bundle: { bundleId, archive } } = yield* find(world, call, importedBundles);
        const asked = (isJsonObject(call.json) ? call.json : {}).scenariosActiveOnActivation ?? {};
        if (!isJsonObject(asked) || Object.values(asked).some((active) => typeof active !== "boolean")) {
          return yield* Effect.fail(invalid("scenariosActiveOnActivation must be an object of booleans"));
        }
        const archived = yield* projectIn(archive);
        const outcome = world.outcomes.take(`bundles/${project.projectKey}.${bundleId}`);
        if (outcome.end === "fail") {
          const message = outcome.message ?? `Bundle ${bundleId} cannot be activated`;
          return jsonAnswer({
            ...infoMessage("ERROR", "ERR_BUNDLE_ACTIVATE", "Not activated", message),
            neededAMigration: false,
          });
        }
        putContent(world, project, archived, call.now);
        for (const scenario of project.of(scenarios).values()) {
          const active = asked[scenario.id];
          if (active !== undefined) scenario.document = { ...scenario.document, active };
          planScenario(world, scenario, call.now);
        }
        project.documents.summary = { ...project.documents.summary, activeBundleState: { bundleId } };
        changed(project, call.user.login, call.now);
        return jsonAnswer({
          ...infoMessage("SUCCESS", "INFO_BUNDLE_ACTIVATED", "Activated", `Bundle ${bundleId} is active`),
          neededAMigration: false,
        });
      }),
  },
  {
    method: "DELETE",
    path: "/projects/:projectKey/bundles/imported/:bundleId",
    known: "official client",
    note: "That the active one is refused, and that there is an answer, an empty object, is assumed.",
    handle: (call, world) =>
      Effect.flatMap(find(world, call, importedBundles), ({ project, bundle: { bundleId } }) => {
        const active = project.documents.summary.activeBundleState as JsonObject | undefined;
        if (active?.bundleId === bundleId) return Effect.fail(invalid(`Bundle ${bundleId} is active`));
        project.of(importedBundles).delete(bundleId);
        return Effect.succeed(jsonAnswer({}));
      }),
  },
  {
    method: "POST",
    path: "/projectsFromBundle/",
    known: "official client",
    note: "A multipart file; that the answer has projectKey, and that a taken key is refused with 409, is assumed.",
    handle: (call, world) => Effect.andThen(refuse(faultInCreation(call)), createFrom(world, call, fileSent(call))),
  },
  {
    method: "POST",
    path: "/projectsFromBundle/fromArchive",
    known: "official client",
    note: "archivePath on the server, here one where an exported bundle is. Permissions are not taken over.",
    handle: (call, world) =>
      Effect.andThen(refuse(faultInCreation(call)), createFrom(world, call, serverFile(world, call))),
  },
];
