/**
 * Jupyter notebooks of the simulated DSS, and their kernels.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { type Call, jsonAnswer, missing, type Route, type SimulatedRefusal } from "../kernel/route.ts";
import type { JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { findProject } from "../projects/projects_state.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** A notebook, with the sessions that run. */
export interface NotebookRecord {
  readonly projectKey: string;
  readonly name: string;
  readonly language: string;
  sessions: ReadonlyArray<JsonObject>;
}

/** Notebooks that run, by `SALES.name`. */
export const notebooks: Slice<Map<string, NotebookRecord>> = slice("notebooks", () => new Map(), {
  removed: (held, object) => {
    for (const [id, { projectKey }] of held) if (object === `projects/${projectKey}`) held.delete(id);
  },
});

const notebookOf = ({ projectKey, name, language, sessions }: NotebookRecord): JsonObject => ({
  projectKey,
  name,
  language,
  activeSessions: sessions,
});

const running = (world: World): ReadonlyArray<NotebookRecord> =>
  [...world.of(notebooks).values()].filter(({ sessions }) => sessions.length > 0);

const findNotebook = (world: World, { params, query }: Call): Effect.Effect<NotebookRecord, SimulatedRefusal> =>
  Effect.flatMap(findProject(world, params.projectKey), ({ projectKey }) => {
    const name = query.get("notebookName");
    const notebook = world.of(notebooks).get(`${projectKey}.${name}`);
    return notebook === undefined ? Effect.fail(missing(`Notebook ${projectKey}.${name}`)) : Effect.succeed(notebook);
  });

const hour = 3_600_000;

/** A session, started some hours ago by a user. */
const session = (id: string, login: string, displayName: string, started: number, active: number): JsonObject => ({
  sessionId: `session-${id}`,
  kernelId: `kernel-${id}`,
  kernelPid: 4000 + id.length,
  kernelConnections: 1,
  kernelExecutionState: "idle",
  kernelLastActivityTime: active,
  sessionCreator: login,
  sessionCreatorDisplayName: displayName,
  sessionUnixOwner: "dataiku",
  sessionStartTime: started,
});

/** Fills an instance with notebooks. */
export const seedNotebooks = (world: World, boot: number): void => {
  const rows: ReadonlyArray<NotebookRecord> = [
    {
      projectKey: "SALES",
      name: "explore orders",
      language: "python",
      sessions: [
        session("a1", "maria", "Maria Lopez", boot - 50 * hour, boot - 49 * hour),
        session("b22", "admin", "Administrator", boot - 2 * hour, boot - hour / 2),
      ],
    },
    {
      projectKey: "CHURN",
      name: "features",
      language: "python",
      sessions: [session("c333", "maria", "Maria Lopez", boot - 30 * hour, boot - 26 * hour)],
    },
    { projectKey: "CHURN", name: "old ideas", language: "R", sessions: [] },
  ];
  for (const row of rows) world.of(notebooks).set(`${row.projectKey}.${row.name}`, row);
};

/** @internal */
export const runningNotebooksRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/admin/notebooks/",
    known: "official client",
    note: "Notebooks with sessions; the fields of sessions are those that the official client reads.",
    admin: true,
    handle: (_, world) => Effect.sync(() => jsonAnswer(running(world).map(notebookOf))),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/notebooks/active",
    known: "official client",
    note: "As the list of all projects.",
    handle: ({ params }, world) =>
      Effect.map(
        findProject(world, params.projectKey),
        ({ projectKey }) =>
          jsonAnswer(running(world).filter((notebook) => notebook.projectKey === projectKey).map(notebookOf)),
      ),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/notebooks/",
    known: "official client",
    note: "One notebook, by notebookName; one that does not run has no sessions, which is assumed.",
    handle: (call, world) => Effect.map(findNotebook(world, call), (notebook) => jsonAnswer(notebookOf(notebook))),
  },
  {
    method: "DELETE",
    path: "/projects/:projectKey/notebooks/",
    known: "official client",
    note: "Ends a session, by notebookName and sessionId. That a session that is not there is refused is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const notebook = yield* findNotebook(world, call);
        const id = call.query.get("sessionId");
        const left = notebook.sessions.filter(({ sessionId }) => sessionId !== id);
        if (left.length === notebook.sessions.length) return yield* Effect.fail(missing(`Session ${id}`));
        notebook.sessions = left;
        return jsonAnswer({});
      }),
  },
];
