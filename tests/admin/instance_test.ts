import { describe, expect, it } from "@effect/vitest";
import { DateTime, Effect, Fiber, Redacted, Stream } from "effect";
import { TestClock } from "effect/testing";
import { type Dss, Instance, InstanceInfo, LicensingStatus } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { itIsForAdministrators, stateOf } from "../fixtures/for_administrators.ts";
import { broken, dssServer, json, Received, reset, streamed } from "../fixtures/dss_server.ts";
import { shownBy } from "../fixtures/everything_shown.ts";
import { as, refusal } from "../fixtures/other_keys.ts";
import { during } from "../fixtures/virtual_time.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, Instance | Dss | Simulator>) =>
  Effect.provide(test, Simulator.layer());

const license = {
  licenseId: "L-2",
  licenseKind: "PRODUCTION",
  licensee: { company: "Example", name: "Tom Ito" },
  expiresOn: Date.UTC(2027, 0, 1),
  profiles: { FULL_DESIGNER: 1 },
};

describe("the instance", () => {
  it.effect("says what it is, and to administrators when it was started", () =>
    simulated(Effect.gen(function* () {
      const info = yield* (yield* Instance).info();
      expect(info).toMatchObject({ nodeId: "design-1", nodeType: "DESIGN", dssVersion: "14.4.1", hostname: "dss1" });
      expect(DateTime.formatIso(InstanceInfo.startedAt(info)!)).toBe("2025-09-19T09:00:00.000Z");
      const seen = yield* as("maria", ({ instance }) => instance.info());
      expect(Object.keys(seen)).toEqual(["nodeId", "nodeName", "nodeType", "dssVersion"]);
      expect(InstanceInfo.startedAt(seen)).toBeUndefined();
    })));

  it.effect("was started when it came up last", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).restart("2 minutes");
      yield* TestClock.adjust("3 minutes");
      const info = yield* (yield* Instance).info();
      expect(DateTime.formatIso(InstanceInfo.startedAt(info)!)).toBe("2025-10-01T09:02:00.000Z");
    })));

  it.effect("takes a licence, and says how far it is used", () =>
    simulated(Effect.gen(function* () {
      const instance = yield* Instance;
      yield* instance.setLicense(Redacted.make(license));
      const status = yield* instance.licensingStatus();
      expect(status.base).toMatchObject({ valid: true, userProfiles: ["FULL_DESIGNER"] });
      expect(status.base.licenseContent).toMatchObject({ licenseId: "L-2", licenseKind: "PRODUCTION" });
      expect(status.limits?.profileLimits?.["FULL_DESIGNER"]).toMatchObject({ directCount: 2, overQuota: true });
      expect(DateTime.formatIso(LicensingStatus.expiresAt(status)!)).toBe("2027-01-01T00:00:00.000Z");
      yield* TestClock.adjust("500 days");
      expect((yield* instance.licensingStatus()).base).toMatchObject({ valid: false, expired: true });
    })));

  it.effect("refuses what is no licence, and keeps the one that it has", () =>
    simulated(Effect.gen(function* () {
      const { setLicense } = yield* Instance;
      const refused = yield* refusal(setLicense(Redacted.make({ licenseId: "L-3" })));
      expect(refused).toMatchObject({ reason: "Invalid", changed: false });
    })));

  it.effect("counts what is on it", () =>
    simulated(Effect.gen(function* () {
      const instance = yield* Instance;
      const usage = yield* instance.usage();
      expect(usage).toMatchObject({ projects: 3, recipes: { all: 8 }, datasets: { all: 14 } });
      expect("projectSummaries" in usage).toBe(false);
      const { projectSummaries } = yield* instance.usage({ perProject: true });
      expect(projectSummaries).toMatchObject([{ projectKey: "SALES" }, { projectKey: "CHURN" }, {}]);
    })));

  it.effect("gives the libraries of scoring as bytes", () =>
    simulated(Effect.gen(function* () {
      const chunks = yield* Stream.runCollect((yield* Instance).scoringLibraries());
      expect([...chunks].flatMap((chunk) => [...chunk]).slice(0, 4)).toEqual([0x50, 0x4b, 0x05, 0x06]);
    })));

  it.effect("keeps what is written into its audit trail", () =>
    simulated(Effect.gen(function* () {
      const { logCustomAudit } = yield* Instance;
      yield* logCustomAudit("nightly/export", { rows: 12 });
      yield* logCustomAudit("done");
      const { audit } = (yield* stateOf("instance")) as { readonly audit: ReadonlyArray<unknown> };
      expect(audit).toMatchObject([
        { login: "admin", customMsgType: "nightly/export", customMsgParams: { rows: 12 } },
        { customMsgType: "done", customMsgParams: {} },
      ]);
    })));

  it.effect("names its Govern node without showing the key", () =>
    simulated(Effect.gen(function* () {
      const node = yield* (yield* Instance).governNode();
      expect(node).toMatchObject({ enabled: true, nodeUrl: "https://govern.example.com" });
      expect(Redacted.value(node.apiKey!)).toBe("key-of-the-design-node");
      expect(JSON.stringify(node)).not.toContain("key-of-the-design-node");
    })));

  it.effect("tells the status of the data by project, and the counters of cost", () =>
    simulated(Effect.gen(function* () {
      const instance = yield* Instance;
      expect(Object.keys(yield* instance.dataQualityStatus())).toEqual(["SALES", "CHURN", "LOGISTICS"]);
      expect((yield* instance.llmCostCounters()).map(({ id }) => id)).toEqual(["all-projects"]);
    })));

  itIsForAdministrators({
    "Instance.licensingStatus": ({ instance }) => instance.licensingStatus(),
    "Instance.setLicense": ({ instance }) => instance.setLicense(Redacted.make(license)),
    "Instance.usage": ({ instance }) => instance.usage(),
    "Instance.sanityCheckCodes": ({ instance }) => instance.sanityCheckCodes(),
    "Instance.startSanityCheck": ({ instance }) => instance.startSanityCheck(),
    "Instance.runSanityCheck": ({ instance }) => instance.runSanityCheck(),
    "Instance.logCustomAudit": ({ instance }) => instance.logCustomAudit("mine"),
    "Instance.governNode": ({ instance }) => instance.governNode(),
    "Instance.startGovernSync": ({ instance }) => instance.startGovernSync(),
    "Instance.runGovernSync": ({ instance }) => instance.runGovernSync(),
    "Instance.startGovernDeployerSync": ({ instance }) => instance.startGovernDeployerSync(),
    "Instance.runGovernDeployerSync": ({ instance }) => instance.runGovernDeployerSync(),
    "Instance.llmCostCounters": ({ instance }) => instance.llmCostCounters(),
  });
});

describe("a check of the instance", () => {
  const codes = (exclude?: ReadonlyArray<string>) =>
    Effect.gen(function* () {
      const { runSanityCheck } = yield* Instance;
      const { messages } = yield* during("1 minute", runSanityCheck(exclude === undefined ? {} : { exclude }));
      return messages.map(({ code }) => code);
    });

  it.effect("finds what is wrong, but for what is left out", () =>
    simulated(Effect.gen(function* () {
      const found = yield* codes();
      expect(found).toEqual(["WARN_MISC_DISK_FULL", "WARN_SECURITY_NO_CGROUPS"]);
      expect(yield* (yield* Instance).sanityCheckCodes()).toEqual(expect.arrayContaining([...found]));
      expect(yield* codes(["WARN_MISC_DISK_FULL"])).toEqual(["WARN_SECURITY_NO_CGROUPS"]);
    })));

  it.effect("has errors as its findings, not as its failure", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).script("instance/sanity-check", { end: "fail", message: "The disk is full" });
      const { error, messages } = yield* during("1 minute", (yield* Instance).runSanityCheck());
      expect(error).toBe(true);
      expect(messages[0]).toMatchObject({ severity: "ERROR", message: "The disk is full" });
    })));

  it.effect("is aborted when the wait for it is interrupted", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).script("instance/sanity-check", { end: "stall" });
      const fiber = yield* Effect.forkChild((yield* Instance).runSanityCheck());
      yield* TestClock.adjust("1 minute");
      yield* Fiber.interrupt(fiber);
      const { received } = yield* Simulator;
      expect((yield* received).at(-1)).toMatchObject({ method: "DELETE", status: 200 });
    })));
});

describe("sending to Govern", () => {
  it.effect("is waited for", () =>
    simulated(Effect.gen(function* () {
      const { runGovernSync, runGovernDeployerSync } = yield* Instance;
      expect(yield* during("1 minute", runGovernSync({ projectKey: "SALES" }))).toMatchObject({ success: true });
      expect(yield* during("1 minute", runGovernDeployerSync())).toMatchObject({ success: true });
    })));

  it.effect("fails with what DSS says", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).script("instance/govern-sync", { end: "fail", message: "Govern is down" });
      const error = yield* during("1 minute", Effect.flip((yield* Instance).runGovernSync()));
      expect(error).toMatchObject({ _tag: "FutureFailed", message: "The task failed (Govern is down)" });
    })));

  it.effect("of a project that is none is refused, and starts nothing", () =>
    simulated(Effect.gen(function* () {
      const { startGovernSync } = yield* Instance;
      expect(yield* refusal(startGovernSync({ projectKey: "NONE" }))).toMatchObject({
        reason: "NotFound",
        changed: false,
      });
    })));
});

describe("an answer of the instance that does not arrive", () => {
  it.effect("does not write an audit entry twice", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* Instance).logCustomAudit("mine"));
      expect(error.reason._tag).toBe("OutcomeUnknown");
      expect((yield* Received).lines).toEqual(["POST /admin/audit/custom/mine"]);
    }).pipe(Effect.provide(dssServer(() => reset))));

  it.effect("lets a licence be sent again, which is in nothing that is shown", () =>
    Effect.gen(function* () {
      const secret = Redacted.make({ signature: "s3cr3t-signature" });
      const [, shown] = yield* during("1 hour", shownBy((yield* Instance).setLicense(secret)));
      expect(shown).not.toContain("s3cr3t-signature");
      expect((yield* Received).requests.length).toBeGreaterThan(1);
    }).pipe(Effect.provide(dssServer(() => reset))));

  it.effect("fails the stream of the libraries when it breaks in the middle", () => {
    const pieces = Stream.concat(Stream.make("PK"), Stream.fromEffect(broken("ECONNRESET", "connection reset")));
    return Effect.gen(function* () {
      const error = yield* Effect.flip(Stream.runDrain((yield* Instance).scoringLibraries()));
      expect(error.method).toBe("Instance.scoringLibraries");
    }).pipe(Effect.provide(dssServer(() => streamed(pieces))));
  });

  it.effect("is not taken for the instance when it is another", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* Instance).info());
      expect(error.reason).toMatchObject({ _tag: "Undecodable", field: "nodeName" });
    }).pipe(Effect.provide(dssServer(() => json({ nodeId: "n" })))));
});
