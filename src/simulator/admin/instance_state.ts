/**
 * What the simulated DSS knows of itself: its licence, its settings, its logs.
 *
 * @module
 * @internal
 */
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { users } from "./users_state.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** An entry of the audit trail. */
export interface AuditEntry {
  readonly at: number;
  readonly login: string;
  readonly customMsgType: string;
  readonly customMsgParams: JsonObject;
}

/** The instance itself; its documents are replaced as a whole, never changed. */
export class InstanceState {
  /** When DSS was started, in milliseconds since 1970. */
  startedAt = 0;
  /** The content of its licence. */
  license: JsonObject = {};
  /** Entries that programs wrote; oldest first. */
  readonly audit: Array<AuditEntry> = [];
  /** Variables of all projects. */
  variables: JsonObject = {};
  /** The general settings. */
  settings: JsonObject = {};
  /** Settings of who logs in, by the end of their path. */
  readonly identity: Map<string, JsonObject> = new Map();
  /** Logs by name, oldest line first. */
  readonly logs: Map<string, { readonly text: string; readonly lastModified: number }> = new Map();
}

/** The instance itself. */
export const instance: Slice<InstanceState> = slice("instance", () => new InstanceState());

/** Findings that a check of the instance can have, with those that this one has. */
export const findings: ReadonlyArray<JsonObject & { readonly code: string; readonly isFound: boolean }> = [
  {
    code: "WARN_MISC_AUDIT_NO_LOG4J_LOCAL_TARGET",
    isFound: false,
    severity: "WARNING",
    title: "Audit",
    message: "The audit trail is not written to a local file",
  },
  {
    code: "WARN_MISC_DISK_FULL",
    isFound: true,
    severity: "WARNING",
    title: "Disk",
    message: "The disk of the data folder is nearly full: 93 %",
  },
  {
    code: "WARN_SECURITY_NO_CGROUPS",
    isFound: true,
    severity: "WARNING",
    title: "Resources",
    message: "Nothing limits the memory of processes",
  },
];

/** What a check of the instance answers. */
export const sanityReport = (exclude: ReadonlyArray<unknown>, failure: string | undefined): JsonObject => {
  const found = findings.filter(({ code, isFound }) => isFound && !exclude.includes(code))
    .map(({ isFound: _, ...finding }) => ({ ...finding, details: "", isFatal: false }));
  const failed = failure === undefined
    ? []
    : [{ severity: "ERROR", code: "ERR_MISC_DISK_FULL", title: "Disk", message: failure, details: "", isFatal: false }];
  const messages = [...failed, ...found];
  return {
    anyMessage: messages.length > 0,
    success: false,
    warning: found.length > 0,
    error: failed.length > 0,
    fatal: false,
    ...(messages.length === 0 ? {} : { maxSeverity: failed.length > 0 ? "ERROR" : "WARNING" }),
    messages,
  };
};

/** The status of the licence: what it says, and how far it is used. */
export const licensingStatus = (world: World, now: number): JsonObject => {
  const { license } = world.of(instance);
  const expiresOn = Number(license.expiresOn);
  const expired = expiresOn <= now;
  const limits = Object.entries(license.profiles as Readonly<Record<string, number>>);
  return {
    base: {
      hasLicense: true,
      valid: !expired,
      expired,
      expiresOn,
      community: false,
      userProfiles: limits.map(([profile]) => profile),
      trialsExplicitlyEnabled: false,
      licenseContent: Object.fromEntries(
        ["licenseId", "licenseKind", "instanceId", "licensee", "properties"].map((key) => [key, license[key]]),
      ),
    },
    limits: {
      profileLimits: Object.fromEntries(limits.map(([profile, licensedLimit]) => {
        const count = [...world.of(users).values()].filter(({ document }) =>
          document.userProfile === profile && document.enabled === true
        ).length;
        const overQuota = licensedLimit !== -1 && count > licensedLimit;
        const licensed = { profile, licensedLimit };
        return [profile, { licensed, directCount: count, countWithDemotedTo: count, trials: 0, overQuota }];
      })),
    },
  };
};

/** Whether a document that is sent can be a licence. */
export const isLicense = (sent: JsonObject): boolean =>
  typeof sent.licenseId === "string" && typeof sent.licenseKind === "string" && isJsonObject(sent.licensee) &&
  typeof sent.expiresOn === "number" && isJsonObject(sent.profiles) &&
  Object.values(sent.profiles).every((limit) => typeof limit === "number");
