/**
 * Runs a command, as a migration, while no scenario of a project runs; exit code 1 when the command fails.
 *
 * `deno run -A examples/freeze_scenarios.ts SALES ./migrate.sh --to 15`
 *
 * @module
 */
import { spawn } from "node:child_process";
import process from "node:process";
import { Data, Effect } from "effect";
import { whileFrozen } from "./freeze/while_frozen.ts";
import { dss, runMain } from "./program.ts";

const [project = "SALES", command = "true", ...args] = process.argv.slice(2);

class CommandFailed extends Data.Error<{ readonly message: string }> {}

const migrate = Effect.callback<void, CommandFailed>((resume) => {
  const child = spawn(command, args, { stdio: "inherit" });
  child.once("error", ({ message }) => resume(Effect.fail(new CommandFailed({ message }))));
  child.once("exit", (code, signal) => {
    const message = `${command} ended with ${signal ?? `exit code ${code}`}`;
    resume(code === 0 ? Effect.void : Effect.fail(new CommandFailed({ message })));
  });
  return Effect.sync(() => void child.kill());
});

runMain(Effect.provide(whileFrozen(project, migrate), dss));
