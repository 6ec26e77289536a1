/**
 * A whole DSS in memory, for tests, demos and programs that have no server.
 *
 * @module
 */
import * as Context from "effect/Context";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Redacted from "effect/Redacted";
import * as HttpClient from "effect/http/HttpClient";
import { Dss } from "../connection/dss.ts";
import type { ConnectionOptions } from "../connection/dss_options.ts";
import { type AllServices, allServices } from "../../services/all_services.ts";
import { makeEmbedded, type ReceivedRequest, type SimulatorOptions } from "./embedded.ts";
import { userOf } from "./kernel/dispatch.ts";
import type { Fault, FaultOptions } from "./kernel/faults.ts";
import type { Outcome } from "./kernel/outcomes.ts";
import { doneAtOnce, futures, futureState, startFuture } from "./kernel/futures.ts";
import { type AddedRoute, type Answer, SimulatedRefusal } from "./kernel/route.ts";

/** A task that is started by hand, to see what programs make of it. */
export interface SimulatedTask {
  /** How long it takes, in seconds; `0` for work that DSS does at once, `Infinity` for work that never ends. */
  readonly seconds: number;
  /** Its result, any JSON. */
  readonly result?: unknown;
  /** The failure that DSS answers to every look at it after its end, instead of a result. */
  readonly failure?: string;
  /**
   * Login of its owner.
   *
   * @default {"admin"}
   */
  readonly owner?: string;
  /** What people call it. */
  readonly displayName?: string;
  /** The scenario whose run it stands for, if it does: DSS lists these apart. */
  readonly scenario?: { readonly projectKey: string; readonly scenarioId: string };
}

/** A running simulated DSS. */
export interface Simulator {
  /** Its address, for `DssOptions`. */
  readonly url: string;
  /** API key of its administrator. */
  readonly apiKey: Redacted.Redacted<string>;
  /** Reaches it in process: its work is done in the caller's fiber, on the caller's clock. */
  readonly client: HttpClient.HttpClient;
  /** Reaches it as a server would be reached, on the clock of the machine. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Everything that it received, in order. */
  readonly received: Effect.Effect<ReadonlyArray<ReceivedRequest>>;
  /**
   * Scripts how the work on an object ends: `recipes/SALES.compute_orders_joined` for an activity, `scenarios/SALES.NIGHTLY_BUILD` for the
   * runs of a scenario, `connections/pg_dwh` for the tests of a connection, `code-envs/PYTHON.py311_ds` for the builds of a code
   * environment, `clusters/eks_prod` for what is done to a cluster, `container-exec/push-base-images` for that work,
   * `queries/pg_dwh` for the SQL queries on a connection: one that fails ends its rows early, and DSS says so when asked how it ended;
   * `rows/SALES.orders_raw` for the reads of the rows of a dataset, in the same way;
   * `code-studios/SALES.Kd83mPq2` for stops and starts, `code-studio-templates/streamlit` for builds, `projects/SALES` for deletions,
   * `apps/PROJECT_LOGISTICS` for instances, `plugins/geoadmin` for what is done to a plugin, `bundles/SALES.v1` for activations. Of the API
   * Deployer, `api-deployments/churn-on-api-prod` for updates, `api-versions/churn.v2` for the health of a version, `api-queries/churn.v2`
   * for what it answers, `api-governance/churn.v2` for whether it is approved.
   */
  script(object: string, outcome: Outcome): Effect.Effect<void>;
  /** Lets the next requests that fit meet a fault, or this answer: DSS sees nothing of them then. */
  inject(fault: Fault | Answer, options?: FaultOptions): Effect.Effect<void>;
  /**
   * Adds a route of your own, for an endpoint that is not simulated yet, or in place of one that is: below the public API, behind the same
   * keys and faults.
   *
   * @example
   * ```ts
   * import { Effect, Schema } from "effect";
   * import { Dss, get, path } from "@effect-dataiku/dss";
   * import { jsonAnswer, Simulator } from "@effect-dataiku/dss/simulator";
   *
   * const program = Effect.gen(function* () {
   *   yield* (yield* Simulator).route({
   *     method: "GET",
   *     path: "/projects/:projectKey/lunch/",
   *     handle: ({ params }) => Effect.succeed(jsonAnswer({ menu: `Soup of ${params.projectKey}` })),
   *   });
   *   return yield* (yield* Dss).json("Lunch.get", get(path`/projects/SALES/lunch/`), Schema.Struct({ menu: Schema.String }));
   * });
   * const { menu } = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
   * if (menu !== "Soup of SALES") throw new Error("unexpected");
   * ```
   */
  route(route: AddedRoute): Effect.Effect<void>;
  /** Restarts DSS: it answers 503 for a while, forgets all futures, and aborts what was running. */
  restart(downtime: Duration.Input): Effect.Effect<void>;
  /** Starts a task by hand; gives what DSS would answer to the start, for `Futures.follow`. */
  startTask(task: SimulatedTask): Effect.Effect<Readonly<Record<string, unknown>>>;
  /** Makes DSS forget a future. */
  forget(futureId: string): Effect.Effect<void>;
  /** Adds an API key of a user. */
  addKey(
    apiKey: Redacted.Redacted<string>,
    user: { readonly login: string; readonly admin: boolean },
  ): Effect.Effect<void>;
  /** Adds a ticket, as a program inside DSS has one. */
  addTicket(
    ticket: Redacted.Redacted<string>,
    user: { readonly login: string; readonly admin: boolean },
  ): Effect.Effect<void>;
  /** Whether headers, with names in lower case, carry a key or a ticket that it knows: a server asks before it takes a body. */
  knows(headers: Readonly<Record<string, string | undefined>>): Effect.Effect<boolean>;
  /** A copy of what it knows, as plain JSON. */
  readonly snapshot: Effect.Effect<Readonly<Record<string, unknown>>>;
}

/** Key of {@linkcode Simulator}, with its layers. */
export interface SimulatorKey extends Context.Service<Simulator, Simulator> {
  /** Starts a simulated DSS. */
  make(options?: SimulatorOptions): Effect.Effect<Simulator>;
  /** All services on a simulated DSS, which is there too, to be scripted. */
  layer(options?: SimulatorOptions & ConnectionOptions): Layer.Layer<AllServices | Dss | Simulator>;
}

/** Starts a simulated DSS. */
const makeSimulator = (options: SimulatorOptions = {}): Effect.Effect<Simulator> =>
  Effect.map(makeEmbedded(options), ({ apiKey, world, faults, received, now, client, fetch, addRoute }) => {
    const startTask: Simulator["startTask"] = (task) =>
      Effect.map(now, (at) => {
        const { failure, scenario } = task;
        if (task.seconds === 0 && failure === undefined) return doneAtOnce(task.result ?? null);
        const record = startFuture(world, at, {
          owner: task.owner ?? "admin",
          displayName: task.displayName ?? "Task",
          kind: scenario === undefined ? "TASK" : "SCENARIO_RUN",
          isListedApart: scenario !== undefined,
          targets: scenario === undefined
            ? []
            : [{ projectKey: scenario.projectKey, objectType: "SCENARIO", objectId: scenario.scenarioId }],
          seconds: task.seconds,
          end: () =>
            failure === undefined ? { result: task.result ?? null } : {
              failure: new SimulatedRefusal({ status: 500, errorType: "java.lang.RuntimeException", detail: failure }),
            },
        });
        return futureState(record, at);
      });

    return {
      url: "http://dss.simulator",
      apiKey,
      client,
      fetch,
      received: Effect.sync(() => received.map((entry) => ({ ...entry }))),
      script: (object, outcome) => Effect.sync(() => world.outcomes.set(object, outcome)),
      inject: (fault, faultOptions = {}) => Effect.sync(() => faults.add(fault, faultOptions)),
      route: (route) => Effect.sync(() => addRoute(route)),
      restart: (downtime) =>
        Effect.map(now, (at) => world.restart(at, at + Duration.toMillis(Duration.fromInputUnsafe(downtime)))),
      startTask,
      forget: (futureId) => Effect.map(now, () => void world.of(futures).delete(futureId)),
      addKey: (key, user) => Effect.sync(() => void world.keys.set(Redacted.value(key), user)),
      addTicket: (ticket, user) => Effect.sync(() => void world.tickets.set(Redacted.value(ticket), user)),
      knows: (headers) => Effect.sync(() => userOf(world, headers) !== undefined),
      snapshot: Effect.map(now, () => world.snapshot()),
    };
  });

const connect = (options: ConnectionOptions = {}): Layer.Layer<AllServices | Dss, never, Simulator> =>
  Layer.unwrap(Effect.map(Simulator, ({ url, apiKey, client }) =>
    allServices.pipe(
      Layer.provideMerge(Layer.orDie(Dss.layer({ ...options, url, apiKey }))),
      Layer.provide(Layer.succeed(HttpClient.HttpClient, client)),
    )));

/** Key of {@linkcode Simulator}, with its layers. */
export const Simulator: SimulatorKey = Object.assign(
  Context.Service<Simulator>("@effect-dataiku/dss/Simulator"),
  {
    make: makeSimulator,
    layer: (options?: SimulatorOptions & ConnectionOptions): Layer.Layer<AllServices | Dss | Simulator> =>
      Layer.provideMerge(connect(options), Layer.effect(Simulator, makeSimulator(options))),
  },
);
