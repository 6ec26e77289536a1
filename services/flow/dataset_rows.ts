/**
 * Rows of datasets, as streams.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import type { CellValue, DatasetRow } from "../../schemas/flow/cell_value.ts";
import { type DatasetColumn, DatasetSchema } from "../../schemas/flow/dataset_schema.ts";
import { Dss } from "../../src/connection/dss.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import { Invalid } from "../../src/errors/reasons.ts";
import { get, path } from "../../src/transport/request.ts";
import { typedCells, writtenCells } from "./dataset_cells.ts";
import { faultInPart, readColumns } from "./dataset_part.ts";
import type { DatasetPart, ReadRowsOptions, RowsFormat } from "./dataset_rows_options.ts";
import { jsonRow, separated, separatedRow } from "./rows_as_text.ts";
import type { RowsAs } from "./rows_options.ts";
import { type CellReading, type OpenRows, rowsOf } from "./typed_rows.ts";
import type { UnreadableCell } from "./unreadable_cell.ts";

export type * from "../../schemas/flow/cell_value.ts";
export type { ColumnType } from "../../schemas/flow/dataset_schema.ts";
export type * from "./dataset_rows_options.ts";
export type * from "./rows_options.ts";
export * from "./unreadable_cell.ts";

/**
 * Rows of datasets, as streams.
 *
 * A stream of rows holds a piece of the answer and nothing more, and reads on when its rows were taken. It ends well only when DSS has said
 * that it gave all rows: whatever goes wrong after the first row fails it. A stream that is left early ends the read.
 *
 * @example
 * ```ts
 * import { Effect, Schema, Stream } from "effect";
 * import { DatasetRows } from "@effect-dataiku/dss/dataset-rows";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const Country = Schema.Struct({ code: Schema.String, population: Schema.BigInt });
 *
 * const program = Effect.gen(function* () {
 *   const rows = yield* DatasetRows;
 *   const large = rows.read("SALES", "countries", {
 *     columns: ["code", "population"],
 *     filter: "population > 100000000",
 *     schema: Country,
 *   });
 *   return yield* Stream.runCollect(large);
 * });
 * const [japan] = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (japan?.population !== 124516650n) throw new Error("unexpected");
 * ```
 */
export interface DatasetRows {
  /** The rows of a dataset, each as a value of one type. */
  read<A>(
    projectKey: string,
    name: string,
    options: ReadRowsOptions & RowsAs<A>,
  ): Stream.Stream<A, DssError | UnreadableCell>;
  /** The rows of a dataset, by its own schema, in the order of its columns. */
  read(
    projectKey: string,
    name: string,
    options?: ReadRowsOptions,
  ): Stream.Stream<DatasetRow, DssError | UnreadableCell>;
  /**
   * The rows of a dataset as the bytes of a file, which `saveToFile` of `./files` writes, whole or not at all:
   * `saveToFile("orders.csv", rows.export("SALES", "orders", "csv"))`.
   */
  export(
    projectKey: string,
    name: string,
    format: RowsFormat,
    options?: ReadRowsOptions,
  ): Stream.Stream<Uint8Array, DssError | UnreadableCell>;
}

/** Key of {@linkcode DatasetRows}, with its layer. */
export const DatasetRows: DssService<DatasetRows> = service(
  "DatasetRows",
  Effect.map(Dss, (dss): DatasetRows => {
    const invalid = (method: string, detail: string): DssError =>
      new DssError({ method, reason: new Invalid({ detail }) });

    /** The columns that are read, known before anything is asked for. */
    const columnsOf = (
      method: string,
      projectKey: string,
      name: string,
      part: DatasetPart,
    ): Effect.Effect<ReadonlyArray<DatasetColumn>, DssError> => {
      const fault = faultInPart(part);
      if (fault !== undefined) return Effect.fail(invalid(method, fault));
      const schema = dss.json(method, get(path`/projects/${projectKey}/datasets/${name}/schema`), DatasetSchema);
      return Effect.flatMap(schema, ({ columns }) => {
        const read = readColumns(`${projectKey}.${name}`, columns, part);
        return "fault" in read ? Effect.fail(invalid(method, read.fault)) : Effect.succeed(read.columns);
      });
    };

    const openRows = (
      method: string,
      projectKey: string,
      name: string,
      columns: ReadonlyArray<DatasetColumn>,
      part: DatasetPart,
    ): Effect.Effect<OpenRows> =>
      Effect.sync(() => {
        // The client names the read; DSS tells by this name how it ended.
        const readSessionId = crypto.randomUUID();
        const { partitions, sampling, filter, limit } = part;
        const request = get(path`/projects/${projectKey}/datasets/${name}/data/`, {
          query: {
            format: "tsv-excel-noheader",
            partitions: partitions?.join(","),
            readSessionId,
            columns: part.columns === undefined ? undefined : columns.map((column) => column.name).join(","),
            sampling: sampling === undefined ? undefined : { json: sampling },
            filter,
            limit,
          },
        });
        const asked = get(path`/projects/${projectKey}/datasets/${name}/finish-streaming/`, {
          query: { readSessionId },
          repeatable: false,
        });
        return { columns, request, finish: dss.empty(method, asked) };
      });

    return {
      read: <A>(projectKey: string, name: string, options: ReadRowsOptions | (ReadRowsOptions & RowsAs<A>) = {}) => {
        const method = "DatasetRows.read";
        return Stream.unwrap(Effect.map(columnsOf(method, projectKey, name, options), (columns) => {
          const open = openRows(method, projectKey, name, columns, options);
          return rowsOf<CellValue, A>(dss, method, open, typedCells, options);
        }));
      },
      export: (projectKey, name, format, options = {}) => {
        const method = "DatasetRows.export";
        const encoder = new TextEncoder();
        const { unreadable = "fail" } = options;
        return Stream.unwrap(Effect.map(columnsOf(method, projectKey, name, options), (columns) => {
          const names = columns.map((column) => column.name);
          const open = openRows(method, projectKey, name, columns, options);
          const lines = <V>(reading: CellReading<V>, line: (row: ReadonlyArray<V | null>) => string) =>
            rowsOf<V, ReadonlyArray<V | null>>(dss, method, open, reading, { unreadable }).pipe(
              Stream.chunks,
              Stream.map((some) => encoder.encode(some.map(line).join(""))),
            );
          if (format === "ndjson") return lines<CellValue>(typedCells, jsonRow(names));
          const form = separated[format];
          const header = Stream.succeed(encoder.encode(separatedRow(names, form)));
          return Stream.concat(header, lines<string>(writtenCells, (row) => separatedRow(row, form)));
        }));
      },
    };
  }),
);
