/**
 * Explaining a connection: where it leads, who asks, and what that one may do.
 *
 * @module
 */
import * as Data from "effect/Data";
import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as HttpClient from "effect/http/HttpClient";
import type { AuthInfo } from "../schemas/admin/auth_info.ts";
import { Auth } from "./admin/auth.ts";
import { Instance } from "./admin/instance.ts";
import { Projects } from "./projects/projects.ts";
import { Dss } from "../src/connection/dss.ts";
import type { DssError } from "../src/errors/dss_error.ts";
import type { ConnectionOptions } from "../src/connection/dss_options.ts";
import { findConnection, type FindConnectionOptions } from "../src/connection/find_connection.ts";

/** What is known of a connection. */
export interface ConnectionDetails {
  /** The steps in which an instance was looked for, each with what came of it. */
  readonly tried: ReadonlyArray<string>;
  /** Origin and path prefix of the instance; absent when none was found, or what was found is no address. */
  readonly instance?: string;
  /** Version of DSS, as a header of its answers says it; absent when none came, or something else answered. */
  readonly dssVersion?: string;
  /** Who asks, or why this is not known; absent when nobody could be asked. */
  readonly identity?: Result.Result<AuthInfo, DssError>;
  /** Keys of the projects that the one who asks may see; absent when it is not known who that is. */
  readonly projects?: Result.Result<ReadonlyArray<string>, DssError>;
  /** Whether the one who asks may do what is for administrators; absent when it is not known who that is. */
  readonly isAdministrator?: Result.Result<boolean, DssError>;
  /** Why no connection could be made of what was found. */
  readonly problem?: string;
}

/** Most project keys that the text shows. */
const shown = 10;

/** A connection explained: as a value, and as a text for people with `toString()`. It holds no secret. */
export class ConnectionExplanation extends Data.Class<ConnectionDetails> {
  /** Several lines of text, without a final line break. */
  override toString(): string {
    const { tried, instance, dssVersion, identity, projects, isAdministrator, problem } = this;
    const version = dssVersion === undefined ? "" : `, DSS ${dssVersion}`;
    return [
      ...tried.map((step, at) => `${at === 0 ? "Looked: " : "        "}${step}`),
      problem === undefined ? `DSS:    ${instance}${version}` : `DSS:    none. ${problem}`,
      ...line("Who:    ", identity, whoIs),
      ...line("Admin:  ", isAdministrator, (is) => is ? "yes" : "no"),
      ...line("Sees:   ", projects, whichOf),
    ].join("\n");
  }
}

const line = <A>(
  label: string,
  result: Result.Result<A, DssError> | undefined,
  show: (value: A) => string,
): ReadonlyArray<string> =>
  result === undefined
    ? []
    : [`${label}${Result.isSuccess(result) ? show(result.success) : `not known. ${result.failure.reason.message}`}`];

const whoIs = ({ authIdentifier, authSource, userProfile, groups }: AuthInfo): string => {
  const more = [authSource, userProfile, groups?.length ? `in ${groups.join(", ")}` : undefined]
    .filter((part) => part !== undefined && part !== null && part !== "");
  return more.length === 0 ? authIdentifier : `${authIdentifier} (${more.join("; ")})`;
};

const whichOf = (keys: ReadonlyArray<string>): string => {
  const more = keys.length > shown ? `, and ${keys.length - shown} more` : "";
  const names = keys.length === 0 ? "" : `: ${keys.slice(0, shown).join(", ")}${more}`;
  return `${keys.length} ${keys.length === 1 ? "project" : "projects"}${names}`;
};

/** Explains the connection that would be made with the `HttpClient` in context. */
export const explainConnection = (
  options: FindConnectionOptions & ConnectionOptions,
): Effect.Effect<ConnectionExplanation, never, HttpClient.HttpClient> =>
  Effect.gen(function* () {
    const found = yield* Effect.result(findConnection(options));
    if (Result.isFailure(found)) {
      const { tried, message } = found.failure;
      return new ConnectionExplanation({ tried, problem: message.slice(message.lastIndexOf(". ") + 2) });
    }
    const { tried, ...connection } = found.success;
    let dssVersion: string | undefined;
    const client = HttpClient.tap(yield* HttpClient.HttpClient, ({ headers }) =>
      Effect.sync(() => {
        dssVersion ??= headers["dss-version"];
      }));
    // A look at what is, so a passing failure is told and not waited for.
    const made = Dss.make({ ...options, ...connection, retry: { times: 0 } });
    const dss = yield* Effect.result(Effect.provideService(made, HttpClient.HttpClient, client));
    if (Result.isFailure(dss)) return new ConnectionExplanation({ tried, problem: dss.failure.reason.message });
    const asked = yield* Effect.provideService(questions, Dss, dss.success);
    return new ConnectionExplanation({
      tried,
      instance: dss.success.instance,
      ...(dssVersion === undefined ? {} : { dssVersion }),
      ...asked,
    });
  });

/** What is asked of DSS; when it does not say who asks, it would say no more of the rest. */
const questions: Effect.Effect<Pick<ConnectionDetails, "identity" | "projects" | "isAdministrator">, never, Dss> =
  Effect.gen(
    function* () {
      const auth = yield* Auth;
      const identity = yield* Effect.result(auth.info());
      if (Result.isFailure(identity)) return { identity };
      const { licensingStatus } = yield* Instance;
      const { keys } = yield* Projects;
      // One of the cheapest things that only administrators are told.
      const administers = Effect.as(licensingStatus(), true).pipe(
        Effect.catchReason("DssError", "Forbidden", () => Effect.succeed(false)),
      );
      const [isAdministrator, projects] = yield* Effect.all([Effect.result(administers), Effect.result(keys())], {
        concurrency: 2,
      });
      return { identity, isAdministrator, projects };
    },
  ).pipe(Effect.provide(Auth.layer), Effect.provide(Instance.layer), Effect.provide(Projects.layer));
