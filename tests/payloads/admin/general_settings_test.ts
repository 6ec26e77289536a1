import { InstanceSettings } from "../../../mod.ts";
import { always, document, oneOf, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

const userRule = document({
  type: optional(oneOf("SINGLE_MAPPING")),
  scope: optional(oneOf("PROJECT")),
  projectKey: optional("SALES"),
  dssUser: optional("maria"),
  ruleFrom: optional("m.*"),
  targetUnix: optional("m"),
  targetHadoop: optional("m"),
});

const groupRule = document({
  type: optional(oneOf("REGEXP_RULE")),
  dssGroup: optional("data_team"),
  ruleFrom: optional("d.*"),
  targetUnix: optional("d"),
  targetHadoop: optional("d"),
});

const executionConfig = document({
  name: always("eks-default"),
  type: optional(oneOf("KUBERNETES")),
  workloadType: optional("ANY"),
  usableBy: optional(oneOf("ALL")),
  allowedGroups: optional(["data_team"]),
  properties: optional([{ key: "k", value: "v" }]),
});

itIsReturned("the general settings", {
  document: document({
    containerSettings: optional(document({
      executionConfigs: optional([executionConfig]),
      buildConfigs: optional([]),
      defaultExecutionConfig: optional("eks-default"),
    })),
    sparkSettings: optional({ executionConfigs: [] }),
    impersonation: optional(document({
      enabled: optional(true),
      userRules: optional([userRule]),
      groupRules: optional([groupRule]),
    })),
    codeEnvs: optional(document({ defaultPythonEnv: optional("py311_ds"), defaultREnv: optional("r_base") })),
    globalTagsCategories: optional([{ name: "Sensitivity", globalTags: [{ name: "public", color: "#0a5" }] }]),
    studioExternalUrl: optional("https://dss.example.com"),
    ldapSettings: optional({ enabled: false }),
    limits: optional({ maxRunningActivities: 5 }),
  }),
  schema: InstanceSettings,
  through: {
    "GeneralSettings.get": { call: ({ generalSettings }) => generalSettings.get() },
    "GeneralSettings.update": { call: ({ generalSettings }) => generalSettings.update((settings) => settings) },
    "GeneralSettings.save": { call: ({ generalSettings }, settings) => generalSettings.save(settings) },
  },
});
