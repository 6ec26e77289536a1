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
