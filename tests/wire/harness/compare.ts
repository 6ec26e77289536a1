/**
 * Whether we send what the official client sends.
 *
 * @module
 */
import { equalJson } from "../../../src/json/exact_json.ts";
import type { Body, BodyPart, WireRequest } from "./recording.ts";

/** The allowed differences. There are no others. */
export type Rule =
  /** We encode what the official client puts into the path as it is. */
  | "percent-encoding"
  /** The official client writes some paths with `//`, which DSS takes for `/`. */
  | "double slash"
  /** `true` for Python's `True`. */
  | "case of booleans"
  /** Python writes JSON in a query with blanks. */
  | "blanks of JSON"
  /** The official client sends JSON without naming it, and parts without a type. */
  | "Content-Type"
  /** The official client reads with a body, which fetch cannot send and DSS does not need. */
  | "body of a read"
  /** We look at a future with `peek=true`, and only then take its result. */
  | "peek"
  /** We ask for a future where the official client blocks. */
  | "wait=false"
  /** We read what we wrote. */
  | "read-back"
  /** We ask whether a stream, or the stop or start of a code studio, ended well, which the official client leaves to its caller. */
  | "verification"
  /** Each reader of rows makes the id of its read. */
  | "id of a read"
  /** We ask for the columns before the rows, which they type. */
  | "schema first"
  /** We wait with fewer or more looks. */
  | "polls";

/** How two conversations compare. */
export interface Verdict {
  /** The rules that were needed. */
  readonly rules: ReadonlyArray<Rule>;
  /** Everything that no rule allows; empty when the conversations are the same. */
  readonly differences: ReadonlyArray<string>;
}

/** A request in one line. */
export const line = ({ verb, path, query = [] }: WireRequest): string =>
  `${verb} ${path}${query.length === 0 ? "" : `?${query.map((pair) => pair.join("=")).join("&")}`}`;

const decoded = (path: string): string => path.split("/").map(decodeURIComponent).join("/");

/** Path and query as somebody typed them: an id with a question mark, sent as it is, has become a query. */
const asTyped = ({ path, query = [] }: WireRequest): string =>
  [decoded(path), query.map(([name, value]) => value === "" ? name : `${name}=${value}`).join("&")]
    .filter((part) => part !== "").join("?");

const isRead = ({ verb }: WireRequest): boolean => verb === "GET";

const valueOf = ({ query = [] }: WireRequest, name: string): string | undefined =>
  query.find(([other]) => other === name)?.[1].toLowerCase();

const values = ({ query = [] }: WireRequest, name: string): ReadonlyArray<string> =>
  query.filter(([other]) => other === name).map(([, value]) => value);

const isSameJson = (ours: string, theirs: string): boolean => {
  if (!/^[[{]/.test(ours) || !/^[[{]/.test(theirs)) return false;
  try {
    return equalJson(JSON.parse(ours), JSON.parse(theirs));
  } catch {
    return false; // one of them is no JSON
  }
};

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

const parameterRule = (name: string, ours: string | undefined, theirs: string | undefined): Rule | undefined => {
  if (ours === undefined || theirs === undefined || ours === theirs) return undefined;
  if (ours === theirs.toLowerCase() && ["True", "False"].includes(theirs)) return "case of booleans";
  if (name === "peek" && ours === "true" && theirs === "False") return "peek";
  if (name === "readSessionId" && uuid.test(ours) && uuid.test(theirs)) return "id of a read";
  if (isSameJson(ours, theirs)) return "blanks of JSON";
  return name === "wait" && ours === "false" && theirs === "True" ? "wait=false" : undefined;
};

const withSingleSlashes = (path: string): string => path.replaceAll(/\/{2,}/g, "/");

/** The rules by which two requests ask the same, apart from their bodies, or `undefined` when they do not. */
export const sameAddress = (ours: WireRequest, theirs: WireRequest): ReadonlyArray<Rule> | undefined => {
  if (ours.verb !== theirs.verb) return undefined;
  const path = withSingleSlashes(theirs.path);
  if (path !== theirs.path && ours.path === withSingleSlashes(ours.path)) {
    const rules = sameAddress(ours, { ...theirs, path });
    return rules === undefined ? undefined : ["double slash", ...rules];
  }
  const rules: Array<Rule> = [];
  if (ours.path !== theirs.path) {
    rules.push("percent-encoding");
    if (decoded(ours.path) !== decoded(theirs.path)) return asTyped(ours) === asTyped(theirs) ? rules : undefined;
  }
  for (const name of new Set([...ours.query ?? [], ...theirs.query ?? []].map(([name]) => name))) {
    const [mine, recorded] = [values(ours, name), values(theirs, name)];
    if (mine.length !== recorded.length) return undefined;
    for (const [at, value] of mine.entries()) {
      const rule = parameterRule(name, value, recorded[at]);
      if (rule === undefined && value !== recorded[at]) return undefined;
      if (rule !== undefined) rules.push(rule);
    }
  }
  return rules;
};

/** What counts of a part, as far as it was recorded: the blanks of JSON do not. */
const partKnown = ({ name, filename, size, text, contentType }: BodyPart, recorded?: BodyPart): unknown => {
  if (text === undefined || (recorded !== undefined && recorded.text === undefined)) return { name, filename, size };
  return contentType === "application/json"
    ? { name, filename, value: JSON.parse(text) }
    : { name, filename, size, text };
};

/** What differs between two bodies. */
const bodyDifference = (ours: Body | undefined, theirs: Body | undefined): boolean => {
  if (ours?.kind === "json" && theirs?.kind === "json") return !equalJson(ours.value, theirs.value);
  if (ours?.kind === "raw" && theirs?.kind === "raw") {
    return theirs.text === undefined ? ours.size !== theirs.size : ours.text !== theirs.text;
  }
  if (ours?.kind === "multipart" && theirs?.kind === "multipart") {
    return !equalJson(
      ours.parts.map((part, at) => partKnown(part, theirs.parts[at])),
      theirs.parts.map((part) => partKnown(part)),
    );
  }
  return !equalJson(ours, theirs);
};

const compareRequests = (ours: WireRequest, theirs: WireRequest): Verdict => {
  const rules = sameAddress(ours, theirs);
  if (rules === undefined) return { rules: [], differences: [`recorded ${line(theirs)}\nsent     ${line(ours)}`] };
  const differences: Array<string> = [];
  for (const [name, value] of Object.entries(theirs.headers ?? {})) {
    const sent = ours.headers?.[name];
    if (sent !== value) differences.push(`${line(ours)}: header ${name} is ${sent}, recorded ${value}`);
  }
  if (isRead(theirs) && theirs.body !== undefined && ours.body === undefined) {
    return { rules: [...rules, "body of a read"], differences };
  }
  if (bodyDifference(ours.body, theirs.body)) {
    const [sent, recorded] = [ours.body, theirs.body].map((body) => JSON.stringify(body));
    differences.push(`${line(ours)}\nrecorded ${recorded ?? "no body"}\nsent     ${sent ?? "no body"}`);
  }
  const named = theirs.body?.kind === "json" || theirs.body?.kind === "multipart" || theirs.body?.kind === "raw";
  return { rules: named ? [...rules, "Content-Type"] : rules, differences };
};

const isLookBeforeTaking = (look: WireRequest, next: WireRequest | undefined): boolean =>
  next !== undefined && isRead(look) && isRead(next) && look.path === next.path &&
  valueOf(look, "peek") === "true" && valueOf(next, "peek") === "false";

/** One look of each that a wait repeats, between two writes. */
const withoutRepeats = (
  requests: ReadonlyArray<WireRequest>,
  isPolled: (request: WireRequest) => boolean,
): ReadonlyArray<WireRequest> => {
  const kept: Array<WireRequest> = [];
  let since = 0;
  for (const request of requests) {
    const isSeen = kept.slice(since).some((other) => sameAddress(request, other) ?? sameAddress(other, request));
    if (isRead(request) && isPolled(request) && isSeen) continue;
    kept.push(request);
    if (!isRead(request)) since = kept.length;
  }
  return kept;
};

/** Compares what one call of ours sent with what is recorded. */
export const compare = (sent: ReadonlyArray<WireRequest>, recorded: ReadonlyArray<WireRequest>): Verdict => {
  // Only what the recording itself repeats is a wait.
  const polled = recorded.filter((request, at) =>
    isRead(request) && recorded.slice(0, at).some((earlier) => sameAddress(request, earlier))
  );
  const isPolled = (request: WireRequest): boolean => polled.some((other) => sameAddress(request, other));
  const ours = withoutRepeats(sent, isPolled);
  const theirs = [...withoutRepeats(recorded, isPolled)];
  const rules = new Set<Rule>(sent.length - ours.length === recorded.length - theirs.length ? [] : ["polls"]);
  const differences: Array<string> = [];
  const data = theirs.findIndex(({ path }, at) => theirs[at + 1]?.path === path.replace(/data\/$/, "schema"));
  if (data !== -1 && theirs[data]!.path.endsWith("/data/") && ours[0]?.path === theirs[data + 1]!.path) {
    theirs.splice(data, 2, theirs[data + 1]!, theirs[data]!);
    rules.add("schema first");
  }
  const isReadBack = (request: WireRequest, at: number): boolean =>
    isRead(request) && ours.slice(0, at).some((earlier) => !isRead(earlier)) &&
    [...ours.slice(0, at), ...recorded].some(({ path }) => path === request.path);

  const isVerification = (request: WireRequest, at: number): boolean => {
    const verified = [[/\/finish-streaming$/, "/stream"], [/\/status$/, "/stop"], [/\/status$/, "/restart"]] as const;
    return isRead(request) &&
      ours.slice(0, at).some(({ path }) =>
        verified.some(([asks, acts]) => asks.test(request.path) && path === request.path.replace(asks, acts))
      );
  };

  let next = 0;
  for (const [at, request] of ours.entries()) {
    const expected = theirs[next];
    const isExpected = expected !== undefined && sameAddress(request, expected) !== undefined;
    if (isLookBeforeTaking(request, ours[at + 1]) && (!isExpected || valueOf(expected, "peek") === "false")) {
      rules.add("peek");
    } else if (!isExpected && isReadBack(request, at)) {
      rules.add("read-back");
    } else if (!isExpected && isVerification(request, at)) {
      rules.add("verification");
    } else if (expected === undefined) {
      differences.push(`sent besides: ${line(request)}`);
    } else {
      const verdict = compareRequests(request, expected);
      verdict.rules.forEach((rule) => rules.add(rule));
      differences.push(...verdict.differences);
      next++;
    }
  }
  differences.push(...theirs.slice(next).map((request) => `not sent: ${line(request)}`));
  return { rules: [...rules], differences };
};
