import { Effect, Redacted } from "effect";
import { awsVault, Secret, SecretCapabilities, Vault, VaultDefinition } from "../../../mod.ts";
import { always, document, oneOf, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

const first = <A>([item]: ReadonlyArray<A>): A => item!;

const times = {
  createdBy: optional("admin"),
  createdOn: optional(1757000000000),
  lastUpdatedBy: optional("maria"),
  lastUpdatedOn: optional(1757000060000),
};

const secret = {
  ref: always("crm-key"),
  type: optional(oneOf("LOCAL")),
  format: optional(oneOf("STRING")),
  description: optional("Key of the CRM"),
  vaultId: optional("aws-main"),
  remoteSecretRef: optional("prod/crm"),
  remoteSecretVersion: optional("3"),
  ...times,
};

const permission = document({
  user: optional("maria"),
  group: optional("data_team"),
  use: optional(true),
  read: optional(true),
  write: optional(false),
  admin: optional(false),
});

itIsReturned("a secret", {
  document: document({ ...secret, permissionItems: optional([permission]) }),
  schema: Secret,
  through: {
    "Secrets.list": {
      answers: (secret) => [[secret]],
      call: ({ secrets }) => Effect.map(secrets.list(), first),
    },
    "Secrets.get": { call: ({ secrets }) => secrets.get("crm-key") },
  },
  accessors: [Secret.createdAt, Secret.updatedAt],
});

itIsReturned("a secret, to its administrators", {
  document: document({ ...secret, permissionItems: always([permission]) }),
  schema: Secret,
  through: {
    "Secrets.update": {
      answers: (secret) => [secret, {}, secret],
      call: ({ secrets }) => secrets.update("crm-key", (found) => found),
    },
  },
});

itIsReturned("what may be done with a secret", {
  document: document({
    type: optional(oneOf("LOCAL")),
    canUse: optional(true),
    canRead: optional(true),
    canWrite: optional(false),
    canAdmin: optional(false),
  }),
  schema: SecretCapabilities,
  through: { "Secrets.capabilities": { call: ({ secrets }) => secrets.capabilities("crm-key") } },
});

const vault = document({
  id: always("aws-main"),
  type: optional(oneOf("AWS_SECRETS_MANAGER")),
  description: optional("Secrets of production"),
  permissionItems: optional([document({ user: optional("maria"), group: optional("data_team"), use: optional(true) })]),
  allowedRemoteSecretRefRegex: optional("prod/.*"),
  cacheSettings: optional(document({ maxCachingMinutes: optional(5) })),
  regionOrEndpoint: optional("eu-west-1"),
  vaultUrl: optional("https://v.vault.azure.net/"),
  projectId: optional("p"),
  pscEndpointId: optional("psc"),
  endpoint: optional("https://secretmanager.example.com"),
  authConfig: optional(document({
    type: optional(oneOf("KEYPAIR")),
    secretKey: optional("s1"),
    sessionToken: optional("s2"),
    clientSecret: optional("s3"),
    password: optional("s4"),
    appSecretContent: optional("s5"),
    accessKey: optional("AKIA"),
  })),
  ...times,
});

itIsReturned("a vault", {
  document: vault,
  schema: Vault,
  through: {
    "Vaults.list": { answers: (vault) => [[vault]], call: ({ vaults }) => Effect.map(vaults.list(), first) },
    "Vaults.get": { call: ({ vaults }) => vaults.get("aws-main") },
    "Vaults.create": {
      call: ({ vaults }) =>
        vaults.create(
          awsVault("v", "eu", { auth: { type: "KEYPAIR", accessKey: "A", secretKey: Redacted.make("s1") } }),
        ),
    },
  },
  accessors: [Vault.createdAt, Vault.updatedAt],
});

itIsReturned("the definition of a vault", {
  document: vault,
  schema: VaultDefinition,
  through: {
    "Vaults.definition": { call: ({ vaults }) => vaults.definition("aws-main") },
    "Vaults.updateDefinition": {
      answers: (vault) => [vault, {}, vault],
      call: ({ vaults }) => vaults.updateDefinition("aws-main", (found) => found),
    },
  },
});
