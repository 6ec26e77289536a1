/**
 * Data collections: created, edited, filled, deleted.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { AccessPermission } from "../../schemas/projects/access_permission.ts";
import { DataCollection, DataCollectionObject } from "../../schemas/projects/data_collection.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { del, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";

export * from "../../schemas/projects/access_permission.ts";
export * from "../../schemas/projects/data_collection.ts";

/** How a data collection is created. */
export interface CreateDataCollectionOptions {
  /** Id; by default DSS makes one. */
  readonly id?: string;
  /** Tags. */
  readonly tags?: ReadonlyArray<string>;
  /** In words. */
  readonly description?: string;
  /** Colour, as `#2ab1ac`; by default DSS chooses one. */
  readonly color?: string;
  /** What groups and users may do: `administratorAccess`, `contributorAccess` and `readerAccess` make one. */
  readonly permissions?: ReadonlyArray<AccessPermission>;
}

/**
 * Data collections: datasets that are there to be found.
 *
 * DSS shows the permissions of a collection to its administrators alone, and takes what is written in the place of all: so a collection whose
 * permissions were not shown is not written, and the reason is `Invalid`.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { DataCollections } from "@effect-dataiku/dss/data-collections";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const collections = yield* DataCollections;
 *   const id = yield* collections.create("Sales", { tags: ["prod"] });
 *   yield* collections.addDataset(id, "SALES", "orders_joined");
 *   return yield* collections.objects(id);
 * });
 * const [first] = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (first?.id !== "orders_joined") throw new Error("unexpected");
 * ```
 */
export interface DataCollections {
  /** The collections that may be seen. */
  list(): Effect.Effect<ReadonlyArray<DataCollection>, DssError>;
  /** Creates a collection, and gives its id. */
  create(displayName: string, options?: CreateDataCollectionOptions): Effect.Effect<string, DssError>;
  /** A collection, with its permissions when one may see them. */
  settings(id: string): Effect.Effect<DataCollection, DssError>;
  /**
   * Changes a collection: reads it, edits it, writes it, reads it back, and gives it as DSS has it then.
   *
   * @param edit A pure edit. What it throws is a defect.
   */
  updateSettings(
    id: string,
    edit: (collection: DataCollection) => DataCollection,
  ): Effect.Effect<DataCollection, DssError | SettingsError>;
  /**
   * Writes a collection that was edited slowly, by a person or in a file, and reads it back.
   *
   * With `since`, the collection as it was when the edit began, nothing is written when it is not the same any more.
   */
  saveSettings(
    id: string,
    next: DataCollection,
    options?: SaveOptions<DataCollection>,
  ): Effect.Effect<DataCollection, DssError | SettingsError>;
  /** What is in a collection. */
  objects(id: string): Effect.Effect<ReadonlyArray<DataCollectionObject>, DssError>;
  /** Adds something to a collection; `addDataset` is shorter. */
  addObject(id: string, object: DataCollectionObject): Effect.Effect<void, DssError>;
  /** Adds a dataset to a collection. */
  addDataset(id: string, projectKey: string, dataset: string): Effect.Effect<void, DssError>;
  /** Removes a dataset from a collection; the dataset itself stays. */
  removeDataset(id: string, projectKey: string, dataset: string): Effect.Effect<void, DssError>;
  /** Deletes a collection; what is in it stays. */
  delete(id: string): Effect.Effect<void, DssError>;
}

const Created = Schema.Struct({ id: Schema.String });

/** Key of {@linkcode DataCollections}, with its layer. */
export const DataCollections: DssService<DataCollections> = service(
  "DataCollections",
  Effect.map(Dss, (dss): DataCollections => {
    const { read, update, save } = editing(dss, {
      methods: ["DataCollections.settings", "DataCollections.updateSettings", "DataCollections.saveSettings"],
      schema: DataCollection,
      at: (id: string) => path`/data-collections/${id}`,
      unfit: ({ permissions }) =>
        permissions === null || permissions === undefined
          ? "the permissions of the collection were not shown, and would be removed: ask as one of its administrators"
          : undefined,
    });
    const add = (method: string, id: string, json: DataCollectionObject): Effect.Effect<void, DssError> =>
      dss.empty(method, post(path`/data-collections/${id}/objects`, { json }));
    return {
      list: () => dss.json("DataCollections.list", get(path`/data-collections/`), Schema.Array(DataCollection)),
      create: (displayName, options = {}) => {
        const { id = null, tags = [], description = null, color = null, permissions = null } = options;
        const json = { displayName, id, tags, description, color, permissions };
        const created = dss.json("DataCollections.create", post(path`/data-collections/`, { json }), Created);
        return Effect.map(created, ({ id }) => id);
      },
      settings: read,
      updateSettings: update,
      saveSettings: save,
      objects: (id) =>
        dss.json(
          "DataCollections.objects",
          get(path`/data-collections/${id}/objects`),
          Schema.Array(DataCollectionObject),
        ),
      addObject: (id, object) => add("DataCollections.addObject", id, object),
      addDataset: (id, projectKey, dataset) =>
        add("DataCollections.addDataset", id, { type: "DATASET", projectKey, id: dataset }),
      removeDataset: (id, projectKey, dataset) =>
        dss.empty(
          "DataCollections.removeDataset",
          del(path`/data-collections/${id}/objects/dataset/${projectKey}/${dataset}`),
        ),
      delete: (id) => dss.empty("DataCollections.delete", del(path`/data-collections/${id}`)),
    };
  }),
);
