/**
 * The instance that requests go to, and what goes with each of them.
 *
 * @module
 * @internal
 */

/** The options of a connection, read and checked. */
export interface Instance {
  /** Base URL without a final slash. */
  readonly url: string;
  /** What errors show: the URL without user, password and query. */
  readonly origin: string;
  /** Headers of every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** What must not be shown. */
  readonly secrets: ReadonlyArray<string>;
}

/** Header values are sent as bytes: anything else would fail deep inside the runtime, with the value in its message. */
export const isHeaderValue = (value: string): boolean => /^[\x20-\x7e\x80-\xff]*$/.test(value);

/** Why nobody can be acted for by this login; without one, the key would act for its own user. */
export const unfitLogin = (login: string): string | undefined => {
  if (login.trim() === "") return "the login to act for is empty, expected that of a user";
  return isHeaderValue(login)
    ? undefined
    : `the login ${JSON.stringify(login.slice(0, 40))} cannot be sent in a header, expected that of a user`;
};
