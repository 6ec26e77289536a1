/**
 * Where DSS is, who asks, and how patient the client is.
 *
 * @module
 */
import type * as Redacted from "effect/Redacted";
import type { TransportOptions } from "../transport/transport_options.ts";

/** Who asks: an API key (sent as HTTP Basic, the key as user name), a bearer token, or the ticket of a program inside DSS. */
export type Credentials =
  | { /** API key: personal, of a project, or global. */ readonly apiKey: Redacted.Redacted<string> }
  | { /** Token sent as `Authorization: Bearer`. */ readonly bearerToken: Redacted.Redacted<string> }
  | { /** Ticket sent as `X-DKU-APITicket`. */ readonly ticket: Redacted.Redacted<string> };

/** Everything of a connection besides its URL and its credentials. */
export interface ConnectionOptions extends TransportOptions {
  /** Headers of every request, as a gateway may ask for; a secret one as `Redacted`. */
  readonly headers?: Readonly<Record<string, string | Redacted.Redacted<string>>>;
  /** Login to act for, sent as `X-DKU-ProxyUser`; needs an administrator's key. See also `Dss.as`. */
  readonly proxyUser?: string;
}

/** Where DSS is, who asks, and how patient the client is. */
export type DssOptions = ConnectionOptions & Credentials & {
  /** Base URL, as `https://dss.example.com` or `http://localhost:11200`, without the path of the API. */
  readonly url: string;
};
