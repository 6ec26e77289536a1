/**
 * A simulated DSS behind a port, as new for each check, and broken on purpose for each mutant.
 *
 * @module
 */
import { Effect, Redacted } from "effect";
import * as Clock from "effect/Clock";
import * as HttpClient from "effect/http/HttpClient";
import * as HttpBody from "effect/http/HttpBody";
import * as HttpClientRequest from "effect/http/HttpClientRequest";
import type * as HttpMethod from "effect/http/HttpMethod";
import * as HttpServerResponse from "effect/http/HttpServerResponse";
import { makeServerClock } from "../../scripts/simulator/clock.ts";
import type { Controlled } from "../../scripts/simulator/control.ts";
import { listen } from "../../scripts/simulator/server.ts";
import { serverResponse } from "../../src/simulator/embedded.ts";
import { type Answer, type Route, routes, Simulator } from "../../src/simulator/mod.ts";

/** A request as a route got it, and its answer. */
export interface Observation {
  readonly route: Route;
  /** Names of the query. */
  readonly query: ReadonlyArray<string>;
  /** Names at the top of a body that is a JSON object. */
  readonly body: ReadonlyArray<string>;
  readonly answer: Answer;
}

/** A part of a request that a route does not see. */
export interface Blindness {
  /** A name of the query. */
  readonly query?: string;
  /** A name at the top of the JSON body. */
  readonly field?: string;
}

/** One way to break a route. */
export interface Mutant {
  readonly route: Route;
  readonly name: string;
  /** Whether a check that saw this would see the difference. */
  readonly concerns: (observation: Observation) => boolean;
  /** What the route does not see. */
  readonly blind?: Blindness;
  /** Stands in for the route. */
  readonly instead?: Answer;
  /** Changes what the route answers. */
  readonly answer?: (answer: Answer) => Answer;
}

/** A server. */
export interface Server {
  readonly url: string;
  readonly key: string;
  /** Starts a new DSS, with one of its routes broken or none; gives what is observed on it, as it comes. */
  prepare(mutant?: Mutant): Promise<ReadonlyArray<Observation>>;
  close(): Promise<void>;
}

const key = "conformance";
const start = Date.UTC(2025, 9, 1, 9);

const patterns = routes.map((route) => ({
  route,
  pattern: new RegExp(
    `^/+(dip/publicapi|public/api)${route.path.replaceAll(".", "\\.").replaceAll(/:\w+/g, "[^/]+").replace("*", ".+")}${
      route.path.endsWith("/") ? "" : "/?"
    }$`,
  ),
  holes: route.path.split(":").length,
})).toSorted((a, b) => a.holes - b.holes);

const declaredFor = (method: string, path: string): Route | undefined =>
  patterns.find(({ route, pattern }) => route.method === method && pattern.test(path))?.route;

const routeOf = (method: string, path: string): Route | undefined => {
  // DSS takes "//", which the client sends here and there, for "/".
  const single = path.replaceAll(/\/{2,}/g, "/");
  // A route that is declared without a final slash takes one too.
  return declaredFor(method, single) ?? declaredFor(method, single.replace(/\/$/, ""));
};

const objectOf = (request: HttpClientRequest.HttpClientRequest): Record<string, unknown> | undefined => {
  const { body } = request;
  if (body._tag !== "Raw" || !(body.body instanceof Uint8Array)) return undefined;
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(body.body));
    return typeof json === "object" && json !== null && !Array.isArray(json)
      ? json as Record<string, unknown>
      : undefined;
  } catch {
    return undefined; // no JSON, so no object
  }
};

/** The request as a route gets it that looks past a part of it. */
const without = (
  request: HttpClientRequest.HttpClientRequest,
  url: URL,
  body: Record<string, unknown> | undefined,
  { query, field }: Blindness,
): HttpClientRequest.HttpClientRequest => {
  const seen = new URL(url);
  if (query !== undefined) seen.searchParams.delete(query);
  const { [field ?? ""]: _, ...rest } = body ?? {};
  return HttpClientRequest.make(request.method as HttpMethod.HttpMethod)(seen.href, { headers: request.headers }).pipe(
    HttpClientRequest.setBody(
      body === undefined ? request.body : HttpBody.raw(new TextEncoder().encode(JSON.stringify(rest))),
    ),
  );
};

/** Opens a server. */
export const openServer = async (): Promise<Server> => {
  let current: Controlled | undefined;
  const listener = await listen(() => current!, { host: "127.0.0.1", port: 0 });
  return {
    url: listener.url,
    key,
    close: listener.stop,
    prepare: async (mutant) => {
      const observations: Array<Observation> = [];
      let seen: Pick<Observation, "query" | "body"> = { query: [], body: [] };
      const serverClock = makeServerClock(0, start);
      const simulator = await Effect.runPromise(
        Simulator.make({
          apiKey: Redacted.make(key),
          tamper: (answer, route) => {
            observations.push({ route, ...seen, answer });
            return route === mutant?.route && mutant.answer !== undefined ? mutant.answer(answer) : answer;
          },
        }).pipe(Effect.provideService(Clock.Clock, serverClock.clock)),
      );
      const client = HttpClient.make((request, url) => {
        const body = objectOf(request);
        seen = { query: [...url.searchParams.keys()], body: Object.keys(body ?? {}) };
        if (mutant === undefined || routeOf(request.method, url.pathname) !== mutant.route) {
          return simulator.client.execute(request);
        }
        if (mutant.instead !== undefined) {
          return Effect.succeed(HttpServerResponse.toClientResponse(serverResponse(mutant.instead), { request }));
        }
        return simulator.client.execute(
          mutant.blind === undefined ? request : without(request, url, body, mutant.blind),
        );
      });
      current = { simulator: { ...simulator, client }, serverClock };
      return observations;
    },
  };
};
