/**
 * Faults that can be put between a program and the simulated DSS.
 *
 * @module
 */

/**
 * A fault by name.
 *
 * - `refused`: nothing listens, and nothing was sent.
 * - `lost request`: the connection breaks before DSS sees the request; `lost answer`: after DSS has done what was asked.
 * - `stalled header`: DSS does what was asked and never answers; `stalled body`: half of the answer comes, then nothing.
 * - `truncated body`: the connection breaks in the middle of the answer.
 * - `unavailable`: 503 from a gateway; `bad gateway`: 502 with HTML; `rate limited`: 429 with `Retry-After: 2`. DSS sees nothing of these requests.
 * - `login page`: 200 with HTML; `redirect`: 302 to a login page. DSS sees nothing of these requests.
 * - `malformed json`: 200 with broken JSON; `empty answer`: 200 with nothing. DSS has done what was asked.
 */
export type Fault =
  | "refused"
  | "lost request"
  | "lost answer"
  | "stalled header"
  | "stalled body"
  | "truncated body"
  | "unavailable"
  | "bad gateway"
  | "rate limited"
  | "login page"
  | "redirect"
  | "malformed json"
  | "empty answer";

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
