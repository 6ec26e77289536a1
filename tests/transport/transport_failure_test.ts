import { describe, expect, it } from "@effect/vitest";
import { HttpClientError, HttpClientRequest } from "effect/http";
import type { Unreachable } from "../../src/errors/reasons.ts";
import { transportFailure } from "../../src/transport/transport_failure.ts";

const instance = "https://dss.test";
const asIs = (text: string): string => text;
const during = (error: unknown, phase: "request" | "body" = "request") =>
  transportFailure(error, phase, instance, asIs);

/** As Effect hands on what `fetch` threw. */
const wrapped = (cause: unknown, address = `${instance}/x?key=s3cret`): Error =>
  new HttpClientError.HttpClientError({
    reason: new HttpClientError.TransportError({ request: HttpClientRequest.get(address), cause }),
  });

/** As Deno's `fetch` throws: everything is in the text. */
const deno = (text: string): Error => new TypeError(text);

/** As Node's `fetch` throws: a code on the cause. */
const node = (code: string, message = code): Error =>
  new TypeError("fetch failed", { cause: Object.assign(new Error(message), { code }) });

const sending = "error sending request for url (https://dss.test/dip/publicapi/x): ";

describe("nothing was sent", () => {
  const certain: ReadonlyArray<readonly [string, Error]> = [
    [
      "Deno: refused",
      deno(`${sending}client error (Connect): tcp connect error: Connection refused (os error 111)`),
    ],
    [
      "Deno: unknown host",
      deno(
        `${sending}client error (Connect): dns error: failed to lookup address information: Name or service not known: failed to lookup address information: Name or service not known`,
      ),
    ],
    ["Deno: gone in the handshake", deno(`${sending}client error (Connect): tls handshake eof`)],
    [
      "Deno: no permission",
      Object.assign(new Error('Requires net access to "dss.test:443", run again with the --allow-net flag'), {
        name: "NotCapable",
      }),
    ],
    ["Deno: a port that browsers block", deno("Fetch failed: Requests to port 25 are blocked")],
    ["Node: a port that browsers block", new TypeError("fetch failed", { cause: new Error("bad port") })],
    ["Node: refused", node("ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:1")],
    ["Node: unknown host", node("ENOTFOUND", "getaddrinfo ENOTFOUND dss.invalid")],
    ["Node: resolver", node("EAI_AGAIN")],
    ["Node: no route", node("EHOSTUNREACH")],
    ["Node: connection not in time", node("UND_ERR_CONNECT_TIMEOUT")],
    [
      "Node: refused on all addresses",
      new TypeError("fetch failed", {
        cause: new AggregateError([Object.assign(new Error("connect ECONNREFUSED ::1:1"), { code: "ECONNREFUSED" })]),
      }),
    ],
  ];
  it.each(certain)("%s", (_, error) => {
    for (const one of [error, wrapped(error)]) {
      expect(during(one)).toMatchObject({ _tag: "Unreachable", nothingSent: true, instance });
    }
  });
});

describe("a proxy asks for credentials", () => {
  const asking: ReadonlyArray<readonly [string, Error]> = [
    ["Deno", deno(`${sending}client error (Connect): proxy authentication required`)],
    [
      "Node",
      new TypeError("fetch failed", {
        cause: new Error("Request was cancelled.", {
          cause: Object.assign(new Error("Proxy response (407) !== 200 when HTTP Tunneling"), {
            code: "UND_ERR_ABORTED",
          }),
        }),
      }),
    ],
  ];
  it.each(asking)("%s", (_, error) => {
    for (const one of [error, wrapped(error)]) {
      expect(during(one)).toMatchObject({ _tag: "Unreachable", nothingSent: true, needsProxyCredentials: true });
    }
    expect((during(error) as Unreachable).isRetryable).toBe(false);
    expect(during(error).message).toMatch(/: give user and password in the address of the proxy/);
  });

  it("what it answers instead of a tunnel may pass", () => {
    const texts = ["client error (Connect): unsuccessful tunnel", "Proxy response (502) !== 200 when HTTP Tunneling"];
    for (const text of texts) {
      expect(during(deno(text))).toMatchObject({ _tag: "Unreachable", nothingSent: true, isRetryable: true });
    }
  });
});

it("a file that changed while Node sent it", () => {
  const unreadable = new TypeError("fetch failed", {
    cause: new DOMException("The blob could not be read", "NotReadableError"),
  });
  for (const one of [unreadable, wrapped(unreadable)]) {
    expect(during(one)).toMatchObject({ _tag: "UploadFailed", isRetryable: false });
  }
  expect(during(unreadable).message).toBe(
    "The content to upload could not be read to its end (The blob could not be read: its file was changed or deleted before it was sent)",
  );
});

describe("no trusted connection", () => {
  const untrusted: ReadonlyArray<readonly [string, Error]> = [
    ["Deno: authority", deno(`${sending}client error (Connect): invalid peer certificate: UnknownIssuer`)],
    ["Deno: name", deno(`${sending}client error (Connect): invalid peer certificate: NotValidForName`)],
    [
      "Deno: no client certificate",
      deno(`${sending}client error (SendRequest): received fatal alert: CertificateRequired`),
    ],
    ["Node: authority", node("UNABLE_TO_VERIFY_LEAF_SIGNATURE")],
    ["Node: self-signed", node("DEPTH_ZERO_SELF_SIGNED_CERT")],
    ["Node: name", node("ERR_TLS_CERT_ALTNAME_INVALID")],
    ["Node: expired", node("CERT_HAS_EXPIRED")],
  ];
  it.each(untrusted)("%s", (_, error) => {
    for (const one of [error, wrapped(error)]) {
      expect(during(one)).toMatchObject({ _tag: "TlsFailure", isRetryable: false, instance });
    }
  });
});

/** As Node's `fetch` throws what OpenSSL says. */
const openssl = (code: string, words: string): Error =>
  node(code, `C00CC7F93B7F0000:error:0A000410:SSL routines:ssl3_read_bytes:${words}:../deps/openssl/record.c:918:\n`);
const alert = (name: string): Error => deno(`${sending}client error (Connect): received fatal alert: ${name}`);
const peer = (words: string): Error => deno(`${sending}client error (Connect): invalid peer certificate: ${words}`);

describe("each cause of lacking trust has one problem on all runtimes, and its own sentence", () => {
  const causes: ReadonlyArray<readonly [problem: string, says: RegExp, errors: Readonly<Record<string, Error>>]> = [
    ["unknownAuthority", /give the authority that signed its certificate/, {
      "Deno": peer("UnknownIssuer"),
      "Deno: another key": peer("BadSignature"),
      "Node: self-signed": node("DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate"),
      "Node: self-signed in the chain": node("SELF_SIGNED_CERT_IN_CHAIN"),
      "Node: no issuer": node("UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "unable to get local issuer certificate"),
      "Node: first certificate": node("UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unable to verify the first certificate"),
      "Node: another key": node("CERT_SIGNATURE_FAILURE"),
    }],
    ["expired", /has expired, have it renewed, or set the clock/, {
      "Deno": peer("certificate expired: verification time 1796104532 (UNIX), but certificate is not valid after 1"),
      "Deno: short": peer("Expired: CertExpired"),
      "Node": node("CERT_HAS_EXPIRED", "certificate has expired"),
    }],
    ["notYetValid", /is not valid yet, set the clock/, {
      "Deno": peer("certificate not valid yet: verification time 1 (UNIX), but certificate is not valid before 2"),
      "Deno: short": peer("NotValidYet"),
      "Node": node("CERT_NOT_YET_VALID", "certificate is not yet valid"),
    }],
    ["revoked", /was revoked/, { "Deno": peer("Revoked"), "Node": node("CERT_REVOKED", "certificate revoked") }],
    ["wrongHost", /that of another host, use the name that it is for in the URL/, {
      "Deno": peer('certificate not valid for name "localhost"; certificate is only valid for IpAddress(127.0.0.1)'),
      "Deno: of an expired name": peer('certificate not valid for name "expired.test"; it is valid for "revoked.test"'),
      "Deno: for no name": peer("certificate is not valid for any names"),
      "Deno: short": peer("NotValidForName"),
      "Deno: the server says it": alert("UnrecognisedName"),
      "Node": node("ERR_TLS_CERT_ALTNAME_INVALID", "Hostname/IP does not match certificate's altnames: expired.test"),
      "Node: the server says it": openssl("ERR_SSL_TLSV1_UNRECOGNIZED_NAME", "tlsv1 unrecognized name"),
    }],
    ["unfitCertificate", /none that this runtime takes for a server/, {
      "Deno: of an authority": peer("Other(OtherError(CaUsedAsEndEntity))"),
      "Deno: of a client": peer("certificate does not allow extended key usage for server authentication"),
      "Deno: broken": peer("BadEncoding"),
      "Node: of a client": node("INVALID_PURPOSE", "unsuitable certificate purpose"),
      "Node: weak": openssl("ERR_SSL_EE_KEY_TOO_SMALL", "ee key too small"),
      "Node: no authority": node("INVALID_CA"),
    }],
    ["clientCertificate", /asks for a certificate of the client, give one with its key/, {
      "Deno": alert("CertificateRequired"),
      "Deno: after the handshake": deno("received fatal alert: CertificateRequired"),
      "Node": openssl("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "tlsv13 alert certificate required"),
    }],
    ["refusedCertificate", /does not take the certificate of the client/, {
      "Deno": alert("BadCertificate"),
      "Deno: authority": alert("UnknownCA"),
      "Deno: expired": alert("CertificateExpired"),
      "Deno: unknown": alert("CertificateUnknown"),
      "Deno: access": alert("AccessDenied"),
      "Node": openssl("ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE", "ssl/tls alert bad certificate"),
      "Node: before 22": openssl("ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", "sslv3 alert bad certificate"),
      "Node: authority": openssl("ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", "tlsv1 alert unknown ca"),
      "Node: expired": openssl("ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED", "sslv3 alert certificate expired"),
    }],
    ["version", /no version of TLS that this runtime knows/, {
      "Deno": alert("ProtocolVersion"),
      "Deno: by itself": deno(`${sending}client error (Connect): peer is incompatible: ServerDoesNotSupportTls12Or13`),
      "Node": openssl("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "tlsv1 alert protocol version"),
      "Node: by itself": openssl("ERR_SSL_UNSUPPORTED_PROTOCOL", "unsupported protocol"),
      "Node: an old one": node(
        "EPROTO",
        "write EPROTO 1:error:1:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version",
      ),
    }],
    ["noAgreement", /asks for a certificate of the client, or shares no cipher/, {
      "Deno": alert("HandshakeFailure"),
      "Deno: security": alert("InsufficientSecurity"),
      "Deno: protocols": alert("NoApplicationProtocol"),
      "Deno: by itself": deno(`${sending}client error (Connect): peer is incompatible: NoCipherSuitesInCommon`),
      "Node": openssl("ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE", "ssl/tls alert handshake failure"),
      "Node: before 22": openssl("ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "sslv3 alert handshake failure"),
      "Node: an old one": node("EPROTO", "write EPROTO 1:error:1:SSL routines:x:sslv3 alert handshake failure"),
    }],
    ["noTls", /speaks no TLS, use http:\/\/ or another port/, {
      "Deno": deno(`${sending}client error (Connect): received corrupt message of type InvalidContentType`),
      "Node": openssl("ERR_SSL_WRONG_VERSION_NUMBER", "wrong version number"),
      "Node: a proxy": openssl("ERR_SSL_PACKET_LENGTH_TOO_LONG", "packet length too long"),
      "Node: an old one": node("EPROTO", "write EPROTO 1:error:1:SSL routines:ssl3_get_record:wrong version number"),
    }],
    ["other", /look at the certificate and the settings of TLS there/, {
      "Deno": alert("InternalError"),
      "Deno: a new one": peer("SomethingNew"),
      "Node": openssl("ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR", "tlsv1 alert internal error"),
      "Node: a new one": node("ERR_TLS_SOMETHING_NEW"),
      "Node: an old one": node("EPROTO"),
    }],
  ];
  const all = causes.flatMap(([problem, says, errors]) =>
    Object.entries(errors).map(([runtime, error]) => [`${problem} on ${runtime}`, problem, says, error] as const)
  );
  it.each(all)("%s", (_, problem, says, error) => {
    for (const one of [error, wrapped(error)]) {
      expect(during(one)).toMatchObject({ _tag: "TlsFailure", problem, isRetryable: false });
      expect(during(one).message).toMatch(says);
      expect(during(one).message).toMatch(
        /^No trusted connection to https:\/\/dss\.test \(.+\): .+, see TLS in the README$/,
      );
    }
  });

  it("no two have one sentence", () => {
    const sentences = causes.map(([, , errors]) => during(Object.values(errors)[0]!).message.replace(/\(.*\)/, ""));
    expect(new Set(sentences).size).toBe(causes.length);
  });
});

it("a file that changed while it was sent is no matter of the connection", () => {
  const error = Object.assign(new Error("The blob could not be read"), { name: "NotReadableError" });
  for (const one of [error, wrapped(new TypeError("fetch failed", { cause: error }))]) {
    expect(during(one)).toMatchObject({ _tag: "UploadFailed", isRetryable: false });
    expect(during(one).message).toContain("its file was changed or deleted before it was sent");
  }
});

describe("each cause of a broken connection that is known has its sentence", () => {
  const broken: ReadonlyArray<readonly [string, Error, says: RegExp, nothingSent: boolean]> = [
    [
      "Deno: no permission",
      Object.assign(new Error('Requires net access to "x:1"'), { name: "NotCapable" }),
      /give the program the permission/,
      true,
    ],
    ["Node: no permission", node("ERR_ACCESS_DENIED"), /give the program the permission/, true],
    ["Deno: blocked", deno("Fetch failed: Requests to port 25 are blocked"), /have DSS listen on another one/, true],
    ["Node: blocked", new TypeError("fetch failed", { cause: new Error("bad port") }), /listen on another one/, true],
    [
      "Deno: refused",
      deno(`${sending}client error (Connect): tcp connect error: Connection refused`),
      /check the URL, the port and the proxy/,
      true,
    ],
    ["Node: refused", node("ECONNREFUSED"), /check the URL, the port and the proxy/, true],
    ["Deno: gone in the handshake", deno(`${sending}client error (Connect): tls handshake eof`), /check the URL/, true],
    [
      "Node: gone in the handshake",
      node("ECONNRESET", "Client network socket disconnected before secure TLS connection was established"),
      /check the URL/,
      true,
    ],
    [
      "Deno: no HTTP",
      deno(`${sending}client error (SendRequest): invalid HTTP version parsed`),
      /does not speak HTTP, check the port, and whether https/,
      false,
    ],
    [
      "Deno: no length",
      deno(`${sending}client error (SendRequest): invalid content-length parsed`),
      /does not speak HTTP/,
      false,
    ],
    [
      "Node: no HTTP",
      node("HPE_INVALID_CONSTANT", "Response does not match the HTTP/1.1 protocol (Expected HTTP/)"),
      /does not speak HTTP/,
      false,
    ],
    ["Node: no length", node("HPE_UNEXPECTED_CONTENT_LENGTH"), /does not speak HTTP/, false],
    [
      "Deno: reset",
      deno(`${sending}client error (SendRequest): connection error: Connection reset by peer`),
      /closed before an answer came/,
      false,
    ],
    [
      "Deno: closed",
      deno(`${sending}client error (SendRequest): connection closed before message completed`),
      /closed before an answer came/,
      false,
    ],
    ["Node: reset", node("ECONNRESET", "read ECONNRESET"), /closed before an answer came/, false],
    ["Node: closed", node("UND_ERR_SOCKET", "other side closed"), /closed before an answer came/, false],
    ["something new", new Error("a new kind of trouble"), /check the URL, the port and the proxy/, false],
  ];
  it.each(broken)("%s", (_, error, says, nothingSent) => {
    for (const one of [error, wrapped(error)]) {
      expect(during(one)).toMatchObject({ _tag: "Unreachable", nothingSent });
      expect(during(one).message).toMatch(says);
    }
  });
});

describe("an answer that the runtime does not read", () => {
  const unread: ReadonlyArray<readonly [string, Error, object, says: RegExp]> = [
    [
      "Node: header",
      node("UND_ERR_HEADERS_OVERFLOW", "Headers Overflow Error"),
      { found: "header", status: 0 },
      /raise it with --max-http-header-size/,
    ],
    [
      "Node: header, by the parser",
      node("HPE_HEADER_OVERFLOW"),
      { found: "header", status: 0 },
      /--max-http-header-size/,
    ],
    ["Deno: header", deno(`${sending}client error (SendRequest): message head is too large`), {
      found: "header",
      status: 0,
    }, /fewer headers and cookies/],
    [
      "Node: 100",
      node("UND_ERR_SOCKET", "bad response"),
      { found: "status", status: 100 },
      /Answered 100, which says nothing here \(continue\)/,
    ],
    [
      "Node: 101",
      node("UND_ERR_SOCKET", "bad upgrade"),
      { found: "status", status: 101 },
      /Answered 101, which says nothing here/,
    ],
  ];
  it.each(unread)("%s", (_, error, reason, says) => {
    for (const one of [error, wrapped(error)]) {
      expect(during(one)).toMatchObject({ _tag: "UnexpectedContent", ...reason, isRetryable: false });
      expect(during(one).message).toMatch(says);
    }
  });
});

describe("it may have been sent", () => {
  const uncertain: ReadonlyArray<readonly [string, unknown]> = [
    ["Deno: reset", deno(`${sending}client error (SendRequest): connection error: connection reset`)],
    [
      "Deno: closed before the answer",
      deno(`${sending}client error (SendRequest): connection closed before message completed`),
    ],
    ["Node: reset", node("ECONNRESET", "read ECONNRESET")],
    ["Node: other side closed", node("UND_ERR_SOCKET", "other side closed")],
    ["a browser", new TypeError("Failed to fetch")],
    ["something new", new Error("a new kind of trouble")],
    ["no error at all", "text"],
    ["nothing", undefined],
  ];
  it.each(uncertain)("%s", (_, error) => {
    expect(during(error)).toMatchObject({ _tag: "Unreachable", nothingSent: false });
  });
});

describe("the answer broke off", () => {
  const broken: ReadonlyArray<readonly [string, Error]> = [
    ["Deno: short", deno("error reading a body from connection: end of file before message length reached")],
    ["Deno: compressed", deno("corrupt deflate stream")],
    [
      "Node: closed",
      new TypeError("terminated", { cause: Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" }) }),
    ],
    ["Node: compressed", Object.assign(new Error("unexpected end of file"), { code: "Z_BUF_ERROR" })],
    ["something new", new Error("?")],
  ];
  it.each(broken)("%s", (_, error) => {
    expect(during(error, "body")).toMatchObject({ _tag: "Truncated", isRetryable: true });
  });
});

describe("its words", () => {
  it("do not hold the address", () => {
    const text = `${sending}client error (Connect): tcp connect error: Connection refused (os error 111)`;
    for (const error of [deno(text), wrapped(deno(text))]) {
      const { detail } = during(error);
      expect(detail).not.toContain("publicapi");
      expect(detail).toContain("Connection refused");
    }
  });

  it("are one short line, and never empty", () => {
    expect(during(new Error("a\nb\n".repeat(1000))).detail.length).toBeLessThanOrEqual(200);
    expect(during(new Error("a\nb")).detail).toBe("a b");
    expect(during(new Error("")).detail).toBe("no detail");
    expect(during(undefined).detail).toBe("no detail");
  });

  it("decide nothing where they are an id in the address", () => {
    const address = "https://dss.test/dip/publicapi/projects/CERTIFICATE/datasets/(a)UnknownIssuer";
    const reset = deno(`error sending request for url (${address}): client error (SendRequest): connection reset`);
    for (const error of [reset, wrapped(reset, address)]) {
      expect(during(error)).toMatchObject({ _tag: "Unreachable", nothingSent: false });
    }
  });

  it("survive causes that turn in a circle", () => {
    const error = new Error("outer");
    error.cause = new Error("inner", { cause: error });
    expect(during(error)).toMatchObject({ _tag: "Unreachable", nothingSent: false });
  });
});
