/**
 * A simulated DSS behind a port.
 *
 * @module
 */
import * as http from "node:http";
import { type AddressInfo, isIPv4, type Socket } from "node:net";
import { Cause, Effect, Exit, Redacted, Stream } from "effect";
import * as Clock from "effect/Clock";
import * as HttpBody from "effect/http/HttpBody";
import * as HttpClientRequest from "effect/http/HttpClientRequest";
import type * as HttpMethod from "effect/http/HttpMethod";
import { keyOf } from "../../src/simulator/kernel/dispatch.ts";
import { control, type Controlled } from "./control.ts";

/** A server that listens. */
export interface Server {
  /** Its address, as clients take it. */
  readonly url: string;
  /** Stops it; connections that are open are cut. */
  readonly stop: () => Promise<void>;
}

const mebibyte = 1024 * 1024;

/** Where a server listens, and whom it answers. */
export interface ListenOptions {
  readonly host: string;
  /** `0` takes a free one. */
  readonly port: number;
  /**
   * Names that requests may call it by, besides `localhost`, `host` and IP addresses.
   *
   * @default {[]}
   */
  readonly allowedHosts?: ReadonlyArray<string>;
  /**
   * How long the head of a request may take, in milliseconds.
   *
   * @default {10_000}
   */
  readonly headTimeout?: number;
  /**
   * How long a whole request may take, in milliseconds.
   *
   * @default {300_000}
   */
  readonly requestTimeout?: number;
}

/**
 * What is wrong with who is called, or who calls. A page of the web can make a name of its own stand for this machine and then ask as if
 * it came from here: an IP address cannot be taken over so, a name that nobody allowed is refused.
 */
const strangerOf = (
  { host = "", origin }: http.IncomingHttpHeaders,
  { host: own, allowedHosts = [] }: ListenOptions,
): string | undefined => {
  const called = URL.parse(`http://${host}`);
  const name = called?.hostname ?? "";
  const isAddress = name.startsWith("[") || isIPv4(name);
  if (!isAddress && !["localhost", own, ...allowedHosts].includes(name)) {
    return `This server does not answer to the name "${host}". Call it by its address, or start it with --allowed-host ${name}`;
  }
  return origin === undefined || URL.parse(origin)?.host === called?.host
    ? undefined
    : `Pages of ${origin} may not use this server`;
};

/** How much of a body is taken: files may be large, JSON may not. */
const limitOf = (contentType = ""): number =>
  /^(multipart\/|application\/(octet-stream|zip))/.test(contentType) ? 1024 * mebibyte : 64 * mebibyte;

const answerJson = (response: http.ServerResponse, status: number, json: unknown): void => {
  const text = JSON.stringify(json);
  response.writeHead(status, { "content-type": "application/json;charset=utf-8" }).end(text);
};

/** The whole body, or `undefined` when it is too large. */
const bodyOf = async (request: http.IncomingMessage): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  const limit = limitOf(request.headers["content-type"]);
  if (Number(request.headers["content-length"] ?? 0) > limit) return undefined;
  const chunks: Array<Uint8Array> = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  const body = new Uint8Array(size);
  let filled = 0;
  for (const chunk of chunks) {
    body.set(chunk, filled);
    filled += chunk.length;
  }
  return body;
};

/** Breaks the connection: at once, or behind what was sent of an answer. */
const cut = (socket: Socket, response: http.ServerResponse): void => {
  if (response.headersSent) socket.destroySoon();
  else socket.resetAndDestroy();
};

/** Waits until the client has taken what was written. */
const drained = (response: http.ServerResponse): Effect.Effect<void> =>
  Effect.callback<void>((resume) => {
    const ready = (): void => resume(Effect.void);
    response.once("drain", ready);
    return Effect.sync(() => response.off("drain", ready));
  });

/** The headers of a request, those that came more than once as one. */
const oneOfEach = (request: http.IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(request.headersDistinct).map(([name, values]) => [name, values?.join(", ") ?? ""]));

/** Sends a request into the simulated DSS, and what it answers back to the client. */
const forward = (
  { simulator, serverClock }: Controlled,
  request: http.IncomingMessage,
  body: Uint8Array<ArrayBuffer>,
  response: http.ServerResponse,
): Effect.Effect<void, unknown> =>
  Effect.gen(function* () {
    const answer = yield* simulator.client.execute(
      HttpClientRequest.make(request.method as HttpMethod.HttpMethod)(`${simulator.url}${request.url}`).pipe(
        HttpClientRequest.setBody(body.length === 0 ? HttpBody.empty : HttpBody.raw(body)),
        HttpClientRequest.setHeaders(oneOfEach(request)),
      ),
    );
    response.writeHead(answer.status, answer.headers);
    if (request.method !== "HEAD") {
      yield* Stream.runForEach(answer.stream, (chunk) => response.write(chunk) ? Effect.void : drained(response));
    }
    response.end();
  }).pipe(Effect.provideService(Clock.Clock, serverClock.clock));

const methods: ReadonlySet<string> = new Set(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]);

const handle = async (
  controlled: Controlled,
  options: ListenOptions,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> => {
  const { method = "", url = "" } = request;
  if (!methods.has(method) || !url.startsWith("/")) {
    return answerJson(response, 400, { message: `There is no ${method} ${url}` });
  }
  const stranger = strangerOf(request.headers, options);
  if (stranger !== undefined) {
    response.setHeader("connection", "close");
    return answerJson(response, 403, { message: stranger });
  }
  const { simulator } = controlled;
  const isControl = url.startsWith("/simulator/");
  const isKnown = isControl
    ? keyOf(request.headers.authorization) === Redacted.value(simulator.apiKey)
    : await Effect.runPromise(simulator.knows(oneOfEach(request)));
  // The body of someone who is not known stays unread, and the connection ends with the refusal.
  const body = isKnown ? await bodyOf(request) : new Uint8Array();
  if (!isKnown || body === undefined) response.setHeader("connection", "close");
  if (body === undefined) return answerJson(response, 413, { message: "The body is too large" });
  if (isControl) {
    if (!isKnown) return answerJson(response, 401, { message: "The controls need the key of the administrator" });
    const text = new TextDecoder().decode(body);
    const { status, json } = await Effect.runPromise(control(controlled, { method, path: url, body: text }));
    return answerJson(response, status, json);
  }
  const leaves = new AbortController();
  response.once("close", () => leaves.abort());
  const exit = await Effect.runPromiseExit(forward(controlled, request, body, response), { signal: leaves.signal });
  if (Exit.isSuccess(exit) || leaves.signal.aborted) return;
  const broken = Cause.hasFails(exit.cause) || response.headersSent;
  if (!broken) return answerJson(response, 500, { message: `The simulator broke: ${Cause.pretty(exit.cause)}` });
  cut(request.socket, response);
};

/**
 * Lets a simulated DSS listen.
 *
 * @param current What is behind the port now: it may be replaced from one request to the next.
 */
export const listen = (current: () => Controlled, options: ListenOptions): Promise<Server> => {
  const { host, port, headTimeout = 10_000, requestTimeout = 300_000 } = options;
  const timeouts = { headersTimeout: headTimeout, requestTimeout, connectionsCheckingInterval: headTimeout / 10 };
  const server = http.createServer(timeouts, (request, response) => {
    handle(current(), options, request, response).catch(() => cut(request.socket, response)); // the client left in its body
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const status = error.code === "ERR_HTTP_REQUEST_TIMEOUT" ? "408 Request Timeout" : "400 Bad Request";
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo;
      resolve({
        url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`,
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
};
