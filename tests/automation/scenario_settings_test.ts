import { describe, expect, it } from "@effect/vitest";
import { Cause, Effect, Exit, Schema } from "effect";
import { parseExact } from "../../src/json/exact_json.ts";
import {
  addReporter,
  addStep,
  addTrigger,
  buildStep,
  dailyTrigger,
  mailReporter,
  mapReporters,
  mapSteps,
  mapTriggers,
  removeReporter,
  removeStep,
  removeTrigger,
  type ScenarioEdit,
  Scenarios,
  ScenarioSettings,
  setActive,
  setRunAs,
} from "../../mod.ts";
import { arbitraryScenario } from "../fixtures/arbitrary_scenario.ts";
import { Received } from "../fixtures/dss_server.ts";
import {
  type Exact,
  exactly,
  type StoredScenario,
  storedScenario,
  type StoreOptions,
  unversioned,
} from "../fixtures/stored_scenario.ts";

/** What newer runtimes have beside the types that TypeScript knows. */
const raw = JSON as typeof JSON & { isRawJSON(value: unknown): boolean };

const nightly = {
  projectKey: "SALES",
  id: "NIGHTLY",
  name: "Nightly",
  type: "step_based",
  active: false,
  triggers: [],
  reporters: [],
  params: { steps: [] },
  versionTag: { versionNumber: 12, lastModifiedBy: { login: "maria" }, lastModifiedOn: 1758000000000 },
};

type Parts = ReadonlyArray<Exact>;

const step = buildStep("orders_joined", { id: "a step of ours" });
const trigger = dailyTrigger({ hour: 3, start: "2026-01-31" });
const reporter = mailReporter("ops@example.com");
const inExact = (part: unknown): Exact => exactly(JSON.stringify(part));
const inSteps = (document: Exact, edit: (steps: Parts) => Parts): Exact => {
  const params = document["params"] as Exact;
  return { ...document, params: { ...params, steps: edit(params["steps"] as Parts) } };
};
const inPart = (key: "triggers" | "reporters") => (document: Exact, edit: (parts: Parts) => Parts): Exact => ({
  ...document,
  [key]: edit(document[key] as Parts),
});
const [inTriggers, inReporters] = [inPart("triggers"), inPart("reporters")];

/** Each edit, and what it does to the bare document. */
const edits: ReadonlyArray<readonly [name: string, edit: ScenarioEdit, done: (document: Exact) => Exact]> = [
  ["nothing", (settings) => settings, (document) => document],
  ["setActive", setActive(true), (document) => ({ ...document, active: true })],
  ["setRunAs", setRunAs("zoe"), (document) => ({ ...document, runAsUser: "zoe" })],
  ["setRunAs with null", setRunAs(null), (document) => ({ ...document, runAsUser: null })],
  ["addStep", addStep(step), (document) => inSteps(document, (steps) => [...steps, inExact(step)])],
  [
    "mapSteps",
    mapSteps((step) => ({ ...step, enabled: false })),
    (document) => inSteps(document, (steps) => steps.map((step) => ({ ...step, enabled: false }))),
  ],
  [
    "removeStep",
    removeStep(({ type }) => type === "exec_sql"),
    (document) => inSteps(document, (steps) => steps.filter((step) => step["type"] !== "exec_sql")),
  ],
  [
    "addTrigger",
    addTrigger(trigger),
    (document) => inTriggers(document, (triggers) => [...triggers, inExact(trigger)]),
  ],
  [
    "mapTriggers",
    mapTriggers((trigger) => trigger.type === "temporal" ? { ...trigger, active: false } : trigger),
    (document) =>
      inTriggers(
        document,
        (triggers) =>
          triggers.map((trigger) => trigger["type"] === "temporal" ? { ...trigger, active: false } : trigger),
      ),
  ],
  [
    "removeTrigger",
    removeTrigger(({ active }) => active),
    (document) => inTriggers(document, (triggers) => triggers.filter((trigger) => !trigger["active"])),
  ],
  [
    "addReporter",
    addReporter(reporter),
    (document) => inReporters(document, (reporters) => [...reporters, inExact(reporter)]),
  ],
  [
    "mapReporters",
    mapReporters((reporter) => ({ ...reporter, name: "renamed" })),
    (document) => inReporters(document, (reporters) => reporters.map((reporter) => ({ ...reporter, name: "renamed" }))),
  ],
  [
    "removeReporter",
    removeReporter(({ messaging }) => messaging?.type === "mail-scenario"),
    (document) =>
      inReporters(
        document,
        (reporters) => reporters.filter((reporter) => (reporter["messaging"] as Exact)["type"] !== "mail-scenario"),
      ),
  ],
];

const update = (
  stored: StoredScenario,
  edit: (settings: ScenarioSettings) => ScenarioSettings,
  options?: StoreOptions,
) =>
  Effect.provide(
    Effect.flatMap(Scenarios, (scenarios) => scenarios.updateSettings("SALES", "NIGHTLY", edit)),
    storedScenario(stored, options),
  );

describe("any scenario", () => {
  it.effect.prop("is written back as it was read", [arbitraryScenario], ([{ text }]) =>
    Effect.gen(function* () {
      const settings = yield* Schema.decodeUnknownEffect(ScenarioSettings)(parseExact(text));
      const written = yield* Schema.encodeEffect(ScenarioSettings)(settings);
      expect(exactly(JSON.stringify(settings))).toStrictEqual(exactly(text));
      expect(exactly(JSON.stringify(written))).toStrictEqual(exactly(text));
    }), { arbitrary: { runs: 200 } });

  for (const [name, edit, done] of edits) {
    it.effect.prop(
      `an update changes what ${name} changed, and nothing else`,
      [arbitraryScenario],
      ([{ text }]) =>
        Effect.gen(function* () {
          const stored = { text, writes: 0 };
          const after = yield* update(stored, edit);
          expect(unversioned(stored.text)).toStrictEqual({ ...done(exactly(text)), versionTag: undefined });
          expect({ ...exactly(stored.text)["versionTag"] as Exact, versionNumber: undefined }).toStrictEqual({
            ...exactly(text)["versionTag"] as Exact,
            versionNumber: undefined,
          });
          expect(exactly(JSON.stringify(after))).toStrictEqual(exactly(stored.text));
          expect(stored.writes).toBe(1);
        }),
      { arbitrary: { runs: 40 } },
    );
  }
});

/** The paths of the unknown fields of a document, as `params.steps[0].x_one`. */
const unknownPaths = (value: unknown, path = ""): ReadonlyArray<string> =>
  typeof value !== "object" || value === null ? [] : Object.entries(value).flatMap(([key, inner]) => {
    const at = Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
    return [...(key.startsWith("x_") && inner !== null ? [at] : []), ...unknownPaths(inner, at)];
  });

const withoutPath = (value: unknown, gone: string, path = ""): unknown => {
  if (typeof value !== "object" || value === null || raw.isRawJSON(value)) return value;
  if (Array.isArray(value)) return value.map((inner, at) => withoutPath(inner, gone, `${path}[${at}]`));
  const entries = Object.entries(value).map(([key, inner]) => {
    const at = path === "" ? key : `${path}.${key}`;
    return [key, at, withoutPath(inner, gone, at)] as const;
  });
  return Object.fromEntries(entries.filter(([, at]) => at !== gone).map(([key, , inner]) => [key, inner]));
};

describe("Scenarios.updateSettings", () => {
  it.effect.prop(
    "names a field that DSS drops, wherever it is",
    [arbitraryScenario, Schema.Int],
    ([{ text }, nth]) =>
      Effect.gen(function* () {
        const paths = unknownPaths(JSON.parse(text)).filter((path) => !/[^\w.[\]]/.test(path));
        const gone = paths.at(Math.abs(nth) % paths.length)!;
        const error = yield* Effect.flip(update({ text, writes: 0 }, setActive(true), {
          keeps: (document) => withoutPath(document, gone),
        }));
        expect(error).toMatchObject({ _tag: "SettingsDropped", method: "Scenarios.updateSettings", paths: [gone] });
        expect(error.message).toContain(gone);
      }),
    { arbitrary: { runs: 100 } },
  );

  it.effect.prop("names a writer that came in between", [arbitraryScenario], ([{ text }]) =>
    Effect.gen(function* () {
      const stored = { text, writes: 0 };
      const error = yield* Effect.flip(update(stored, setActive(true), { versions: 2 }));
      expect(error).toMatchObject({ _tag: "SettingsConflict", written: true });
      expect(stored.writes).toBe(1);
    }), { arbitrary: { runs: 40 } });

  it.effect("says that it was written when it cannot be read back", () =>
    Effect.gen(function* () {
      const stored = { text: JSON.stringify(nightly), writes: 0 };
      const error = yield* Effect.flip(update(stored, setActive(true), { keeps: ({ name: _, ...others }) => others }));
      expect(error).toMatchObject({
        _tag: "SettingsUnverified",
        cause: { reason: { _tag: "Undecodable", field: "name" } },
      });
      expect(stored.writes).toBe(1);
    }));

  it.effect("writes nothing when the edit throws", () =>
    Effect.gen(function* () {
      const stored = { text: JSON.stringify(nightly), writes: 0 };
      const exit = yield* Effect.exit(update(stored, (settings) => addTrigger(dailyTrigger({ hour: 25 }))(settings)));
      expect(Exit.isFailure(exit) && Cause.pretty(exit.cause)).toContain("RangeError: The hour of the trigger is 25");
      expect(stored.writes).toBe(0);
    }));
});

describe("Scenarios.saveSettings", () => {
  const save = (stored: StoredScenario, change: (text: string) => string, useSince: boolean) =>
    Effect.gen(function* () {
      const scenarios = yield* Scenarios;
      const since = yield* scenarios.settings("SALES", "NIGHTLY");
      stored.text = change(stored.text);
      const saved = yield* Effect.result(
        scenarios.saveSettings("SALES", "NIGHTLY", setActive(true)(since), useSince ? { since } : {}),
      );
      const { lines } = yield* Received;
      return { saved, lines };
    }).pipe(Effect.provide(storedScenario(stored)));

  const read = "GET /projects/SALES/scenarios/NIGHTLY";
  const write = "PUT /projects/SALES/scenarios/NIGHTLY";

  it.effect("writes what was edited slowly, when nobody else has written", () =>
    Effect.gen(function* () {
      const stored = { text: JSON.stringify(nightly), writes: 0 };
      const { saved, lines } = yield* save(stored, (text) => text, true);
      expect(saved).toMatchObject({ _tag: "Success", success: { active: true, versionTag: { versionNumber: 13 } } });
      expect(lines).toEqual([read, read, write, read]);
    }));

  it.effect("writes nothing when somebody else has written", () =>
    Effect.gen(function* () {
      const stored = { text: JSON.stringify(nightly), writes: 0 };
      const { saved } = yield* save(stored, (text) => text.replace(/"versionNumber":12/, `"versionNumber":14`), true);
      expect(saved).toMatchObject({ _tag: "Failure", failure: { _tag: "SettingsConflict", written: false } });
      expect(stored.writes).toBe(0);
    }));

  it.effect("writes over whatever is there when it is not told what the edit began with", () =>
    Effect.gen(function* () {
      const stored = { text: JSON.stringify(nightly), writes: 0 };
      const { lines } = yield* save(stored, (text) => text.replace("Nightly", "Renamed"), false);
      expect(JSON.parse(stored.text)).toEqual({
        ...nightly,
        active: true,
        versionTag: { ...nightly.versionTag, versionNumber: 13 },
      });
      expect(lines).toEqual([read, write, read]);
    }));
});
