/**
 * Which part of a dataset is read, as far as it can be known before DSS is asked.
 *
 * @module
 * @internal
 */
import type { DatasetColumn } from "../../schemas/flow/dataset_schema.ts";
import type { DatasetPart } from "./dataset_rows_options.ts";

const few = (names: ReadonlyArray<string>): string =>
  names.length > 20 ? `${names.slice(0, 20).join(", ")}, …` : names.join(", ");

/** What is wrong with what is asked for, whatever the dataset; `undefined` when nothing is. */
export const faultInPart = ({ columns, partitions, limit }: DatasetPart): string | undefined => {
  if (columns?.length === 0) return "columns is an empty list, expected at least one column: leave it out to read all";
  if (partitions?.length === 0) {
    return "partitions is an empty list, expected at least one partition: leave it out to read all";
  }
  // DSS takes them in one text, with commas between them.
  const parted = partitions?.find((id) => id === "" || id.includes(","));
  if (parted !== undefined) {
    return `partitions has ${
      JSON.stringify(parted)
    }, expected ids of partitions, which are not empty and have no comma`;
  }
  return limit === undefined || (Number.isSafeInteger(limit) && limit > 0)
    ? undefined
    : `limit is ${limit}, expected a whole number from 1: leave it out to read all rows`;
};

/** The columns that are read, in the order of the dataset. */
export const readColumns = (
  dataset: string,
  all: ReadonlyArray<DatasetColumn>,
  { columns }: DatasetPart,
): { readonly columns: ReadonlyArray<DatasetColumn> } | { readonly fault: string } => {
  if (columns === undefined) return { columns: all };
  const names = all.map(({ name }) => name);
  const unknown = columns.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const known = names.length === 0 ? "which has none yet" : `which has ${few(names)}`;
    return { fault: `columns has ${JSON.stringify(unknown)}, expected columns of ${dataset}, ${known}` };
  }
  const parted = columns.find((name) => name.includes(","));
  if (parted !== undefined) {
    return {
      fault: `columns has ${JSON.stringify(parted)}, whose comma DSS takes for the end of a name: read all columns`,
    };
  }
  const wanted = new Set(columns);
  return { columns: all.filter(({ name }) => wanted.has(name)) };
};
