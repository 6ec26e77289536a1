/**
 * Requests to DSS, as values.
 *
 * @module
 */
import type * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import { unfitValue } from "../json/json_text.ts";
import type * as Stream from "effect/Stream";

/** A path below the public API of DSS, made by {@linkcode path}. */
export interface Path {
  /** The path with `{}` for every hole, and `{+}` for the path of a file: what spans and errors show. */
  readonly template: string;
  /** The path with every hole percent-encoded as one segment. */
  readonly value: string;
  /** Why the path cannot be sent, when a hole cannot be a segment. */
  readonly invalid?: string;
  /** Holes that are secrets: they are removed from everything that DSS or the runtime says of the request. */
  readonly secrets: ReadonlyArray<string>;
}

/** A path of a file below something, as `python-lib/my lib.py`: its slashes stay, what is between them is encoded. */
export interface FilePath {
  /** The parts between its slashes. */
  readonly segments: ReadonlyArray<string>;
}

/** Takes a text as the path of a file, for a hole of a {@linkcode path}; a slash at its beginning or its end does not count. */
export function filePath(path: string): FilePath {
  return { segments: path.replace(/^\//, "").replace(/\/$/, "").split("/") };
}

/** What fills a hole of a {@linkcode path}: an id, a number, a secret, or the path of a file. */
export type PathHole = string | number | Redacted.Redacted<string> | FilePath;

const quoted = (id: string): string => JSON.stringify(id.length > 40 ? `${id.slice(0, 40)}…` : id);

/** Why an id cannot be a segment of a path, or `undefined`. */
const unfit = (id: unknown): string | undefined => {
  if (typeof id === "number" && Number.isFinite(id)) return undefined;
  if (typeof id !== "string") {
    return `an id of the path ${unfitValue(id) ?? `is a ${typeof id}`}, expected the id of an object`;
  }
  if (id === "") return `an id of the path is empty, expected at least one character`;
  // A URL parser resolves these and reaches the parent: DELETE /projects/P/datasets/.. deletes P.
  if (id === "." || id === "..") return `the id ${quoted(id)} would change the path, expected the id of an object`;
  if (!id.isWellFormed()) return `the id ${quoted(id)} is not well-formed Unicode, expected the id of an object`;
  if (id.includes("\0")) return `the id ${quoted(id)} contains a NUL character, expected the id of an object`;
  return undefined;
};

const isFilePath = (hole: PathHole): hole is FilePath =>
  typeof hole === "object" && hole !== null && !Redacted.isRedacted(hole);

const segmentsOf = (hole: PathHole): ReadonlyArray<unknown> => {
  if (isFilePath(hole)) return Array.isArray(hole.segments) ? hole.segments : [hole];
  return [Redacted.isRedacted(hole) ? Redacted.value(hole) : hole];
};

/**
 * Builds a path, each hole percent-encoded as one segment.
 *
 * An id that cannot be a segment (empty, `.`, `..`, a NUL character, malformed Unicode) gives a path that every verb of `Dss` refuses with
 * `Invalid` before anything is sent.
 *
 * @example
 * ```ts
 * import { path } from "@effect-dataiku/dss/dss";
 *
 * const { value } = path`/projects/${"SALES"}/jobs/${"a/b"}/`;
 * if (value !== "/projects/SALES/jobs/a%2Fb/") throw new Error(value);
 * ```
 */
export function path(strings: TemplateStringsArray, ...holes: ReadonlyArray<PathHole>): Path {
  const secrets: Array<string> = [];
  let template = strings[0]!;
  let value = template;
  let invalid: string | undefined;
  for (let at = 0; at < holes.length; at++) {
    const [hole, after] = [holes[at]!, strings[at + 1]!];
    const segments = segmentsOf(hole);
    const isSecret = Redacted.isRedacted(hole);
    if (isSecret) secrets.push(...segments.map(String));
    const why = segments.map(unfit).find((why) => why !== undefined);
    invalid ??= why !== undefined && isSecret ? "a secret of the path is not a usable id" : why;
    template += `${isFilePath(hole) ? "{+}" : "{}"}${after}`;
    if (invalid === undefined) value += segments.map((id) => encodeURIComponent(String(id))).join("/") + after;
  }
  return invalid === undefined ? { template, value, secrets } : { template, value: template, secrets, invalid };
}

/** A value that goes as JSON text where bytes or text are expected: in a query, or as a part of a form. */
export interface AsJson {
  /** The value. */
  readonly json: unknown;
}

/** Values of a query: `undefined` and `null` are left out, an array repeats its name. */
export type Query = Readonly<
  Record<string, string | number | boolean | null | undefined | AsJson | ReadonlyArray<string | number | boolean>>
>;

/**
 * Bytes to upload.
 *
 * A `Blob` or an array goes with its length. A stream goes in pieces (`Transfer-Encoding: chunked`), which some proxies refuse with 411;
 * it is read once for each attempt, so it must be one that can be read again, or the request one that is not repeated.
 */
export type Content = Uint8Array | Blob | Stream.Stream<Uint8Array, unknown>;

/** A part of a multipart body. */
export interface Part {
  /** Name of the field; DSS takes most files as `file`. */
  readonly name: string;
  /** The bytes, or what goes as JSON. */
  readonly content: Content | AsJson;
  /** Name of the file; by default that of a `File`, or `file`. */
  readonly fileName?: string;
  /**
   * Media type of the part.
   *
   * @default {"application/octet-stream"}
   */
  readonly type?: string;
}

/** What a {@linkcode DssRequest} may say besides its method and path. */
export interface RequestOptions {
  /** Query parameters. */
  readonly query?: Query;
  /**
   * A body sent as `application/json`: any JSON value; `undefined` sends none, and a property that is `undefined` is left out. What JSON cannot
   * hold as it is (a number that is not finite, a bigint, a date, a secret) is `Invalid` with its path, and nothing is sent.
   */
  readonly json?: unknown;
  /** A body sent as `multipart/form-data`. */
  readonly parts?: ReadonlyArray<Part>;
  /** A body of bytes, sent as `application/octet-stream`. */
  readonly content?: Content;
  /**
   * Whether sending the request twice is the same as once, so that it is retried when its answer was lost.
   *
   * @default {true for GET, PUT and DELETE, false for POST}
   */
  readonly repeatable?: boolean;
  /**
   * Looks whether the request was carried out, before it is sent again after a lost answer: it is not sent again then, nor when the look
   * fails, and its end is `OutcomeUnknown`. By default nobody looks.
   */
  readonly unlessDone?: Effect.Effect<boolean, unknown>;
  /**
   * First version of DSS that knows this call, as `14.4`: on an instance whose answers tell an older one it fails as `RequiresDss`, without
   * being sent when one was seen before. By default all versions know it.
   */
  readonly since?: string;
  /** Answered by DSS only when the work is done: the long deadline applies. */
  readonly slow?: boolean;
  /** The method that gives the same as a stream, as `Jobs.logStream`: told when the answer does not fit into memory. */
  readonly streamedBy?: string;
  /** Whether an HTML page is asked for; from all other calls one is taken for a login page, or that of a proxy. */
  readonly page?: boolean;
  /** Whether numbers of the answer that JavaScript cannot hold keep their digits, for documents that are written back. */
  readonly exact?: boolean;
  /** @internal The text of `json`, where it is written already. */
  readonly jsonText?: string;
  /** @internal What an answer with this very text says: it needs not be read. */
  readonly known?: { readonly text: string; readonly value: unknown };
  /** Starts something: once on the wire it cannot be interrupted, so that what was started is always known. */
  readonly starts?: boolean;
}

/** A request to DSS: a value, sent by the verbs of `Dss`. */
export interface DssRequest extends RequestOptions {
  /** HTTP method. */
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path below the public API. */
  readonly path: Path;
}

/** A request that reads. */
export function get(path: Path, options?: RequestOptions): DssRequest {
  return { ...options, method: "GET", path };
}

/** A request that acts: never sent twice unless it is said to be repeatable. */
export function post(path: Path, options?: RequestOptions): DssRequest {
  return { ...options, method: "POST", path };
}

/** A request that writes, the same when sent twice. */
export function put(path: Path, options?: RequestOptions): DssRequest {
  return { ...options, method: "PUT", path };
}

/** A request that deletes, the same when sent twice. */
export function del(path: Path, options?: RequestOptions): DssRequest {
  return { ...options, method: "DELETE", path };
}
