/**
 * Uploaded datasets: their files, and rows written to them.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import * as Stream from "effect/Stream";
import { setFormat } from "../../schemas/flow/dataset_edits.ts";
import { csvFormat } from "../../schemas/flow/dataset_formats.ts";
import type { DatasetColumn } from "../../schemas/flow/dataset_schema.ts";
import { DatasetSettings } from "../../schemas/flow/dataset_settings.ts";
import { UploadedFile } from "../../schemas/flow/uploaded_file.ts";
import { Dss } from "../../src/connection/dss.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import { Invalid, UploadFailed } from "../../src/errors/reasons.ts";
import { editing, type SettingsError } from "../../src/settings/settings.ts";
import { type Content, del, get, path, post } from "../../src/transport/request.ts";
import type { RowValues, WriteColumnsOptions, WriteRowsOptions } from "./dataset_uploads_options.ts";
import { separated, separatedRow } from "./rows_as_text.ts";
import { columnsOfSchema, encodedCells, givenCells, type RowToCells } from "./rows_to_upload.ts";

export type { DatasetColumn } from "../../schemas/flow/dataset_schema.ts";
export * from "../../schemas/flow/uploaded_file.ts";
export type * from "./dataset_uploads_options.ts";

/**
 * Uploaded datasets: their files, and rows written to them.
 *
 * DSS has no way to replace or delete one file of a dataset: `Datasets.clear` deletes all of them. Nor can rows be added through its API to a
 * dataset that is not an uploaded one.
 *
 * @example
 * ```ts
 * import { Effect, Schema, Stream } from "effect";
 * import { Datasets, uploadedDataset } from "@effect-dataiku/dss/datasets";
 * import { DatasetRows } from "@effect-dataiku/dss/dataset-rows";
 * import { DatasetUploads } from "@effect-dataiku/dss/dataset-uploads";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const Lead = Schema.Struct({ id: Schema.BigInt, name: Schema.String, isOpen: Schema.Boolean });
 *
 * const program = Effect.gen(function* () {
 *   yield* (yield* Datasets).create("SALES", "leads", uploadedDataset({ connection: "filesystem_managed" }));
 *   const leads = Stream.make({ id: 1n, name: 'Ann "A" Lee', isOpen: true });
 *   yield* (yield* DatasetUploads).write("SALES", "leads", leads, { schema: Lead });
 *   return yield* Stream.runCollect((yield* DatasetRows).read("SALES", "leads", { schema: Lead }));
 * });
 * const [lead] = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (lead?.name !== 'Ann "A" Lee') throw new Error("unexpected");
 * ```
 */
export interface DatasetUploads {
  /** The files of an uploaded dataset. */
  list(projectKey: string, name: string): Effect.Effect<ReadonlyArray<UploadedFile>, DssError>;
  /**
   * Adds a file; DSS refuses a name that is there. The dataset has rows only once its format and its columns are set: `write` sets them,
   * `DatasetSchemas.runDetection` finds them. It is never sent twice: a lost answer is `OutcomeUnknown`.
   *
   * @param content `fileContent` of `./files` gives the content of a local file of any size.
   */
  add(projectKey: string, name: string, fileName: string, content: Content): Effect.Effect<void, DssError>;
  /**
   * Writes rows to an uploaded dataset as one CSV file more, which is made on the way, and gives their number. The format and the columns of
   * the dataset become those of the file, whatever they were. DSS reads an empty text as nothing.
   *
   * It fails with what the stream of rows fails with, and there is no new file then. A row that does not fit is `UploadFailed`.
   */
  write<A, E, R>(
    projectKey: string,
    name: string,
    rows: Stream.Stream<A, E, R>,
    options: WriteRowsOptions<A>,
  ): Effect.Effect<number, DssError | SettingsError | E, R>;
  /** Writes rows that are arrays in the order of the columns, or objects with their names. */
  write<E, R>(
    projectKey: string,
    name: string,
    rows: Stream.Stream<RowValues, E, R>,
    options: WriteColumnsOptions,
  ): Effect.Effect<number, DssError | SettingsError | E, R>;
}

/** What rows become: columns, and cells. */
interface Written {
  readonly columns: ReadonlyArray<DatasetColumn>;
  readonly toCells: RowToCells;
}

const writtenBy = <A>(
  options: WriteRowsOptions<A> | WriteColumnsOptions,
): Written | { readonly fault: string } => {
  if (!("schema" in options)) {
    return options.columns.length === 0
      ? { fault: "columns is an empty list, expected at least one column" }
      : { columns: options.columns, toCells: givenCells(options.columns) };
  }
  const schema = options.schema as unknown as Schema.Codec<unknown, unknown>;
  const found = columnsOfSchema(schema);
  return "fault" in found ? found : { columns: found.columns, toCells: encodedCells(found.columns, schema) };
};

const fileFormat = csvFormat({ charset: "utf8", quoteChar: '"', escapeChar: "\\", compress: "" });

/** Key of {@linkcode DatasetUploads}, with its layer. */
export const DatasetUploads: DssService<DatasetUploads> = service(
  "DatasetUploads",
  Effect.map(Dss, (dss): DatasetUploads => {
    const filesAt = (projectKey: string, name: string) => path`/projects/${projectKey}/datasets/${name}/uploaded/files`;
    const method = "DatasetUploads.write";
    const invalid = (detail: string): DssError => new DssError({ method, reason: new Invalid({ detail }) });
    const { update: updateSettings } = editing(dss, {
      methods: [method, method, method],
      schema: DatasetSettings,
      at: (projectKey: string, name: string) => path`/projects/${projectKey}/datasets/${name}`,
    });
    const add = (
      method: string,
      projectKey: string,
      name: string,
      fileName: string,
      content: Content,
    ): Effect.Effect<void, DssError> =>
      fileName === ""
        ? Effect.fail(new DssError({ method, reason: new Invalid({ detail: "the name of the file is empty" }) }))
        : dss.empty(method, post(filesAt(projectKey, name), { parts: [{ name: "file", fileName, content }] }));

    const write = <A, E, R>(
      projectKey: string,
      name: string,
      rows: Stream.Stream<A, E, R>,
      options: WriteRowsOptions<A> | WriteColumnsOptions,
    ): Effect.Effect<number, DssError | SettingsError | E, R> =>
      Effect.gen(function* () {
        const written = writtenBy(options);
        if ("fault" in written) return yield* Effect.fail(invalid(written.fault));
        const { columns, toCells } = written;
        const context = yield* Effect.context<R>();
        const encoder = new TextEncoder();
        let count = 0;
        let failure: { readonly error: E | DssError } | undefined;
        const lineOf = (row: A): Effect.Effect<string, DssError> => {
          const cells = toCells(row, ++count);
          return Result.isFailure(cells)
            ? Effect.fail(new DssError({ method, reason: new UploadFailed({ detail: cells.failure }) }))
            : Effect.succeed(separatedRow(cells.success, separated.csv));
        };
        const header = Stream.succeed(separatedRow(columns.map((column) => column.name), separated.csv));
        const lines = rows.pipe(
          Stream.chunks,
          Stream.mapEffect((some) => Effect.map(Effect.forEach(some, lineOf), (lines) => lines.join(""))),
        );
        const content = Stream.concat(header, lines).pipe(
          Stream.map((text) => encoder.encode(text)),
          // What the upload says of it would be a text.
          Stream.tapError((error) => Effect.sync(() => void (failure = { error }))),
          Stream.provideContext(context),
        );
        if (options.replace === true) {
          yield* dss.empty(method, del(path`/projects/${projectKey}/datasets/${name}/data`, { slow: true }));
        }
        yield* updateSettings(projectKey, name, (settings) => ({
          ...setFormat(fileFormat)(settings),
          schema: { ...settings.schema, columns, userModified: true },
        }));
        yield* Effect.mapError(
          add(method, projectKey, name, options.fileName ?? "rows.csv", content),
          (error): E | DssError => failure === undefined ? error : failure.error,
        );
        return count;
      });

    return {
      list: (projectKey, name) =>
        dss.json("DatasetUploads.list", get(filesAt(projectKey, name)), Schema.Array(UploadedFile)),
      add: (projectKey, name, fileName, content) => add("DatasetUploads.add", projectKey, name, fileName, content),
      write,
    };
  }),
);
