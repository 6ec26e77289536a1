import { describe, expect, it } from "@effect/vitest";
import { Effect, Fiber, Option } from "effect";
import { TestClock } from "effect/testing";
import {
  type ContactLost,
  type DssError,
  ExternalUsers,
  type FutureEnd,
  Futures,
  Users,
  type WaitTimedOut,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, json, Received, reset } from "../fixtures/dss_server.ts";
import { itIsForAdministrators, stateOf } from "../fixtures/for_administrators.ts";
import { during } from "../fixtures/virtual_time.ts";

const lena = { displayName: "Lena Fischer-Braun", groups: ["readers", "data_team"] };

describe("users of a supplier, on a simulated DSS", () => {
  it.effect("are fetched, all or some", () =>
    Effect.gen(function* () {
      const { fetch } = yield* ExternalUsers;
      const logins = (options?: Parameters<typeof fetch>[1]) =>
        Effect.map(during("1 minute", fetch("LDAP", options)), (all) => all.map(({ login }) => login));
      expect(yield* logins()).toEqual(["lena", "omar", "ines"]);
      expect(yield* logins({ login: "omar" })).toEqual(["omar"]);
      expect(yield* logins({ email: "ines@example.com" })).toEqual(["ines"]);
      expect(yield* logins({ groupName: "readers" })).toEqual(["lena", "omar"]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("have groups", () =>
    Effect.gen(function* () {
      const external = yield* ExternalUsers;
      expect(yield* during("1 minute", external.fetchGroups("LDAP"))).toEqual(["data_team", "readers"]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are created in DSS as they were fetched", () =>
    Effect.gen(function* () {
      const [external, users] = [yield* ExternalUsers, yield* Users];
      const found = yield* during("1 minute", external.fetch("LDAP", { login: "omar" }));
      yield* during("1 minute", external.provision("LDAP", found));
      expect(yield* users.settings("omar")).toMatchObject({ ...found[0], sourceType: "LDAP" });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are resynchronized one by one, some, or all", () =>
    Effect.gen(function* () {
      const [external, users] = [yield* ExternalUsers, yield* Users];
      const work = [external.resync("lena"), external.resyncMany(["lena"]), external.resyncAll()];
      for (const resync of work) {
        yield* users.updateSettings("lena", (user) => ({ ...user, displayName: "Old", groups: [] }));
        yield* during("1 minute", resync);
        expect(yield* users.settings("lena")).toMatchObject(lena);
      }
      expect((yield* users.settings("maria")).displayName).toBe("Maria Lopez");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("that could not be created are a failure with the messages of DSS", () =>
    Effect.gen(function* () {
      const before = yield* stateOf("users");
      const external = yield* ExternalUsers;
      const error = yield* during("1 minute", Effect.flip(external.provision("LDAP", [{ login: "lena" }])));
      expect(error).toMatchObject({ _tag: "FutureFailed", messages: { error: true } });
      expect(error.message).toContain("User lena exists already");
      expect(yield* stateOf("users")).toEqual(before);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are an operation, which can be watched, resumed and aborted", () =>
    Effect.gen(function* () {
      const [external, futures] = [yield* ExternalUsers, yield* Futures];
      const fetching = yield* external.startFetchGroups("AZURE_AD");
      expect(yield* fetching.state).toMatchObject({ phase: "RUNNING", isFinal: false });
      const resumed = yield* futures.resume(Option.getOrThrow(fetching.token));
      expect(yield* during("1 minute", resumed.result)).toEqual(["readers"]);
      const resync = yield* external.startResync("lena");
      yield* resync.abort;
      expect(yield* during("1 minute", Effect.flip(resync.result))).toMatchObject({ _tag: "FutureAborted" });
      expect((yield* (yield* Users).settings("lena")).displayName).toBe("Lena Fischer");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are left as they are when the wait for them is interrupted", () =>
    Effect.gen(function* () {
      const external = yield* ExternalUsers;
      const fiber = yield* Effect.forkChild(external.resyncAll());
      yield* TestClock.adjust("500 millis");
      yield* Fiber.interrupt(fiber);
      yield* TestClock.adjust("1 minute");
      expect((yield* (yield* Users).settings("lena")).displayName).toBe("Lena Fischer");
    }).pipe(Effect.provide(Simulator.layer())));

  type Failing = (external: ExternalUsers) => Effect.Effect<unknown, DssError | FutureEnd | ContactLost | WaitTimedOut>;
  const refusals: ReadonlyArray<readonly [string, Failing, string]> = [
    ["users of a supplier that is none", (external) => external.fetch("MOON"), "Invalid"],
    ["groups of a supplier that is none", (external) => external.fetchGroups("MOON"), "Invalid"],
    ["creation for a supplier that is none", (external) => external.provision("MOON", []), "Invalid"],
    ["resynchronization of nobody", (external) => external.resync("nobody"), "NotFound"],
    ["resynchronization of an id that is none", (external) => external.resync(".."), "Invalid"],
    ["resynchronization of a local user", (external) => external.resync("maria"), "Invalid"],
    ["resynchronization with nobody among many", (external) => external.resyncMany(["lena", "nobody"]), "NotFound"],
  ];
  it.effect.each(refusals)("%s is refused, and changes nothing", ([, call, tag]) =>
    Effect.gen(function* () {
      const before = [yield* stateOf("users"), yield* stateOf("futures")];
      const error = yield* Effect.flip(call(yield* ExternalUsers));
      expect(error._tag === "DssError" ? error.reason._tag : error._tag).toBe(tag);
      expect([yield* stateOf("users"), yield* stateOf("futures")]).toEqual(before);
    }).pipe(Effect.provide(Simulator.layer())));

  itIsForAdministrators({
    "ExternalUsers.fetch": ({ externalUsers }) => externalUsers.fetch("LDAP"),
    "ExternalUsers.startFetch": ({ externalUsers }) => externalUsers.startFetch("LDAP"),
    "ExternalUsers.fetchGroups": ({ externalUsers }) => externalUsers.fetchGroups("LDAP"),
    "ExternalUsers.startFetchGroups": ({ externalUsers }) => externalUsers.startFetchGroups("LDAP"),
    "ExternalUsers.provision": ({ externalUsers }) => externalUsers.provision("LDAP", []),
    "ExternalUsers.startProvision": ({ externalUsers }) => externalUsers.startProvision("LDAP", []),
    "ExternalUsers.resync": ({ externalUsers }) => externalUsers.resync("lena"),
    "ExternalUsers.startResync": ({ externalUsers }) => externalUsers.startResync("lena"),
    "ExternalUsers.resyncMany": ({ externalUsers }) => externalUsers.resyncMany(["lena"]),
    "ExternalUsers.startResyncMany": ({ externalUsers }) => externalUsers.startResyncMany(["lena"]),
    "ExternalUsers.resyncAll": ({ externalUsers }) => externalUsers.resyncAll(),
    "ExternalUsers.startResyncAll": ({ externalUsers }) => externalUsers.startResyncAll(),
  });
});

describe("a start", () => {
  it.effect("is not sent twice when its answer is lost", () =>
    Effect.gen(function* () {
      const external = yield* ExternalUsers;
      const starts = [external.startProvision("LDAP", []), external.startResync("lena"), external.startResyncAll()];
      for (const start of starts) {
        expect((yield* Effect.flip(start)).reason._tag).toBe("OutcomeUnknown");
      }
      expect((yield* Received).lines).toEqual([
        "POST /admin/users/actions/provision",
        "POST /admin/users/lena/actions/resync",
        "POST /admin/users/actions/resync-multi",
      ]);
    }).pipe(Effect.provide(dssServer(() => reset))));

  it.effect("is the end when DSS does the work at once", () =>
    Effect.gen(function* () {
      const external = yield* ExternalUsers;
      expect(yield* external.fetchGroups("LDAP")).toEqual(["readers"]);
      expect((yield* Received).lines).toEqual(["GET /admin/external-groups?userSourceType=LDAP"]);
    }).pipe(Effect.provide(dssServer(() => json({ hasResult: true, result: ["readers"] })))));
});
