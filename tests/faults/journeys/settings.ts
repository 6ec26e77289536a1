/**
 * Settings that are not stored as they were written.
 *
 * @module
 */
import assert from "node:assert/strict";
import { Effect } from "effect";
import { Scenarios } from "../../../mod.ts";
import { Way } from "../play.ts";
import type { Row } from "../row.ts";
import { failsWith, journey } from "./journey.ts";

const scenario = ["SALES", "NIGHTLY_BUILD"] as const;

const renamed = <A extends object>(settings: A) => ({ ...settings, shortDesc: "Renamed" });

/** Changes the settings while their requests meet a fault: the first GET reads, the second reads back. */
const update = Effect.flatMap(Scenarios, (scenarios) => scenarios.updateSettings(...scenario, renamed));

const shortDesc = Effect.map(
  Effect.flatMap(Scenarios, (scenarios) => scenarios.settings(...scenario)),
  (settings) => (settings as { readonly shortDesc?: unknown }).shortDesc,
);

/** Reads, writes and reads back. */
export const settingsJourneys: ReadonlyArray<Row> = [
  journey(
    ["F31", "DSS drops a key", "settings", "SettingsDropped with its path"],
    Effect.gen(function* () {
      const error = yield* failsWith(update, "SettingsDropped");
      assert.ok("paths" in error);
      assert.deepEqual(error.paths, ["shortDesc"]);
    }),
    { simulator: { unknownKeys: ["shortDesc"] } },
  ),
  journey(
    ["F31", "somebody else writes while a person edits", "settings", "SettingsConflict, nothing written"],
    Effect.gen(function* () {
      const scenarios = yield* Scenarios;
      const since = yield* scenarios.settings(...scenario);
      yield* scenarios.updateSettings(...scenario, (settings) => ({ ...settings, shortDesc: "Of somebody else" }));
      const error = yield* failsWith(
        scenarios.saveSettings(...scenario, renamed(since), { since }),
        "SettingsConflict",
      );
      assert.ok("written" in error && !error.written);
      assert.equal(yield* shortDesc, "Of somebody else");
    }),
  ),
  journey(
    ["F31", "they cannot be read back", "settings", "SettingsUnverified, written"],
    Effect.gen(function* () {
      const way = yield* Way;
      yield* way.inject("unavailable", { method: "GET", path: "/scenarios/", skip: 1, times: 5 });
      yield* failsWith(update, "SettingsUnverified");
      assert.equal(yield* shortDesc, "Renamed");
    }),
  ),
  journey(
    ["F31", "the answer to the write is lost", "settings", "ok: it is written again, and read back"],
    Effect.gen(function* () {
      yield* (yield* Way).inject("lost answer", { method: "PUT" });
      yield* update;
      assert.equal(yield* shortDesc, "Renamed");
    }),
  ),
];
