/**
 * Rows on their way up: which columns they have, and what they are as cells.
 *
 * @module
 * @internal
 */
import * as DateTime from "effect/DateTime";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import type * as SchemaAST from "effect/SchemaAST";
import type { DatasetColumn } from "../../schemas/flow/dataset_schema.ts";
import { jsonText } from "../../src/json/json_text.ts";

/** Types of columns by what their values are, of those that need no look inside. */
const typeByKind: Readonly<Partial<Record<SchemaAST.AST["_tag"], string>>> = {
  String: "string",
  TemplateLiteral: "string",
  Number: "double",
  BigInt: "bigint",
  Boolean: "boolean",
  Arrays: "array",
  Objects: "object",
};

const typeOfValue: Readonly<Record<string, string>> = {
  string: "string",
  number: "double",
  bigint: "bigint",
  boolean: "boolean",
};

const instants: ReadonlySet<unknown> = new Set(["effect/schema/DateTimeUtc", "effect/schema/Date"]);

/** The types that values of this kind can have; what has no type is `undefined`, and what stands for nothing is left out. */
const typesOf = (ast: SchemaAST.AST): ReadonlyArray<string | undefined> => {
  if (ast._tag === "Null" || ast._tag === "Undefined" || ast._tag === "Void") return [];
  if (ast._tag === "Union") return ast.types.flatMap(typesOf);
  if (ast._tag === "Literal") return [typeOfValue[typeof ast.literal]];
  if (ast._tag === "Enum") return ast.enums.map(([, value]) => typeOfValue[typeof value]);
  if (ast._tag !== "Declaration") return [typeByKind[ast._tag]];
  const { representation } = (ast.annotations ?? {}) as { readonly representation?: { readonly id?: unknown } };
  return [instants.has(representation?.id) ? "date" : undefined];
};

/** The columns of rows that a schema encodes, or what is wrong with the schema. */
export const columnsOfSchema = (
  schema: Schema.Codec<unknown, unknown>,
): { readonly columns: ReadonlyArray<DatasetColumn> } | { readonly fault: string } => {
  const { ast } = Schema.toEncoded(schema);
  if (ast._tag !== "Objects" || ast.propertySignatures.length === 0 || ast.indexSignatures.length > 0) {
    return { fault: "schema encodes to no object of known keys, expected a Struct with a field for each column" };
  }
  const columns: Array<DatasetColumn> = [];
  for (const { name, type } of ast.propertySignatures) {
    const types = [...new Set(typesOf(type))];
    const [only] = types;
    if (types.length !== 1 || only === undefined) {
      const what = types.length > 1 ? "values of several types" : "values that no type of a column fits";
      return {
        fault: `field ${
          String(name)
        } of schema has ${what}, expected one of them, or \`columns\` in place of \`schema\``,
      };
    }
    columns.push({ name: String(name), type: only });
  }
  return { columns };
};

/** A value as the text of a cell, or what is wrong with it. */
const cellOf = (value: unknown): Result.Result<string | null, string> => {
  if (value === null || value === undefined) return Result.succeed(null);
  switch (typeof value) {
    case "string":
      return value.isWellFormed() ? Result.succeed(value) : Result.fail("is not well-formed Unicode");
    case "number":
    case "bigint":
    case "boolean":
      return Result.succeed(String(value));
    case "object":
      break;
    default:
      return Result.fail(`is a ${typeof value}`);
  }
  if (DateTime.isDateTime(value)) return Result.succeed(DateTime.formatIso(value));
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? Result.fail("is no date") : Result.succeed(value.toISOString());
  }
  return Result.mapError(jsonText(value, "value"), (why) => `is no JSON: ${why}`);
};

/** How a row becomes cells, in the order of the columns. */
export type RowToCells = (row: unknown, number: number) => Result.Result<ReadonlyArray<string | null>, string>;

const cellsOf = (
  columns: ReadonlyArray<DatasetColumn>,
  number: number,
  valueAt: (column: DatasetColumn, at: number) => unknown,
): Result.Result<ReadonlyArray<string | null>, string> => {
  const cells: Array<string | null> = [];
  for (const [at, column] of columns.entries()) {
    const cell = cellOf(valueAt(column, at));
    if (Result.isFailure(cell)) return Result.fail(`cell ${column.name} of row ${number} ${cell.failure}`);
    cells.push(cell.success);
  }
  return Result.succeed(cells);
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Rows that are arrays in the order of the columns, or objects with their names. */
export const givenCells = (columns: ReadonlyArray<DatasetColumn>): RowToCells => (row, number) => {
  if (Array.isArray(row)) {
    return row.length === columns.length
      ? cellsOf(columns, number, (_, at) => row[at])
      : Result.fail(`row ${number} has ${row.length} cells, expected ${columns.length}`);
  }
  if (!isRecord(row)) return Result.fail(`row ${number} is neither an array nor an object`);
  const names = new Set(columns.map(({ name }) => name));
  const other = Object.keys(row).find((key) => !names.has(key));
  return other === undefined
    ? cellsOf(columns, number, ({ name }) => Object.hasOwn(row, name) ? row[name] : undefined)
    : Result.fail(`row ${number} has ${other}, which is none of its columns`);
};

/** Rows that a schema encodes to objects. */
export const encodedCells = (
  columns: ReadonlyArray<DatasetColumn>,
  schema: Schema.Codec<unknown, unknown>,
): RowToCells => {
  const encode = Schema.encodeUnknownResult(schema);
  return (row, number) => {
    const encoded = encode(row);
    if (Result.isFailure(encoded)) {
      return Result.fail(`row ${number} does not fit its schema: ${encoded.failure.message.split("\n")[0]}`);
    }
    const object = encoded.success as Readonly<Record<string, unknown>>;
    return cellsOf(columns, number, ({ name }) => object[name]);
  };
};
