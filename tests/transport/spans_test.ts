import { describe, expect, it } from "@effect/vitest";
import { Effect, Layer, Redacted, Schema, Stream, Tracer } from "effect";
import { del, Dss, get, Jobs, path, post } from "../../mod.ts";
import { dssServer, failure, json, refused, reset, type Script, type ServerOptions } from "../fixtures/dss_server.ts";
import { during } from "../fixtures/virtual_time.ts";

/** The spans of an effect on a DSS that answers so: name and attributes. */
const spansOf = <A, E>(effect: Effect.Effect<A, E, Dss | Jobs>, script: Script, options?: ServerOptions) =>
  Effect.gen(function* () {
    const spans: Array<Tracer.NativeSpan> = [];
    const tracer = Tracer.make({
      span(options) {
        const span = new Tracer.NativeSpan(options);
        spans.push(span);
        return span;
      },
    });
    yield* during("1 hour", Effect.exit(effect)).pipe(
      Effect.provide(dssServer(script, options)),
      Effect.provide(Layer.succeed(Tracer.Tracer, tracer)),
    );
    return spans.map(({ name, kind, attributes, status }) => ({
      name,
      kind,
      ended: status._tag === "Ended" ? status.exit._tag : status._tag,
      ...Object.fromEntries(attributes),
    }));
  });

describe("a call", () => {
  it.effect("is one span: method, route without ids, status, attempts and size", () =>
    Effect.gen(function* () {
      const call = Effect.flatMap(Jobs, (jobs) => jobs.list("SALES", { limit: 3 }));
      expect(yield* spansOf(call, () => json([]))).toEqual([{
        "name": "Jobs.list",
        "kind": "client",
        "ended": "Success",
        "http.request.method": "GET",
        "http.route": "/projects/{}/jobs/",
        "http.request.attempts": 1,
        "http.response.status_code": 200,
        "http.response.body.size": 2,
      }]);
    }));

  it.effect("that is tried again is still one span", () =>
    Effect.gen(function* () {
      const call = Effect.flatMap(Dss, (dss) => dss.text("X.y", get(path`/a/${"id"}`)));
      const found = yield* spansOf(call, (_, nth) => nth < 3 ? reset : json({}));
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ "http.request.attempts": 3, "http.response.status_code": 200 });
    }));

  it.effect("that fails has the status of the answer, or none", () =>
    Effect.gen(function* () {
      const call = Effect.flatMap(Dss, (dss) => dss.empty("X.y", post(path`/keys/${Redacted.make("s3cret")}`)));
      const [answered] = yield* spansOf(call, () => failure(403, "UnauthorizedException", "no"));
      expect(answered).toMatchObject({
        "ended": "Failure",
        "http.route": "/keys/{}",
        "http.response.status_code": 403,
      });
      const [unreached] = yield* spansOf(call, () => refused, { retry: { times: 0 } });
      expect(unreached).toMatchObject({ "ended": "Failure", "http.request.attempts": 1 });
      expect(unreached).not.toHaveProperty("http.response.status_code");
    }));

  it.effect("that sends nothing is a span without an attempt", () =>
    Effect.gen(function* () {
      const call = Effect.flatMap(Dss, (dss) => dss.empty("X.y", del(path`/things/${".."}`)));
      const [span] = yield* spansOf(call, () => json({}));
      expect(span).toMatchObject({ "ended": "Failure", "http.route": "/things/{}" });
      expect(span).not.toHaveProperty("http.request.attempts");
    }));

  it.effect("that streams is a span until its bytes flow", () =>
    Effect.gen(function* () {
      const call = Effect.flatMap(Dss, (dss) => Stream.runDrain(dss.stream("X.y", get(path`/data`))));
      expect(yield* spansOf(call, () => json({}))).toMatchObject([{ "name": "X.y", "http.response.status_code": 200 }]);
    }));

  it.effect("gives its span to DSS only when asked", () =>
    Effect.gen(function* () {
      const headers: Array<string | undefined> = [];
      const call = Effect.flatMap(Dss, (dss) => dss.json("X.y", get(path`/a`), Schema.Unknown));
      for (const traceHeaders of [true, false]) {
        yield* spansOf(call, (request) => {
          headers.push(request.headers.traceparent);
          return json({});
        }, { traceHeaders });
      }
      expect(headers).toEqual([expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/), undefined]);
    }));
});
