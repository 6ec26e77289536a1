/**
 * What to do about a failure, for each cause by its own: one sentence for many causes helps with none of them.
 *
 * @module
 * @internal
 */

/**
 * Why no trusted connection came about.
 *
 * - `unknownAuthority`: nobody whom the runtime trusts has signed the certificate;
 * - `expired`, `notYetValid`, `revoked`: it was good once, or will be, or is not any more;
 * - `wrongHost`: it is that of another host;
 * - `unfitCertificate`: it is none for a server, or made in a way that the runtime does not take;
 * - `clientCertificate`: a certificate of the client is wanted;
 * - `refusedCertificate`: that of the client is not taken;
 * - `version`: no version of TLS is known to both;
 * - `noAgreement`: no cipher is, or a certificate of the client is wanted (before TLS 1.3 nothing tells them apart);
 * - `noTls`: what listens does not speak TLS;
 * - `plainHttp`: `http://` was used where `https://` is wanted;
 * - `other`: something else.
 */
export type TlsProblem =
  | "unknownAuthority"
  | "expired"
  | "notYetValid"
  | "revoked"
  | "wrongHost"
  | "unfitCertificate"
  | "clientCertificate"
  | "refusedCertificate"
  | "version"
  | "noAgreement"
  | "noTls"
  | "plainHttp"
  | "other";

/** What to do about a problem of trust. */
export const tlsHints: Readonly<Record<TlsProblem, string>> = {
  unknownAuthority: "give the authority that signed its certificate",
  expired: "its certificate has expired, have it renewed, or set the clock of this machine",
  notYetValid: "its certificate is not valid yet, set the clock of this machine, or wait",
  revoked: "its certificate was revoked, have another one made",
  wrongHost: "its certificate is that of another host, use the name that it is for in the URL",
  unfitCertificate:
    "its certificate is none that this runtime takes for a server, have one made for it by an authority",
  clientCertificate: "it asks for a certificate of the client, give one with its key",
  refusedCertificate: "it does not take the certificate of the client, give one that its authority has signed",
  version: "it speaks no version of TLS that this runtime knows, have TLS 1.2 or 1.3 switched on there",
  noAgreement:
    "it asks for a certificate of the client, or shares no cipher with this runtime, give the certificate first",
  noTls: "what listens there speaks no TLS, use http:// or another port",
  plainHttp: "what listens there speaks TLS, use https:// in the URL",
  other: "look at the certificate and the settings of TLS there",
};

/**
 * Why a connection failed, where more is known than that it did.
 *
 * - `notPermitted`: the runtime lacks a permission;
 * - `blockedPort`: the runtime does not connect to this port;
 * - `notHttp`: what came was no answer of HTTP;
 * - `broken`: the connection was there, and broke.
 */
export type ConnectionProblem = "notPermitted" | "blockedPort" | "notHttp" | "broken";

/** What to do about a connection that failed. */
export const connectionHints: Readonly<Record<ConnectionProblem, string>> = {
  notPermitted: "give the program the permission, as --allow-net on Deno or --allow-net of the permissions of Node",
  blockedPort: "runtimes do not connect to this port, have DSS listen on another one",
  notHttp: "what listens there does not speak HTTP, check the port, and whether https:// is meant",
  broken: "the connection was closed before an answer came, by DSS or something on the way; " +
    "of a server that asks for a certificate of the client, Node says no more",
};

const gatewayIsSlow =
  "a gateway before DSS has waited in vain; DSS or the way to it is slow, or the gateway needs a longer time-out";
const gatewayIsAlone = "a gateway before DSS does not reach it; DSS is starting or down, try again later";
const gatewayDistrusts = "a gateway before DSS has no trusted connection to it; check the certificate of DSS there";

/** What a status says of what is to be done, whoever sent it. */
export const statusHints: Readonly<Record<number, string>> = {
  408: gatewayIsSlow,
  411:
    "DSS or a proxy wants to know the length: upload bytes or a Blob, or a file with fileContent, in place of a stream",
  413:
    "DSS or a proxy takes no bodies of this size: send less at once, or have its limit raised (client_max_body_size of nginx)",
  414: "the address is too long for DSS or a proxy: ask with less in the query, or have the limit raised",
  431: "the headers are too long for DSS or a proxy: give fewer or shorter `headers` in the options",
  494: "the headers are too long for DSS or a proxy: give fewer or shorter `headers` in the options",
  499: gatewayIsSlow,
  502: gatewayIsAlone,
  504: gatewayIsSlow,
  521: gatewayIsAlone,
  522: gatewayIsAlone,
  523: gatewayIsAlone,
  524: gatewayIsSlow,
  525: gatewayDistrusts,
  526: gatewayDistrusts,
  530: gatewayIsAlone,
  598: gatewayIsSlow,
  599: gatewayIsAlone,
};

/** What a page with a status says of what is to be done. */
export const pageHint = (status: number): string => {
  if (status === 401) {
    return "something before DSS asks who you are, a proxy or a login: give what it wants in `headers`";
  }
  if (status === 403) {
    return "a firewall or a proxy before DSS refuses the request, DSS has not seen it: ask who runs it";
  }
  if (status >= 500) return "something before DSS failed, or DSS itself did in its outermost part: look at their logs";
  return "the URL is not that of DSS, or a proxy or a login page answers before it";
};
