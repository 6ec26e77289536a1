/**
 * Variables of the environment, each read alone: a program needs to be permitted no other.
 *
 * @module
 * @internal
 */
import * as Config from "effect/Config";
import * as ConfigProvider from "effect/ConfigProvider";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";

/** What is used of the runtime, where it has it. */
interface Runtime {
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
  readonly Deno?: {
    readonly permissions?: { querySync(of: { name: "env"; variable: string }): { readonly state: string } };
  };
}

const ofProvider = (name: string): Effect.Effect<string | undefined, string> =>
  Effect.gen(function* () {
    const provider = yield* ConfigProvider.ConfigProvider;
    return Option.getOrUndefined(yield* Config.option(Config.String(name)).parse(provider));
  }).pipe(Effect.mapError(() => `the environment variable ${name} cannot be read`));

/** A variable of the runtime: Effect's own provider would copy the whole environment. */
const ofRuntime = (name: string, asks: boolean): Effect.Effect<string | undefined, string> =>
  Effect.suspend(() => {
    const { process, Deno } = globalThis as Runtime;
    const isPermitted = asks || Deno?.permissions?.querySync({ name: "env", variable: name }).state !== "prompt";
    return isPermitted
      ? Effect.succeed(process?.env?.[name])
      : Effect.die(`${name} is not permitted, and nobody is asked to permit it`);
  }).pipe(
    // Deno throws at the environment without its permission.
    Effect.catchDefect(() => Effect.fail(`the environment cannot be read, which takes --allow-env=${name}`)),
  );

/**
 * The value of a variable as it is, from the `ConfigProvider` in context when there is one; `undefined` when it is not set.
 *
 * @param asks Whether Deno may ask the user to permit it.
 */
export const given = (name: string, asks = true): Effect.Effect<string | undefined, string> =>
  Effect.contextWith((context) =>
    context.mapUnsafe.has(ConfigProvider.ConfigProvider.key) ? ofProvider(name) : ofRuntime(name, asks)
  );

/** The value of a variable; `undefined` when it is not set, or empty. See {@linkcode given}. */
export const variable = (name: string, asks = true): Effect.Effect<string | undefined, string> =>
  Effect.map(given(name, asks), (value) => value === "" ? undefined : value);
