/**
 * What is used of an answer.
 *
 * @module
 * @internal
 */
import type * as Result from "effect/Result";
import type * as HttpClientResponse from "effect/http/HttpClientResponse";
import type { DssErrorReason } from "../errors/reasons.ts";

/** An answer whose header has come. */
export interface Received
  extends Pick<HttpClientResponse.HttpClientResponse, "status" | "url" | "arrayBuffer" | "stream"> {
  /** With lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The encoding that was undone, by the runtime or by us: a body that was cut may look whole. */
  readonly undone?: string;
  /** Its bytes as the runtime hands them out, where nothing of them must be undone. */
  readonly web?: ReadableStream<Uint8Array> | undefined;
  /** Its whole body, or why that could not be read, where it came in one step with the header. */
  readonly whole?: Result.Result<Uint8Array, DssErrorReason>;
}
