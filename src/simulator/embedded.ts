/**
 * Running a simulated DSS: its clock, its doors, and the hand that scripts it.
 *
 * @module
 * @internal
 */
import * as Clock from "effect/Clock";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import * as HttpClient from "effect/http/HttpClient";
import * as HttpClientError from "effect/http/HttpClientError";
import * as HttpServerRequest from "effect/http/HttpServerRequest";
import * as HttpServerResponse from "effect/http/HttpServerResponse";
import { Chance } from "./kernel/chance.ts";
import { makeDispatch } from "./kernel/dispatch.ts";
import { type BrokenConnection, FaultQueue, playFault, reset } from "./kernel/fault_injection.ts";
import { doneAtOnce, futureState, startFuture } from "./automation/futures_state.ts";
import { abortJob } from "./automation/jobs_state.ts";
import { type Answer, SimulatedRefusal } from "./kernel/route.ts";
import { routes } from "./routes.ts";
import { seed } from "./seed.ts";
import { restartScenarios } from "./automation/scenarios_state.ts";
import type { ReceivedRequest, Simulator, SimulatorOptions } from "./simulator.ts";
import { World } from "./kernel/world.ts";

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

/** Starts a simulated DSS. */
export const makeSimulator = (options: SimulatorOptions = {}): Effect.Effect<Simulator> =>
  Effect.gen(function* () {
    const boot = yield* Clock.currentTimeMillis;
    const offset = boot < Date.UTC(2000, 0) ? year2025 - boot : 0;
    const world = new World(options.seed ?? 1, options.unknownKeys);
    const faults = new FaultQueue();
    // Apart from the chance of the world, so that a fault changes no id.
    const chance = new Chance(options.seed ?? 1);
    const received: Array<{ -readonly [K in keyof ReceivedRequest]: ReceivedRequest[K] }> = [];
    const dispatch = makeDispatch([...options.routes ?? [], ...routes]);
    const apiKey = options.apiKey ?? Redacted.make("simulator");
    world.keys.set(Redacted.value(apiKey), { login: "admin", admin: true });
    seed(world, boot + offset);

    /** The time of the simulated DSS, once everything has happened that was due. */
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
        // A body that cannot be read to its end breaks the connection.
        const body = new Uint8Array(yield* Effect.mapError(request.arrayBuffer, () => reset));
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

    const restart = (downtime: Duration.Input): Effect.Effect<void> =>
      Effect.map(now, (at) => {
        world.downUntil = at + Duration.toMillis(Duration.fromInputUnsafe(downtime));
        world.futures.clear();
        world.sqlQueries.clear();
        restartScenarios(world, at, world.downUntil);
        for (const project of world.projects.values()) {
          for (const job of project.jobs.values()) abortJob(job, at);
        }
      });

    const startTask: Simulator["startTask"] = (task) =>
      Effect.map(now, (at) => {
        const { failure, scenario } = task;
        if (task.seconds === 0 && failure === undefined) return doneAtOnce(task.result ?? null);
        const record = startFuture(world, at, {
          owner: task.owner ?? "admin",
          displayName: task.displayName ?? "Task",
          kind: scenario === undefined ? "TASK" : "SCENARIO_RUN",
          scenario: scenario !== undefined,
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

    const lookUp = <A>(look: () => A): Effect.Effect<A> => Effect.map(now, look);
    return {
      url: "http://dss.simulator",
      apiKey,
      client,
      fetch: (request) =>
        Effect.runPromise(Effect.map(answer(HttpServerRequest.fromWeb(request)), (answered) =>
          HttpServerResponse.toWeb(serverResponse(answered)))),
      received: Effect.sync(() =>
        received.map((entry) => ({ ...entry }))
      ),
      script: (object, outcome) => Effect.sync(() => world.outcomes.set(object, outcome)),
      inject: (fault, faultOptions = {}) => Effect.sync(() => faults.add(fault, faultOptions)),
      restart,
      startTask,
      forget: (futureId) => lookUp(() => void world.futures.delete(futureId)),
      addKey: (key, user) => Effect.sync(() => void world.keys.set(Redacted.value(key), user)),
      addTicket: (ticket, user) => Effect.sync(() => void world.tickets.set(Redacted.value(ticket), user)),
      snapshot: lookUp(() => world.snapshot()),
    };
  });
