import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import {
  declarativeMeaning,
  type Meaning,
  Meanings,
  patternMeaning,
  valuesListMeaning,
  valuesMappingMeaning,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, Received, reset } from "../fixtures/dss_server.ts";
import { itIsForAdministrators, stateOf } from "../fixtures/for_administrators.ts";

const kinds: ReadonlyArray<Meaning> = [
  declarativeMeaning("note", "Note", { description: "Anything" }),
  valuesListMeaning("size", "Size", ["S", { value: "M", color: "#fff" }], { normalizationMode: "LOWERCASE" }),
  valuesMappingMeaning("yes", "Yes or no", { "1": "yes", "0": { value: "no", color: "#f00" } }),
  patternMeaning("code", "Code", "[A-Z]+", { detectable: true }),
];

describe("meanings on a simulated DSS", () => {
  it.effect.each(kinds)("a $type is created, listed and saved", (meaning) =>
    Effect.gen(function* () {
      const meanings = yield* Meanings;
      yield* meanings.create(meaning);
      expect((yield* meanings.list()).at(-1)).toEqual(meaning);
      const saved = yield* meanings.update(meaning.id, (found) => ({ ...found, label: "Other", later: [1] }));
      expect(yield* meanings.get(meaning.id)).toEqual({ ...meaning, label: "Other", later: [1] });
      expect(saved).toEqual(yield* meanings.get(meaning.id));
      const error = yield* Effect.flip(meanings.save(meaning.id, meaning, { since: meaning }));
      expect(error).toMatchObject({ _tag: "SettingsConflict", written: false });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each([
    ["an id that is taken", (meanings: Meanings) => meanings.create(declarativeMeaning("country", "x")), "Conflict"],
    ["an empty id", (meanings: Meanings) => meanings.create(declarativeMeaning("", "x")), "Invalid"],
    [
      "a kind that is none",
      (all: Meanings) => all.update("country", (found) => ({ ...found, type: "MOON" })),
      "Invalid",
    ],
    ["a meaning that is not there", (meanings: Meanings) => meanings.get("nothing"), "NotFound"],
    ["an update of nothing", (meanings: Meanings) => meanings.update("nothing", (found) => found), "NotFound"],
  ] as ReadonlyArray<[string, (meanings: Meanings) => Effect.Effect<unknown, unknown>, string]>)(
    "%s is refused, and changes nothing",
    ([, call, tag]) =>
      Effect.gen(function* () {
        const before = yield* stateOf("meanings");
        expect(yield* Effect.flip(call(yield* Meanings))).toMatchObject({ reason: { _tag: tag } });
        expect(yield* stateOf("meanings")).toEqual(before);
      }).pipe(Effect.provide(Simulator.layer())),
  );

  itIsForAdministrators({
    "Meanings.create": ({ meanings }) => meanings.create(declarativeMeaning("m", "M")),
    "Meanings.update": ({ meanings }) => meanings.update("country", (found) => found),
  });
});

it.effect("the lost answer to a creation is an unknown outcome, and it is not sent twice", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip((yield* Meanings).create(declarativeMeaning("m", "M")));
    expect(error.reason._tag).toBe("OutcomeUnknown");
    expect((yield* Received).requests).toHaveLength(1);
  }).pipe(Effect.provide(dssServer(() => reset))));
