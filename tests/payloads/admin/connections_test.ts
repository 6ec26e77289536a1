import { Effect, Redacted } from "effect";
import { ConnectionInfo, ConnectionSettings, ConnectionTest, setDetailsReadableBy, setUsableBy } from "../../../mod.ts";
import { always, document, oneOf, optional, type Sample } from "../document.ts";
import { itIsReturned, type Returning } from "../returned.ts";

const name = "pg_dwh";

const connection = (params: Sample) =>
  document({
    name: always(name),
    type: always("PostgreSQL"),
    params: always(params),
    description: optional("DWH"),
    usableBy: optional(oneOf("ALLOWED")),
    allowedGroups: optional(["data_team"]),
    allowWrite: optional(true),
    allowManagedDatasets: optional(true),
    allowManagedFolders: optional(false),
    allowKnowledgeBanks: optional(false),
    allowMirror: optional(false),
    maxActivities: optional(0),
    useGlobalProxy: optional(false),
    credentialsMode: optional(oneOf("GLOBAL")),
    detailsReadability: optional(
      document({ readableBy: optional(oneOf("NONE")), allowedGroups: optional([]) }),
    ),
    creationTag: optional({ versionNumber: 0, lastModifiedBy: { login: "maria" }, lastModifiedOn: 1704103200000 }),
  });

const through: Readonly<Record<string, Returning<ConnectionSettings>>> = {
  "Connections.list": {
    answers: (settings) => [{ [name]: settings }],
    call: ({ connections }) => Effect.map(connections.list(), ([first]) => first!),
  },
  "Connections.settings": { call: ({ connections }) => connections.settings(name) },
  "Connections.updateSettings": {
    answers: (settings) => [settings, {}, settings],
    call: ({ connections }) => connections.updateSettings(name, (settings) => settings),
  },
  "Connections.saveSettings": {
    answers: (settings) => [settings, settings, {}, settings],
    call: ({ connections }) =>
      Effect.flatMap(
        connections.settings(name),
        (since) => connections.saveSettings(name, since, { since }),
      ),
  },
};

const params: Readonly<Record<string, Sample>> = {
  "with properties in an object": { host: "db.example.com", port: "5432", properties: { ssl: "true" } },
  "with properties in an array": {
    host: "db.example.com",
    port: 5432,
    password: "e:AES:abc",
    properties: [{ name: "ssl", value: "true", secret: false }],
  },
};

for (const [variety, sample] of Object.entries(params)) {
  itIsReturned(`a connection ${variety}`, {
    document: connection(sample),
    schema: ConnectionSettings,
    through,
    accessors: [setUsableBy(["readers"]), setDetailsReadableBy("ALL"), setDetailsReadableBy(["readers"])],
  });
}

itIsReturned("the details of a connection", {
  document: document({
    type: always("PostgreSQL"),
    credentialsMode: optional(oneOf("PER_USER")),
    params: optional({ host: "db.example.com", port: 5432, properties: [] }),
    resolvedParams: optional({ host: "db.example.com" }),
    resolvedBasicCredential: optional(document({ user: optional("dss"), password: optional("pw") })),
    resolvedAWSCredential: optional(
      document({ accessKey: optional("AK"), secretKey: optional("SK"), sessionToken: optional("ST") }),
    ),
    resolvedOAuth2Credential: optional(document({ accessToken: optional("at") })),
    proxySettingsAsString: optional("http://proxy:3128"),
  }),
  schema: ConnectionInfo,
  through: { "Connections.info": { call: ({ connections }) => connections.info(name) } },
  accessors: [({ params }) => params && Redacted.value(params).host],
});

itIsReturned("the test of a connection", {
  document: document({
    connectionOK: always(false),
    connectionErrorMsg: optional("FATAL: password authentication failed"),
    message: optional("See the log"),
  }),
  schema: ConnectionTest,
  through: { "Connections.test": { call: ({ connections }) => connections.test(name) } },
});
