/**
 * Who asks the simulated DSS.
 *
 * @module
 */

/** Who asks. */
export interface User {
  /** Login. */
  readonly login: string;
  /** Whether the key has an administrator's rights. */
  readonly admin: boolean;
}
