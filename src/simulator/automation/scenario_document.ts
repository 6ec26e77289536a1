/**
 * The definition of a scenario in the simulated DSS: one JSON document, of which the server fills in what it is in charge of.
 *
 * @module
 * @internal
 */
import type { Chance } from "../kernel/chance.ts";
import { invalid, SimulatedRefusal } from "../kernel/route.ts";
import { isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import { describeTimes, nextTime } from "./trigger_times.ts";

/** What a scenario document is completed with. */
export interface DocumentContext {
  readonly projectKey: string;
  readonly id: string;
  readonly type: string;
  /** Login of who saves it. */
  readonly login: string;
  readonly now: number;
  readonly chance: Chance;
  /** The document that it takes the place of. */
  readonly before?: JsonObject;
}

/** Both kinds of scenarios. */
export const scenarioTypes: ReadonlyArray<string> = ["step_based", "custom_python"];

/** How the run of a step, or of a scenario, can end; from good to bad. */
export const runOutcomes = ["SUCCESS", "WARNING", "FAILED", "ABORTED"] as const;

/** How the run of a step, or of a scenario, ended. */
export type RunOutcome = typeof runOutcomes[number];

const runConditionTypes = ["RUN_ALWAYS", "RUN_IF_STATUS_MATCH", "RUN_CONDITIONALLY", "DISABLED"];
const jobTypes = [
  "RECURSIVE_BUILD",
  "NON_RECURSIVE_FORCED_BUILD",
  "RECURSIVE_FORCED_BUILD",
  "RECURSIVE_MISSING_ONLY_BUILD",
];

/** The triggers of a scenario. */
export const triggersOf = (document: JsonObject): ReadonlyArray<JsonObject> => jsonObjects(document.triggers);

/** The parameters of a trigger, or of a step. */
export const paramsOf = ({ params }: JsonObject): JsonObject => isJsonObject(params) ? params : {};

/** The steps of a scenario. */
export const stepsOf = (document: JsonObject): ReadonlyArray<JsonObject> => jsonObjects(paramsOf(document).steps);

const loginOf = (tag: unknown): string | undefined => {
  const by = isJsonObject(tag) ? tag.lastModifiedBy : undefined;
  return isJsonObject(by) && typeof by.login === "string" ? by.login : undefined;
};

/** When a version tag was written, in milliseconds since 1970; `0` for unknown. */
const timeOf = (tag: unknown): number =>
  isJsonObject(tag) && typeof tag.lastModifiedOn === "number" ? tag.lastModifiedOn : 0;

/** Login of the user that the runs of a scenario act for. */
export const runsAs = ({ runAsUser, versionTag, creationTag }: JsonObject): string =>
  typeof runAsUser === "string" ? runAsUser : loginOf(versionTag) ?? loginOf(creationTag) ?? "admin";

/** Why DSS does not take a document; nothing when it does. */
export const faultIn = (sent: JsonObject): SimulatedRefusal | undefined => {
  const lists: ReadonlyArray<readonly [string, unknown]> = [
    ["triggers", sent.triggers],
    ["reporters", sent.reporters],
    ["steps", paramsOf(sent).steps],
  ];
  for (const [name, list] of lists) {
    if (list !== undefined && list !== null && (!Array.isArray(list) || !list.every(isJsonObject))) {
      return invalid(`${name} of a scenario must be an array of objects`);
    }
  }
  if (sent.params !== undefined && sent.params !== null && !isJsonObject(sent.params)) {
    return invalid("params of a scenario must be an object");
  }
  const unknownCondition = stepsOf(sent).some(({ runConditionType }) =>
    runConditionType !== undefined && !runConditionTypes.includes(String(runConditionType))
  );
  return unknownCondition
    ? new SimulatedRefusal({
      status: 500,
      errorType: "java.lang.NullPointerException",
      detail: 'Cannot invoke "RunConditionType.ordinal()" because the return value is null',
    })
    : undefined;
};

const storedStep = (step: JsonObject): JsonObject => {
  const params = { ...paramsOf(step) };
  // DSS reads an unknown name of these two as nothing: the one becomes its default, the other stays nothing.
  if (params.handleWarningsAs !== undefined && !runOutcomes.some((known) => known === params.handleWarningsAs)) {
    params.handleWarningsAs = "WARNING";
  }
  if (params.jobType !== undefined && !jobTypes.includes(String(params.jobType))) params.jobType = null;
  return isJsonObject(step.params) ? { ...step, params } : step;
};

const defaults: JsonObject = {
  active: false,
  automationLocal: false,
  markedAsTest: false,
  checklists: { checklists: [] },
  customFields: {},
  delayedTriggersBehavior: {
    delayWhileRunning: true,
    squashDelayedTriggers: true,
    suppressTriggersWhileRunning: true,
  },
};

/** The next version tag of a document that is written. */
const nextVersion = (before: JsonObject | undefined, { login, now }: DocumentContext): JsonObject => {
  const tag = isJsonObject(before?.versionTag) ? before.versionTag : {};
  const number = typeof tag.versionNumber === "number" ? tag.versionNumber + 1 : before === undefined ? 0 : 1;
  return { ...tag, versionNumber: number, lastModifiedBy: { login }, lastModifiedOn: now };
};

/** A document as DSS stores it: with ids, defaults and version; everything else stays as it was sent. */
export const completeDocument = (sent: JsonObject, context: DocumentContext): JsonObject => {
  const { before, chance, id, projectKey, type } = context;
  const identified = (part: JsonObject): JsonObject =>
    typeof part.id === "string" ? part : { id: chance.id(), ...part };
  const present = Object.fromEntries(
    Object.entries(sent).filter(([key, value]) => value !== null || !(key in defaults)),
  );
  const versionTag = nextVersion(before, context);
  const steps = stepsOf(sent).map((step) => identified(storedStep(step)));
  return {
    ...defaults,
    ...present,
    projectKey,
    id,
    name: sent.name ?? before?.name ?? id,
    type,
    tags: Array.isArray(sent.tags) ? [...new Set(sent.tags)].sort() : [],
    triggers: triggersOf(sent).map(identified),
    reporters: jsonObjects(sent.reporters).map(identified),
    params: type === "step_based"
      ? { ...paramsOf(sent), steps }
      : { envSelection: { envMode: "INHERIT" }, ...paramsOf(sent) },
    versionTag,
    creationTag: before === undefined ? versionTag : before.creationTag ?? sent.creationTag,
  };
};

const describeTrigger = (trigger: JsonObject): string => {
  const params = paramsOf(trigger);
  if (trigger.type === "temporal") return describeTimes(params);
  if (trigger.type === "follow_scenariorun") return `After scenario ${params.scenarioId}`;
  return String(trigger.type ?? "Unknown trigger");
};

/** The triggers that fire by themselves, of one type; none while the scenario is not active. */
export const activeTriggers = (document: JsonObject, type: string): ReadonlyArray<JsonObject> =>
  document.active === true
    ? triggersOf(document).filter((trigger) => trigger.active === true && trigger.type === type)
    : [];

/** The part of a list item that the definition of a scenario says. */
export const describeDocument = (document: JsonObject, now: number): JsonObject => {
  const { projectKey, id, name, type, active, automationLocal, markedAsTest, tags, versionTag, creationTag } = document;
  const { runAsUser, shortDesc, description } = document;
  const by = (tag: unknown): JsonObject | undefined => {
    const login = loginOf(tag);
    return login === undefined ? undefined : { login, displayName: login };
  };
  const forecasts = new Map(
    activeTriggers(document, "temporal").map((trigger) => [trigger, nextTime(paramsOf(trigger), now)]),
  );
  const items = triggersOf(document).map((trigger) => ({
    name: trigger.name ?? "",
    description: describeTrigger(trigger),
    active: trigger.active === true,
    nextRun: forecasts.get(trigger),
  }));
  const planned = [...forecasts.values()].filter((time) => time !== undefined);
  return JSON.parse(JSON.stringify({
    projectKey,
    id,
    name,
    type,
    active: active === true,
    unavailable: false,
    automationLocal,
    markedAsTest,
    nextRun: planned.length === 0 ? 0 : Math.min(...planned),
    triggerDigest: items.filter((item) => item.active).map((item) => item.description).join(", "),
    triggerDigestItems: items,
    reporterDigestItems: jsonObjects(document.reporters).map((reporter) => ({
      name: reporter.name ?? "",
      description: String(isJsonObject(reporter.messaging) ? reporter.messaging.type : ""),
      active: reporter.active === true,
    })),
    tags,
    createdOn: timeOf(creationTag),
    createdBy: by(creationTag),
    lastModifiedOn: timeOf(versionTag),
    lastModifiedBy: by(versionTag),
    runAsUser: runAsUser ?? undefined,
    shortDesc,
    description,
  }));
};
