/**
 * Code studios of the simulated DSS, and their templates.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { infoMessage } from "../kernel/info_messages.ts";
import { type Answer, type Call, missing, type SimulatedRefusal } from "../kernel/route.ts";
import { startScripted } from "../kernel/scripted_future.ts";
import type { JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { findProject } from "../projects/projects_state.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** A template of code studios. */
export interface CodeStudioTemplateRecord {
  /** Its settings; replaced as a whole, never changed. */
  settings: JsonObject;
  readonly shortDesc: string;
  /** Container configurations that it was built for. */
  buildFor: ReadonlyArray<string>;
  /** When it was built last, in milliseconds since 1970; `0` for never. */
  lastBuilt: number;
}

/** Code studios, as `SALES.Kd83mPq2`. */
export const codeStudios: Slice<Map<string, CodeStudioRecord>> = slice("codeStudios", () => new Map(), {
  removed: (held, object) => {
    for (const [id, { settings }] of held) if (object === `projects/${settings.projectKey}`) held.delete(id);
  },
});

/** Templates of code studios by id. */
export const codeStudioTemplates: Slice<Map<string, CodeStudioTemplateRecord>> = slice(
  "codeStudioTemplates",
  () => new Map(),
);

/** The files of a zone. */
export interface ZoneRecord {
  /** Those that are in conflict. */
  conflicts: JsonObject;
  readonly count: number;
  readonly size: number;
}

/** A code studio. */
export interface CodeStudioRecord {
  /** Its definition; replaced as a whole, never changed. */
  settings: JsonObject;
  state: "STOPPED" | "STARTING" | "RUNNING" | "STOPPING";
  /** When its state changed, in milliseconds since 1970; `0` for never. */
  lastStateChange: number;
  readonly zones: Map<string, ZoneRecord>;
}

const commitFrom = "1b0f0c4f2b0b6a1c4b1f5a0d9f7e6c5b4a392817";
const commitTo = "9d2e7c6b5a49382716051b0f0c4f2b0b6a1c4b1f";

/** No file is in conflict. */
export const noConflicts: JsonObject = { authors: [], added: [], modified: [], deleted: [], commitFrom, commitTo };

const zones: ReadonlyArray<string> = ["code_studio-versioned", "project-lib-versioned"];

/** Makes a code studio, which was never started. */
export const addCodeStudio = (
  world: World,
  { projectKey, id, name, owner, templateId, now }:
    & Readonly<
      Record<"projectKey" | "id" | "name" | "owner" | "templateId", string>
    >
    & { readonly now: number },
): CodeStudioRecord => {
  const versionTag = { versionNumber: 0, lastModifiedBy: { login: owner }, lastModifiedOn: now };
  const record: CodeStudioRecord = {
    settings: { id, projectKey, name, owner, templateId, libName: name, versionTag, tags: [] },
    state: "STOPPED",
    lastStateChange: 0,
    zones: new Map(zones.map((zone) => [zone, { conflicts: noConflicts, count: 12, size: 40_960 }])),
  };
  world.of(codeStudios).set(`${projectKey}.${id}`, record);
  return record;
};

/** The code studio that a request names. */
export const findCodeStudio = (world: World, { params }: Call): Effect.Effect<CodeStudioRecord, SimulatedRefusal> =>
  Effect.flatMap(findProject(world, params.projectKey), ({ projectKey }) => {
    const record = world.of(codeStudios).get(`${projectKey}.${params.codeStudioId}`);
    return record === undefined ? Effect.fail(missing(`Code studio ${params.codeStudioId}`)) : Effect.succeed(record);
  });

/** What a list says of a code studio. */
export const listedCodeStudio = (world: World, { settings }: CodeStudioRecord): JsonObject => {
  const { id, projectKey, name, owner, templateId } = settings;
  const template = world.of(codeStudioTemplates).get(String(templateId));
  const desc = template === undefined ? {} : { label: template.settings.label, shortDesc: template.shortDesc };
  return { id, projectKey, name, owner, templateId, desc };
};

/** Where a code studio stands. */
export const codeStudioStatus = ({ state, lastStateChange, zones }: CodeStudioRecord): JsonObject => {
  const isRunning = state === "RUNNING";
  return {
    state,
    lastStateChange,
    syncedZones: isRunning
      ? [...zones.keys()].map((zone) => ({ id: zone, zone, pathInContainer: `/home/dataiku/workspace/${zone}` }))
      : [],
    exposed: isRunning
      ? [{ label: "Editor", port: 8181, exposeHtml: true, proxiedUrlSuffix: "$uri$is_args$args" }]
      : [],
  };
};

/** Changes the state. */
export const setCodeStudioState = (record: CodeStudioRecord, state: CodeStudioRecord["state"], at: number): void => {
  record.state = state;
  record.lastStateChange = at;
};

const [stopSeconds, startSeconds] = [10, 20];

/** Stops a code studio, starts it, or both. */
export const changeCodeStudio = (
  world: World,
  { user, now }: Call,
  record: CodeStudioRecord,
  verb: "stop" | "restart",
): Answer => {
  const { projectKey, id, name } = record.settings;
  const outcome = world.outcomes.take(`code-studios/${projectKey}.${id}`);
  const before = record.state === "RUNNING" ? "RUNNING" : "STOPPED";
  const stops = before === "RUNNING" ? stopSeconds : 0;
  // A stop that does not come to its end leaves what runs; a start leaves nothing.
  const unchanged = verb === "stop" ? before : "STOPPED";
  setCodeStudioState(record, before === "RUNNING" ? "STOPPING" : "STARTING", now);
  if (verb === "restart" && before === "RUNNING") {
    world.agenda.at(now + stops * 1000, (at) => {
      if (record.state === "STOPPING") setCodeStudioState(record, "STARTING", at);
    });
  }
  return startScripted(world, now, outcome, {
    owner: user.login,
    displayName: `${verb} of code studio ${name}`,
    kind: verb === "stop" ? "CODE_STUDIO_STOP" : "CODE_STUDIO_START",
    seconds: verb === "stop" ? stops : stops + startSeconds,
    end: (at) => {
      const isFailed = outcome.end === "fail";
      setCodeStudioState(record, isFailed ? unchanged : verb === "stop" ? "STOPPED" : "RUNNING", at);
      const messages = isFailed
        ? infoMessage("ERROR", "ERR_CODE_STUDIO", `${verb} failed`, outcome.message ?? "The image cannot be pulled")
        : outcome.end === "warn"
        ? infoMessage(
          "WARNING",
          "WARN_CODE_STUDIO",
          "Done with warnings",
          outcome.message ?? "The pod was evicted once",
        )
        : infoMessage("SUCCESS", "INFO_CODE_STUDIO", "Done", `${verb} of ${name} is done`);
      return { result: { messages } };
    },
    onAbort: (at) => setCodeStudioState(record, unchanged, at),
  });
};
