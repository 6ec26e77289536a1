/**
 * Jupyter notebooks whose kernels run: listed, looked at, unloaded.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { RunningNotebook } from "../../schemas/code/running_notebook.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { del, get, path } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";

export * from "../../schemas/code/running_notebook.ts";

/**
 * Jupyter notebooks whose kernels run.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { RunningNotebooks } from "@effect-dataiku/dss/running-notebooks";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const notebooks = yield* RunningNotebooks;
 *   for (const { projectKey, name, activeSessions } of yield* notebooks.listAll()) {
 *     for (const { sessionId } of activeSessions ?? []) yield* notebooks.unload(projectKey, name, sessionId ?? "");
 *   }
 *   return yield* notebooks.listAll();
 * });
 * const left = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (left.length !== 0) throw new Error("unexpected");
 * ```
 */
export interface RunningNotebooks {
  /** The notebooks that run in all projects; needs an administrator's key. */
  listAll(): Effect.Effect<ReadonlyArray<RunningNotebook>, DssError>;
  /** The notebooks of a project that run. */
  list(projectKey: string): Effect.Effect<ReadonlyArray<RunningNotebook>, DssError>;
  /** A notebook with its sessions, of which there are none when it does not run. */
  get(projectKey: string, name: string): Effect.Effect<RunningNotebook, DssError>;
  /** Ends a session of a notebook, and its kernel: what is only in its memory is lost. */
  unload(projectKey: string, name: string, sessionId: string): Effect.Effect<void, DssError>;
}

/** Key of {@linkcode RunningNotebooks}, with its layer. */
export const RunningNotebooks: DssService<RunningNotebooks> = service(
  "RunningNotebooks",
  Effect.map(Dss, (dss): RunningNotebooks => {
    const all = Schema.Array(RunningNotebook);
    return {
      listAll: () => dss.json("RunningNotebooks.listAll", get(path`/admin/notebooks/`), all),
      list: (projectKey) => dss.json("RunningNotebooks.list", get(path`/projects/${projectKey}/notebooks/active`), all),
      get: (projectKey, notebookName) =>
        dss.json(
          "RunningNotebooks.get",
          get(path`/projects/${projectKey}/notebooks/`, { query: { notebookName } }),
          RunningNotebook,
        ),
      unload: (projectKey, notebookName, sessionId) =>
        dss.empty(
          "RunningNotebooks.unload",
          del(path`/projects/${projectKey}/notebooks/`, { query: { notebookName, sessionId } }),
        ),
    };
  }),
);
