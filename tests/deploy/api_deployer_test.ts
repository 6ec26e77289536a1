import { describe, expect, it } from "@effect/vitest";
import { Effect, Redacted, Stream } from "effect";
import {
  addApiNode,
  ApiDeployerService,
  ApiDeployerServices,
  ApiDeployments,
  ApiDeploymentStatus,
  ApiDeploymentUpdate,
  ApiInfras,
  ApiQueryAnswers,
  ApiServices,
  type DssError,
  removeApiNode,
  setApiDeploymentEnabled,
  setGenerations,
  setSingleVersion,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, empty, failure, json, Received, reset } from "../fixtures/dss_server.ts";
import { shownBy } from "../fixtures/everything_shown.ts";
import { itIsForAdministrators, stateOf } from "../fixtures/for_administrators.ts";
import { during } from "../fixtures/virtual_time.ts";

const prod = "churn-on-api-prod";

describe("infrastructures of a simulated API Deployer", () => {
  it.effect("are created, given nodes, deleted", () =>
    Effect.gen(function* () {
      const infras = yield* ApiInfras;
      expect((yield* infras.stages()).map(({ id }) => id)).toEqual(["Development", "Test", "Production"]);
      yield* infras.create("api-test", "Test", "STATIC", { governCheckPolicy: "WARN" });
      expect((yield* infras.get("api-test")).infraBasicInfo).toEqual({ id: "api-test", type: "STATIC", stage: "Test" });
      yield* infras.updateSettings("api-test", addApiNode("https://a:1", Redacted.make("k"), { graphitePrefix: "p" }));
      yield* infras.updateSettings("api-test", addApiNode("https://b:1", Redacted.make("k2")));
      const saved = yield* infras.updateSettings("api-test", removeApiNode("https://a:1"));
      expect(saved.apiNodes).toEqual([{ url: "https://b:1", adminAPIKey: "k2", graphitePrefix: null }]);
      expect(removeApiNode("https://none")(saved)).toBe(saved);
      yield* infras.delete("api-test");
      expect((yield* infras.list()).map(({ infraBasicInfo: { id } }) => id)).toEqual(["api-prod", "api-k8s"]);
      expect((yield* infras.list())[0]?.deployments).toEqual([{ id: prod, infraId: "api-prod" }]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("no error shows the key of a node", () =>
    Effect.gen(function* () {
      const add = addApiNode("https://a:1", Redacted.make("c4naryKey"));
      const [exit, shown] = yield* shownBy<unknown, unknown, never>((yield* ApiInfras).updateSettings("i", add));
      expect(exit._tag).toBe("Failure");
      expect(shown).not.toContain("c4nary");
    }).pipe(Effect.provide(dssServer(({ method }) =>
      method === "GET" ? json({ id: "i", type: "STATIC", apiNodes: [] }) : failure(400, "X", "c4naryKey is wrong")
    ))));
});

describe("services of a simulated API Deployer", () => {
  it.effect("get versions from archives, and give them", () =>
    Effect.gen(function* () {
      const [services, designed] = [yield* ApiDeployerServices, yield* ApiServices];
      yield* services.create("copy");
      yield* services.importVersion("copy", services.download("churn", "v1"));
      yield* services.importVersion("copy", designed.archive("CHURN", "churn", "v2"));
      const copy = yield* services.get("copy");
      expect([ApiDeployerService.versions(copy), ApiDeployerService.deployments(copy)]).toEqual([["v1", "v2"], []]);
      expect(ApiDeployerService.deployments(yield* services.get("churn"), "api-prod")).toEqual([prod]);
      expect(ApiDeployerService.deployments(yield* services.get("churn"), "api-k8s")).toEqual([]);
      const saved = yield* services.updateSettings("copy", (found) => ({ ...found, later: [1] }));
      expect(saved).toMatchObject({ id: "copy", later: [1] });
      yield* services.deleteVersion("copy", "v1");
      yield* services.delete("copy");
      expect((yield* services.list()).map(({ serviceBasicInfo: { id } }) => id)).toEqual(["churn"]);
    }).pipe(Effect.provide(Simulator.layer())));
});

describe("deployments of a simulated API Deployer", () => {
  it.effect("are created, updated, asked, deleted", () =>
    Effect.gen(function* () {
      const deployments = yield* ApiDeployments;
      yield* deployments.create("dev", "churn", "api-k8s", "v2", {
        endpointId: "predict",
        queryAuthorizations: [{ group: "data_team", queryThroughDeployer: true }],
      });
      const before = yield* deployments.status("dev");
      expect([before.health.health, ApiDeploymentStatus.serviceUrls(before)]).toEqual(["UNKNOWN", []]);
      yield* during("1 minute", deployments.update("dev"));
      const after = yield* deployments.status("dev");
      expect([after.health.health, ApiDeploymentStatus.serviceUrls(after)]).toEqual([
        "HEALTHY",
        ["https://api-k8s.example.com/churn/public/api/v1/churn"],
      ]);
      const [update] = yield* deployments.updates("dev");
      const whole = yield* deployments.getUpdate("dev", update!.startTimestamp);
      expect(whole).toEqual(yield* deployments.getUpdate("dev"));
      expect(ApiDeploymentUpdate.lines(whole)).toEqual(["Preparing v2", "Activated v2"]);
      expect(ApiDeploymentUpdate.startedAt(whole)! < ApiDeploymentUpdate.endedAt(whole)!).toBe(true);
      expect(ApiDeploymentUpdate.startedAt({ startTimestamp: "soon" })).toBeUndefined();
      const answers = yield* deployments.runTestQueries("dev");
      expect([answers.responses, ApiQueryAnswers.failure(answers)]).toMatchObject([
        [{ result: { prediction: "1" } }],
        undefined,
      ]);
      const asked = yield* deployments.runQueries("dev", [{ features: {} }, { features: {} }], {
        endpointId: "predict",
      });
      expect(asked.responses).toHaveLength(2);
      expect((yield* deployments.governanceStatus("dev")).anyMessage).toBe(false);
      expect(JSON.parse(yield* deployments.openApi("dev"))).toMatchObject({ openapi: "3.0.3" });
      expect(yield* Effect.flip(deployments.delete("dev"))).toMatchObject({ reason: { _tag: "Invalid" } });
      yield* deployments.delete("dev", { disableFirst: true });
      expect((yield* deployments.list()).map(({ deploymentBasicInfo: { id } }) => id)).toEqual([prod]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are out of sync when their settings changed, until they are updated", () =>
    Effect.gen(function* () {
      const deployments = yield* ApiDeployments;
      yield* deployments.updateSettings(prod, setSingleVersion("v2"));
      expect((yield* deployments.status(prod)).health.health).toBe("OUT_OF_SYNC");
      yield* (yield* Simulator).script("api-versions/churn.v2", { end: "warn", message: "Slow" });
      yield* during("1 minute", deployments.update(prod));
      const { health } = yield* deployments.status(prod);
      expect([health.health, health.healthMessages?.messages[0]?.message]).toEqual(["WARNING", "Slow"]);
      const entries = [{ generation: "v1", proba: 0.9 }, { generation: "v2", proba: 0.1 }];
      const both = yield* deployments.updateSettings(
        prod,
        setGenerations({ mode: "MULTI_GENERATION_RANDOM", entries }),
      );
      expect(both.generationsMapping?.entries).toEqual(entries);
      const off = yield* deployments.updateSettings(prod, setApiDeploymentEnabled(false));
      expect(yield* deployments.saveSettings(prod, off, { since: off, ignoreWarnings: true })).toEqual(off);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("an update that fails says why, also when its future is forgotten", () =>
    Effect.gen(function* () {
      const deployments = yield* ApiDeployments;
      yield* (yield* Simulator).script(`api-deployments/${prod}`, { end: "fail", message: "Node is down", times: 2 });
      const error = yield* Effect.flip(during("1 minute", deployments.update(prod)));
      expect(error._tag).toBe("FutureFailed");
      expect(error.message).toContain("Node is down");
      const forgotten = yield* deployments.startUpdate(prod);
      yield* during("5 minutes", Effect.sleep("1 minute"));
      const later = yield* Effect.flip(during("1 minute", forgotten.result));
      expect(later._tag).toBe("FutureFailed");
      expect(later.message).toContain("ended as ERROR: Node is down");
      const fine = yield* deployments.startUpdate(prod);
      yield* during("5 minutes", Effect.sleep("1 minute"));
      expect(yield* during("1 minute", fine.result)).toMatchObject({ status: "SUCCESS" });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("what Govern does not approve is refused as the policy says", () =>
    Effect.gen(function* () {
      const [deployments, infras] = [yield* ApiDeployments, yield* ApiInfras];
      yield* (yield* Simulator).script("api-governance/churn.v2", { end: "warn" });
      yield* infras.updateSettings("api-prod", (found) => ({ ...found, governCheckPolicy: "WARN" }));
      const warned = yield* Effect.flip(deployments.updateSettings(prod, setSingleVersion("v2")));
      expect(warned.message).toContain("WARNING : version v2");
      yield* deployments.updateSettings(prod, setSingleVersion("v2"), { ignoreWarnings: true });
      expect((yield* deployments.governanceStatus(prod, "v2")).warning).toBe(true);
      yield* infras.updateSettings("api-prod", (found) => ({ ...found, governCheckPolicy: "PREVENT" }));
      const refused = yield* Effect.flip(deployments.create("d", "churn", "api-prod", "v2", { ignoreWarnings: true }));
      expect(refused.message).toContain("not approved in Govern");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("queries that fail are told", () =>
    Effect.gen(function* () {
      const deployments = yield* ApiDeployments;
      yield* (yield* Simulator).script("api-queries/churn.v1", { end: "fail", message: "No model" });
      expect(ApiQueryAnswers.failure(yield* deployments.runTestQueries(prod))).toBe("No model");
      const ignored = { responses: [{ result: { ignored: true, ignoreReason: "IGNORED_BY_MODEL" } }] };
      expect(ApiQueryAnswers.failure(ignored)).toBe("a query was ignored (IGNORED_BY_MODEL)");
      expect(ApiQueryAnswers.failure({ error: true })).toBe("an answer is an error");
      expect(ApiQueryAnswers.failure({ responses: [null] })).toBeUndefined();
    }).pipe(Effect.provide(Simulator.layer())));
});

const refusals: Readonly<
  Record<string, readonly [Effect.Effect<unknown, unknown, ApiDeployments | ApiInfras | ApiDeployerServices>, string]>
> = {
  "a service with deployments": [
    Effect.flatMap(ApiDeployerServices, (services) => services.delete("churn")),
    "has deployments",
  ],
  "an infrastructure with deployments": [
    Effect.flatMap(ApiInfras, (infras) => infras.delete("api-prod")),
    "has deployments",
  ],
  "a version that is deployed": [
    Effect.flatMap(ApiDeployerServices, (services) => services.deleteVersion("churn", "v1")),
    "is deployed by churn-on-api-prod",
  ],
  "an enabled deployment": [
    Effect.flatMap(ApiDeployments, (deployments) => deployments.delete(prod)),
    "disable it first",
  ],
  "a version that is not there": [
    Effect.flatMap(ApiDeployments, (deployments) => deployments.updateSettings(prod, setSingleVersion("v9"))),
    "v9",
  ],
  "a deployment whose id is taken": [
    Effect.flatMap(ApiDeployments, (deployments) => deployments.create(prod, "churn", "api-prod", "v1")),
    "exists already",
  ],
  "an infrastructure of no stage": [
    Effect.flatMap(ApiInfras, (infras) => infras.create("x", "Moon", "STATIC")),
    "no stage Moon",
  ],
  "an archive that is none": [
    Effect.flatMap(ApiDeployerServices, (services) => services.importVersion("churn", new Blob(["PK"]))),
    "not a ZIP archive",
  ],
};

describe("the simulated API Deployer", () => {
  it.effect.each(Object.entries(refusals))(
    "refuses %s, and changes nothing",
    ([, [call, said]]) =>
      Effect.gen(function* () {
        const before = yield* stateOf("apiDeployer");
        const error = yield* Effect.flip(call) as Effect.Effect<DssError>;
        expect(error.message).toContain(said);
        expect(yield* stateOf("apiDeployer")).toEqual(before);
      }).pipe(Effect.provide(Simulator.layer())),
  );

  itIsForAdministrators({
    "a new infrastructure": ({ apiInfras }) => apiInfras.create("x", "Test", "STATIC"),
    "what an infrastructure is set to": ({ apiInfras }) => apiInfras.settings("api-prod"),
    "the end of an infrastructure": ({ apiInfras }) => apiInfras.delete("api-k8s"),
    "a new service": ({ apiDeployerServices }) => apiDeployerServices.create("x"),
    "a new version": ({ apiDeployerServices }) => apiDeployerServices.importVersion("churn", new Blob([])),
    "the end of a version": ({ apiDeployerServices }) => apiDeployerServices.deleteVersion("churn", "v2"),
    "a new deployment": ({ apiDeployments }) => apiDeployments.create("x", "churn", "api-prod", "v1"),
    "a change of a deployment": ({ apiDeployments }) => apiDeployments.updateSettings(prod, setSingleVersion("v2")),
    "an update": ({ apiDeployments }) => apiDeployments.startUpdate(prod),
  });

  it.effect("the archive of a version comes whole", () =>
    Effect.gen(function* () {
      const pieces = yield* Stream.runCollect((yield* ApiDeployerServices).download("churn", "v1"));
      expect(pieces.reduce((size, piece) => size + piece.length, 0)).toBeGreaterThan(100);
    }).pipe(Effect.provide(Simulator.layer())));
});

it.effect("the lost answer to an update is an unknown outcome, and it is not sent twice", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip((yield* ApiDeployments).startUpdate("d")) as Effect.Effect<DssError>;
    expect(error.reason._tag).toBe("OutcomeUnknown");
    expect((yield* Received).requests).toHaveLength(1);
  }).pipe(Effect.provide(dssServer(() => reset))));

it.effect("a deployment is disabled before it is deleted, with one write", () =>
  Effect.gen(function* () {
    yield* (yield* ApiDeployments).delete("d", { disableFirst: true });
    const { requests } = yield* Received;
    expect(requests.map(({ method, target }) => `${method} ${target.split("?")[0]!.split("/deployments/")[1]}`))
      .toEqual([
        "GET d",
        "GET d/status",
        "GET d/settings",
        "PUT d/settings",
        "GET d/settings",
        "DELETE d",
      ]);
  }).pipe(Effect.provide((() => {
    let enabled = true;
    return dssServer(({ method, target }) => {
      if (method === "PUT") enabled = false;
      if (method !== "GET") return empty();
      if (target.includes("/settings")) return json({ id: "d", enabled });
      if (target.includes("/status")) return json({ health: "HEALTHY" });
      return json({ deploymentBasicInfo: { id: "d", publishedServiceId: "s", infraId: "i", enabled: true } });
    });
  })())));
