/**
 * A server on a real socket that plays the faults of the simulated DSS, byte by byte; on Deno and on Node.
 *
 * @module
 */
import { createServer, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { Chance } from "../../src/simulator/kernel/chance.ts";
import { serverResponse } from "../../src/simulator/embedded.ts";
import {
  cutAt,
  FaultQueue,
  halfJson,
  hugePiece,
  instead,
  mayCompress,
  piecesOf,
} from "../../src/simulator/kernel/fault_injection.ts";
import type { Answer, Fault, FaultOptions } from "../../src/simulator/mod.ts";
import * as HttpServerResponse from "effect/http/HttpServerResponse";
import { chunk, headBytes, type RawAnswer, RequestReader, write } from "./raw_http.ts";

/** A request that a handler was given, or would have been given. */
export interface ServedRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  /** With lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** When its head arrived, in milliseconds since 1970. */
  readonly at: number;
}

/** A server that listens. */
export interface FaultServer {
  /** Its address. */
  readonly url: string;
  /** The requests whose head arrived, in order. */
  readonly requests: ReadonlyArray<ServedRequest>;
  /** How many connections are in the middle of a request or of an answer. */
  readonly busy: () => number;
  /** How many bytes were handed to connections. */
  readonly written: () => number;
  /** Lets the next requests that fit meet a fault, or this answer. It cannot refuse a connection: `refused` breaks it. */
  readonly inject: (fault: Fault | Answer, options?: FaultOptions) => void;
  /** Stops it; connections that are open are cut. Fails when the handler did. */
  readonly stop: () => Promise<void>;
}

/** How a server behaves. */
export interface FaultServerOptions {
  /**
   * How long a slow header or body takes, in milliseconds; a slow answer takes a fifth of it.
   *
   * @default {2000}
   */
  readonly slow?: number;
  /** Where bodies are cut. */
  readonly seed?: number;
}

/** Long enough that the other side has read what came before a reset. */
const beforeReset = 30;

const sleep = (millis: number): Promise<void> => new Promise((done) => setTimeout(done, millis));

const rawAnswer = async (response: Response): Promise<RawAnswer> => {
  const { "content-length": _, ...headers } = Object.fromEntries(response.headers);
  return { status: response.status, headers, body: new Uint8Array(await response.arrayBuffer()) };
};

/** One request on its connection. */
interface Exchange {
  readonly socket: Socket;
  /** Waits until the other side closes the connection. */
  readonly closing: () => Promise<void>;
  readonly compresses: boolean;
  readonly chance: Chance;
  readonly slow: number;
}

/** Whether the connection may be used again; a stale one breaks when it is. */
type Kept = boolean | "stale";

const send = (socket: Socket, answer: RawAnswer, body: Uint8Array = answer.body): Promise<boolean> =>
  write(socket, new Uint8Array([...headBytes(answer, { "content-length": String(answer.body.length) }), ...body]));

const reset = async (socket: Socket): Promise<Kept> => {
  await sleep(beforeReset);
  socket.resetAndDestroy();
  return false;
};

const end = (socket: Socket): Kept => {
  socket.end();
  return false;
};

/** In pieces, over a time in milliseconds. */
const over = async (time: number, socket: Socket, bytes: Uint8Array): Promise<Kept> => {
  const pieces = piecesOf(bytes);
  for (const piece of pieces) {
    await sleep(time / pieces.length);
    if (!await write(socket, piece)) return false;
  }
  return true;
};

/** The part of a body that comes. */
const some = ({ body }: RawAnswer, chance: Chance): Uint8Array => body.subarray(0, cutAt(body.length, chance));

/** A body that is compressed and not whole, with the length that is promised; uncompressed, it is cut where it is shorter. */
const spoiltGzip = (
  { socket, compresses, chance }: Exchange,
  answer: RawAnswer,
  spoil: (gzip: Uint8Array) => Uint8Array,
): Promise<boolean> => {
  if (!compresses) return send(socket, answer, some(answer, chance)).then(() => false);
  const body = spoil(new Uint8Array(gzipSync(answer.body)));
  return send(socket, { ...answer, headers: { ...answer.headers, "content-encoding": "gzip" }, body });
};

/** Faults that are not an answer instead of DSS's. */
type Played = Exclude<Fault, "unavailable" | "bad gateway" | "rate limited" | "login page" | "redirect">;

/** What is done to the answer of DSS, or before DSS is asked. */
const plays: Readonly<Record<Played, (exchange: Exchange, answer: RawAnswer) => Promise<Kept>>> = {
  "refused": ({ socket }) => reset(socket),
  "lost request": ({ socket }) => reset(socket),
  "lost answer": ({ socket }) => reset(socket),
  "broken header": async ({ socket }, answer) => {
    const head = headBytes(answer, {});
    await write(socket, head.subarray(0, head.length >> 1));
    return await reset(socket);
  },
  "lost body": async ({ socket }, answer) => {
    await send(socket, answer, new Uint8Array());
    return await reset(socket);
  },
  "truncated body": async ({ socket, chance }, answer) => {
    await send(socket, answer, some(answer, chance));
    return await reset(socket);
  },
  "short body": async ({ socket, chance }, answer) => {
    await send(socket, answer, some(answer, chance));
    return end(socket);
  },
  "unterminated body": async ({ socket }, answer) => {
    await write(socket, headBytes(answer, { "transfer-encoding": "chunked" }));
    await write(socket, chunk(answer.body));
    return end(socket);
  },
  "truncated gzip": (exchange, answer) =>
    spoiltGzip(exchange, answer, (gzip) => gzip.subarray(0, cutAt(gzip.length >> 1, exchange.chance))),
  "corrupt gzip": (exchange, answer) =>
    spoiltGzip(exchange, answer, (gzip) => gzip.map((byte, at) => at >= gzip.length - 8 ? byte ^ 0xff : byte)),
  "stalled header": async ({ closing }) => {
    await closing();
    return false;
  },
  "stalled body": async ({ socket, closing, chance }, answer) => {
    await send(socket, answer, some(answer, chance));
    await closing();
    return false;
  },
  "slow header": async ({ socket, slow }, answer) => {
    const head = headBytes(answer, { "content-length": String(answer.body.length) });
    return await over(slow, socket, head) && await write(socket, answer.body);
  },
  "slow body": async ({ socket, slow }, answer) => {
    await send(socket, answer, new Uint8Array());
    return await over(slow, socket, answer.body);
  },
  "slow answer": async ({ socket, slow }, answer) => {
    await send(socket, answer, new Uint8Array());
    return await over(slow / 5, socket, answer.body);
  },
  "malformed json": ({ socket }, answer) => send(socket, { ...answer, body: new TextEncoder().encode(halfJson) }),
  "empty answer": ({ socket }, answer) => send(socket, { ...answer, body: new Uint8Array() }),
  "huge body": async ({ socket }, answer) => {
    await write(socket, headBytes(answer, { "transfer-encoding": "chunked" }));
    const piece = chunk(hugePiece);
    while (await write(socket, piece));
    return false;
  },
  "stale connection": async ({ socket }, answer) => {
    await send(socket, answer);
    return "stale";
  },
};

const isPlayed = (fault: Fault): fault is Played => fault in plays;

/** Plays faults between a client and a handler. */
export const serveFaults = async (
  handler: (request: Request) => Promise<Response>,
  { slow = 2000, seed = 1 }: FaultServerOptions = {},
): Promise<FaultServer> => {
  const queue = new FaultQueue();
  const chance = new Chance(seed);
  const sockets = new Set<Socket>();
  const requests: Array<ServedRequest> = [];
  const failures: Array<unknown> = [];
  let busy = 0;
  let written = 0;
  let url = "";

  /** One request and its answer. */
  const exchange = async (socket: Socket, reader: RequestReader): Promise<Kept> => {
    const head = await reader.head();
    if (head === undefined) return false;
    requests.push({ ...head, at: Date.now() });
    const { method, target, headers } = head;
    const fault = queue.take(method, target.replace(/^\/+(dip\/publicapi|public\/api)/, ""));
    if (fault === "refused" || fault === "lost request") return await reset(socket);
    const body = await reader.body(head);
    const handle = async (): Promise<RawAnswer> => {
      const init = { method, headers, ...(body.length === 0 ? {} : { body }) };
      try {
        return await rawAnswer(await handler(new Request(`${url}${target}`, init)));
      } catch (error) {
        failures.push(error);
        throw error;
      }
    };
    if (fault === undefined) return await send(socket, await handle());
    const answer = typeof fault === "string" ? instead[fault] : fault;
    if (answer !== undefined) {
      return await send(socket, await rawAnswer(HttpServerResponse.toWeb(serverResponse(answer))));
    }
    if (typeof fault !== "string" || !isPlayed(fault)) throw new Error("There is no such fault");
    const compresses = mayCompress(headers["accept-encoding"]);
    const closing = (): Promise<void> => reader.waits().then(() => {});
    return await plays[fault]({ socket, closing, compresses, chance, slow }, await handle());
  };

  const serve = async (socket: Socket): Promise<void> => {
    const reader = new RequestReader(socket);
    let kept: Kept = true;
    while (kept !== false && await reader.waits()) {
      busy += 1;
      try {
        kept = kept === "stale" ? await reset(socket) : await exchange(socket, reader);
      } finally {
        busy -= 1;
      }
    }
    socket.end();
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}); // connections break here on purpose, and the client may break them
    socket.once("close", () => {
      sockets.delete(socket);
      written += socket.bytesWritten;
    });
    serve(socket).catch(() => socket.destroy()); // the client left in the middle of a request
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  return {
    url,
    requests,
    busy: () => busy,
    written: () => [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, written),
    inject: (fault, options = {}) => queue.add(fault, options),
    stop: () =>
      new Promise((done, fail) => {
        server.close(() => failures.length === 0 ? done() : fail(failures[0]));
        for (const socket of sockets) socket.destroy();
      }),
  };
};
