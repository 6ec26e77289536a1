/**
 * Business applications of the simulated DSS: what is installed, and where more can be had.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { type Call, invalid, missing, type SimulatedRefusal } from "../kernel/route.ts";
import { type Slice, slice } from "../kernel/slice.ts";
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import { archiveSent, jsonIn } from "../kernel/uploaded_file.ts";
import type { World } from "../kernel/world.ts";

/** An instance of a business application. */
export interface BusinessAppInstanceRecord {
  /** Version of the application that it is an instance of. */
  version: string;
  /** Whether the backend of its web app runs. */
  isRunning: boolean;
}

/** What an archive says of the business application in it. */
export interface BusinessAppPlan {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly description: string;
  /** Types of the connections that it was made with, by name. */
  readonly connections: JsonObject;
}

/** A business application. */
export interface BusinessAppRecord {
  /** Replaced as a whole, never changed. */
  plan: BusinessAppPlan;
  codeEnvName: string | null;
  /** Replaced as a whole, never changed. */
  settings: JsonObject;
  /** By key of the project. */
  readonly instances: Map<string, BusinessAppInstanceRecord>;
}

/** Business applications by id. */
export const businessApps: Slice<Map<string, BusinessAppRecord>> = slice("businessApps", () => new Map(), {
  removed: (held, object) => {
    for (const { instances } of held.values()) instances.delete(object.replace(/^projects\//, ""));
  },
});

const planned = (id: string, version: string, name: string, description: string): BusinessAppPlan => ({
  id,
  version,
  name,
  description,
  connections: { warehouse: "PostgreSQL" },
});

/** What the store has. */
export const businessAppStore: ReadonlyMap<string, BusinessAppPlan> = new Map(
  [
    planned("churn-watch", "1.1.0", "Churn watch", "Customers who are about to leave"),
    planned("demand-forecast", "2.0.0", "Demand forecast", "What will be sold"),
  ].map((plan) => [plan.id, plan]),
);

/** The business application in the archive that a request sends. */
export const businessAppSent = (call: Call): Effect.Effect<BusinessAppPlan, SimulatedRefusal> =>
  Effect.flatMap(archiveSent(call), (files) => {
    const { id, version, name = id, description = "", connections = {} } = jsonIn(files, "business-app.json") ?? {};
    return typeof id === "string" && /^[\w-]+$/.test(id) && typeof version === "string" && isJsonObject(connections)
      ? Effect.succeed({ id, version, name: String(name), description: String(description), connections })
      : Effect.fail(
        invalid("The archive has no business-app.json that says the id and the version of a business application"),
      );
  });

/** Installs a business application, or upgrades one: settings, code environment and instances stay. */
export const putBusinessApp = (world: World, plan: BusinessAppPlan): void => {
  const there = world.of(businessApps).get(plan.id);
  if (there !== undefined) there.plan = plan;
  else {
    world.of(businessApps).set(plan.id, {
      plan,
      codeEnvName: null,
      settings: { remapping: { connections: [] } },
      instances: new Map(),
    });
  }
};

/** The business application that a request names. */
export const findBusinessApp = (
  world: World,
  { params }: Call,
): Effect.Effect<BusinessAppRecord, SimulatedRefusal> => {
  const app = world.of(businessApps).get(params.businessAppId!);
  return app === undefined ? Effect.fail(missing(`Business application ${params.businessAppId}`)) : Effect.succeed(app);
};

/** Fills an instance with a business application that is not the newest. */
export const seedBusinessApps = (world: World): void =>
  putBusinessApp(world, { ...businessAppStore.get("churn-watch")!, version: "1.0.0" });
