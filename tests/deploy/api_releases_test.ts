import { describe, expect, it } from "@effect/vitest";
import { Effect, Fiber, Layer, Option, Stream } from "effect";
import { TestClock } from "effect/testing";
import { HttpClient } from "effect/http";
import {
  ApiDeployerService,
  ApiDeployerServices,
  ApiDeployments,
  ApiReleaseFailed,
  type ApiReleaseOptions,
  type ApiReleaseRequest,
  ApiReleases,
  ApiServices,
  Dss,
  setSingleVersion,
  type Token,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { during } from "../fixtures/virtual_time.ts";

const deploymentId = "churn-on-api-prod";
const v2: ApiReleaseRequest = { serviceId: "churn", version: "v2", deploymentId };

/** What a deployment answers with. */
const live = (id: string) =>
  Effect.gen(function* () {
    const { deployment, health: { health } } = yield* (yield* ApiDeployments).status(id);
    return `${deployment.packages?.map(({ id }) => id)} ${health}`;
  });

const release = (request: ApiReleaseRequest, options?: ApiReleaseOptions) =>
  during("20 minutes", Effect.flatMap(ApiReleases, (releases) => releases.run(request, options)));

const failed = (request: ApiReleaseRequest, options?: ApiReleaseOptions) =>
  Effect.map(Effect.flip(release(request, options)), (error) => {
    expect(error).toBeInstanceOf(ApiReleaseFailed);
    return error as ApiReleaseFailed;
  });

const script = (object: string, outcome: Parameters<Simulator["script"]>[1]) =>
  Effect.flatMap(Simulator, (simulator) => simulator.script(object, outcome));

describe("a release on a simulated DSS", () => {
  it.effect("brings a version to where it answers, and says what was there before", () =>
    Effect.gen(function* () {
      const released = yield* release(v2);
      expect(released).toEqual({
        deploymentId,
        version: "v2",
        former: { enabled: true, generationsMapping: { mode: "SINGLE_GENERATION", generation: "v1" } },
      });
      expect(yield* live(deploymentId)).toBe("v2 HEALTHY");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("tells its stages", () =>
    Effect.gen(function* () {
      const operation = yield* (yield* ApiReleases).start(v2);
      const phases = yield* during("20 minutes", Stream.runCollect(Stream.map(operation.states, ({ phase }) => phase)));
      expect(phases).toEqual(["IMPORT", "SET", "UPDATE", "HEALTH", "TEST", "RELEASED"]);
      expect((yield* operation.result).version).toBe("v2");
      yield* operation.abort; // it has ended
      expect(yield* live(deploymentId)).toBe("v2 HEALTHY");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("imports the version, and creates service and deployment when they are not there", () =>
    Effect.gen(function* () {
      const archive = (yield* ApiServices).archive("CHURN", "churn", "v2");
      yield* release({ serviceId: "fresh", version: "v2", deploymentId: "dev", infraId: "api-k8s" }, { archive });
      expect(ApiDeployerService.versions(yield* (yield* ApiDeployerServices).get("fresh"))).toEqual(["v2"]);
      expect(yield* live("dev")).toBe("v2 HEALTHY");
      yield* release({ serviceId: "fresh", version: "v2", deploymentId: "dev" });
      expect(yield* live("dev")).toBe("v2 HEALTHY");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each(
    [
      ["api-versions/churn.v2", "HEALTH", "No model", {}],
      ["api-queries/churn.v2", "TEST", "No model", {}],
      [`api-deployments/${deploymentId}`, "UPDATE", "No model", { times: 1 }],
    ] as const,
  )("puts the former version back when %s fails", ([object, stage, said, more]) =>
    Effect.gen(function* () {
      yield* script(object, { end: "fail", message: said, ...more });
      const error = yield* failed(v2);
      expect([error.stage, error.restored]).toEqual([stage, "RESTORED"]);
      expect(error.message).toContain(said);
      expect(error.message).toMatch(/^Version v2 is not released on .*: the deployment is as it was before$/);
      expect(yield* live(deploymentId)).toBe("v1 HEALTHY");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("whose warnings are not good enough, or whose answers are not, is put back", () =>
    Effect.gen(function* () {
      yield* script("api-versions/churn.v2", { end: "warn", message: "Slow" });
      expect((yield* failed(v2)).message).toContain("WARNING after 1m: Slow");
      const checkAnswers = () => "the prediction is not 0";
      const error = yield* failed(v2, { acceptWarning: true, checkAnswers });
      expect([error.stage, error.message]).toEqual(["TEST", expect.stringContaining("prediction is not 0")]);
      expect(yield* live(deploymentId)).toBe("v1 HEALTHY");
      yield* release(v2, { acceptWarning: true, testQueries: false });
      expect(yield* live(deploymentId)).toBe("v2 WARNING");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("that had created its deployment deletes it", () =>
    Effect.gen(function* () {
      yield* script("api-versions/churn.v2", { end: "fail" });
      const error = yield* failed({ ...v2, deploymentId: "dev", infraId: "api-k8s" });
      expect(error.restored).toBe("RESTORED");
      expect(yield* Effect.flip((yield* ApiDeployments).get("dev"))).toMatchObject({ reason: { _tag: "NotFound" } });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each(
    [
      ["without the version", { version: "v9" }, {}, "no version v9"],
      ["with the archive of another one", { version: "v9" }, { archive: "v2" }, "not that of version v9"],
      [
        "with an archive that is none",
        { version: "v9" },
        { archive: new TextEncoder().encode("PK") },
        "not a ZIP archive",
      ],
    ] as const,
  )("%s changes nothing", ([, request, { archive }, said]: readonly [
    string,
    Partial<ApiReleaseRequest>,
    { readonly archive?: string | Uint8Array },
    string,
  ]) =>
    Effect.gen(function* () {
      const services = yield* ApiServices;
      const content = typeof archive === "string" ? services.archive("CHURN", "churn", archive) : archive;
      yield* (yield* ApiDeployerServices).deleteVersion("churn", "v2");
      const error = yield* failed({ ...v2, ...request }, content === undefined ? {} : { archive: content });
      expect([error.stage, error.restored]).toEqual(["IMPORT", "NOTHING_CHANGED"]);
      expect(error.message).toContain(said);
      expect(yield* live(deploymentId)).toBe("v1 HEALTHY");
      expect(yield* (yield* ApiDeployments).updates(deploymentId)).toHaveLength(1);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("that is refused before its first write is done changes nothing", () =>
    Effect.gen(function* () {
      yield* script("api-governance/churn.v2", { end: "warn" });
      const infra = { governCheckPolicy: "WARN" };
      yield* (yield* Dss).empty("X", {
        method: "PUT",
        path: { template: "", value: "/api-deployer/infras/api-prod/settings", secrets: [] },
        json: { id: "api-prod", type: "STATIC", stage: "Production", apiNodes: [], ...infra },
      });
      const error = yield* failed(v2);
      expect([error.stage, error.restored]).toEqual(["SET", "NOTHING_CHANGED"]);
      expect(error.message).toContain("WARNING : version v2");
      expect(yield* (yield* ApiDeployments).updates(deploymentId)).toHaveLength(1);
      yield* release(v2, { ignoreWarnings: true });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("on a deployment of another service, or one that is not there, is refused", () =>
    Effect.gen(function* () {
      const releases = yield* ApiReleases;
      const other = yield* Effect.flip(releases.start({ ...v2, serviceId: "other" }));
      expect(other.message).toContain("is of service churn, not of other");
      const none = yield* Effect.flip(releases.start({ ...v2, deploymentId: "none" }));
      expect(none.reason._tag).toBe("NotFound");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("whose former version cannot be put back says so", () =>
    Effect.gen(function* () {
      yield* script(`api-deployments/${deploymentId}`, { end: "fail", message: "Node is down" });
      const error = yield* failed(v2);
      expect([error.stage, error.restored]).toEqual(["UPDATE", "NOT_RESTORED"]);
      expect(error.message).toContain("could not be put back, look at it (The task failed (Node is down)");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("that is interrupted is put back first", () =>
    Effect.gen(function* () {
      yield* script("api-versions/churn.v2", { end: "fail" });
      const fiber = yield* Effect.forkChild((yield* ApiReleases).run(v2, { healthTimeout: "1 hour" }));
      yield* TestClock.adjust("30 seconds");
      expect(yield* live(deploymentId)).toBe("v2 ERROR");
      const ended = yield* Effect.forkChild(Fiber.interrupt(fiber));
      yield* TestClock.adjust("5 minutes");
      yield* Fiber.join(ended);
      expect(yield* live(deploymentId)).toBe("v1 HEALTHY");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("waits for the update of somebody else", () =>
    Effect.gen(function* () {
      const deployments = yield* ApiDeployments;
      yield* deployments.updateSettings(deploymentId, setSingleVersion("v1"));
      yield* deployments.startUpdate(deploymentId);
      yield* release(v2);
      expect(yield* live(deploymentId)).toBe("v2 HEALTHY");
    }).pipe(Effect.provide(Simulator.layer())));
});

describe("the token of a release", () => {
  it.effect.each([
    ["none", undefined],
    ["one of another kind", { kind: "job", version: 1, dss: "http://dss.localhost", ids: ["a"] }],
    ["one whose past is no JSON", "broken"],
  ])("is refused when it is %s", ([, token]) =>
    Effect.gen(function* () {
      const dss = (yield* Dss).instance;
      const given = token === "broken"
        ? { kind: "api-release", version: 1, dss, ids: ["a", "b", "c", "d", "{"] }
        : token;
      expect(yield* Effect.flip((yield* ApiReleases).resume(given))).toMatchObject({ _tag: "TokenInvalid" });
    }).pipe(Effect.provide(Simulator.layer())));
});

/** A connection that is dead from its n-th request on: that one arrives or not, and no answer comes any more, as when a program is killed. */
const killedAt = (nth: number, arrives: boolean) => {
  let sent = 0;
  return {
    count: () => sent,
    layer: Layer.unwrap(Effect.map(Simulator, ({ client, url, apiKey }) => {
      const dying = HttpClient.transform(client, (answer) =>
        Effect.suspend(() => {
          const now = ++sent;
          if (now < nth) return answer;
          return now === nth && arrives ? Effect.andThen(answer, Effect.never) : Effect.never;
        }));
      return Layer.provide(
        Layer.provideMerge(ApiReleases.layer, Dss.layer({ url, apiKey })),
        Layer.succeed(HttpClient.HttpClient, dying),
      );
    })),
  };
};

const json = (token: Token): unknown => JSON.parse(JSON.stringify(token));

describe("a release that is killed at any request, and resumed", () => {
  /** Kills a release at its n-th request, resumes it in a new program, and gives its end; none when it has fewer requests. */
  const endAfterKill = (nth: number, arrives: boolean, breaks: boolean) =>
    Effect.gen(function* () {
      const pieces = yield* Stream.runCollect((yield* ApiServices).archive("CHURN", "churn", "v2"));
      const archive = new Uint8Array(pieces.flatMap((piece) => [...piece]));
      yield* (yield* ApiDeployerServices).deleteVersion("churn", "v2");
      if (breaks) yield* script("api-versions/churn.v2", { end: "fail" });
      const token = Option.getOrThrow((yield* (yield* ApiReleases).start(v2)).token);
      const dying = killedAt(nth, arrives);
      const program = Effect.provide(
        Effect.flatMap(ApiReleases, (releases) =>
          Effect.flatMap(releases.resume(json(token), { archive }), ({ result }) => Effect.exit(result))),
        dying.layer,
      );
      const killed = yield* Effect.forkDetach(program);
      yield* TestClock.adjust("3 minutes");
      if (dying.count() < nth) {
        return undefined;
      }
      expect(killed.pollUnsafe()).toBeUndefined();
      const resumed = yield* (yield* ApiReleases).resume(json(token), { archive });
      const exit = yield* during("1 hour", Effect.result(resumed.result));
      return `${exit._tag === "Success" ? "released" : (exit.failure as ApiReleaseFailed).restored}, ${yield* live(
        deploymentId,
      )}`;
    }).pipe(Effect.provide(Simulator.layer()));

  it.effect.each(
    [
      [false, "released, v2 HEALTHY"],
      [true, "RESTORED, v1 HEALTHY"],
    ] as const,
  )("ends well or is undone (the version fails: %s)", ([breaks, expected]) =>
    Effect.gen(function* () {
      let kills = 0;
      for (const arrives of [false, true]) {
        for (let nth = 1;; nth++) {
          const end = yield* endAfterKill(nth, arrives, breaks);
          if (end === undefined) break;
          kills++;
          expect(`${nth} ${arrives}: ${end}`).toBe(`${nth} ${arrives}: ${expected}`);
        }
      }
      expect(kills).toBeGreaterThan(20);
    }), 60_000);
});
