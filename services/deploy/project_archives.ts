/**
 * Archives of projects: exported as a stream, and imported.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type * as Stream from "effect/Stream";
import { PreparedImport, ProjectImport } from "../../schemas/deploy/project_import.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import type { FutureEnd } from "../../src/operation/future_failure.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import type { ContactLost, WaitTimedOut } from "../../src/operation/operation.ts";
import type { ExportProjectOptions, ImportProjectOptions } from "./project_archive_options.ts";
import { type Content, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { startFuture } from "../../src/operation/started_future.ts";

export * from "../../schemas/deploy/project_import.ts";
export type { ExportProjectOptions, ImportProjectOptions, ImportRemapping } from "./project_archive_options.ts";

/** What an import can end in. */
export type ProjectImportEnd = DssError | FutureEnd | ContactLost | WaitTimedOut;

/**
 * Archives of projects.
 *
 * Archives can have gigabytes: they are streamed both ways. `saveToFile` of `./files` writes one, `fileContent` reads one.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { ProjectArchives, Projects } from "@effect-dataiku/dss";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const archives = yield* ProjectArchives;
 *   yield* archives.import(archives.export("SALES"), { targetProjectKey: "SALES_COPY" });
 *   return yield* (yield* Projects).keys();
 * });
 * const keys = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (!keys.includes("SALES_COPY")) throw new Error("unexpected");
 * ```
 */
export interface ProjectArchives {
  /** The archive of a project, a ZIP file. A stream that does not end well has failed: no part of it is an archive. */
  export(projectKey: string, options?: ExportProjectOptions): Stream.Stream<Uint8Array, DssError>;
  /** Uploads an archive; nothing is imported before `importPrepared`. */
  prepareImport(archive: Content): Effect.Effect<PreparedImport, DssError>;
  /**
   * Imports what was uploaded. An import that DSS says is no success, as under a key that is taken, is a `FutureFailed` with its messages.
   * It is never sent twice: a lost answer is `OutcomeUnknown`.
   */
  importPrepared(importId: string, options?: ImportProjectOptions): Effect.Effect<ProjectImport, ProjectImportEnd>;
  /** Uploads an archive and imports it. */
  import(archive: Content, options?: ImportProjectOptions): Effect.Effect<ProjectImport, ProjectImportEnd>;
}

const failed = ({ success }: ProjectImport): string | undefined =>
  success ? undefined : "the import says success: false";

/** Key of {@linkcode ProjectArchives}, with its layer. */
export const ProjectArchives: DssService<ProjectArchives> = service(
  "ProjectArchives",
  Effect.map(Dss, (dss): ProjectArchives => {
    const prepare = (method: string, content: Content) => {
      const parts = [{ name: "file", fileName: "tmp-import.zip", content }];
      return dss.json(method, post(path`/projects/import/upload`, { parts }), PreparedImport);
    };
    const execute = (method: string, importId: string, { targetProjectKey, remapping }: ImportProjectOptions = {}) => {
      const said = targetProjectKey !== undefined || remapping !== undefined;
      // DSS cannot parse an empty object.
      const json = said ? { targetProjectKey, remapping } : { _: "_" };
      const request = post(path`/projects/import/${importId}/process`, { json, slow: true });
      return runOperation(startFuture(dss, { method, request, result: ProjectImport, failed }));
    };
    return {
      export: (projectKey, options = {}) =>
        dss.stream(
          "ProjectArchives.export",
          // A POST that changes nothing.
          post(path`/projects/${projectKey}/export`, { json: options, repeatable: true, slow: true }),
        ),
      prepareImport: (archive) => prepare("ProjectArchives.prepareImport", archive),
      importPrepared: (importId, options) => execute("ProjectArchives.importPrepared", importId, options),
      import: (archive, options) => {
        const method = "ProjectArchives.import";
        return Effect.flatMap(prepare(method, archive), ({ id }) => execute(method, id, options));
      },
    };
  }),
);
