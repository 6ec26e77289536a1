/**
 * Reading the body of an answer: bounded in memory, never silently cut.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Cause from "effect/Cause";
import * as Option from "effect/Option";
import * as Result from "effect/Result";
import type * as Schema from "effect/Schema";
import * as SchemaIssue from "effect/SchemaIssue";
import * as Stream from "effect/Stream";
import { decoderOf } from "../json/decoder.ts";
import { isHtml, pageTitle } from "./classify.ts";
import type { Received } from "./fetch_client.ts";
import { joined } from "./joined.ts";
import { oneLine } from "../errors/one_line.ts";
import { type DssErrorReason, TooLarge, Truncated, Undecodable, UnexpectedContent } from "../errors/reasons.ts";
import type { Scrub } from "../errors/scrubber.ts";

/** An answer whose header has come. */
export interface Answer {
  readonly status: number;
  /** With lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** What its body is read from. */
  readonly body: Pick<Received, "arrayBuffer" | "stream">;
}

/** Length that the header promises, when the body comes as it is. */
const promisedLength = (answer: Answer): number | undefined => {
  const { "content-length": length, "content-encoding": encoding } = answer.headers;
  return length === undefined || (encoding !== undefined && encoding !== "identity") ? undefined : Number(length);
};

/** What came of a body, compared with what was promised. */
const complete = (answer: Answer, received: number): Effect.Effect<void, Truncated> => {
  const promised = promisedLength(answer);
  return promised === undefined || Number.isNaN(promised) || received >= promised
    ? Effect.void
    : Effect.fail(new Truncated({ detail: `${received} of ${promised} bytes` }));
};

/** The bytes of a body, as they come; a body that ends early fails. */
export const streamBody = (
  answer: Answer,
  broken: (error: unknown) => DssErrorReason,
): Stream.Stream<Uint8Array, DssErrorReason> =>
  Stream.suspend(() => {
    let received = 0;
    return Stream.concat(
      answer.body.stream.pipe(
        Stream.tap((chunk) => Effect.sync(() => void (received += chunk.length))),
        Stream.mapError(broken),
      ),
      Stream.suspend(() => Stream.fromEffectDrain(complete(answer, received))),
    );
  });

/** The whole body, of at most `limit` bytes. */
export const readBody = (
  answer: Answer,
  limit: number,
  broken: (error: unknown) => DssErrorReason,
): Effect.Effect<Uint8Array, DssErrorReason> => {
  const promised = promisedLength(answer);
  if (promised === 0) return Effect.succeed(new Uint8Array());
  if (promised !== undefined && promised > limit) return Effect.fail(new TooLarge({ limit }));
  // A length that is known is held by HTTP itself: the runtime reads it at once.
  const bytes = promised !== undefined && promised > 0
    ? Effect.mapBoth(answer.body.arrayBuffer, { onFailure: broken, onSuccess: (buffer) => new Uint8Array(buffer) })
    : collected(answer, limit, broken);
  return Effect.tap(bytes, ({ length }) => complete(answer, length));
};

/** The bytes of a body of unknown length, of at most `limit`. */
const collected = (
  answer: Answer,
  limit: number,
  broken: (error: unknown) => DssErrorReason,
): Effect.Effect<Uint8Array, DssErrorReason> =>
  Effect.suspend(() => {
    const chunks: Array<Uint8Array> = [];
    let received = 0;
    // A fetch answer without a body has no stream: nothing was received.
    return Stream.runForEach(
      answer.body.stream,
      (chunk) =>
        (received += chunk.length) > limit
          ? Effect.fail(new TooLarge({ limit }))
          : Effect.sync(() => void chunks.push(chunk)),
    ).pipe(
      Effect.catch((error) =>
        error._tag === "TooLarge" || (error._tag === "HttpClientError" && error.reason._tag === "EmptyBodyError")
          ? error._tag === "TooLarge" ? Effect.fail(error) : Effect.void
          : Effect.fail(broken(error))
      ),
      Effect.map(() => chunks.length === 1 ? chunks[0]! : joined(chunks)),
    );
  });

/** The text of a body that is shown to people: what is not UTF-8 is replaced. */
export const lenientText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** A page where DSS answers none: a login page with 200 means that nothing was done. */
const pageIn = ({ status, headers }: Answer, bytes: Uint8Array, scrub: Scrub): UnexpectedContent | undefined =>
  isHtml(lenientText(bytes.subarray(0, 256)), headers["content-type"])
    ? new UnexpectedContent({ status, found: "html", detail: pageTitle(scrub(lenientText(bytes))) })
    : undefined;

/** Refuses a page. */
export const refusePage = (answer: Answer, bytes: Uint8Array, scrub: Scrub): Effect.Effect<void, UnexpectedContent> => {
  const page = pageIn(answer, bytes, scrub);
  return page === undefined ? Effect.void : Effect.fail(page);
};

/** The path of a field, as `[0].def.id`. */
const fieldOf = (path: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> = []): string =>
  path.map((part) => typeof part === "object" ? part.key : part).map((part) =>
    typeof part === "number" ? `[${part}]` : `.${String(part)}`
  ).join("").replace(/^\./, "");

const issues = SchemaIssue.makeFormatterStandardSchemaV1();

/** Whether a JSON text ends inside of an object, an array or a string. */
const endsInside = (text: string): boolean => {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"') inString = !inString;
    else if (inString) at += character === "\\" ? 1 : 0;
    else if ("[{".includes(character)) depth += 1;
    else if ("]}".includes(character)) depth -= 1;
  }
  return inString || depth > 0;
};

/** Whether a body was cut and only its content tells: Node hands out what it could decompress of one as if it were all. */
const isCutOff = (answer: Answer, bytes: Uint8Array): boolean =>
  promisedLength(answer) === undefined &&
  (bytes.length === 0 ? answer.headers["content-encoding"] !== undefined : endsInside(lenientText(bytes)));

/** A JSON body, decoded. */
export const decodeJson = <A>(
  answer: Answer,
  bytes: Uint8Array,
  schema: Schema.Codec<A, unknown>,
  parse: (text: string) => unknown,
  scrub: Scrub,
): Effect.Effect<A, UnexpectedContent | Undecodable | Truncated> => {
  const page = pageIn(answer, bytes, scrub);
  if (page !== undefined) return Effect.fail(page);
  const json = parsedJson(answer, bytes, parse, scrub);
  if (Result.isFailure(json)) {
    return Effect.fail(
      isCutOff(answer, bytes) ? new Truncated({ detail: "its JSON is not complete" }) : json.failure,
    );
  }
  return Effect.mapError(
    decodeValue(json.success, schema),
    ({ field, detail }) => new Undecodable({ field: scrub(field), detail }),
  );
};

const parsedJson = (
  { status }: Answer,
  bytes: Uint8Array,
  parse: (text: string) => unknown,
  scrub: Scrub,
): Result.Result<unknown, UnexpectedContent | Undecodable> => {
  let text: string;
  try {
    // Strictly: a replaced character would be a lost one.
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return Result.fail(new Undecodable({ field: "", detail: "it is not UTF-8" }));
  }
  try {
    return Result.succeed(parse(text));
  } catch {
    if (text.trim() === "") return Result.fail(new UnexpectedContent({ status, found: "empty", detail: "" }));
    return Result.fail(
      /^\s*([[{"\d-]|true|false|null)/.test(text)
        ? new Undecodable({ field: "", detail: "it is not complete JSON" })
        : new UnexpectedContent({ status, found: "text", detail: oneLine(scrub(text), 200) }),
    );
  }
};

/** A JSON value, decoded; `within` is the path of the value in the answer. */
export const decodeValue = <A>(
  json: unknown,
  schema: Schema.Codec<A, unknown>,
  within?: string,
): Effect.Effect<A, Undecodable> => {
  const exit = decoderOf(schema)(json);
  if (Exit.isSuccess(exit)) return Effect.succeed(exit.value);
  const error = Cause.findErrorOption(exit.cause);
  if (Option.isNone(error)) return Effect.failCause(exit.cause as Cause.Cause<never>);
  const first = issues(error.value.issue).issues[0];
  const field = [...(within === undefined ? [] : [within]), ...(first?.path ?? [])];
  return Effect.fail(new Undecodable({ field: fieldOf(field), detail: first?.message.split("\n")[0] ?? "unknown" }));
};
