/**
 * What version 15.2.0 of the official Python client sends, recorded call by call on a server that answers invented replies; where 14.3.3
 * sends something else, that too.
 *
 * @module
 */
import { readdirSync, readFileSync } from "node:fs";

/** A body as it went over the wire. */
export type Body =
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "form"; readonly value: ReadonlyArray<readonly [name: string, value: string]> }
  | { readonly kind: "raw"; readonly text?: string; readonly size?: number }
  | { readonly kind: "multipart"; readonly parts: ReadonlyArray<BodyPart> };

/** A part of a multipart body. Bytes that are no text have only a size. */
export interface BodyPart {
  readonly name: string;
  readonly filename: string;
  readonly contentType: string | null;
  readonly size: number;
  readonly text?: string;
}

/** A request as it went over the wire. */
export interface WireRequest {
  readonly verb: string;
  /** Whole path, percent-encoded as it was sent. */
  readonly path: string;
  readonly query?: ReadonlyArray<readonly [name: string, value: string]>;
  /** Of the recording: only those that the call itself asks for. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body;
}

/** What the recorder answered. */
export interface RecordedReply {
  readonly status: number;
  readonly kind: "json" | "text" | "empty" | "bytes";
  readonly value?: unknown;
}

/** One call of a method, with everything that it sent; the replies are in the order of the requests. */
export interface RecordedCase {
  /** In Python. */
  readonly call: string;
  /** What is odd about it. */
  readonly note?: string;
  readonly requests: ReadonlyArray<WireRequest>;
  /** What 14.3.3 sends in their place, which an older DSS is asked. */
  readonly before?: ReadonlyArray<WireRequest>;
  /** Of what came with 15.2.0 there are none. */
  readonly replies: ReadonlyArray<RecordedReply>;
}

/** A part of the official client. */
export interface RecordedArea {
  readonly area: string;
  /** The methods that send something, as `DSSJob.abort`. */
  readonly methods: Readonly<Record<string, ReadonlyArray<RecordedCase>>>;
  /** Public members that send nothing. */
  readonly withoutRequest: ReadonlyArray<string>;
}

const folder = new URL("../recorded/", import.meta.url);

const files = readdirSync(folder).flatMap((area) =>
  readdirSync(new URL(area, folder)).map((file) => `${area}/${file}`)
);

/** All recordings, in the order of their names. */
export const recordedAreas: ReadonlyArray<RecordedArea> = files
  .map((file): RecordedArea => JSON.parse(readFileSync(new URL(file, folder), "utf8")))
  .sort((one, other) => one.area < other.area ? -1 : 1);

/** What Dataiku's documentation lists, by page and class. */
export const documented: Readonly<Record<string, Readonly<Record<string, ReadonlyArray<string>>>>> = JSON.parse(
  readFileSync(new URL("../documented.json", import.meta.url), "utf8"),
);
