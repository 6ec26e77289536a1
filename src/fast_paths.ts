/**
 * What is done in a faster way when that is possible. Tests play everything with and without.
 *
 * @module
 * @internal
 */

/** Which faster ways are taken. */
export interface FastPaths {
  /** Decoders that are compiled, where the runtime lets code be generated. */
  compiledDecoders: boolean;
  /** Requests that go to `fetch` directly and bring their whole answer in one step, with a timer of the runtime as deadline. */
  directFetch: boolean;
  /** No spans where no tracer is there to see them. */
  unseenSpans: boolean;
}

/** The faster ways that are taken: all of them. */
export const fastPaths: FastPaths = { compiledDecoders: true, directFetch: true, unseenSpans: true };
