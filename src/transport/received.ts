/**
 * What is used of an answer.
 *
 * @module
 * @internal
 */
import type * as HttpClientResponse from "effect/http/HttpClientResponse";

/** An answer whose header has come. */
export interface Received
  extends Pick<HttpClientResponse.HttpClientResponse, "status" | "headers" | "url" | "arrayBuffer" | "stream"> {
  /** The encoding that was undone, by the runtime or by us: a body that was cut may look whole. */
  readonly undone?: string;
}
