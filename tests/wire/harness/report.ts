/**
 * What came of all nouns, area by area.
 *
 * @module
 */
import { Effect } from "effect";
import { nouns, type OurMethod } from "./noun.ts";
import { documented, type RecordedArea, recordedAreas } from "./recording.ts";
import { type CaseResult, runNoun } from "./run_noun.ts";

/** What came of an area. */
export interface AreaReport {
  readonly area: string;
  /** Whether all of it must be there. */
  readonly isCovered: boolean;
  /** All methods that send something. */
  readonly recorded: number;
  /** Those that a noun has, with its function. */
  readonly methods: Readonly<Record<string, OurMethod>>;
  readonly results: ReadonlyArray<CaseResult>;
  /** Methods of a covered area that no noun has. */
  readonly missing: ReadonlyArray<string>;
}

const tables: Readonly<Record<string, OurMethod>> = Object.assign({}, ...nouns.map(({ methods }) => methods));

/** Names in the tables that are not in the recording, and methods and areas that two nouns claim. */
const strays = (): ReadonlyArray<string> => {
  const recorded = recordedAreas.flatMap(({ methods }) => Object.keys(methods));
  const silent = [
    ...recordedAreas.flatMap(({ withoutRequest }) => withoutRequest),
    ...Object.values(documented).flatMap((classes) =>
      Object.entries(classes).flatMap(([name, members]) => members.map((member) => `${name}.${member}`))
    ),
  ].filter((member) => !recorded.includes(member));
  const areas = recordedAreas.map(({ area }) => area);
  const claimed = (names: ReadonlyArray<string>, known: ReadonlyArray<string>): ReadonlyArray<string> => [
    ...names.filter((name) => !known.includes(name)).map((name) => `${name} is not in the recording`),
    ...names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name} is in the tables of two nouns`),
  ];
  return [
    ...claimed(nouns.flatMap(({ methods }) => Object.keys(methods)), recorded),
    ...claimed(nouns.flatMap(({ comesWith = {} }) => Object.keys(comesWith)), recorded),
    ...claimed(nouns.flatMap(({ withoutRequest = {} }) => Object.keys(withoutRequest)), silent),
    ...claimed(nouns.flatMap((noun) => noun.areas), areas),
  ];
};

const isCovered = (area: string): boolean => nouns.some(({ areas }) => areas.includes(area));

/** Methods that come with areas that are not there yet. */
const toCome = new Set(
  nouns.flatMap(({ comesWith = {} }) =>
    Object.entries(comesWith).flatMap(([name, area]) => isCovered(area) ? [] : name)
  ),
);

const areaReport = ({ area, methods }: RecordedArea, results: ReadonlyArray<CaseResult>): AreaReport => {
  const names = Object.keys(methods);
  return {
    area,
    isCovered: isCovered(area),
    recorded: names.length,
    methods: Object.fromEntries(names.flatMap((name) => name in tables ? [[name, tables[name]!]] : [])),
    results: results.filter((result) => result.area === area),
    missing: isCovered(area) ? names.filter((name) => !(name in tables || toCome.has(name))) : [],
  };
};

/** Everything that the harness finds out. */
export interface WireReport {
  readonly areas: ReadonlyArray<AreaReport>;
  /** Faults of the tables themselves. */
  readonly strays: ReadonlyArray<string>;
}

/** Runs all nouns. */
export const wireReport: Effect.Effect<WireReport> = Effect.map(
  Effect.forEach(nouns, runNoun),
  (results) => ({
    areas: recordedAreas.map((area) => areaReport(area, results.flat())),
    strays: strays(),
  }),
);
