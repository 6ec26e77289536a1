/**
 * Stops every code studio of a project that runs and has no conflict in any of its zones; exit code 1 when one cannot be told or stopped.
 *
 * `deno run -A examples/stop_code_studios.ts SALES`
 *
 * @module
 */
import process from "node:process";
import { Console, Effect } from "effect";
import { type CodeStudio, CodeStudioConflicts, CodeStudios, CodeStudioStatus } from "@effect-dataiku/dss/code-studios";
import { dss, runMain } from "./program.ts";

const [project = "SALES"] = process.argv.slice(2);

const stopWithoutConflicts = Effect.fn("stopWithoutConflicts")(function* ({ id, name, owner }: CodeStudio) {
  const studios = yield* CodeStudios;
  const status = yield* studios.status(project, id);
  if (status.state !== "RUNNING") return yield* Console.log(`${name} of ${owner} is ${status.state}`);
  const conflicts = yield* Effect.forEach(
    CodeStudioStatus.zoneNames(status),
    (zone) => studios.conflicts(project, id, zone),
  );
  const files = conflicts.flatMap(CodeStudioConflicts.files);
  if (files.length > 0) {
    const shown = files.map((file) => typeof file === "string" ? file : JSON.stringify(file)).join(", ");
    return yield* Console.log(`${name} of ${owner} runs on, in conflict: ${shown}`);
  }
  yield* studios.stop(project, id);
  yield* Console.log(`${name} of ${owner} is stopped`);
});

const stopAll = Effect.gen(function* () {
  const studios = yield* (yield* CodeStudios).list(project);
  yield* Effect.forEach(studios, stopWithoutConflicts, { concurrency: 4, discard: true });
});

runMain(Effect.provide(stopAll, dss));
