/**
 * Finding the instance to speak to, as Dataiku's own packages find it.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import * as Result from "effect/Result";
import { fileText } from "../json/file_text.ts";
import type { Credentials } from "./dss_options.ts";
import { given, variable } from "./environment.ts";
import { PlainError } from "../errors/plain_error.ts";

/** Where to look for an instance. */
export interface FindConnectionOptions {
  /** Name of an instance of the config file; then the environment variables are not looked at. By default its `default_instance`. */
  readonly instance?: string;
  /** Path of the config file. By default `~/.dataiku/config.json`. */
  readonly configFile?: string;
}

/** The instance that was found, with the API key, the bearer token or the ticket that was found with it. */
export type FoundConnection = Credentials & {
  /** Base URL. */
  readonly url: string;
  /** The steps in the order in which they were tried; the last one says where the instance was found. */
  readonly tried: ReadonlyArray<string>;
};

/** No instance was found; each step that was tried says why. */
export class NoConnection extends PlainError<{
  /** The steps in the order in which they were tried, each with what came of it. */
  readonly tried: ReadonlyArray<string>;
}> {
  /** Tag of this error. */
  readonly _tag = "NoConnection" as const;
  /** Name of this error, as logs show it. */
  override readonly name = "NoConnection" as const;
  /** One line. */
  override get message(): string {
    return `No DSS to connect to: ${this.tried.join("; ")}. Set DKU_DSS_URL and DKU_API_KEY, or write the config file`;
  }
}

/** An instance, and where it was found. */
interface Found {
  readonly url: string;
  readonly credentials: Credentials;
  readonly where: string;
}

/** What one step comes to: an instance, or why the next step is tried; it fails with why no other may be tried. */
type Step = Effect.Effect<Found | string, string>;

/** The backend that started this program, as DSS tells it to recipes, notebooks and code studios. */
const fromTicket = (): Step =>
  Effect.gen(function* () {
    // Who permits the two variables of the next step is not asked for more.
    const ticket = yield* Effect.result(variable("DKU_API_TICKET", false));
    if (Result.isFailure(ticket)) return ticket.failure;
    if (ticket.success === undefined) return "DKU_API_TICKET is not set";
    const port = yield* variable("DKU_BACKEND_PORT");
    // Half an address must not lead to another instance.
    if (port === undefined) return yield* Effect.fail("DKU_API_TICKET is set, but DKU_BACKEND_PORT is not");
    const host = (yield* variable("DKU_BACKEND_HOST")) ?? "127.0.0.1";
    const protocol = (yield* variable("DKU_BACKEND_PROTOCOL")) ?? "http";
    const url = `${protocol}://${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${port}`;
    const credentials = { ticket: Redacted.make(ticket.success) };
    return { url, credentials, where: `DKU_API_TICKET is set, inside DSS at ${url}` };
  });

/** Of a key and a token, the official client takes the key. */
const credentialsOf = (key: string | undefined, token: string | undefined): Found["credentials"] | undefined => {
  if (key !== undefined) return { apiKey: Redacted.make(key) };
  return token === undefined ? undefined : { bearerToken: Redacted.make(token) };
};

const fromEnvironment = (): Step =>
  Effect.gen(function* () {
    const url = yield* variable("DKU_DSS_URL");
    const key = yield* variable("DKU_API_KEY");
    // A program may be permitted to read the two alone, so this is read when it is needed.
    const token = key !== undefined
      ? undefined
      : url === undefined
      ? yield* Effect.orElseSucceed(variable("DKU_JWT_BEARER_TOKEN", false), () => undefined)
      : yield* variable("DKU_JWT_BEARER_TOKEN");
    const credentials = credentialsOf(key, token);
    if (url === undefined && credentials === undefined) return "DKU_DSS_URL and DKU_API_KEY are not set";
    const name = key === undefined ? "DKU_JWT_BEARER_TOKEN" : "DKU_API_KEY";
    // Half an address must not lead to another instance, the default one of the file.
    if (url === undefined) return yield* Effect.fail(`${name} is set, but DKU_DSS_URL is not`);
    if (credentials === undefined) {
      const names = ["DKU_API_KEY", "DKU_JWT_BEARER_TOKEN"];
      const empty = (yield* Effect.filter(names, (name) => Effect.map(given(name), (value) => value === "")))[0];
      return yield* Effect.fail(
        empty === undefined
          ? "DKU_DSS_URL is set, but neither DKU_API_KEY nor DKU_JWT_BEARER_TOKEN is"
          : `DKU_DSS_URL is set, but ${empty} is empty, expected the key or token that DSS gave`,
      );
    }
    return { url, credentials, where: `DKU_DSS_URL and ${name} are set` };
  });

const homeFile = (): Effect.Effect<string, string> =>
  Effect.gen(function* () {
    const folder = (yield* variable("HOME")) ?? (yield* variable("USERPROFILE"));
    return folder === undefined
      ? yield* Effect.fail("there is no home folder for .dataiku/config.json")
      : `${folder}/.dataiku/config.json`;
  });

const readFile = (file: string): Effect.Effect<Uint8Array, string> =>
  Effect.tryPromise({
    // Imported when it is used, so that browsers can load this module.
    try: async () => (await import("node:fs/promises")).readFile(file),
    catch: (error) => {
      const { code } = error as { readonly code?: unknown };
      return code === "ENOENT" ? `${file} does not exist` : `${file} cannot be read (${code ?? (error as Error).name})`;
    },
  });

type Json = Readonly<Record<string, unknown>>;

const object = (value: unknown): Json | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value as Json : undefined;

const string = (value: unknown): string | undefined => typeof value === "string" ? value : undefined;

const fromFile = (options: FindConnectionOptions): Step =>
  Effect.gen(function* () {
    const file = options.configFile ?? (yield* homeFile());
    const text = yield* Effect.mapError(
      Effect.fromResult(fileText(yield* readFile(file))),
      (what) => `${file} ${what}`,
    );
    const config = object(
      yield* Effect.try({ try: (): unknown => JSON.parse(text), catch: () => `${file} is not valid JSON` }),
    );
    const instances = object(config?.dss_instances);
    if (instances === undefined) return yield* Effect.fail(`${file} has no \`dss_instances\``);
    const name = options.instance ?? config?.default_instance;
    if (typeof name !== "string") {
      return yield* Effect.fail(`${file} has no \`default_instance\`, and no instance was named`);
    }
    const instance = Object.hasOwn(instances, name) ? object(instances[name]) : undefined;
    if (instance === undefined) {
      const known = Object.keys(instances).join(", ") || "none";
      return yield* Effect.fail(`${file} has no instance ${JSON.stringify(name)}, it has ${known}`);
    }
    const { url, api_key: key, jwt_bearer_token: token } = instance;
    const credentials = credentialsOf(string(key), string(token));
    if (typeof url !== "string" || credentials === undefined) {
      return yield* Effect.fail(
        `the instance ${
          JSON.stringify(name)
        } of ${file} has no \`url\`, or neither \`api_key\` nor \`jwt_bearer_token\``,
      );
    }
    const used = string(key) === undefined ? "jwt_bearer_token" : "api_key";
    if (string(instance[used])?.trim() === "") {
      return yield* Effect.fail(
        `the \`${used}\` of the instance ${JSON.stringify(name)} of ${file} is empty, expected the one that DSS gave`,
      );
    }
    if (instance.no_check_certificate === true) {
      return yield* Effect.fail(
        `the instance ${
          JSON.stringify(name)
        } of ${file} sets \`no_check_certificate\`, which a program cannot honour: ` +
          `give the authority of its certificate (see TLS in the README), or run deno with --unsafely-ignore-certificate-errors ` +
          `and remove the setting`,
      );
    }
    return { url, credentials, where: `${file} has the instance ${JSON.stringify(name)}` };
  });

/**
 * Finds the instance to speak to: inside DSS the one that started the program (`DKU_API_TICKET`, at `DKU_BACKEND_PROTOCOL`, `DKU_BACKEND_HOST`
 * and `DKU_BACKEND_PORT`), else `DKU_DSS_URL` with `DKU_API_KEY`, else the config file; a named instance is only looked for in the file.
 * When only one of the two variables is set, or a ticket without its port, no other step is tried: it would name another instance.
 *
 * No other variable is read, apart from `HOME` and `USERPROFILE` for the file. On Deno the ticket is left out, and said so, where the program
 * is not permitted to read it.
 *
 * In place of a key there can be a bearer token: `DKU_JWT_BEARER_TOKEN`, or `jwt_bearer_token` of an instance of the file, named as the
 * official client names its argument (Dataiku's own packages take it from no variable and no file). Where there is a key too, the key is used.
 *
 * Fails with {@linkcode NoConnection}, which lists each step tried.
 */
export function findConnection(options: FindConnectionOptions = {}): Effect.Effect<FoundConnection, NoConnection> {
  const steps: ReadonlyArray<Step> = options.instance === undefined
    ? [fromTicket(), fromEnvironment(), fromFile(options)]
    : [fromFile(options)];
  return Effect.gen(function* () {
    const tried: Array<string> = [];
    for (const step of steps) {
      const found = yield* Effect.mapError(step, (why) => new NoConnection({ tried: [...tried, why] }));
      if (typeof found !== "string") {
        const { url, credentials, where } = found;
        return { url, ...credentials, tried: [...tried, where] };
      }
      tried.push(found);
    }
    return yield* Effect.fail(new NoConnection({ tried }));
  });
}
