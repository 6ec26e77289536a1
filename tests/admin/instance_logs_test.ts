import { describe, expect, it } from "@effect/vitest";
import { Effect, Stream } from "effect";
import { HttpServerResponse } from "effect/http";
import { type Dss, InstanceLogs } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { itIsForAdministrators } from "../fixtures/for_administrators.ts";
import { broken, dssServer, page, streamed } from "../fixtures/dss_server.ts";
import { refusal } from "../fixtures/other_keys.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, InstanceLogs | Dss | Simulator>) =>
  Effect.provide(test, Simulator.layer());

const answering = (body: string, contentType: string) =>
  dssServer(() => HttpServerResponse.text(body, { contentType }));

describe("logs of the instance", () => {
  it.effect("are listed with their size, and read", () =>
    simulated(Effect.gen(function* () {
      const logs = yield* InstanceLogs;
      const files = yield* logs.list();
      expect(files.map(({ name }) => name)).toEqual(["backend.log", "nginx.log", "ipython.log"]);
      const text = yield* logs.read("ipython.log");
      expect(text).toBe("[2025-09-30T09:00:00.000Z] [main] [INFO] [notebook] - Kernel started: étude\n");
      expect(files[2]?.totalSize).toBe(new TextEncoder().encode(String(text)).length);
      expect(yield* logs.read("nginx.log")).toBe("");
    })));

  it.effect("come as bytes too", () =>
    simulated(Effect.gen(function* () {
      const logs = yield* InstanceLogs;
      const bytes = yield* Stream.mkString(Stream.decodeText(logs.stream("backend.log")));
      expect(JSON.parse(bytes)).toBe(yield* logs.read("backend.log"));
    })));

  it.effect("that are none, or no id, are refused", () =>
    simulated(Effect.gen(function* () {
      const { read, stream } = yield* InstanceLogs;
      expect(yield* refusal(read("none.log"))).toMatchObject({ reason: "NotFound", changed: false });
      expect(yield* refusal(Stream.runDrain(stream("none.log")))).toMatchObject({ reason: "NotFound" });
      expect(yield* refusal(read(".."))).toMatchObject({ reason: "Invalid" });
    })));

  itIsForAdministrators({
    "InstanceLogs.list": ({ instanceLogs }) => instanceLogs.list(),
    "InstanceLogs.read": ({ instanceLogs }) => instanceLogs.read("backend.log"),
    "InstanceLogs.stream": ({ instanceLogs }) => Stream.runDrain(instanceLogs.stream("backend.log")),
  });
});

describe("a log", () => {
  const cases: ReadonlyArray<readonly [what: string, body: string, contentType: string, content: unknown]> = [
    ["as a string in JSON", '"a\\nb"', "application/json", "a\nb"],
    ["as plain text", "a\nb", "text/plain", "a\nb"],
    ["whose lines are JSON", '{"a":1}\n{"a":2}', "text/plain", '{"a":1}\n{"a":2}'],
    ["that begins with a quote", '"a" was not found\n', "text/plain", '"a" was not found\n'],
    ["that is a number", "42", "text/plain", "42"],
    ["as an object", '{"tail":{"lines":["a"]}}', "application/json", { tail: { lines: ["a"] } }],
    ["that is empty", "", "text/plain", ""],
  ];
  it.effect.each(cases)("%s is read", ([, body, contentType, content]) =>
    Effect.gen(function* () {
      expect(yield* (yield* InstanceLogs).read("a.log")).toEqual(content);
    }).pipe(Effect.provide(answering(body, contentType))));

  it.effect("is not a login page", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* InstanceLogs).read("a.log"));
      expect(error.reason._tag).toBe("UnexpectedContent");
    }).pipe(Effect.provide(dssServer(() => page("Login")))));

  it.effect("that is larger than may be held in memory is streamed", () =>
    Effect.gen(function* () {
      const { read, stream } = yield* InstanceLogs;
      expect((yield* Effect.flip(read("a.log"))).reason._tag).toBe("TooLarge");
      expect(yield* Stream.mkString(Stream.decodeText(stream("a.log")))).toHaveLength(200);
    }).pipe(Effect.provide(
      dssServer(() => HttpServerResponse.text("x".repeat(200)), { maxBodyBytes: 100 }),
    )));

  it.effect("that breaks off fails its stream", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(Stream.runDrain((yield* InstanceLogs).stream("a.log")));
      expect(error.method).toBe("InstanceLogs.stream");
    }).pipe(Effect.provide(dssServer(() =>
      streamed(Stream.concat(Stream.make("a\n"), Stream.fromEffect(broken("ECONNRESET", "connection reset"))))
    ))));
});
