/**
 * The documents of projects of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { changed, faultInDocument, findProject, mayNotAdministrate, type ProjectDocuments } from "./projects_state.ts";
import { emptyAnswer, jsonAnswer, type Provenance, type Route } from "../kernel/route.ts";
import { documentSent, type JsonObject } from "../kernel/stored_document.ts";

interface Kind {
  readonly kind: "metadata" | "permissions" | "settings" | "tags" | "variables";
  readonly path: `/${string}`;
  readonly known: Provenance;
  readonly note: string;
  /** Whether only administrators of the project may write it. */
  readonly isProtected: boolean;
  /** What DSS makes of what is sent. */
  readonly stored?: (sent: JsonObject, documents: ProjectDocuments) => JsonObject;
}

const kinds: ReadonlyArray<Kind> = [
  {
    kind: "metadata",
    path: "/projects/:projectKey/metadata",
    known: "public evidence",
    note:
      "Takes the place of the whole document; tags are a set, which is sorted. That a name that is left out stays is assumed.",
    isProtected: false,
    stored: (sent, { metadata }) => ({
      ...sent,
      label: sent.label ?? metadata.label,
      tags: Array.isArray(sent.tags) ? [...new Set(sent.tags)].sort() : [],
    }),
  },
  {
    kind: "permissions",
    path: "/projects/:projectKey/permissions",
    known: "public evidence",
    note:
      "Takes the place of the whole document, seen live. Who may write it, and that an owner who does not exist is refused, is assumed.",
    isProtected: true,
  },
  {
    kind: "variables",
    path: "/projects/:projectKey/variables",
    known: "public evidence",
    note:
      "Takes the place of all variables; values are any JSON. That local ones which are not sent are gone is assumed; the official client sends both.",
    stored: (sent) => ({ ...sent, local: sent.local ?? {} }),
    isProtected: false,
  },
  {
    kind: "settings",
    path: "/projects/:projectKey/settings",
    known: "public evidence",
    note: "Takes the place of the whole document; a part of the keys of a real one. Who may write it is assumed.",
    isProtected: true,
  },
  {
    kind: "tags",
    path: "/projects/:projectKey/tags",
    known: "public evidence",
    note: "Takes the place of all tags, each with its colour, if it has one.",
    isProtected: false,
  },
];

/** @internal */
export const projectSettingsRoutes: ReadonlyArray<Route> = [
  ...kinds.map(({ kind, path, known, note }): Route => ({
    method: "GET",
    path,
    known,
    note,
    handle: ({ params }, world) =>
      Effect.map(findProject(world, params.projectKey), ({ documents }) => jsonAnswer(documents[kind])),
  })),
  ...kinds.map(({ kind, path, known, note, isProtected, stored = (sent) => sent }): Route => ({
    method: "PUT",
    path,
    known,
    note,
    handle: (call, world) =>
      Effect.gen(function* () {
        const project = yield* findProject(world, call.params.projectKey);
        const refusal = isProtected ? mayNotAdministrate(world, project, call.user) : undefined;
        if (refusal !== undefined) return yield* Effect.fail(refusal);
        const sent = yield* documentSent(world, call);
        const fault = faultInDocument(world, kind, sent);
        if (fault !== undefined) return yield* Effect.fail(fault);
        project.documents[kind] = stored(sent, project.documents);
        changed(project, call.user.login, call.now);
        return emptyAnswer;
      }),
  })),
];
