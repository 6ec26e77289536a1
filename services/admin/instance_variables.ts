/**
 * Variables of the instance, which all projects see.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { dictionary } from "../../src/json/open.ts";
import { get, path } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";

/** Variables by name; their values are any JSON. */
export type VariableValues = Readonly<Record<string, unknown>>;

/** How variables are resolved. */
export interface ResolveVariablesOptions {
  /** Whether values keep their types; by default all are texts. */
  readonly typed?: boolean;
}

/**
 * Variables of the instance, which all projects see. All but `resolved` needs an administrator's key.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { InstanceVariables } from "@effect-dataiku/dss/instance-variables";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const variables = yield* InstanceVariables;
 *   yield* variables.update((all) => ({ ...all, retention_days: 60 }));
 *   return yield* variables.resolved("SALES");
 * });
 * const { retention_days } = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (retention_days !== "60") throw new Error("unexpected");
 * ```
 */
export interface InstanceVariables {
  /** All variables of the instance. */
  get(): Effect.Effect<VariableValues, DssError>;
  /**
   * Changes the variables: reads them, edits them, writes them all, reads them back, and gives them as DSS has them then.
   *
   * @param edit A pure edit. What it throws is a defect.
   */
  update(edit: (variables: VariableValues) => VariableValues): Effect.Effect<VariableValues, DssError | SettingsError>;
  /**
   * Writes variables that were edited slowly, by a person or in a file, in the place of all that there are, and reads them back.
   *
   * With `since`, the variables as they were when the edit began, nothing is written when they are not the same any more.
   */
  save(
    next: VariableValues,
    options?: SaveOptions<VariableValues>,
  ): Effect.Effect<VariableValues, DssError | SettingsError>;
  /** What a program in a project sees: its own variables above those of the instance. */
  resolved(projectKey: string, options?: ResolveVariablesOptions): Effect.Effect<VariableValues, DssError>;
}

/** Key of {@linkcode InstanceVariables}, with its layer. */
export const InstanceVariables: DssService<InstanceVariables> = service(
  "InstanceVariables",
  Effect.map(Dss, (dss): InstanceVariables => {
    const schema = dictionary(Schema.Unknown);
    const { read, update, save } = editing(dss, {
      methods: ["InstanceVariables.get", "InstanceVariables.update", "InstanceVariables.save"],
      schema,
      at: () => path`/admin/variables/`,
    });
    return {
      get: read,
      update,
      save,
      resolved: (projectKey, options) =>
        dss.json(
          "InstanceVariables.resolved",
          get(path`/projects/${projectKey}/variables-resolved`, { query: { typed: options?.typed ?? false } }),
          schema,
        ),
    };
  }),
);
