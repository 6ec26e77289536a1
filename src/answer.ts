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
import * as Schema from "effect/Schema";
import * as SchemaIssue from "effect/SchemaIssue";
import * as Stream from "effect/Stream";
import type * as HttpClientResponse from "effect/http/HttpClientResponse";
import { isHtml, pageTitle } from "./classify.ts";
import { oneLine } from "./one_line.ts";
import { type DssErrorReason, TooLarge, Truncated, Undecodable, UnexpectedContent } from "./reasons.ts";
import type { Scrub } from "./secrets.ts";

type Response = HttpClientResponse.HttpClientResponse;

/** Length that the header promises, when the body comes as it is. */
const promisedLength = (response: Response): number | undefined => {
  const { "content-length": length, "content-encoding": encoding } = response.headers;
  return length === undefined || (encoding !== undefined && encoding !== "identity") ? undefined : Number(length);
};

/** What came of a body, compared with what was promised. */
const complete = (response: Response, received: number): Effect.Effect<void, Truncated> => {
  const promised = promisedLength(response);
  return promised === undefined || Number.isNaN(promised) || received >= promised
    ? Effect.void
    : Effect.fail(new Truncated({ detail: `${received} of ${promised} bytes` }));
};

/** The bytes of a body, as they come; a body that ends early fails. */
export const streamBody = (
  response: Response,
  broken: (error: unknown) => DssErrorReason,
): Stream.Stream<Uint8Array, DssErrorReason> =>
  Stream.suspend(() => {
    let received = 0;
    return Stream.concat(
      response.stream.pipe(
        Stream.tap((chunk) => Effect.sync(() => void (received += chunk.length))),
        Stream.mapError(broken),
      ),
      Stream.suspend(() => Stream.fromEffectDrain(complete(response, received))),
    );
  });

/** The whole body, of at most `limit` bytes. */
export const readBody = (
  response: Response,
  limit: number,
  broken: (error: unknown) => DssErrorReason,
): Effect.Effect<Uint8Array, DssErrorReason> => {
  const tooLarge = new TooLarge({ limit });
  if ((promisedLength(response) ?? 0) > limit) return Effect.fail(tooLarge);
  return Effect.suspend(() => {
    const chunks: Array<Uint8Array> = [];
    let received = 0;
    // A fetch answer without a body has no stream: nothing was received.
    return Stream.runForEach(
      response.stream,
      (chunk) =>
        (received += chunk.length) > limit ? Effect.fail(tooLarge) : Effect.sync(() => void chunks.push(chunk)),
    ).pipe(
      Effect.catch((error) =>
        error._tag === "TooLarge" || (error._tag === "HttpClientError" && error.reason._tag === "EmptyBodyError")
          ? error._tag === "TooLarge" ? Effect.fail(error) : Effect.void
          : Effect.fail(broken(error))
      ),
      Effect.andThen(Effect.suspend(() => complete(response, received))),
      Effect.map(() => {
        if (chunks.length === 1) return chunks[0]!;
        const whole = new Uint8Array(received);
        let at = 0;
        for (const chunk of chunks) {
          whole.set(chunk, at);
          at += chunk.length;
        }
        return whole;
      }),
    );
  });
};

/** The text of a body that is shown to people: what is not UTF-8 is replaced. */
export const lenientText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Refuses a page where DSS answers none: a login page with 200 means that nothing was done. */
export const refusePage = (
  { status, headers }: Response,
  bytes: Uint8Array,
  scrub: Scrub,
): Effect.Effect<void, UnexpectedContent> =>
  isHtml(lenientText(bytes.subarray(0, 1024)), headers["content-type"])
    ? Effect.fail(new UnexpectedContent({ status, found: "html", detail: pageTitle(scrub(lenientText(bytes))) }))
    : Effect.void;

/** JSON is read strictly: a replaced character would be a lost one. */
const strictText = (bytes: Uint8Array): Effect.Effect<string, Undecodable> =>
  Effect.try({
    try: () => new TextDecoder("utf-8", { fatal: true }).decode(bytes),
    catch: () => new Undecodable({ field: "", detail: "it is not UTF-8" }),
  });

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
const isCutOff = (response: Response, bytes: Uint8Array): boolean =>
  promisedLength(response) === undefined &&
  (bytes.length === 0 ? response.headers["content-encoding"] !== undefined : endsInside(lenientText(bytes)));

/** A JSON body, decoded. */
export const decodeJson = <A>(
  response: Response,
  bytes: Uint8Array,
  schema: Schema.Codec<A, unknown>,
  parse: (text: string) => unknown,
  scrub: Scrub,
): Effect.Effect<A, UnexpectedContent | Undecodable | Truncated> =>
  Effect.gen(function* () {
    yield* refusePage(response, bytes, scrub);
    const json = yield* Effect.mapError(parseJson(response, bytes, parse, scrub), (error) =>
      isCutOff(response, bytes) ? new Truncated({ detail: "its JSON is not complete" }) : error);
    return yield* Effect.mapError(
      decodeValue(json, schema),
      ({ field, detail }) =>
        new Undecodable({ field: scrub(field), detail }),
    );
  });

const parseJson = (
  { status }: Response,
  bytes: Uint8Array,
  parse: (text: string) => unknown,
  scrub: Scrub,
): Effect.Effect<unknown, UnexpectedContent | Undecodable> =>
  Effect.gen(function* () {
    const text = yield* strictText(bytes);
    if (text.trim() === "") return yield* Effect.fail(new UnexpectedContent({ status, found: "empty", detail: "" }));
    return yield* Effect.try({
      try: () => parse(text),
      catch: () =>
        /^\s*([[{"\d-]|true|false|null)/.test(text)
          ? new Undecodable({ field: "", detail: "it is not complete JSON" })
          : new UnexpectedContent({ status, found: "text", detail: oneLine(scrub(text), 200) }),
    });
  });

/** A JSON value, decoded; `within` is the path of the value in the answer. */
export const decodeValue = <A>(
  json: unknown,
  schema: Schema.Codec<A, unknown>,
  within?: string,
): Effect.Effect<A, Undecodable> => {
  const exit = Schema.decodeUnknownExit(schema)(json);
  if (Exit.isSuccess(exit)) return Effect.succeed(exit.value);
  const error = Cause.findErrorOption(exit.cause);
  if (Option.isNone(error)) return Effect.failCause(exit.cause as Cause.Cause<never>);
  const first = issues(error.value.issue).issues[0];
  const field = [...(within === undefined ? [] : [within]), ...(first?.path ?? [])];
  return Effect.fail(new Undecodable({ field: fieldOf(field), detail: first?.message.split("\n")[0] ?? "unknown" }));
};
