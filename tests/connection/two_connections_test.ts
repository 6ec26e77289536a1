import { expect, it } from "@effect/vitest";
import { Context, Effect, Layer, Redacted } from "effect";
import { FetchHttpClient } from "effect/http";
import { Dataiku, Dss, type DssOptions, type FetchOptions, Jobs } from "@effect-dataiku/dss";

/** A `fetch` of the name, which notes what it was asked for, and a DSS of that name without jobs. */
const connection = (name: string, asked: Array<string>): DssOptions & Required<FetchOptions> => ({
  url: `https://${name}.example.org`,
  apiKey: Redacted.make(`key of ${name}`),
  fetch: (url) => {
    asked.push(`${name} asks ${new URL(String(url)).hostname}`);
    return Promise.resolve(Response.json([]));
  },
});

const Design = Context.Service<Jobs>("Design");
const Deployer = Context.Service<Jobs>("Deployer");

const askBoth = Effect.gen(function* () {
  yield* (yield* Design).list("SALES");
  yield* (yield* Deployer).list("SALES");
});

it.effect("the layers of two connections in one program share nothing", () => {
  const asked: Array<string> = [];
  const both = Layer.merge(
    Layer.effect(Design, Jobs).pipe(Layer.provide(Dataiku.layer(connection("design", asked)))),
    Layer.effect(Deployer, Jobs).pipe(Layer.provide(Dataiku.layer(connection("deployer", asked)))),
  );
  return Effect.map(Effect.provide(askBoth, both), () => {
    expect(asked).toEqual(["design asks design.example.org", "deployer asks deployer.example.org"]);
  });
});

it.effect("the layer of a single service builds it anew on each connection", () => {
  const asked: Array<string> = [];
  const proxy = connection("proxy", asked);
  const jobsOn = (name: string) => Layer.provide(Jobs.layer, Dss.layer(connection(name, asked)));
  const both = Layer.merge(
    Layer.effect(Design, Jobs).pipe(Layer.provide(jobsOn("design"))),
    Layer.effect(Deployer, Jobs).pipe(Layer.provide(jobsOn("deployer"))),
  ).pipe(Layer.provide(FetchHttpClient.layer), Layer.provide(Layer.succeed(FetchHttpClient.Fetch, proxy.fetch)));
  return Effect.map(Effect.provide(askBoth, both), () => {
    expect(asked).toEqual(["proxy asks design.example.org", "proxy asks deployer.example.org"]);
  });
});

it.effect("the records of two connections share nothing, neither with the layer around them", () => {
  const asked: Array<string> = [];
  return Effect.gen(function* () {
    const design = yield* Dataiku.make(connection("design", asked));
    const deployer = yield* Dataiku.make(connection("deployer", asked));
    yield* design.jobs.list("SALES");
    yield* deployer.jobs.list("SALES");
    expect(asked).toEqual(["design asks design.example.org", "deployer asks deployer.example.org"]);
  }).pipe(Effect.provide(Dataiku.layer(connection("outer", asked))));
});
