import { describe, expect, it } from "@effect/vitest";
import { Arbitrary, Cause, Effect, Exit, Option, Schema } from "effect";
import * as SchemaCompiler from "effect/schema/SchemaCompiler";
import * as dss from "../../mod.ts";
import { decoderOf } from "../../src/json/decoder.ts";
import { dictionary, maybe, overlaid } from "../../src/json/open.ts";
import { equalJson } from "../../src/json/exact_json.ts";

type AnyCodec = Schema.Codec<unknown, unknown>;
/** Schemas of what DSS says; errors and tokens are of this library. */
const schemas = Object.entries<unknown>(dss).filter((entry): entry is [string, AnyCodec] =>
  Schema.isSchema(entry[1]) && !["Token", "DssErrorReason"].includes(entry[0]) &&
  !((entry[1] as { readonly prototype?: unknown }).prototype instanceof Error)
);

/** JSON has no number that is not finite. */
const finite = (_: string, value: unknown) => typeof value === "number" && !Number.isFinite(value) ? 0 : value;

/** A JSON text with a key in every object that JavaScript gives a meaning; its value fits where that of another key does. */
const withProto = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(withProto).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, held]) => `${JSON.stringify(key)}:${withProto(held)}`);
  const [first] = Object.values(value);
  return `{${first === undefined ? "" : [...fields, `"__proto__":${JSON.stringify(first)}`].join()}}`;
};

/** Whether a document that DSS sends is the same after it was read and written back. */
const survives = (schema: AnyCodec, text: string): boolean => {
  const back = JSON.stringify(Schema.encodeUnknownSync(schema)(Schema.decodeUnknownSync(schema)(JSON.parse(text))));
  return equalJson(JSON.parse(back), JSON.parse(text));
};

/** Whether a value has no prototype that came out of a document. */
const isPlain = (value: unknown): boolean =>
  typeof value !== "object" || value === null || Array.isArray(value) ||
  Object.getPrototypeOf(value) === Object.prototype || "~effect/time/DateTime" in value;

const runs = { arbitrary: { runs: 60, size: 6 } };

describe.each(schemas)("any %s", (_, schema) => {
  const documents = Arbitrary.map(
    Arbitrary.schema(schema),
    (value) => JSON.stringify(Schema.encodeUnknownSync(schema)(value), finite),
  );

  it.prop("is written back as it was read, fields that nobody knows included", [documents], ([text]) => {
    return survives(schema, text);
  }, runs);

  it.prop("keeps keys that JavaScript gives a meaning, and gets no prototype of them", [documents], ([text]) => {
    const marked = withProto(JSON.parse(text));
    const read = Schema.decodeUnknownSync(schema)(JSON.parse(marked));
    if (typeof read === "object" && read !== null && Object.getPrototypeOf(read) !== Object.prototype) return false;
    return survives(schema, marked);
  }, runs);

  it.prop("is read compiled as it is read interpreted", [documents], ([text]) => {
    const decoder = decoderOf(schema);
    return [text, withProto(JSON.parse(text))].every((document) => {
      const [compiled, interpreted] = [decoder, Schema.decodeUnknownExit(schema)].map((decode) =>
        decode(JSON.parse(document))
      );
      expect(compiled).toEqual(interpreted);
      return Exit.isSuccess(compiled!) && isPlain(compiled.value) && survives(schema, document);
    });
  }, runs);
});

describe("a schema that is written at the call", () => {
  it("has one decoder, as a list and as a dictionary", () => {
    expect(decoderOf(Schema.Array(dss.Job))).toBe(decoderOf(Schema.Array(dss.Job)));
    expect(decoderOf(dictionary(dss.Job))).toBe(decoderOf(dictionary(dss.Job)));
    expect(decoderOf(dictionary(dss.Job))).not.toBe(decoderOf(Schema.Array(dss.Job)));
  });
});

describe("an object whose named fields alone are decoded", () => {
  const fields = {
    at: maybe(Schema.Number),
    name: Schema.String,
    inner: Schema.optionalKey(Schema.Array(Schema.String)),
  };
  const { decode, decodeEffect } = overlaid(fields);
  const expected = Schema.decodeUnknownExit(Schema.StructWithRest(Schema.Struct(fields), [
    Schema.Record(Schema.String, Schema.Unknown),
  ]));
  const fine = [
    '{"name":"n"}',
    '{"z":1,"name":"n","at":null,"other":{"a":[1]},"__proto__":{"b":2}}',
    '{"inner":["a"],"name":""}',
  ];
  it.each(fine)("%s is what it is otherwise", (text) => {
    const found = decode!(JSON.parse(text), {});
    expect(Exit.succeed(found)).toEqual(expected(JSON.parse(text)));
    expect(JSON.stringify(found)).toBe(text);
    expect(isPlain(found)).toBe(true);
  });

  it.effect.each(["{}", "[]", "null", "7", '{"name":7}', '{"name":"n","at":"x"}', '{"name":"n","inner":[1]}'])(
    "%s is refused as it is otherwise",
    (text) =>
      Effect.gen(function* () {
        expect(decode!(JSON.parse(text), {})).toBe(SchemaCompiler.invalid);
        const issue = yield* Effect.flip(decodeEffect(JSON.parse(text), {}));
        const other = expected(JSON.parse(text));
        const error = Exit.isFailure(other) ? Cause.findErrorOption(other.cause) : Option.none();
        expect(Option.getOrThrow(error).issue._tag).toBe(issue._tag);
      }),
  );
});

describe("what DSS varies", () => {
  const def = {
    id: "j",
    type: "A_NEW_TYPE",
    projectKey: "P",
    name: "n",
    initiator: "m",
    initiationTimestamp: 1,
    outputs: [],
  };
  const decodes: ReadonlyArray<readonly [string, AnyCodec, unknown]> = [
    ["a future without any flag", dss.FutureState, {}],
    ["a future with nulls only", dss.FutureState, { jobId: null, alive: null, startTime: null, result: null }],
    ["a status with no more than it must have", dss.JobStatus, { baseStatus: { def, state: "A_NEW_STATE" } }],
    ["an activity without anything", dss.JobStatus, { baseStatus: { def, state: "DONE", activities: { a: {} } } }],
    ["an activity of a name like a method", dss.JobStatus, {
      baseStatus: { def, state: "DONE", activities: { toString: {}, constructor: { state: "FAILED" } } },
    }],
  ];
  it.each(decodes)("%s", (_, schema, document) => {
    expect(Schema.decodeUnknownSync(schema)(document)).toEqual(document);
  });
});

describe("accessors", () => {
  it("times of 0 and -1 are none", () => {
    for (const startTime of [0, -1, null, undefined]) {
      const state = startTime === undefined ? {} : { startTime };
      expect(dss.FutureState.startedAt(state)).toBeUndefined();
    }
    expect(dss.FutureState.startedAt({ startTime: 1_759_312_596_668 })?.epochMilliseconds).toBe(1_759_312_596_668);
  });

  const phases: ReadonlyArray<readonly [dss.FutureState, dss.FuturePhase]> = [
    [{}, "RUNNING"],
    [{ alive: true, hasResult: false }, "RUNNING"],
    [{ alive: null, hasResult: null }, "RUNNING"],
    [{ hasResult: true, alive: false }, "DONE"],
    [{ hasResult: true, alive: true }, "DONE"],
    [{ aborted: true, alive: false }, "ABORTED"],
    [{ unknown: true, alive: false }, "UNKNOWN"],
    [{ alive: false }, "ENDED"],
    [{ result: { envName: "py" } }, "DONE"],
    [{ jobId: "a", result: null }, "RUNNING"],
  ];
  it.each(phases)("a future that says %j is %s", (state, phase) => {
    expect(dss.FutureState.phase(state)).toBe(phase);
  });
});
