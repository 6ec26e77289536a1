import { expect, it } from "@effect/vitest";
import { readFileSync } from "node:fs";
import { URL } from "node:url";
import * as library from "../../mod.ts";
import * as files from "../../src/files.ts";

const page = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");

/** Names of all errors that are exported, as their `_tag` says. */
const errors = Object.entries({ ...library, ...files }).filter(([, value]) =>
  typeof value === "function" && value.prototype instanceof Error
).map(([name]) => name);

it("the page of errors names every error", () => {
  expect(errors.length).toBeGreaterThan(30);
  const apart = ["DssError", "Refused", "ApiReleaseUnfit"]; // the call itself, what reasons share, a cause
  expect(errors.filter((name) => !apart.includes(name) && !page.includes(`\`${name}\``))).toEqual([]);
});
