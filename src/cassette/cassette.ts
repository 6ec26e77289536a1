/**
 * Cassettes: what was exchanged with a DSS, as plain JSON without secrets.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";
import { decodeValue } from "../transport/answer.ts";
import { parseExact } from "../json/exact_json.ts";
import { fileText, withoutMark } from "../json/file_text.ts";
import type { Fields } from "../json/fields.ts";
import { type ErrorClass, errorClass } from "../errors/error_class.ts";

/** What is kept off a cassette, besides what is known to be a secret. */
export interface CassetteOptions {
  /** Further secrets, of at least 8 characters, as they stand in what is sent or answered: each is replaced wherever it is found. */
  readonly secrets?: ReadonlyArray<Redacted.Redacted<string>>;
}

/** A body: JSON or text without its secrets, or other bytes as Base64. */
export type RecordedBody =
  | { /** Written without white space, this is what was sent, but for its secrets. */ readonly json: unknown }
  | { readonly text: string }
  | { readonly base64: string }
  | { /** Why the content is not in the cassette. */ readonly withheld: string };

/** An uploaded part: its content is not recorded, only what tells it from others. */
export interface RecordedPart {
  /** Name of the field of the form; empty for a body that is no form. */
  readonly name: string;
  /** Name of the file. */
  readonly fileName?: string;
  /** Size in bytes. */
  readonly size: number;
  /** SHA-256 of the content, in hexadecimal. */
  readonly sha256: string;
}

/** What was sent. Headers are not recorded: they hold the credentials. */
export interface RecordedRequest {
  /** HTTP method. */
  readonly method: string;
  /** Path and query without secrets, below the prefix of the API. */
  readonly target: string;
  /** Login that was acted for. */
  readonly actingFor?: string;
  /** Body; absent when there was none. */
  readonly body?: RecordedBody | { readonly parts: ReadonlyArray<RecordedPart> } | { readonly streamed: true };
}

/** What a runtime said of a connection that failed. */
export interface RecordedFailure {
  /** Name of the error. */
  readonly name: string;
  /** Its words, without secrets. */
  readonly message: string;
  /** Its code, as `ECONNRESET`. */
  readonly code?: string;
}

/** What came back. */
export interface RecordedAnswer {
  /** HTTP status. */
  readonly status: number;
  /** Headers that matter to a client, with lower-case names; none that holds a secret. */
  readonly headers: Readonly<Record<string, string>>;
  /** Body, as far as it came; absent when nothing did. */
  readonly body?: RecordedBody;
  /** Why the body ends early: the connection broke, or the program read no further. */
  readonly cut?: RecordedFailure | "not read further";
}

/** A request and what came of it: an answer, a failure below HTTP, or nothing for as long as the program waited. */
export interface RecordedExchange {
  /** What was sent. */
  readonly request: RecordedRequest;
  /** What came back. */
  readonly answer?: RecordedAnswer;
  /** Why no answer came. */
  readonly failure?: RecordedFailure;
}

/** The exchanges with a DSS, in the order in which they began. */
export interface Cassette {
  /** Version of this form. */
  readonly version: 1;
  /** Version of DSS, as its answers said; absent when none did. */
  readonly dssVersion?: string;
  /** The exchanges. */
  readonly exchanges: ReadonlyArray<RecordedExchange>;
}

const Body = Schema.Union([
  Schema.Struct({ json: Schema.Unknown }),
  Schema.Struct({ text: Schema.String }),
  Schema.Struct({ base64: Schema.String }),
  Schema.Struct({ withheld: Schema.String }),
]);

const Part = Schema.Struct({
  name: Schema.String,
  fileName: Schema.optionalKey(Schema.String),
  size: Schema.Number,
  sha256: Schema.String,
});

const Failure = Schema.Struct(
  {
    name: Schema.String,
    message: Schema.String,
    code: Schema.optionalKey(Schema.String),
  } satisfies Fields<RecordedFailure>,
);

const Request = Schema.Struct(
  {
    method: Schema.String,
    target: Schema.String,
    actingFor: Schema.optionalKey(Schema.String),
    body: Schema.optionalKey(Schema.Union([
      ...Body.members,
      Schema.Struct({ parts: Schema.Array(Part) }),
      Schema.Struct({ streamed: Schema.Literal(true) }),
    ])),
  } satisfies Fields<RecordedRequest>,
);

const Answer = Schema.Struct(
  {
    status: Schema.Number,
    headers: Schema.Record(Schema.String, Schema.String),
    body: Schema.optionalKey(Body),
    cut: Schema.optionalKey(Schema.Union([Failure, Schema.Literal("not read further")])),
  } satisfies Fields<RecordedAnswer>,
);

const codec = Schema.Struct(
  {
    version: Schema.Literal(1),
    dssVersion: Schema.optionalKey(Schema.String),
    exchanges: Schema.Array(Schema.Struct({
      request: Request,
      answer: Schema.optionalKey(Answer),
      failure: Schema.optionalKey(Failure),
    })),
  } satisfies Fields<Cassette>,
) as Schema.Codec<Cassette, unknown>;

const CassetteInvalidBase: ErrorClass<CassetteInvalid, "CassetteInvalid", "detail"> = errorClass(
  "CassetteInvalid",
  () => ({
    detail: Schema.String,
  }),
);

/** Something is not a cassette of this version. */
export class CassetteInvalid extends CassetteInvalidBase {
  /** What is wrong with it. */
  declare readonly detail: string;
  /** One line. */
  override get message(): string {
    return `This is not a cassette of version 1: ${this.detail}`;
  }
}

/** Reads a cassette from its JSON text, or the bytes of a file of it, without losing a digit. */
export function readCassette(content: string | Uint8Array): Effect.Effect<Cassette, CassetteInvalid> {
  return Effect.gen(function* () {
    const text = typeof content === "string" ? content : yield* Effect.mapError(
      Effect.fromResult(fileText(content)),
      (what) => new CassetteInvalid({ detail: `it ${what}` }),
    );
    const json = yield* Effect.try({
      try: () => parseExact(withoutMark(text)),
      catch: () => new CassetteInvalid({ detail: "it is not JSON" }),
    });
    return yield* Effect.mapError(
      decodeValue(json, codec),
      ({ field, detail }) => new CassetteInvalid({ detail: field === "" ? detail : `${field}: ${detail}` }),
    );
  });
}
