/**
 * The instance, as DSS answers it.
 *
 * @module
 */
import { always, type Document, document, oneOf, optional } from "../document.ts";

/** Which instance it is. */
export const instanceInfo: Document = document({
  nodeId: always("design-1"),
  nodeName: always("Design"),
  nodeType: always(oneOf("DESIGN")),
  dssVersion: optional("14.2.1"),
  rawNodeType: optional("DESIGN"),
  hostname: optional("dss1"),
  installId: optional("aB3dE9"),
  dipInstanceId: optional("aB3dE9"),
  licenseInstanceId: optional("aB3dE9"),
  licenseId: optional("L-1"),
  os: optional("Linux"),
  osVersion: optional("6.1"),
  javaVendor: optional("Eclipse Adoptium"),
  javaVersion: optional("17.0.11"),
  dssStartupTimestamp: optional(1759000000000),
  dataDirPath: optional("/data/dss"),
});

const base = document({
  hasLicense: always(true),
  valid: always(true),
  expired: optional(false),
  community: optional(false),
  trialsExplicitlyEnabled: optional(false),
  expiresOn: optional(1790000000000),
  fallbackProfile: optional("READER"),
  userProfiles: optional(["FULL_DESIGNER", "READER"]),
  licenseContent: optional(document({
    instanceId: optional("aB3dE9"),
    licenseId: optional("L-1"),
    licenseKind: optional("DEVELOPMENT"),
    licensee: optional(document({ company: optional("Example"), name: optional("Maria") })),
    properties: optional({ "addons.govern": "true", maxUsers: "20" }),
  })),
});

const profileLimit = document({
  licensed: optional(document({ profile: optional("FULL_DESIGNER"), licensedLimit: optional(-1) })),
  directCount: optional(3),
  countWithDemotedTo: optional(3),
  trials: optional(0),
  overQuota: optional(false),
});

/** The licence, and how far it is used. */
export const licensingStatus: Document = document({
  base: always(base),
  limits: optional(document({ profileLimits: optional({ FULL_DESIGNER: profileLimit }) })),
});

/** How much there is on the instance. */
export const usageSummary: Document = document({
  projects: optional(2),
  datasets: optional(document({ all: optional(3), allByType: optional({ PostgreSQL: 3 }) })),
  recipes: optional(document({ all: optional(4) })),
  notebooks: optional(document({ nbJupyterNotebooks: optional(1), nbSqlNotebooks: optional(2) })),
  scenarios: optional(document({ all: optional(5), activeWithTriggers: optional(1) })),
  projectSummaries: optional([document({ projectKey: optional("SALES") })]),
});

/** The Govern node. */
export const governNode: Document = document({
  enabled: optional(true),
  nodeUrl: optional("https://govern.example.com"),
  apiKey: optional("a-key"),
  trustAllSSLCertificates: optional(false),
});

/** A counter of the cost of LLMs. */
export const llmCostCounter: Document = document({ id: always("c1"), spent: optional(12.5) });
