/**
 * Groups of the simulated DSS.
 *
 * @module
 * @internal
 */
import { invalid, type SimulatedRefusal } from "../kernel/route.ts";
import type { JsonObject } from "../kernel/stored_document.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** Groups by name; replaced as a whole, never changed. */
export const groups: Slice<Map<string, JsonObject>> = slice("groups", () => new Map());

/** Where users and groups can come from. */
export const sourceTypes: ReadonlyArray<string> = ["LOCAL", "LDAP", "LOCAL_NO_AUTH", "AZURE_AD", "CUSTOM", "PAM"];

const permissions = [
  "mayCreateProjects",
  "mayWriteUnsafeCode",
  "mayWriteSafeCode",
  "mayCreateCodeEnvs",
  "mayManageCodeEnvs",
  "mayCreateClusters",
  "mayManageClusters",
  "mayDevelopPlugins",
];

const suppliers = ["ldapGroupNames", "azureADGroupNames", "ssoGroupNames", "customGroupNames"];

/** Whether a JSON value is a list of texts. */
export const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

/** Whether a value is not there, or of the kind that it must be. */
export const isAbsentOr = (value: unknown, fits: (value: unknown) => boolean): boolean =>
  value === undefined || value === null || fits(value);

/** Why a group cannot be stored. */
export const faultInGroup = (sent: JsonObject): SimulatedRefusal | undefined => {
  const isBoolean = (value: unknown): boolean => typeof value === "boolean";
  const wrong = ["admin", ...permissions].find((key) => !isAbsentOr(sent[key], isBoolean)) ??
    suppliers.find((key) => !isAbsentOr(sent[key], isTexts));
  if (wrong !== undefined) return invalid(`${wrong} of a group is not of the right type`);
  if (!isAbsentOr(sent.description, (value) => typeof value === "string")) {
    return invalid("The description of a group must be a text");
  }
  return isAbsentOr(sent.sourceType, (value) => sourceTypes.includes(String(value)))
    ? undefined
    : invalid(`A group cannot come from ${sent.sourceType}`);
};

/** A group, as it is stored. */
export const completeGroup = (sent: JsonObject, name: string): JsonObject => ({
  ...Object.fromEntries(permissions.map((key) => [key, false])),
  ...Object.fromEntries(suppliers.map((key) => [key, []])),
  admin: false,
  sourceType: "LOCAL",
  ...sent,
  name,
});
