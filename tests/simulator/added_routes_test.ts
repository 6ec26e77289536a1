import { describe, expect, it } from "@effect/vitest";
import { Effect, Redacted, Schema } from "effect";
import { type AddedRoute, jsonAnswer, SimulatedRefusal, Simulator } from "../../src/simulator/mod.ts";
import { Dss, type DssError, type DssRequest, get, path, post } from "../../src/mod.ts";
import { Projects } from "../../mod.ts";

const ask = (request: DssRequest): Effect.Effect<unknown, DssError, Dss> =>
  Effect.flatMap(Dss, (dss) => dss.json("Test.ask", request, Schema.Unknown));

const menu = (menu: string): Pick<AddedRoute, "handle"> => ({ handle: () => Effect.succeed(jsonAnswer({ menu })) });

const add = (route: AddedRoute): Effect.Effect<void, never, Simulator> =>
  Effect.flatMap(Simulator, (simulator) => simulator.route(route));

const lunch = path`/projects/SALES/lunch/`;

describe("a route that a program adds", () => {
  it.effect("is given the holes of its path, the query, the body and who asks", () =>
    Effect.gen(function* () {
      yield* add({
        method: "POST",
        path: "/projects/:projectKey/lunch/:day",
        handle: ({ params, query, json, user, now }) =>
          Effect.succeed(jsonAnswer({ ...params, for: query.get("for"), json, user, isLate: now > 0 })),
      });
      const answer = yield* ask(
        post(path`/projects/${"SALES"}/lunch/${"Mon/Tue"}`, { query: { for: "two" }, json: { hot: true } }),
      );
      expect(answer).toEqual({
        projectKey: "SALES",
        day: "Mon/Tue",
        for: "two",
        json: { hot: true },
        user: { login: "admin", admin: true },
        isLate: true,
      });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("is not there before, and is nowhere else after", () =>
    Effect.gen(function* () {
      expect((yield* Effect.flip(ask(get(lunch)))).reason._tag).toBe("NotFound");
      yield* add({ method: "GET", path: "/projects/:projectKey/lunch/", ...menu("soup") });
      expect(yield* ask(get(lunch))).toEqual({ menu: "soup" });
      const other = yield* Simulator.make();
      const response = yield* other.client.get(`${other.url}/public/api/projects/SALES/lunch/`, {
        headers: { authorization: `Bearer ${Redacted.value(other.apiKey)}` },
      });
      expect(response.status).toBe(404);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("replaces one that is there, whatever its holes are called, and leaves the others", () =>
    Effect.gen(function* () {
      const projects = yield* Projects;
      const before = yield* projects.list();
      yield* add({ method: "GET", path: "/projects/:key/tags", ...menu("none") });
      yield* add({ method: "GET", path: "/projects/:another/tags", ...menu("soup") });
      expect(yield* ask(get(path`/projects/SALES/tags`))).toEqual({ menu: "soup" });
      expect(yield* projects.list()).toEqual(before);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("refuses as DSS does, asks for the key, and meets faults", () =>
    Effect.gen(function* () {
      const simulator = yield* Simulator;
      yield* add({
        method: "GET",
        path: "/projects/:projectKey/lunch/",
        admin: true,
        handle: () =>
          Effect.fail(
            new SimulatedRefusal({ status: 409, errorType: "com.example.Busy", detail: "The kitchen is closed" }),
          ),
      });
      const { reason } = yield* Effect.flip(ask(get(lunch)));
      expect(reason).toMatchObject({ _tag: "Conflict", status: 409, errorType: "com.example.Busy" });
      expect(reason.message).toContain("The kitchen is closed");
      yield* simulator.addKey(Redacted.make("maria"), { login: "maria", admin: false });
      const as = (key: string) =>
        simulator.client.get(`${simulator.url}/public/api/projects/SALES/lunch/`, {
          headers: { authorization: `Bearer ${key}` },
        });
      expect((yield* as("nobody")).status).toBe(401);
      expect((yield* as("maria")).status).toBe(403);
      yield* simulator.inject({ status: 418, headers: {}, body: "" });
      expect((yield* Effect.flip(ask(get(lunch)))).reason).toMatchObject({ status: 418 });
    }).pipe(Effect.provide(Simulator.layer())));
});
