/**
 * Rows of datasets, as streams.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import type { DatasetRow } from "../../schemas/flow/dataset_row.ts";
import { DatasetSchema } from "../../schemas/flow/dataset_schema.ts";
import { Dss } from "../../src/connection/dss.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import { Invalid } from "../../src/errors/reasons.ts";
import { get, path } from "../../src/transport/request.ts";
import type { ReadRowsAs, ReadRowsOptions, RowBytesOptions } from "./dataset_row_options.ts";
import { type Cells, rowsFrom, type RowSource } from "./row_stream.ts";
import { rowLines } from "./row_texts.ts";
import type { UnreadableCell } from "./unreadable_cell.ts";

export type * from "../../schemas/flow/cell.ts";
export type * from "../../schemas/flow/dataset_row.ts";
export type * from "./dataset_row_options.ts";
export * from "./unreadable_cell.ts";

/**
 * Rows of datasets, as streams.
 *
 * A stream of rows holds a piece of the answer and nothing more, and reads on when its rows were taken. It ends well only when DSS has said
 * that the read did: whatever goes wrong after the first row fails it. A stream that is left early ends the read.
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
 *   const columns = ["code", "population"];
 *   return yield* Stream.runCollect(rows.read("SALES", "countries", { columns, schema: Country, limit: 2 }));
 * });
 * const countries = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (countries[0]?.population !== 83456045n) throw new Error("unexpected");
 * ```
 */
export interface DatasetRows {
  /** The rows of a dataset, each as a value of one type. */
  read<A>(
    projectKey: string,
    dataset: string,
    options: ReadRowsAs<A>,
  ): Stream.Stream<A, DssError | UnreadableCell>;
  /** The rows of a dataset, by the types that its schema has when the stream is run. */
  read(
    projectKey: string,
    dataset: string,
    options?: ReadRowsOptions,
  ): Stream.Stream<DatasetRow, DssError | UnreadableCell>;
  /** The rows of a dataset as a file has them, which `saveToFile` of `./files` writes. */
  bytes(
    projectKey: string,
    dataset: string,
    options: RowBytesOptions,
  ): Stream.Stream<Uint8Array, DssError | UnreadableCell>;
}

/** Key of {@linkcode DatasetRows}, with its layer. */
export const DatasetRows: DssService<DatasetRows> = service(
  "DatasetRows",
  Effect.map(Dss, (dss): DatasetRows => {
    const source = (
      method: string,
      projectKey: string,
      dataset: string,
      { columns: wanted, partitions, sampling, filter, limit }: ReadRowsOptions,
    ): Effect.Effect<RowSource, DssError> =>
      Effect.gen(function* () {
        const at = path`/projects/${projectKey}/datasets/${dataset}/schema`;
        const { columns } = yield* dss.json(method, get(at), DatasetSchema);
        const refuse = (detail: string) => new DssError({ method, reason: new Invalid({ detail }) });
        if (wanted?.length === 0 || partitions?.length === 0) {
          return yield* Effect.fail(refuse("columns and partitions name at least one: leave them out for all"));
        }
        if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 0)) {
          return yield* Effect.fail(refuse(`limit is ${limit}, expected a number of rows`));
        }
        const unknown = wanted?.find((name) => columns.every((column) => column.name !== name));
        if (unknown !== undefined) {
          return yield* Effect.fail(refuse(`Column ${unknown} is not in the schema of ${projectKey}.${dataset}`));
        }
        const apart = [...wanted ?? [], ...partitions ?? []].find((name) => name.includes(","));
        if (apart !== undefined) {
          return yield* Effect.fail(refuse(`${apart} has a comma, which DSS takes for the next name: read without it`));
        }
        // In the order of the schema, whichever of both orders DSS answers in.
        const read = columns.filter(({ name }) => wanted === undefined || wanted.includes(name));
        const readSessionId = crypto.randomUUID();
        const query = {
          format: "tsv-excel-noheader",
          partitions: partitions?.join(","),
          columns: wanted === undefined ? undefined : read.map(({ name }) => name).join(","),
          sampling: sampling === undefined ? undefined : { json: sampling },
          filter,
          limit,
          readSessionId,
        };
        return {
          columns: read,
          body: get(path`/projects/${projectKey}/datasets/${dataset}/data/`, { query, repeatable: false }),
          finish: dss.empty(
            method,
            get(path`/projects/${projectKey}/datasets/${dataset}/finish-streaming/`, {
              query: { readSessionId },
              // DSS forgets the read then.
              repeatable: false,
            }),
          ),
          renameAdvice: "read the rows without `schema`, or give one of them another name in the dataset",
          schemaAdvice: "change the `schema` that was given for the rows, or the columns that are read",
        };
      });
    const encoder = new TextEncoder();
    return {
      read: <A>(projectKey: string, dataset: string, options: ReadRowsOptions | ReadRowsAs<A> = {}) =>
        rowsFrom<A>(
          dss,
          "DatasetRows.read",
          Effect.suspend(() => source("DatasetRows.read", projectKey, dataset, options)),
          options,
        ),
      bytes: (projectKey, dataset, { format, ...options }) =>
        Stream.unwrap(Effect.map(
          Effect.suspend(() => source("DatasetRows.bytes", projectKey, dataset, options)),
          (started) => {
            const { head, line } = rowLines(format, started.columns);
            const rows = rowsFrom<Cells>(dss, "DatasetRows.bytes", Effect.succeed(started), options);
            const lines = Stream.mapArray(rows, ([first, ...rest]) => [
              encoder.encode(rest.reduce((text, row) => text + line(row), line(first))),
            ]);
            return head === "" ? lines : Stream.concat(Stream.succeed(encoder.encode(head)), lines);
          },
        )),
    };
  }),
);
