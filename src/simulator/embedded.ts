/**
 * Running a simulated DSS: its clock and its doors.
 *
 * @module
 * @internal
 */
import * as Clock from "effect/Clock";
import type * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import * as HttpClient from "effect/http/HttpClient";
import * as HttpClientError from "effect/http/HttpClientError";
import * as HttpServerRequest from "effect/http/HttpServerRequest";
import * as HttpServerResponse from "effect/http/HttpServerResponse";
import { Chance } from "./kernel/chance.ts";
import { makeDispatch, userOf } from "./kernel/dispatch.ts";
import { type BrokenConnection, FaultQueue, playFault, reset } from "./kernel/fault_injection.ts";
import type { AddedRoute, Answer, Route } from "./kernel/route.ts";
import { routes } from "./routes.ts";
import { seed } from "./seed.ts";
import { nested, ofWorld } from "./slices.ts";
import { userNamed } from "./admin/users_state.ts";
import { World } from "./kernel/world.ts";

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

/** A test clock starts in 1970, where DSS's `0` means "not yet": the simulated DSS then lives in this time instead. */
const year2025 = Date.UTC(2025, 9, 1, 9);

const version = "14.4.1";

const down: Answer = {
  status: 503,
  headers: { "content-type": "text/html" },
  body: "<!doctype html><html><head><title>503 DSS is starting</title></head></html>",
};

/** An answer, as a server gives it. */
export const serverResponse = ({ status, headers, body }: Answer): HttpServerResponse.HttpServerResponse => {
  const options = { status, headers: { ...headers, "dss-version": version, "dss-api-version": version } };
  const contentType = headers["content-type"] ?? "application/octet-stream";
  if (body === undefined) return HttpServerResponse.empty(options);
  if (typeof body === "string") return HttpServerResponse.text(body, { ...options, contentType });
  return body instanceof Uint8Array
    ? HttpServerResponse.uint8Array(body, { ...options, contentType })
    : HttpServerResponse.stream(body, { ...options, contentType });
};

/** A DSS in memory that runs. */
export interface Embedded {
  readonly apiKey: Redacted.Redacted<string>;
  readonly world: World;
  readonly faults: FaultQueue;
  readonly received: ReadonlyArray<ReceivedRequest>;
  /** Its time, in milliseconds since 1970, once everything has happened that was due. */
  readonly now: Effect.Effect<number>;
  /** Reaches it in process. */
  readonly client: HttpClient.HttpClient;
  /** Reaches it as a server would be reached. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Adds a route, in place of one with the same path. */
  readonly addRoute: (route: AddedRoute) => void;
}

/** What two routes that take the same requests have in common. */
const placeOf = ({ method, path }: Pick<Route, "method" | "path">): string =>
  `${method} ${path.replaceAll(/:\w+/g, ":")}`;

/** Starts a DSS in memory. */
export const makeEmbedded = (options: SimulatorOptions): Effect.Effect<Embedded> =>
  Effect.gen(function* () {
    const boot = yield* Clock.currentTimeMillis;
    const offset = boot < Date.UTC(2000, 0) ? year2025 - boot : 0;
    const world = new World({
      seed: options.seed ?? 1,
      unknownKeys: options.unknownKeys ?? [],
      slices: { ofWorld, nested },
    });
    const faults = new FaultQueue();
    // Apart from the chance of the world, so that a fault changes no id.
    const chance = new Chance(options.seed ?? 1);
    const received: Array<{ -readonly [K in keyof ReceivedRequest]: ReceivedRequest[K] }> = [];
    const routesByPlace = new Map(routes.map((route) => [placeOf(route), route]));
    let dispatch = makeDispatch(routes, userNamed);
    const addRoute = (route: AddedRoute): void => {
      routesByPlace.set(placeOf(route), { ...route, known: "assumed", note: "Added by the program that uses it." });
      dispatch = makeDispatch([...routesByPlace.values()], userNamed);
    };
    const apiKey = options.apiKey ?? Redacted.make("simulator");
    world.keys.set(Redacted.value(apiKey), { login: "admin", admin: true });
    seed(world, boot + offset);

    const now = Effect.map(Clock.currentTimeMillis, (millis) => {
      const at = Math.floor(millis + offset);
      world.agenda.advanceTo(at);
      return at;
    });

    const answer = (request: HttpServerRequest.HttpServerRequest): Effect.Effect<Answer, BrokenConnection> =>
      Effect.gen(function* () {
        const target = request.url;
        const proxyUser = request.headers["x-dku-proxyuser"];
        const entry: (typeof received)[number] = {
          method: request.method,
          target: target.replace(/^\/+(dip\/publicapi|public\/api)/, ""),
          at: yield* now,
          handled: false,
          ...(proxyUser === undefined ? {} : { proxyUser }),
        };
        received.push(entry);
        if (options.latency !== undefined) yield* Effect.sleep(options.latency);
        // Of someone who is not known no body is taken. One that cannot be read to its end breaks the connection.
        const body = userOf(world, request.headers) === undefined
          ? new Uint8Array()
          : new Uint8Array(yield* Effect.mapError(request.arrayBuffer, () => reset));
        const handle = Effect.gen(function* () {
          const at = yield* now;
          if (at < world.downUntil) return down;
          entry.handled = true;
          const { answer, route } = yield* dispatch(
            { method: request.method, target, headers: request.headers, body },
            world,
            at,
          );
          return route === undefined || options.tamper === undefined ? answer : options.tamper(answer, route);
        });
        const fault = faults.take(request.method, target);
        if (fault === "stale connection") faults.add("lost request", {});
        const acceptEncoding = request.headers["accept-encoding"];
        const answered = yield* fault === undefined ? handle : playFault({ fault, handle, acceptEncoding, chance });
        entry.status = answered.status;
        return answered;
      });

    const client = HttpClient.make((request) =>
      answer(HttpServerRequest.fromClientRequest(request)).pipe(
        Effect.mapError((cause) =>
          new HttpClientError.HttpClientError({ reason: new HttpClientError.TransportError({ request, cause }) })
        ),
        Effect.map((answered) => HttpServerResponse.toClientResponse(serverResponse(answered), { request })),
      )
    );

    const fetch = (request: Request): Promise<Response> =>
      Effect.runPromise(Effect.map(answer(HttpServerRequest.fromWeb(request)), (answered) =>
        HttpServerResponse.toWeb(serverResponse(answered))));

    return { apiKey, world, faults, received, now, client, fetch, addRoute };
  });
