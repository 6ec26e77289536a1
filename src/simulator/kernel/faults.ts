/**
 * Faults that can be put between a program and the simulated DSS.
 *
 * @module
 */

/**
 * A fault by name.
 *
 * DSS sees nothing of these requests:
 * - `refused`: nothing listens. `lost request`: the connection breaks before DSS has read the request.
 * - `unavailable`: 503 from a gateway; `bad gateway`: 502 with HTML; `rate limited`: 429 with `Retry-After: 2`.
 * - `login page`: 200 with HTML; `redirect`: 302 to a login page on another host.
 *
 * DSS does what these ask, and the answer is lost on its way:
 * - `lost answer`: the connection breaks before the header; `broken header`: within it; `lost body`: behind it.
 * - `truncated body`: the connection breaks in the middle of the body; `short body`: it is closed there; `unterminated body`: it is closed
 *   where the last chunk would come.
 * - `truncated gzip`, `corrupt gzip`: the compressed body is not whole, while its length is as promised.
 * - `stalled header`, `stalled body`: nothing comes any more.
 *
 * DSS does what these ask, and the answer is hard to use:
 * - `slow header`, `slow body`: in pieces, over 100 seconds; `slow answer`: in pieces, over 20 seconds.
 * - `malformed json`, `empty answer`, `huge body` (a body without an end).
 * - `stale connection`: the answer is well, and the connection breaks on the next request.
 */
export type Fault =
  | "refused"
  | "lost request"
  | "unavailable"
  | "bad gateway"
  | "rate limited"
  | "login page"
  | "redirect"
  | "lost answer"
  | "broken header"
  | "lost body"
  | "truncated body"
  | "short body"
  | "unterminated body"
  | "truncated gzip"
  | "corrupt gzip"
  | "stalled header"
  | "stalled body"
  | "slow header"
  | "slow body"
  | "slow answer"
  | "malformed json"
  | "empty answer"
  | "huge body"
  | "stale connection";

const named: Readonly<Record<Fault, true>> = {
  "refused": true,
  "lost request": true,
  "unavailable": true,
  "bad gateway": true,
  "rate limited": true,
  "login page": true,
  "redirect": true,
  "lost answer": true,
  "broken header": true,
  "lost body": true,
  "truncated body": true,
  "short body": true,
  "unterminated body": true,
  "truncated gzip": true,
  "corrupt gzip": true,
  "stalled header": true,
  "stalled body": true,
  "slow header": true,
  "slow body": true,
  "slow answer": true,
  "malformed json": true,
  "empty answer": true,
  "huge body": true,
  "stale connection": true,
};

/** @internal All faults; a record tells when one is forgotten. */
export const faultNames: ReadonlyArray<Fault> = Object.keys(named) as ReadonlyArray<Fault>;

/** Which requests meet a fault. */
export interface FaultOptions {
  /** HTTP method; by default any. */
  readonly method?: string;
  /** Part of the path below the prefix of the API; by default any. */
  readonly path?: string;
  /** How many requests meet it; by default one. */
  readonly times?: number;
  /** How many requests that would meet it are let through before. */
  readonly skip?: number;
}
