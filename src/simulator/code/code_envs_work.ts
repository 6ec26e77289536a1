/**
 * What takes long in the simulated DSS around code environments.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { codeEnvKey, type CodeEnvRecord, openLog } from "./code_envs_state.ts";
import { infoMessage } from "../kernel/info_messages.ts";
import { type Answer, type Call, jsonAnswer, SimulatedRefusal } from "../kernel/route.ts";
import { isCut, startScripted } from "../kernel/scripted_future.ts";
import type { JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";

/** Work on a code environment. */
export interface CodeEnvWork {
  readonly record: CodeEnvRecord;
  /** What it is, as `updatePackages`: the name of its log. */
  readonly task: string;
  /** Kind of its future. */
  readonly kind: string;
  /** How long it takes, in seconds. */
  readonly seconds: number;
  /** What its log says at first. */
  readonly lines: ReadonlyArray<string>;
  /** What it changes when it ends well. */
  readonly done: () => void;
  /** What its result has besides the messages. */
  readonly result?: JsonObject;
}

/** Works: while the caller waits, or as a future. Whoever waits gets the result at once, as if no time had passed. */
export const workOn = (
  world: World,
  { query, user, now }: Call,
  { record, task, kind, seconds, lines, done, result = {} }: CodeEnvWork,
): Effect.Effect<Answer, SimulatedRefusal> => {
  const key = codeEnvKey(record.lang, record.name);
  const outcome = world.outcomes.take(`code-envs/${key}`);
  const write = openLog(record, task, now);
  for (const line of lines) write(line, now);

  const finish = (at: number): JsonObject => {
    if (outcome.end === "fail") {
      const message = outcome.message ?? "Command failed with exit code 1";
      write(`ERROR: ${message}`, at);
      write(`${task} of ${record.name} failed`, at);
      return { ...result, messages: infoMessage("ERROR", "ERR_CODEENV_BUILD_FAILED", `${task} failed`, message) };
    }
    done();
    const warning = outcome.end === "warn" ? outcome.message ?? "A package was yanked" : undefined;
    if (warning !== undefined) write(`WARNING: ${warning}`, at);
    write(`${task} of ${record.name} is done`, at);
    const messages = warning === undefined
      ? infoMessage("SUCCESS", "INFO_CODEENV_DONE", "Done", `${task} of ${record.name} is done`)
      : infoMessage("WARNING", "WARN_CODEENV_PACKAGE", "Done with warnings", warning);
    return { ...result, messages };
  };
  if (query.get("wait")?.toLowerCase() !== "false") {
    if (outcome.end === "stall") return Effect.never;
    if (!isCut(outcome)) return Effect.succeed(jsonAnswer(finish(now)));
    const errorType = "com.dataiku.dip.futures.FutureAbortedException";
    return Effect.fail(new SimulatedRefusal({ status: 500, errorType, detail: `${task} was aborted` }));
  }
  return Effect.succeed(startScripted(world, now, outcome, {
    owner: user.login,
    displayName: `${task} of ${record.lang} code environment ${record.name}`,
    kind,
    seconds,
    end: (at) => ({ result: finish(at) }),
    onAbort: (at) => write(`${task} of ${record.name} was aborted`, at),
  }));
};
