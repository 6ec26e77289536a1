/**
 * Queries as they stand behind a path.
 *
 * @module
 * @internal
 */
import * as Result from "effect/Result";
import { jsonText, unfitValue } from "../json/json_text.ts";
import type { Query } from "./request.ts";

/** One value of a query as text, or why it is not sent: it would go as something else. */
const queryText = (name: string, value: unknown): Result.Result<string, string> => {
  if (typeof value === "object" && value !== null && "json" in value) return jsonText(value.json, name);
  const unfit = typeof value === "object" ? "is no text, number or boolean: give it as { json }" : unfitValue(value);
  if (unfit !== undefined) return Result.fail(`the value of ${name} in the query ${unfit}`);
  const text = String(value);
  return text.isWellFormed()
    ? Result.succeed(text)
    : Result.fail(`the value of ${name} in the query is not well-formed Unicode`);
};

/** A query as it stands behind a path, or why it cannot be sent. */
export const search = (query: Query | undefined): Result.Result<string, string> => {
  if (query === undefined) return Result.succeed("");
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      const text = queryText(name, one);
      if (Result.isFailure(text)) return text;
      params.append(name, text.success);
    }
  }
  return Result.succeed(params.size === 0 ? "" : `?${params}`);
};
