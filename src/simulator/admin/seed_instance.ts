/**
 * What a simulated DSS knows of itself at its start.
 *
 * @module
 * @internal
 */
import type { World } from "../kernel/world.ts";
import { instance } from "./instance_state.ts";

const day = 86_400_000;

/** Fills in what an instance knows of itself. */
export const seedInstance = (world: World, boot: number): void => {
  const state = world.of(instance);
  state.startedAt = boot - 12 * day;
  state.license = {
    licenseId: "L-1",
    licenseKind: "DEVELOPMENT",
    instanceId: "inst-1",
    licensee: { company: "Example", name: "Maria Lopez" },
    properties: { "addons.govern": "true" },
    expiresOn: boot + 200 * day,
    profiles: { FULL_DESIGNER: -1, READER: 20 },
  };
  state.variables = { env: "prod", retention_days: 30, mail: { sender: "dss@example.com" } };
  state.settings = {
    containerSettings: {
      executionConfigs: [
        { name: "eks-default", type: "KUBERNETES", usableBy: "ALL", allowedGroups: [], properties: [] },
      ],
    },
    sparkSettings: { executionConfigs: [] },
    codeEnvs: { defaultPythonEnv: "py311_ds" },
    impersonation: {
      enabled: true,
      userRules: [{ scope: "GLOBAL", type: "IDENTITY" }],
      groupRules: [{ type: "SINGLE_MAPPING", dssGroup: "data_team", targetUnix: "data", targetHadoop: "data" }],
    },
    globalTagsCategories: [{ name: "Sensitivity", globalTags: [{ name: "public", color: "#00aa55" }] }],
    studioExternalUrl: "https://dss.example.com",
    limits: { maxRunningActivities: 5 },
  };
  state.identity.set("sso-settings", {
    enabled: false,
    protocol: "OPENID",
    openIDParams: { clientId: "", scope: "openid profile email", useGlobalProxy: true },
    samlSPParams: { signRequests: false },
    remappingRules: [],
    autoProvisionUsersAtLoginTime: false,
    autoSyncUsersAtLoginTime: false,
    groupProfiles: [],
    authorizedGroups: [],
  });
  state.identity.set("ldap-settings", {
    enabled: true,
    authenticationEnabled: true,
    url: "ldap://ldap.example.com/dc=example,dc=com",
    useTls: true,
    bindDN: "cn=dss,dc=example,dc=com",
    bindPassword: "e:AES:sZ2p7Wl9",
    userFilter: "(&(objectClass=posixAccount)(uid={USERNAME}))",
    enableGroups: true,
    groupFilter: "(&(objectClass=posixGroup)(memberUid={USERDN}))",
    groupNameAttribute: "cn",
    autoImportUsers: true,
    defaultUserProfile: "READER",
    groupProfiles: [],
    authorizedGroups: [],
    remappingRules: [],
  });
  state.identity.set("azure-ad-settings", {
    enabled: false,
    credentialMethod: "OAUTH2_SECRET",
    credentialsClientId: "",
    credentialsTenantId: "",
    groupsLimit: 1000,
    useGlobalProxy: true,
    groupProfiles: [],
    authorizedGroups: [],
    remappingRules: [],
  });
  const line = (before: number, text: string): string => `[${new Date(boot - before).toISOString()}] [main] ${text}\n`;
  const logs: ReadonlyArray<readonly [name: string, text: string, age: number]> = [
    [
      "backend.log",
      line(12 * day, "[INFO] [dip.start] - Backend is starting") + line(90_000, "[WARN] [dku.disk] - Disk is at 93 %"),
      90_000,
    ],
    ["nginx.log", "", 12 * day],
    ["ipython.log", line(day, "[INFO] [notebook] - Kernel started: étude"), day],
  ];
  for (const [name, text, age] of logs) state.logs.set(name, { text, lastModified: boot - age });
};
