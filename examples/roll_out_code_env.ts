/**
 * Rolls out a code environment: creates it when it is not there, sets the packages that it must have, installs them, and shows the log of
 * the build when that fails; exit code 1 then.
 *
 * `deno run -A examples/roll_out_code_env.ts py311_ds tabulate==0.9.0 nameparser==1.1.3`
 *
 * @module
 */
import process from "node:process";
import { Console, Data, Effect, Stream } from "effect";
import { CodeEnvs, setRequiredPackages } from "@effect-dataiku/dss/code-envs";
import { withOperation } from "@effect-dataiku/dss/dss";
import { dss, runMain } from "./program.ts";

const [name, ...packages] = process.argv.slice(2);

class NothingToDo extends Data.Error<{ readonly message: string }> {}

const showLog = Effect.fn("showLog")(function* (name: string) {
  const codeEnvs = yield* CodeEnvs;
  const log = (yield* codeEnvs.logs("PYTHON", name)).at(-1);
  if (log === undefined) return yield* Console.error("There is no log of the build");
  yield* Console.error(`${log.name}:\n${(yield* codeEnvs.log("PYTHON", name, log.name)).trimEnd()}`);
});

const rollOut = Effect.gen(function* () {
  if (name === undefined || packages.length === 0) {
    return yield* Effect.fail(new NothingToDo({ message: "Name a code environment of Python, and its packages" }));
  }
  const codeEnvs = yield* CodeEnvs;
  const build = Effect.gen(function* () {
    if (!(yield* codeEnvs.list()).some(({ envLang, envName }) => envLang === "PYTHON" && envName === name)) {
      yield* codeEnvs.create("PYTHON", name);
      yield* Console.log(`Created ${name}`);
    }
    yield* codeEnvs.updateSettings("PYTHON", name, setRequiredPackages(packages));
    // Ctrl-C, or anything else that interrupts this, aborts the build.
    return yield* withOperation(codeEnvs.startUpdatePackages("PYTHON", name), ({ states, result }) =>
      states.pipe(
        Stream.runForEach(({ phase, progress }) =>
          Console.log(progress === undefined ? phase : `${phase}: ${progress.done} of ${progress.total}`)
        ),
        Effect.andThen(result),
      ));
  });
  const { messages } = yield* Effect.tapErrorTag(build, "FutureFailed", () => showLog(name));
  for (const { severity, message } of messages?.messages ?? []) yield* Console.log(`${severity}: ${message}`);
  yield* Console.log(`${name} has ${packages.join(", ")}`);
});

runMain(Effect.provide(rollOut, dss));
