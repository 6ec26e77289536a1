import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { playInProcess } from "./faults/in_process.ts";
import { chosen, titleOf } from "./faults/report.ts";
import { rows } from "./faults/rows.ts";

// One seed each: `deno task faults` plays many, and on real sockets.
describe("the fault matrix in process", () => {
  it.each(chosen(rows, "process", "").map((row) => [titleOf(row), row] as const))("%s", async (_, row) => {
    expect(await Effect.runPromise(playInProcess(row, 1))).toEqual([]);
  });

  it("has no two rows of one title", () => {
    expect(new Set(rows.map(titleOf)).size).toBe(rows.length);
  });
});
