/**
 * Saves projects into a folder, a file for each, and restores one under another key.
 *
 * `deno run -A examples/backup.ts save backups SALES CHURN` (all projects without keys)
 * `deno run -A examples/backup.ts restore backups/SALES.zip SALES_COPY`
 *
 * A file is there whole or not at all: a backup that was broken off leaves nothing that looks like one.
 *
 * @module
 */
import { mkdir } from "node:fs/promises";
import process from "node:process";
import { Console, Data, Effect } from "effect";
import { ProjectArchives, Projects, Scenarios } from "@effect-dataiku/dss";
import { fileContent, saveToFile } from "@effect-dataiku/dss/files";
import { dss, runMain } from "./program.ts";

class NothingToDo extends Data.Error<{ readonly message: string }> {}

const save = (folder: string, keys: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const archives = yield* ProjectArchives;
    const saved = keys.length > 0 ? keys : yield* (yield* Projects).keys();
    yield* Effect.tryPromise({
      try: () => mkdir(folder, { recursive: true }),
      catch: (error) => new NothingToDo({ message: `The folder ${folder} cannot be made (${error})` }),
    });
    yield* Effect.forEach(saved, (key) => {
      const file = `${folder}/${key}.zip`;
      return Effect.flatMap(
        saveToFile(archives.export(key, { exportUploads: true, exportManagedFolders: true }), file),
        (size) => Console.log(`${key}  ${file}  ${size} bytes`),
      );
    }, { concurrency: 2, discard: true });
    yield* Console.log(`${saved.length} projects are saved`);
  });

const restore = (file: string, targetProjectKey: string) =>
  Effect.gen(function* () {
    yield* (yield* ProjectArchives).import(yield* fileContent(file), { targetProjectKey });
    const scenarios = yield* (yield* Scenarios).list(targetProjectKey);
    yield* Console.log(`${targetProjectKey} is restored from ${file}, with ${scenarios.length} scenarios`);
  });

const program = Effect.gen(function* () {
  const [action, target, ...rest] = process.argv.slice(2);
  const [key] = rest;
  if (action === "save" && target !== undefined) return yield* save(target, rest);
  if (action === "restore" && target !== undefined && key !== undefined) return yield* restore(target, key);
  const said = `${JSON.stringify([action, target].join(" ").trim())} is nothing to do`;
  yield* Effect.fail(
    new NothingToDo({ message: `${said}, expected: save FOLDER [KEY...], or restore FILE NEWKEY` }),
  );
});

runMain(Effect.provide(program, dss));
