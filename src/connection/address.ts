/**
 * The address of an instance, and what authenticates a request to it.
 *
 * @module
 * @internal
 */
import * as Redacted from "effect/Redacted";
import { isSecretName, secretsOfHeader } from "../errors/secret_names.ts";
import { type Instance, isHeaderValue, unfitLogin } from "../transport/instance.ts";
import type { Credentials, DssOptions } from "./dss_options.ts";

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
      ...extra.flatMap(([name, header]) =>
        Redacted.isRedacted(header) || isSecretName(name) ? secretsOfHeader(plain(header)) : []
      ),
    ],
  };
};
