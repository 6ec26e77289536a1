import { describe, expect, it } from "@effect/vitest";
import { Effect, flow, Stream } from "effect";
import {
  addCausalPredictionEndpoint,
  addClusteringEndpoint,
  addForecastingEndpoint,
  addPredictionEndpoint,
  ApiDeployerService,
  ApiDeployerServices,
  ApiServicePackage,
  ApiServices,
  type ApiServiceSettings,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { readZip } from "../../src/simulator/kernel/zip.ts";
import { stateOf } from "../fixtures/for_administrators.ts";

describe("API services of projects on a simulated DSS", () => {
  it.effect("are designed, packed, published", () =>
    Effect.gen(function* () {
      const [services, deployer] = [yield* ApiServices, yield* ApiDeployerServices];
      yield* services.create("SALES", "revenue");
      const saved = yield* services.updateSettings(
        "SALES",
        "revenue",
        flow(
          addPredictionEndpoint("p", "m1"),
          addClusteringEndpoint("c", "m2"),
          addForecastingEndpoint("f", "m3"),
          addCausalPredictionEndpoint("x", "m4", { computePropensity: true }),
        ),
      );
      expect(saved.endpoints?.map(({ id, type }) => `${id} ${type}`)).toEqual([
        "p STD_PREDICTION",
        "c STD_CLUSTERING",
        "f STD_FORECAST",
        "x STD_CAUSAL_PREDICTION",
      ]);
      expect((yield* services.list("SALES")).map(({ id }) => id)).toEqual(["revenue"]);
      yield* services.createPackage("SALES", "revenue", "v1", { releaseNotes: "First" });
      const [made] = yield* services.packages("SALES", "revenue");
      expect(ApiServicePackage.createdAt(made!)).toBeDefined();
      expect(yield* services.packageSummary("SALES", "revenue", "v1")).toMatchObject({ releaseNotes: "First" });
      const pieces = yield* Stream.runCollect(services.archive("SALES", "revenue", "v1"));
      const files = yield* Effect.promise(() => readZip(new Uint8Array(pieces.flatMap((piece) => [...piece]))));
      expect([...files.keys()]).toEqual(["package-manifest.json", "service.json"]);
      yield* services.publishPackage("SALES", "revenue", "v1");
      yield* services.publishPackage("SALES", "revenue", "v1", { publishedServiceId: "sales" });
      expect(ApiDeployerService.versions(yield* deployer.get("sales"))).toEqual(["v1"]);
      yield* services.deletePackage("SALES", "revenue", "v1");
      expect(yield* services.packages("SALES", "revenue")).toEqual([]);
      expect(ApiDeployerService.versions(yield* deployer.get("revenue"))).toEqual(["v1"]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("a key that DSS drops is told of, customFields stays", () =>
    Effect.gen(function* () {
      const services = yield* ApiServices;
      const edit = (found: ApiServiceSettings): ApiServiceSettings => ({
        ...found,
        ...{ customFields: { a: 1 }, whatIsToCome: 1 },
      });
      const error = yield* Effect.flip(services.updateSettings("CHURN", "churn", edit));
      expect(error).toMatchObject({ _tag: "SettingsDropped", paths: ["whatIsToCome"] });
      expect(yield* services.settings("CHURN", "churn")).toMatchObject({ customFields: { a: 1 } });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each([
    ["an id that is taken", (services: ApiServices) => services.create("CHURN", "churn"), "Conflict"],
    ["a package that is there", (services: ApiServices) => services.createPackage("CHURN", "churn", "v1"), "Conflict"],
    ["a version that is there", (services: ApiServices) => services.publishPackage("CHURN", "churn", "v1"), "Conflict"],
    [
      "a package that is not there",
      (services: ApiServices) => services.deletePackage("CHURN", "churn", "x"),
      "NotFound",
    ],
    ["a service that is not there", (services: ApiServices) => services.settings("CHURN", "x"), "NotFound"],
    [
      "an endpoint twice",
      (services: ApiServices) => services.updateSettings("CHURN", "churn", addPredictionEndpoint("predict", "m")),
      "Invalid",
    ],
  ] as ReadonlyArray<[string, (services: ApiServices) => Effect.Effect<unknown, unknown>, string]>)(
    "%s is refused, and changes nothing",
    ([, call, tag]) =>
      Effect.gen(function* () {
        const before = [yield* stateOf("projects"), yield* stateOf("apiDeployer")];
        expect(yield* Effect.flip(call(yield* ApiServices))).toMatchObject({ reason: { _tag: tag } });
        expect([yield* stateOf("projects"), yield* stateOf("apiDeployer")]).toEqual(before);
      }).pipe(Effect.provide(Simulator.layer())),
  );
});
