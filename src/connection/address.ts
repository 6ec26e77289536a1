/**
 * The address of an instance, and what authenticates a request to it.
 *
 * @module
 * @internal
 */
import * as Redacted from "effect/Redacted";
import type { Credentials, DssOptions } from "./dss_options.ts";

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
const isHeaderValue = (value: string): boolean => /^[\x20-\x7e\x80-\xff]*$/.test(value);

/** Why nobody can be acted for by this login; without one, the key would act for its own user. */
export const unfitLogin = (login: string): string | undefined => {
  if (login.trim() === "") return "the login to act for is empty, expected that of a user";
  return isHeaderValue(login)
    ? undefined
    : `the login ${JSON.stringify(login.slice(0, 40))} cannot be sent in a header, expected that of a user`;
};

const basic = (key: string): string => `Basic ${btoa(`${key}:`)}`;

const authentication = (
  credentials: Credentials,
): readonly [header: string, secret: string, value: (secret: string) => string] => {
  if ("apiKey" in credentials) return ["authorization", Redacted.value(credentials.apiKey), basic];
  if ("bearerToken" in credentials) {
    return ["authorization", Redacted.value(credentials.bearerToken), (token) => `Bearer ${token}`];
  }
  return ["x-dku-apiticket", Redacted.value(credentials.ticket), (ticket) => ticket];
};

/** The instance that the options name, or one sentence on why they cannot be right. */
export const readInstance = (options: DssOptions): Instance | { readonly wrong: string } => {
  const url = URL.canParse(options.url) ? new URL(options.url) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    // Without what may be a password or a token, wherever the mistake is.
    const shown = JSON.stringify(options.url.replace(/[?#].*/s, "").replace(/(\/\/)?[^]*@/, "$1"));
    return { wrong: `the URL ${shown} is not one, expected the address of DSS as https://dss.example.com` };
  }
  if (url.username !== "" || url.password !== "") {
    return { wrong: `the URL of ${url.host} holds a user or a password, expected the key in \`apiKey\`` };
  }
  if (!("apiKey" in options || "bearerToken" in options || "ticket" in options)) {
    return { wrong: "no credentials were given, expected one of `apiKey`, `bearerToken` and `ticket`" };
  }
  const key = "apiKey" in options ? options.apiKey : "bearerToken" in options ? options.bearerToken : options.ticket;
  if (!Redacted.isRedacted(key)) {
    return { wrong: 'the API key, token or ticket is not redacted, expected `Redacted.make(key)` of "effect"' };
  }
  const [header, secret, value] = authentication(options);
  if (secret.trim() === "" || !isHeaderValue(secret)) {
    return {
      wrong: `the API key, token or ticket is ${
        secret.trim() === "" ? "empty" : "not printable text"
      }, expected one that DSS gave`,
    };
  }
  const extra = Object.entries(options.headers ?? {});
  const plain = (header: string | Redacted.Redacted<string>): string =>
    Redacted.isRedacted(header) ? Redacted.value(header) : header;
  const nameless = extra.find(([name]) => !/^[\w!#$%&'*+.^`|~-]+$/.test(name));
  if (nameless !== undefined) return { wrong: `${JSON.stringify(nameless[0])} is not the name of a header` };
  const unsendable = extra.find(([, header]) => !isHeaderValue(plain(header)));
  if (unsendable !== undefined) return { wrong: `the value of the header ${unsendable[0]} is not printable text` };
  const unfit = options.proxyUser === undefined ? undefined : unfitLogin(options.proxyUser);
  if (unfit !== undefined) return { wrong: unfit };
  const origin = `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
  return {
    url: origin,
    origin,
    headers: {
      accept: "application/json, */*;q=0.5",
      ...Object.fromEntries(extra.map(([name, header]) => [name.toLowerCase(), plain(header)])),
      [header]: value(secret),
      ...(options.proxyUser === undefined ? {} : { "x-dku-proxyuser": options.proxyUser }),
    },
    secrets: [
      secret,
      btoa(`${secret}:`),
      ...extra.flatMap(([, header]) => Redacted.isRedacted(header) ? [Redacted.value(header)] : []),
    ],
  };
};
