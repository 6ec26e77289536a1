/**
 * Meanings: what the columns of datasets can be said to hold.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Meaning } from "../../schemas/projects/meaning.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";

export * from "../../schemas/projects/meaning.ts";

/**
 * Meanings that users have defined. DSS cannot delete one.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { Meanings, valuesListMeaning } from "@effect-dataiku/dss/meanings";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const meanings = yield* Meanings;
 *   yield* meanings.create(valuesListMeaning("planet", "Planet", ["mercury", { value: "venus", color: "#ffaa00" }]));
 *   return yield* meanings.get("planet");
 * });
 * const { entries } = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (entries?.length !== 2) throw new Error("unexpected");
 * ```
 */
export interface Meanings {
  /** All meanings. */
  list(): Effect.Effect<ReadonlyArray<Meaning>, DssError>;
  /** One meaning. */
  get(id: string): Effect.Effect<Meaning, DssError>;
  /** Creates a meaning: `declarativeMeaning`, `valuesListMeaning`, `valuesMappingMeaning`, `patternMeaning` make one. */
  create(meaning: Meaning): Effect.Effect<void, DssError>;
  /**
   * Changes a meaning: reads it, edits it, writes it, reads it back, and gives it as DSS has it then.
   *
   * @param edit A pure edit. What it throws is a defect.
   */
  update(id: string, edit: (meaning: Meaning) => Meaning): Effect.Effect<Meaning, DssError | SettingsError>;
  /**
   * Writes a meaning that was edited slowly, by a person or in a file, and reads it back.
   *
   * With `since`, the meaning as it was when the edit began, nothing is written when it is not the same any more.
   */
  save(id: string, next: Meaning, options?: SaveOptions<Meaning>): Effect.Effect<Meaning, DssError | SettingsError>;
}

/** Key of {@linkcode Meanings}, with its layer. */
export const Meanings: DssService<Meanings> = service(
  "Meanings",
  Effect.map(Dss, (dss): Meanings => {
    const { read, update, save } = editing(dss, {
      methods: ["Meanings.get", "Meanings.update", "Meanings.save"],
      schema: Meaning,
      at: (id: string) => path`/meanings/${id}`,
    });
    return {
      list: () => dss.json("Meanings.list", get(path`/meanings/`), Schema.Array(Meaning)),
      get: read,
      create: (json) => dss.empty("Meanings.create", post(path`/meanings/`, { json })),
      update,
      save,
    };
  }),
);
