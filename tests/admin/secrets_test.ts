import { describe, expect, it } from "@effect/vitest";
import { Effect, Layer, Redacted, Schema, Stream } from "effect";
import { HttpClient } from "effect/http";
import {
  awsVault,
  awsVaultAuth,
  azureVault,
  Dataiku,
  type DssError,
  googleVault,
  type NewVault,
  Recorder,
  Replay,
  Secrets,
  setVaultAuth,
  shareSecret,
  unshareSecret,
  Vault,
  Vaults,
} from "../../mod.ts";
import { makeServices, type ServiceRecord } from "../../services/all_services.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, failure, json, Received, reset, scriptedClient, streamed } from "../fixtures/dss_server.ts";
import { shownBy } from "../fixtures/everything_shown.ts";
import { itIsForAdministrators, stateOf } from "../fixtures/for_administrators.ts";
import { during } from "../fixtures/virtual_time.ts";

const canary = Redacted.make("c4nary-1 \"2'");
const keyPair = { type: "KEYPAIR", accessKey: "AKIA", secretKey: canary } as const;

describe("secrets on a simulated DSS", () => {
  it.effect("are made, read, changed and deleted", () =>
    Effect.gen(function* () {
      const secrets = yield* Secrets;
      yield* secrets.createLocal("mail", canary, { description: "Of the mail" });
      expect(Redacted.value(yield* secrets.value("mail"))).toBe(Redacted.value(canary));
      yield* secrets.updateValue("mail", Redacted.make("next"), { context: { why: "rotation" } });
      expect(Redacted.value(yield* secrets.value("mail", { context: { task: "load" } }))).toBe("next");
      expect(yield* stateOf("secretUses")).toMatchObject([
        { action: "read", context: null },
        { action: "update-value", context: { why: "rotation" } },
        { action: "read", context: { task: "load" } },
      ]);
      expect(yield* secrets.get("mail")).toMatchObject({ ref: "mail", type: "LOCAL", description: "Of the mail" });
      expect(yield* secrets.capabilities("mail")).toMatchObject({ canRead: true, canWrite: true });
      yield* secrets.delete("mail");
      expect((yield* secrets.list()).map(({ ref }) => ref)).toEqual(["crm-key", "warehouse-password"]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("can have their values in vaults", () =>
    Effect.gen(function* () {
      const [secrets, vaults] = [yield* Secrets, yield* Vaults];
      yield* secrets.createInVault("db", "aws-main", "prod/db", { version: "3" });
      expect(Redacted.value(yield* secrets.value("db"))).toBe("value of prod/db at 3");
      expect(yield* vaults.referencingSecrets("aws-main")).toEqual(["warehouse-password", "db"]);
      const saved = yield* secrets.update("db", (found) => ({ ...found, remoteSecretVersion: null, later: [1] }));
      expect(saved).toMatchObject({ remoteSecretVersion: null, later: [1] });
      expect(Redacted.value(yield* secrets.value("db"))).toBe("value of prod/db");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are shared, without losing a field", () =>
    Effect.gen(function* () {
      const secrets = yield* Secrets;
      const before = yield* secrets.get("crm-key");
      const shared = yield* secrets.update("crm-key", shareSecret({ user: "lena" }, { read: true }));
      expect(shared.permissionItems).toEqual([
        ...before.permissionItems ?? [],
        { user: "lena", group: null, use: true, read: true, write: false, admin: false },
      ]);
      const again = yield* secrets.update("crm-key", shareSecret({ user: "lena" }, { use: false, admin: true }));
      expect(again.permissionItems?.filter(({ user }) => user === "lena")).toHaveLength(1);
      const less = yield* secrets.update("crm-key", unshareSecret({ group: "data_team" }));
      expect(less.permissionItems?.map(({ user }) => user)).toEqual(["lena"]);
      const stale = yield* Effect.flip(secrets.save("crm-key", less, { since: before }));
      expect(stale).toMatchObject({ _tag: "SettingsConflict", written: false });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are not written by whom their permissions were not shown, nor given away by mistake", () =>
    Effect.gen(function* () {
      const { addKey, client, url } = yield* Simulator;
      const apiKey = Redacted.make("key-of-maria");
      yield* addKey(apiKey, { login: "maria", admin: false });
      const layer = Dataiku.layerClient({ url, apiKey }).pipe(
        Layer.provide(Layer.succeed(HttpClient.HttpClient, client)),
      );
      yield* Effect.gen(function* () {
        const secrets = yield* Secrets;
        const hidden = yield* Effect.flip(secrets.update("crm-key", (found) => ({ ...found, description: "x" })));
        expect(hidden).toMatchObject({ reason: { _tag: "Invalid" } });
        expect(hidden.message).toContain("permissions of the secret were not shown");
        yield* secrets.createLocal("own", canary);
        const given = (found: Parameters<ReturnType<typeof shareSecret>>[0]) =>
          unshareSecret({ user: "maria" })(shareSecret({ group: "data_team" }, { read: true })(found));
        const refused = yield* Effect.flip(secrets.update("own", given));
        expect(refused.message).toContain("confirm it");
        const left = yield* secrets.update("own", given, { confirmLosingAdminAccess: true });
        expect(left.permissionItems).toBeUndefined();
      }).pipe(Effect.provide(layer));
      expect(yield* (yield* Secrets).get("own")).toMatchObject({ permissionItems: [{ group: "data_team" }] });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each([
    ["an id that is taken", ({ secrets }) => secrets.createLocal("crm-key", canary), "Conflict"],
    ["a vault that is not there", ({ secrets }) => secrets.createInVault("x", "none", "a"), "Invalid"],
    ["what a vault does not allow", ({ secrets }) => secrets.createInVault("x", "aws-main", "test/a"), "Invalid"],
    ["a value of one in a vault", ({ secrets }) => secrets.updateValue("warehouse-password", canary), "Invalid"],
    ["one that is not there", ({ secrets }) => secrets.value("none"), "NotFound"],
    ["an empty id", ({ secrets }) => secrets.delete(""), "Invalid"],
    ["a vault in use", ({ vaults }) => vaults.delete("aws-main"), "Invalid"],
    ["a vault whose id is taken", ({ vaults }) => vaults.create(awsVault("aws-main", "eu")), "Conflict"],
    [
      "a way into another kind of vault",
      ({ vaults }) => vaults.updateDefinition("aws-main", setVaultAuth({ type: "CLIENT_SECRET" })),
      "Invalid",
    ],
  ] as ReadonlyArray<[string, (services: ServiceRecord) => Effect.Effect<unknown, unknown>, string]>)(
    "%s is refused, and changes nothing",
    ([, call, tag]) =>
      Effect.gen(function* () {
        const before = [yield* stateOf("secrets"), yield* stateOf("vaults")];
        expect(yield* Effect.flip(call(yield* makeServices))).toMatchObject({ reason: { _tag: tag } });
        expect([yield* stateOf("secrets"), yield* stateOf("vaults")]).toEqual(before);
      }).pipe(Effect.provide(Simulator.layer())),
  );

  itIsForAdministrators({
    "the list of vaults": ({ vaults }) => vaults.list(),
    "a vault": ({ vaults }) => vaults.get("aws-main"),
    "a new vault": ({ vaults }) => vaults.create(awsVault("v", "eu")),
    "the definition of a vault": ({ vaults }) => vaults.definition("aws-main"),
    "what is in a vault": ({ vaults }) => vaults.referencingSecrets("aws-main"),
    "the end of a vault": ({ vaults }) => vaults.delete("aws-main"),
  });
});

const common = { description: null, permissionItems: [], allowedRemoteSecretRefRegex: null };
const cached = { cacheSettings: { maxCachingMinutes: 5 } };
const google = {
  universeDomain: null,
  impersonateServiceAccountAfterInitialAuth: false,
  serviceAccountToImpersonateAfterInitialAuth: null,
  performWIFTokenExchange: false,
  wifPoolProviderIncomingAudience: null,
  wifTokenAudience: null,
  wifTokenEndpoint: null,
};

describe("vaults", () => {
  it.effect.each(
    [
      ["AWS by its surroundings", awsVault("v", "eu"), { type: "ENVIRONMENT" }],
      [
        "AWS by a role",
        awsVault("v", "eu", { auth: { type: "IAM_ROLE", roleArn: "arn", durationSeconds: 900 } }),
        { type: "IAM_ROLE", roleArn: "arn", externalId: null, durationSeconds: 900, stsEndpoint: null },
      ],
      [
        "AWS by a key",
        awsVault("v", "eu", { auth: keyPair }),
        { type: "KEYPAIR", accessKey: "AKIA", secretKey: Redacted.value(canary), sessionToken: null },
      ],
      ["Azure by its surroundings", azureVault("v", "u"), { type: "ENVIRONMENT", authorityHost: null }],
      [
        "Azure by an identity",
        azureVault("v", "u", { auth: { type: "MANAGED_IDENTITY" } }),
        { type: "MANAGED_IDENTITY", managedIdentityResourceId: null },
      ],
      [
        "Azure by a secret",
        azureVault("v", "u", {
          auth: { type: "CLIENT_SECRET", tenantId: "t", clientId: "c", clientSecret: canary, authorityHost: "h" },
        }),
        {
          type: "CLIENT_SECRET",
          tenantId: "t",
          clientId: "c",
          clientSecret: Redacted.value(canary),
          authorityHost: "h",
        },
      ],
      [
        "Azure by a certificate",
        azureVault("v", "u", {
          auth: { type: "CLIENT_CERTIFICATE", tenantId: "t", clientId: "c", certificatePath: "/p", password: canary },
        }),
        {
          type: "CLIENT_CERTIFICATE",
          tenantId: "t",
          clientId: "c",
          certificatePath: "/p",
          password: Redacted.value(canary),
          authorityHost: null,
        },
      ],
      ["Google by its surroundings", googleVault("v", "p"), { ...google, type: "ENVIRONMENT" }],
      [
        "Google by a key, a service account and a pool",
        googleVault("v", "p", {
          auth: {
            type: "KEYPAIR",
            appSecretContent: canary,
            impersonatedServiceAccount: "a@b.c",
            workloadIdentity: { incomingAudience: "i", tokenAudience: "a", tokenEndpoint: "e" },
          },
        }),
        {
          ...google,
          type: "KEYPAIR",
          impersonateServiceAccountAfterInitialAuth: true,
          serviceAccountToImpersonateAfterInitialAuth: "a@b.c",
          performWIFTokenExchange: true,
          wifPoolProviderIncomingAudience: "i",
          wifTokenAudience: "a",
          wifTokenEndpoint: "e",
          appSecretContent: Redacted.value(canary),
          serviceAccountEmail: null,
        },
      ],
    ] as ReadonlyArray<[string, NewVault, object]>,
  )("of %s are created, and show no secret", ([, vault, authConfig]) =>
    Effect.gen(function* () {
      const vaults = yield* Vaults;
      const created = yield* vaults.create(vault);
      expect(JSON.stringify([vault, created, yield* vaults.get("v"), yield* vaults.list()])).not.toContain("c4nary");
      expect(yield* vaults.definition("v")).toMatchObject({ ...common, ...cached, authConfig });
      expect(Vault.createdAt(created)).toBeDefined();
      expect(yield* Schema.encodeUnknownEffect(Vault)(created)).toMatchObject({ authConfig });
      yield* vaults.delete("v");
      expect((yield* vaults.list()).map(({ id }) => id)).toEqual(["aws-main"]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are entered in another way", () =>
    Effect.gen(function* () {
      const vaults = yield* Vaults;
      const saved = yield* vaults.updateDefinition("aws-main", setVaultAuth(awsVaultAuth(keyPair)));
      expect(saved).toMatchObject({ regionOrEndpoint: "eu-west-1", authConfig: { secretKey: Redacted.value(canary) } });
      const stale = yield* Effect.flip(
        vaults.saveDefinition("aws-main", saved, { since: { ...saved, endpoint: "x" } }),
      );
      expect(stale).toMatchObject({ _tag: "SettingsConflict" });
    }).pipe(Effect.provide(Simulator.layer())));
});

/** All that carries a secret to DSS, or from it. */
const carriers: Readonly<Record<string, (services: ServiceRecord) => Effect.Effect<unknown, unknown>>> = {
  "Secrets.createLocal": ({ secrets }) => secrets.createLocal("x", canary),
  "Secrets.updateValue": ({ secrets }) => secrets.updateValue("x", canary),
  "Secrets.value": ({ secrets }) => secrets.value("x"),
  "Vaults.create": ({ vaults }) => vaults.create(awsVault("v", "eu", { auth: keyPair })),
  "Vaults.get": ({ vaults }) => vaults.get("v"),
  "Vaults.updateDefinition": ({ vaults }) => vaults.updateDefinition("v", setVaultAuth(awsVaultAuth(keyPair))),
  "Vaults.saveDefinition": ({ vaults }) =>
    vaults.saveDefinition("v", setVaultAuth(awsVaultAuth(keyPair))({ id: "v", permissionItems: [] })),
};

describe("no error, span or log shows a secret", () => {
  const sent = Object.entries(carriers).filter(([name]) => !["Secrets.value", "Vaults.get"].includes(name));
  const said = `${Redacted.value(canary)} and ${JSON.stringify(Redacted.value(canary))} are wrong`;
  it.effect.each(sent)("when DSS refuses what it was sent with %s", ([, call]) =>
    Effect.gen(function* () {
      const [exit, shown] = yield* shownBy(call(yield* makeServices));
      expect(exit._tag).toBe("Failure");
      expect(shown).not.toContain("c4nary");
    }).pipe(
      Effect.provide(
        dssServer(({ method }) => method === "GET" ? json({ id: "v", permissionItems: [] }) : failure(400, "X", said)),
      ),
    ));

  it.effect.each(
    Object.entries(carriers).flatMap(([name, call]) =>
      [
        ["another shape", { id: "c4nary", value: { of: "c4nary" }, authConfig: { secretKey: ["c4nary"] } }],
        ["a number", { id: 7, value: 7, authConfig: "c4nary" }],
        ["nothing", null],
        ["a text", "c4nary"],
      ].map(([what, answer]) => ({ name, call, what, answer }))
    ),
  )("when $what comes back to $name", ({ call, answer }) =>
    Effect.gen(function* () {
      const [, shown] = yield* shownBy(call(yield* makeServices));
      expect(shown).not.toContain("c4nary");
    }).pipe(Effect.provide(dssServer(() => json(answer)))));

  it.effect("when an answer breaks off", () =>
    Effect.gen(function* () {
      const [exit, shown] = yield* during("1 hour", shownBy((yield* Secrets).value("x")));
      expect(exit._tag).toBe("Failure");
      expect(shown).not.toContain("c4nary");
    }).pipe(Effect.provide(dssServer(() => streamed(Stream.make('{"value": "c4nary-and'))))));

  it.effect("when all goes well", () =>
    Effect.gen(function* () {
      const secrets = yield* Secrets;
      const program = Effect.andThen(secrets.createLocal("x", canary), secrets.value("x"));
      const [exit, shown] = yield* shownBy(program);
      expect(exit._tag).toBe("Success");
      expect(shown + JSON.stringify(exit)).not.toContain("c4nary");
    }).pipe(Effect.provide(Simulator.layer())));
});

it.effect("no snapshot of the simulated DSS shows a secret", () =>
  Effect.gen(function* () {
    const [secrets, vaults] = [yield* Secrets, yield* Vaults];
    yield* secrets.createLocal("x", canary);
    yield* secrets.updateValue("crm-key", canary);
    yield* vaults.create(awsVault("v", "eu", { auth: keyPair }));
    const { snapshot } = yield* Simulator;
    const shown = JSON.stringify(yield* snapshot);
    expect(shown).toContain("crm-key");
    expect(shown).not.toMatch(/c4nary|of-the-crm|of-the-vault/);
  }).pipe(Effect.provide(Simulator.layer())));

describe("no cassette holds a secret", () => {
  const recorded = <A, E>(client: HttpClient.HttpClient, program: Effect.Effect<A, E, Secrets | Vaults>) =>
    Effect.gen(function* () {
      const exit = yield* Effect.exit(program);
      return [exit, yield* Effect.flatMap(Recorder, ({ cassette }) => cassette)] as const;
    }).pipe(Effect.provide(
      Dataiku.layerClient({
        url: "https://dss.test",
        apiKey: Redacted.make("the-key-of-the-test"),
        retry: { times: 0 },
      })
        .pipe(
          Layer.provideMerge(Recorder.layer()),
          Layer.provide(Layer.succeed(HttpClient.HttpClient, client)),
        ),
    ));

  it.effect("of what is sent and answered, and it can be replayed", () =>
    Effect.gen(function* () {
      const answers = (target: string, method: string): unknown => {
        if (target.endsWith("/actions/read")) return { value: "c4nary-value" };
        const authConfig = {
          secretKey: "c4nary-key",
          sessionToken: "c4nary-token",
          clientSecret: "c4nary-secret",
          password: "c4nary-password",
          appSecretContent: '{"private_key": "c4nary"}',
        };
        return method === "POST" && target.endsWith("/secrets") ? {} : { id: "v", authConfig };
      };
      const { client } = scriptedClient(({ target, method }) => json(answers(target, method)));
      const program = Effect.gen(function* () {
        const [secrets, vaults] = [yield* Secrets, yield* Vaults];
        yield* secrets.createLocal("x", canary);
        yield* secrets.updateValue("x", canary);
        yield* vaults.create(
          googleVault("v", "p", { auth: { type: "KEYPAIR", appSecretContent: Redacted.make("c4nary-content") } }),
        );
        yield* vaults.create(awsVault("v", "eu", { auth: keyPair }));
        return yield* secrets.value("x");
      });
      const [exit, cassette] = yield* recorded(client, program);
      expect(exit._tag).toBe("Success");
      expect(cassette.exchanges).toHaveLength(5);
      expect(JSON.stringify(cassette)).not.toContain("c4nary");
      const again = yield* Effect.provide(program, Replay.layer(cassette));
      expect(Redacted.value(again)).toBe("<redacted>");
    }));

  it.effect("of an answer that breaks off", () =>
    Effect.gen(function* () {
      const { client } = scriptedClient(() => streamed(Stream.make('{"value": "c4nary-and')));
      const [exit, cassette] = yield* recorded(client, Effect.flatMap(Secrets, (secrets) => secrets.value("x")));
      expect(exit._tag).toBe("Failure");
      expect(cassette.exchanges).toHaveLength(1);
      expect(JSON.stringify(cassette)).not.toContain("c4nary");
    }));
});

it.effect("the lost answer to a new secret is an unknown outcome, and it is not sent twice", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip((yield* Secrets).createLocal("x", canary)) as Effect.Effect<DssError>;
    expect(error.reason._tag).toBe("OutcomeUnknown");
    expect((yield* Received).requests).toHaveLength(1);
  }).pipe(Effect.provide(dssServer(() => reset))));

it.effect("the lost answer to a read, and to a change of a value, is asked for again", () =>
  Effect.gen(function* () {
    const secrets = yield* Secrets;
    const calls = Effect.andThen(secrets.updateValue("x", canary), secrets.value("x"));
    expect(Redacted.value(yield* during("1 minute", calls))).toBe("v");
    expect((yield* Received).requests).toHaveLength(4);
  }).pipe(
    Effect.provide(
      dssServer((_, nth) => nth % 2 === 1 ? reset : json({ value: "v" })),
    ),
  ));
