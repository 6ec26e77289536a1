/**
 * What an answer says: JSON that is decoded, and pages that are refused.
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
import { type Answer, charsetOf, lenientText, promisedLength } from "./body.ts";
import { decoderOf } from "../json/decoder.ts";
import { JsonOutline, mayBeDeep } from "../json/json_outline.ts";
import { parseExact, parseJson } from "../json/exact_json.ts";
import { joined } from "./joined.ts";
import type { DssRequest } from "./request.ts";
import { beginsPage, headLength, headOf, isPage, isPageType, isVagueType, pageTitle } from "./page.ts";
import { oneLine } from "../errors/one_line.ts";
import { type DssErrorReason, type TimedOut, Truncated, Undecodable, UnexpectedContent } from "../errors/reasons.ts";
import type { Scrub } from "../errors/scrubber.ts";

/** The first words of a body: enough to know a page, and its title. */
const headText = (bytes: Uint8Array): string => lenientText(bytes.subarray(0, headLength));

/** What objects, lists and texts of JSON begin with. */
const beginsJson: ReadonlyArray<number> = [0x7b, 0x5b, 0x22];

/** Strictly: a replaced character would be a lost one. */
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** A page where DSS answers none: a login page with 200 means that nothing was done. */
const pageIn = ({ status, headers }: Answer, bytes: Uint8Array, scrub: Scrub): UnexpectedContent | undefined => {
  // What begins as JSON is looked at no further.
  if (beginsJson.includes(bytes[0] ?? 0) && !isPageType(headers["content-type"])) return undefined;
  const head = headText(bytes);
  return isPage(head, headers["content-type"])
    ? new UnexpectedContent({ status, found: "html", detail: pageTitle(head, scrub) })
    : undefined;
};

/** Refuses a page. */
export const refusePage = (answer: Answer, bytes: Uint8Array, scrub: Scrub): Effect.Effect<void, UnexpectedContent> => {
  const page = pageIn(answer, bytes, scrub);
  return page === undefined ? Effect.void : Effect.fail(page);
};

/** Most of a stream that is held back until it is known to be no page, in bytes. */
const heldBack = 4096;

/** Refuses a page that comes as a stream: what says of itself that it is one, and what says nothing and begins as one. */
export const refusePageStream = (
  { status, headers }: Answer,
  bytes: Stream.Stream<Uint8Array, DssErrorReason>,
  scrub: Scrub,
): Stream.Stream<Uint8Array, DssErrorReason> => {
  const contentType = headers["content-type"];
  const page = (head: Uint8Array): UnexpectedContent =>
    new UnexpectedContent({ status, found: "html", detail: pageTitle(headText(head), scrub) });
  if (isPageType(contentType)) return Stream.fail(page(new Uint8Array()));
  if (!isVagueType(contentType)) return bytes;
  return Stream.suspend(() => {
    let held: Uint8Array | undefined = new Uint8Array();
    /** What may be handed out, once it is known; everything at the end. */
    const seen = (piece: Uint8Array, isEnd: boolean): Effect.Effect<ReadonlyArray<Uint8Array>, UnexpectedContent> => {
      if (held === undefined) return Effect.succeed([piece]);
      const all: Uint8Array = held.length === 0 ? piece : joined([held, piece]);
      const begins = beginsPage(new TextDecoder().decode(all.subarray(0, heldBack), { stream: true }));
      if (begins === true) return Effect.fail(page(all));
      const isKnown = begins === false || isEnd || all.length >= heldBack;
      held = isKnown ? undefined : all.slice(); // its buffer may be used again
      return Effect.succeed(isKnown && all.length > 0 ? [all] : []);
    };
    return bytes.pipe(
      Stream.mapEffect((piece) => seen(piece, false)),
      Stream.concat(
        Stream.suspend(() => held === undefined ? Stream.empty : Stream.fromEffect(seen(new Uint8Array(), true))),
      ),
      Stream.flattenIterable,
    );
  });
};

/** The path of a field, as `[0].def.id`. */
const fieldOf = (path: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> = []): string =>
  path.map((part) => typeof part === "object" ? part.key : part).map((part) =>
    typeof part === "number" ? `[${part}]` : `.${String(part)}`
  ).join("").replace(/^\./, "");

const issues = SchemaIssue.makeFormatterStandardSchemaV1();

/** From so many bytes on, JSON that may be deep is looked through before it is parsed: what parses for long is not begun in vain. */
const long = 262_144;

/** From so many bytes on, all of it is. */
const huge = 8_388_608;

/** How much is looked through at once, in bytes: a few milliseconds. */
const stretch = 4_194_304;

/** Longest that a byte takes to be parsed and decoded, in milliseconds. */
const perByte = 25e-6;

/** Deepest JSON that is parsed: it takes long, and much memory, for each level. */
const deepest = 1_000_000;

const outlineOf = (answer: Answer, bytes: Uint8Array): Effect.Effect<JsonOutline, TimedOut> =>
  Effect.gen(function* () {
    const outline = new JsonOutline();
    for (let at = 0; at < bytes.length; at += stretch) {
      outline.add(bytes.subarray(at, at + stretch));
      yield* Effect.yieldNow;
      const late = answer.leavesNoTime(0);
      if (late !== undefined) return yield* Effect.fail(late);
    }
    return outline;
  });

const incomplete = (answer: Answer): Truncated | Undecodable =>
  promisedLength(answer) === undefined
    ? new Truncated({ detail: "its JSON is not complete" })
    : new Undecodable({ field: "", detail: "it is not complete JSON" });

/** Whether a body was cut and only its content tells: Node hands out what it could decompress of one as if it were all. */
const isCutOff = (answer: Answer, bytes: Uint8Array): boolean => {
  if (promisedLength(answer) !== undefined) return false;
  if (bytes.length === 0) return answer.body.undone !== undefined;
  const outline = new JsonOutline();
  outline.add(bytes);
  return outline.endsInside;
};

type Failure = UnexpectedContent | Undecodable | Truncated | TimedOut;

/** A JSON body, decoded. */
export const decodeJson = <A>(
  answer: Answer,
  bytes: Uint8Array,
  schema: Schema.Codec<A, unknown>,
  { exact, known }: Pick<DssRequest, "exact" | "known">,
  scrub: Scrub,
): Effect.Effect<A, Failure> => {
  const page = pageIn(answer, bytes, scrub);
  if (page !== undefined) return Effect.fail(page);
  const decoded = Effect.suspend((): Effect.Effect<A, Failure> => {
    const text = textOf(answer, bytes, scrub);
    if (Result.isSuccess(text) && text.success === known?.text) return Effect.succeed(known.value as A);
    const parse = exact === true ? parseExact : parseJson;
    const json = Result.flatMap(text, (text) => parsedJson(answer, text, parse, scrub));
    if (Result.isFailure(json)) {
      return Effect.fail(bytes.length < huge && isCutOff(answer, bytes) ? incomplete(answer) : json.failure);
    }
    return Effect.mapError(
      decodeValue(json.success, schema),
      ({ field, detail }) => new Undecodable({ field: scrub(field), detail }),
    );
  });
  if (bytes.length < long || (bytes.length < huge && !mayBeDeep(bytes))) return decoded;
  return Effect.flatMap(outlineOf(answer, bytes), (outline): Effect.Effect<A, Failure> => {
    if (looksLikeJson(headText(bytes))) {
      if (outline.endsInside) return Effect.fail(incomplete(answer));
      if (outline.deepest > deepest) {
        return Effect.fail(new Undecodable({ field: "", detail: `it is nested ${outline.deepest} deep` }));
      }
    }
    const late = answer.leavesNoTime(bytes.length * perByte);
    return late === undefined ? decoded : Effect.fail(late);
  });
};

const looksLikeJson = (text: string): boolean => /^[\s\ufeff]*([[{"\d-]|true|false|null|$)/.test(text);

/** The character set of a text that is not UTF-8, when something tells it. */
const foreignCharset = (answer: Answer, bytes: Uint8Array): string | undefined => {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return "utf-16";
  const charset = charsetOf(answer);
  return charset === undefined || /^utf-?8$/.test(charset) ? undefined : charset;
};

const textOf = (answer: Answer, bytes: Uint8Array, scrub: Scrub): Result.Result<string, Undecodable> => {
  try {
    return Result.succeed(utf8.decode(bytes));
  } catch {
    const charset = foreignCharset(answer, bytes);
    return Result.fail(
      charset === undefined ? new Undecodable({ field: "", detail: "it is not UTF-8" }) : new Undecodable({
        field: "",
        detail: `it is not UTF-8 but ${oneLine(scrub(charset), 40)}`,
        advice: "something before DSS rewrites its answers, have them passed on as they are",
      }),
    );
  }
};

const parsedJson = (
  { status }: Answer,
  text: string,
  parse: (text: string) => unknown,
  scrub: Scrub,
): Result.Result<unknown, UnexpectedContent | Undecodable> => {
  try {
    return Result.succeed(parse(text));
  } catch {
    if (!/\S/.test(text)) return Result.fail(new UnexpectedContent({ status, found: "empty", detail: "" }));
    return Result.fail(
      looksLikeJson(text)
        ? new Undecodable({ field: "", detail: "it is not complete JSON" })
        : new UnexpectedContent({ status, found: "text", detail: oneLine(scrub(headOf(text)), 200) }),
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
