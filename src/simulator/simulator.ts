/**
 * A whole DSS in memory, for tests, demos and programs that have no server.
 *
 * @module
 */
import * as Context from "effect/Context";
import type * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import type * as Redacted from "effect/Redacted";
import * as HttpClient from "effect/http/HttpClient";
import { Dss } from "../connection/dss.ts";
import type { ConnectionOptions } from "../connection/dss_options.ts";
import { type AllServices, allServices } from "../../services/all_services.ts";
import { makeSimulator } from "./embedded.ts";
import type { Fault, FaultOptions } from "./kernel/faults.ts";
import type { Outcome } from "./kernel/outcomes.ts";
import type { Answer, Route } from "./kernel/route.ts";

/** How a simulated DSS is made. */
export interface SimulatorOptions {
  /**
   * Seed of everything that is left to chance: equal seeds give equal ids and times.
   *
   * @default {1}
   */
  readonly seed?: number;
  /**
   * API key of the administrator `admin`.
   *
   * @default {"simulator"}
   */
  readonly apiKey?: Redacted.Redacted<string>;
  /**
   * How long each answer takes.
   *
   * @default {0}
   */
  readonly latency?: Duration.Input;
  /**
   * Keys of settings and definitions that this DSS does not know, as an older one does not: it takes documents that have them, answers a
   * success, and drops them, at any depth.
   *
   * @default {[]}
   */
  readonly unknownKeys?: ReadonlyArray<string>;
  /** Changes answers before they are sent: for tests whose subject is a DSS that answers otherwise. */
  readonly tamper?: (answer: Answer, route: Route) => Answer;
  /** @internal Routes that it has besides its own. */
  readonly routes?: ReadonlyArray<Route>;
}

/** A request that reached the simulated DSS. */
export interface ReceivedRequest {
  /** HTTP method. */
  readonly method: string;
  /** Path and query, as sent, without the prefix of the API. */
  readonly target: string;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
  /** Login that it acts for, when the request says one. */
  readonly proxyUser?: string;
  /** Status of the answer; absent while there is none. */
  readonly status?: number;
  /** Whether it reached DSS: a fault may take a request away, or answer instead. */
  readonly handled: boolean;
}

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
   * `code-studios/SALES.Kd83mPq2` for stops and starts, `code-studio-templates/streamlit` for builds, `projects/SALES` for deletions,
   * `apps/PROJECT_LOGISTICS` for instances, `plugins/geoadmin` for what is done to a plugin, `bundles/SALES.v1` for activations. Of the API
   * Deployer, `api-deployments/churn-on-api-prod` for updates, `api-versions/churn.v2` for the health of a version, `api-queries/churn.v2`
   * for what it answers, `api-governance/churn.v2` for whether it is approved.
   */
  script(object: string, outcome: Outcome): Effect.Effect<void>;
  /** Lets the next requests that fit meet a fault, or this answer: DSS sees nothing of them then. */
  inject(fault: Fault | Answer, options?: FaultOptions): Effect.Effect<void>;
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
