/**
 * Keeps a managed folder and a local one in step: only what changed is copied.
 *
 * `deno run -A examples/sync_folder.ts down SALES reports ./reports`
 * `deno run -A examples/sync_folder.ts up SALES reports ./reports --delete`
 *
 * `--delete` also deletes what the other side does not have, `--content` compares bytes in place of times. A managed folder is named by its id
 * or, when no other has it, by its name.
 *
 * @module
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { Console, Data, Effect } from "effect";
import { ManagedFolderFiles, ManagedFolders } from "@effect-dataiku/dss";
import {
  downloadFolder,
  type FolderCopyOptions,
  type FolderCopyProgress,
  uploadFolder,
} from "@effect-dataiku/dss/files";
import { dss, runMain } from "./program.ts";

class NothingToDo extends Data.Error<{ readonly message: string }> {}

/** The id of the folder that is meant. */
const folderNamed = (projectKey: string, name: string) =>
  Effect.gen(function* () {
    const all = yield* (yield* ManagedFolders).list(projectKey);
    const found = all.filter((folder) => folder.id === name || folder.name === name);
    const [folder] = found;
    if (folder !== undefined && found.length === 1) return folder.id;
    const known = all.map(({ id, name }) => `${name} (${id})`).join(", ") || "none";
    const message = found.length === 0
      ? `${projectKey} has no managed folder ${name}, it has: ${known}`
      : `${projectKey} has ${found.length} managed folders ${name}, name the one that you mean by its id: ${known}`;
    return yield* Effect.fail(new NothingToDo({ message }));
  });

const tell = ({ path, action, done, total }: FolderCopyProgress) =>
  action === "unchanged" ? Effect.void : Console.log(`${action} ${path} (${done} of ${total})`);

const program = Effect.gen(function* () {
  const { positionals, values } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: { delete: { type: "boolean", default: false }, content: { type: "boolean", default: false } },
  });
  const [way, projectKey, folder, local] = positionals;
  if ((way !== "up" && way !== "down") || projectKey === undefined || folder === undefined || local === undefined) {
    return yield* Effect.fail(
      new NothingToDo({ message: "Say up or down, a project, a managed folder, and a local folder" }),
    );
  }
  const tree = (yield* ManagedFolderFiles).in(projectKey, yield* folderNamed(projectKey, folder));
  const options: FolderCopyOptions = {
    prune: values.delete,
    compare: values.content ? "content" : "time",
    onProgress: tell,
  };
  const result = yield* way === "up" ? uploadFolder(local, tree, options) : downloadFolder(tree, local, options);
  for (const path of result.skipped) yield* Console.log(`skipped ${path}, which is no file`);
  const { copied, bytes, unchanged, deleted } = result;
  yield* Console.log(
    `${copied.length} copied (${bytes} bytes), ${unchanged.length} unchanged, ${deleted.length} deleted`,
  );
});

runMain(Effect.provide(program, dss));
