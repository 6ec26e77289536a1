/**
 * Any scenario that DSS could store: kinds and fields that nobody knows yet at every level, and integers of any length.
 *
 * @module
 */
import { Arbitrary, Schema } from "effect";
import type { ScenarioSettings } from "../mod.ts";

/** A scenario, and its text as DSS would send it. */
export interface StoredText {
  readonly settings: ScenarioSettings;
  readonly text: string;
}

const any = Arbitrary.schema(Schema.Json);
const word = Arbitrary.schema(Schema.String);
const flag = Arbitrary.schema(Schema.Boolean);
const pick = <const A extends ReadonlyArray<string | null>>(...of: A): Arbitrary.Arbitrary<A[number]> =>
  Arbitrary.schema(Schema.Literals(of as never));

/** An integer that a JavaScript number cannot hold; in the text it stands without its quotes. */
const long = Arbitrary.map(
  Arbitrary.schema(Schema.String.check(Schema.isPattern(/^[1-9]\d{16,24}$/))),
  (digits) => `long:${digits}`,
);

/** Fields that no schema names: their names cannot be those of known ones. */
const unknown = Arbitrary.map(
  Arbitrary.all({ one: any, two: any, digits: long, name: word }),
  ({ one, two, digits, name }) => ({ x_one: one, [`x_${name}`]: two, x_long: digits }),
);

const withUnknown = <A extends object>(known: Arbitrary.Arbitrary<A>): Arbitrary.Arbitrary<A> =>
  Arbitrary.map(Arbitrary.all([known, unknown]), ([some, others]) => ({ ...others, ...some }));

const trigger = withUnknown(Arbitrary.all({
  id: word,
  type: pick("temporal", "follow_scenariorun", "sql_query", "pytrigger_of_a_plugin"),
  active: flag,
  params: withUnknown(Arbitrary.all({ frequency: pick("Daily", "Fortnightly"), hour: Arbitrary.schema(Schema.Int) })),
}));

const step = withUnknown(Arbitrary.all({
  id: word,
  name: word,
  type: pick("build_flowitem", "exec_sql", "pystep_of_a_plugin"),
  enabled: flag,
  runConditionStatuses: Arbitrary.array(pick("SUCCESS", "WARNING", "UNHEARD_OF"), { maxLength: 3 }),
  params: withUnknown(Arbitrary.all({ builds: any })),
}));

const reporter = withUnknown(Arbitrary.all({
  id: word,
  active: flag,
  messaging: withUnknown(Arbitrary.all({ type: pick("mail-scenario", "carrier-pigeon") })),
}));

const list = { maxLength: 4 };

/** Any scenario. */
export const arbitraryScenario: Arbitrary.Arbitrary<StoredText> = Arbitrary.map(
  withUnknown(Arbitrary.all({
    projectKey: word,
    id: word,
    name: word,
    type: pick("step_based", "custom_python", "kind_to_come"),
    active: flag,
    runAsUser: pick(null, "maria", "ahmed"),
    triggers: Arbitrary.array(trigger, list),
    reporters: Arbitrary.array(reporter, list),
    params: withUnknown(Arbitrary.all({ steps: Arbitrary.array(step, list) })),
    versionTag: withUnknown(Arbitrary.all({ versionNumber: Arbitrary.schema(Schema.Int) })),
    tags: Arbitrary.array(word, list),
    customFields: unknown,
  })),
  (document) => {
    const text = JSON.stringify(document).replaceAll(/"long:(\d+)"/g, "$1");
    return { settings: document as unknown as ScenarioSettings, text };
  },
);
