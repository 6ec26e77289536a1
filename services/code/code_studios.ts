/**
 * Code studios: editors and web apps that run in containers, with files of DSS in them.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import {
  CodeStudio,
  CodeStudioConflicts,
  CodeStudioSettings,
  type CodeStudioStatus,
  CreatedCodeStudio,
  PushedFiles,
} from "../../schemas/code/code_studio.ts";
import { FutureState } from "../../src/operation/future_state.ts";
import { decodeValue } from "../../src/transport/answer.ts";
import { CodeStudioFailed, ConflictsUnknown } from "./code_studio_failed.ts";
import {
  codeStudioKind,
  type CodeStudioOperation,
  codeStudioStatus,
  makeCodeStudioOperation,
} from "./code_studio_operation.ts";
import { Dss } from "../../src/connection/dss.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import { failureMessages } from "../../src/operation/failure_messages.ts";
import { type FutureEnd, FutureFailed } from "../../src/operation/future_failure.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import { dictionary, open } from "../../src/json/open.ts";
import type { ContactLost, WaitOptions, WaitTimedOut } from "../../src/operation/operation.ts";
import { del, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { tokenIds, TokenInvalid } from "../../src/errors/token.ts";

export * from "../../schemas/code/code_studio.ts";
export { CodeStudioFailed, ConflictsUnknown };
export type { CodeStudioOperation, CodeStudioOperationState } from "./code_studio_operation.ts";

/** The stop or start of a code studio, from its beginning to its end. */
export type CodeStudioWork = Effect.Effect<
  CodeStudioStatus,
  DssError | FutureEnd | CodeStudioFailed | ContactLost | WaitTimedOut
>;

/** The beginning of a stop or start. */
export type CodeStudioStart = Effect.Effect<CodeStudioOperation, DssError>;

/**
 * Code studios: editors and web apps that run in containers, with files of DSS in them.
 *
 * A stop and a start come twice: `stop` begins it, waits for its end, and aborts it when the wait is interrupted; `startStop` gives its
 * operation. They end when the code studio itself says that it is stopped or runs, also when DSS has forgotten its task meanwhile.
 *
 * What acts is never sent twice: a lost answer is `OutcomeUnknown`. The copies of files are not sent twice either, but reads to DSS: a lost
 * answer is the failure of the connection, and they may have been made.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { CodeStudios, CodeStudioStatus } from "@effect-dataiku/dss/code-studios";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const studios = yield* CodeStudios;
 *   const status = yield* studios.status("SALES", "Kd83mPq2");
 *   return yield* Effect.forEach(CodeStudioStatus.zoneNames(status), (zone) => studios.conflicts("SALES", "Kd83mPq2", zone));
 * });
 * const conflicts = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (conflicts.length !== 2) throw new Error("unexpected");
 * ```
 */
export interface CodeStudios {
  /** The code studios of a project. */
  list(projectKey: string): Effect.Effect<ReadonlyArray<CodeStudio>, DssError>;
  /** Creates a code studio, which does not run yet. */
  create(
    projectKey: string,
    name: string,
    templateId: string,
  ): Effect.Effect<CreatedCodeStudio, DssError | FutureFailed>;
  /** The definition of a code studio. */
  settings(projectKey: string, id: string): Effect.Effect<CodeStudioSettings, DssError>;
  /** Where a code studio stands, with its zones while it runs. */
  status(projectKey: string, id: string): Effect.Effect<CodeStudioStatus, DssError>;
  /** Stops a code studio. One that is stopped already needs no wait. Changes that were not pulled are lost. */
  stop(projectKey: string, id: string, options?: WaitOptions): CodeStudioWork;
  /** Starts what `stop` does. */
  startStop(projectKey: string, id: string, options?: WaitOptions): CodeStudioStart;
  /** Starts a code studio, or stops and starts one that runs. */
  restart(projectKey: string, id: string, options?: WaitOptions): CodeStudioWork;
  /** Starts what `restart` does. */
  startRestart(projectKey: string, id: string, options?: WaitOptions): CodeStudioStart;
  /**
   * Goes on with a stop or start that this or another program began.
   *
   * @param token The `token` of its operation.
   */
  resume(token: unknown, options?: WaitOptions): Effect.Effect<CodeStudioOperation, TokenInvalid>;
  /** The files of a zone that were changed both in the code studio and in DSS. What DSS cannot tell is `ConflictsUnknown`. */
  conflicts(
    projectKey: string,
    id: string,
    zone: string,
  ): Effect.Effect<CodeStudioConflicts, DssError | ConflictsUnknown>;
  /** Copies the files of a zone from the code studio to DSS. */
  pull(projectKey: string, id: string, zone: string): Effect.Effect<void, DssError>;
  /** Copies the files of a zone from DSS to the code studio. */
  push(projectKey: string, id: string, zone: string): Effect.Effect<PushedFiles, DssError>;
  /** Gives a code studio to another user. It needs the key of its owner or of an administrator. */
  changeOwner(projectKey: string, id: string, login: string): Effect.Effect<void, DssError>;
  /** Deletes a code studio. */
  delete(projectKey: string, id: string): Effect.Effect<void, DssError>;
}

/** Key of {@linkcode CodeStudios}, with its layer. */
export const CodeStudios: DssService<CodeStudios> = service(
  "CodeStudios",
  Effect.map(Dss, (dss): CodeStudios => {
    const studios = (projectKey: string) => path`/projects/${projectKey}/code-studios/`;
    const studio = (projectKey: string, id: string) => path`/projects/${projectKey}/code-studios/${id}`;
    const start = (verb: "stop" | "restart"): CodeStudios["startStop"] => (projectKey, codeStudioId, options) =>
      Effect.gen(function* () {
        const method = `CodeStudios.${verb}`;
        const request = post(path`/projects/${projectKey}/code-studios/${codeStudioId}/${verb}`, { starts: true });
        const future = yield* dss.json(method, request, FutureState);
        const expected = verb === "stop" ? "STOPPED" : "RUNNING";
        const change = { method, projectKey, codeStudioId, expected, future, began: future.startTime ?? 0 } as const;
        return yield* makeCodeStudioOperation(dss, change, options);
      });
    const startStop = start("stop");
    const startRestart = start("restart");
    const decoded = <A>(method: string, answer: unknown, schema: Schema.Codec<A, unknown>) =>
      Effect.mapError(decodeValue(answer, schema), (reason) => new DssError({ method, reason }));
    return {
      list: (projectKey) => dss.json("CodeStudios.list", get(studios(projectKey)), Schema.Array(CodeStudio)),
      create: (projectKey, name, templateId) =>
        Effect.gen(function* () {
          const method = "CodeStudios.create";
          const request = post(studios(projectKey), { json: { name, templateId } });
          const answer = yield* dss.json(method, request, Schema.Unknown);
          const messages = failureMessages(answer);
          if (messages !== undefined) {
            return yield* Effect.fail(new FutureFailed(dss.withoutSecrets({ messages, result: answer }, request)));
          }
          return (yield* decoded(method, answer, open({ codeStudio: CreatedCodeStudio }))).codeStudio;
        }),
      settings: (projectKey, id) => dss.json("CodeStudios.settings", get(studio(projectKey, id)), CodeStudioSettings),
      status: (projectKey, id) => codeStudioStatus(dss, "CodeStudios.status", projectKey, id),
      stop: (...args) => runOperation(startStop(...args)),
      startStop,
      restart: (...args) => runOperation(startRestart(...args)),
      startRestart,
      resume: (token, options) =>
        Effect.gen(function* () {
          const ids = yield* tokenIds(codeStudioKind, dss.instance, 5, token);
          const [future, projectKey, codeStudioId, expected, began] = ids as [string, string, string, string, string];
          if ((expected !== "RUNNING" && expected !== "STOPPED") || !/^\d+$/.test(began)) {
            return yield* Effect.fail(new TokenInvalid({ detail: "it names neither a stop nor a start" }));
          }
          const change = { method: "CodeStudios.resume", projectKey, codeStudioId, expected, future } as const;
          return yield* makeCodeStudioOperation(dss, { ...change, began: Number(began) }, options);
        }),
      conflicts: (projectKey, codeStudioId, zone) =>
        Effect.gen(function* () {
          const method = "CodeStudios.conflicts";
          const request = get(path`/projects/${projectKey}/code-studios/${codeStudioId}/conflicts/${zone}`);
          const answer = yield* dss.json(method, request, dictionary(Schema.Unknown));
          if ("error" in answer) {
            const detail = typeof answer.error === "string" ? answer.error : JSON.stringify(answer.error);
            return yield* Effect.fail(
              new ConflictsUnknown({ projectKey, codeStudioId, zone, detail: dss.withoutSecrets(detail) }),
            );
          }
          return (yield* decoded(method, answer, open({ [zone]: CodeStudioConflicts })))[zone]!;
        }),
      pull: (projectKey, id, zone) =>
        dss.empty(
          "CodeStudios.pull",
          get(path`/projects/${projectKey}/code-studios/${id}/pull/${zone}`, { repeatable: false, slow: true }),
        ),
      push: (projectKey, id, zone) =>
        dss.json(
          "CodeStudios.push",
          get(path`/projects/${projectKey}/code-studios/${id}/push/${zone}`, { repeatable: false, slow: true }),
          PushedFiles,
        ),
      changeOwner: (projectKey, id, newOwner) =>
        dss.empty(
          "CodeStudios.changeOwner",
          post(path`/projects/${projectKey}/code-studios/${id}/change-owner`, { query: { newOwner } }),
        ),
      delete: (projectKey, id) => dss.empty("CodeStudios.delete", del(studio(projectKey, id))),
    };
  }),
);
