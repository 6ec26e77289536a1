/**
 * Servers on real sockets that do what no good server does.
 *
 * @module
 */
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import { Effect, type Scope } from "effect";

/** What is done with a request, whose head is given; requests are counted from 1. */
export type Respond = (socket: Socket, head: string, nth: number) => void;

/** A server that runs. */
export interface RawServer {
  readonly url: string;
  /** The heads of the requests that came. */
  readonly received: ReadonlyArray<string>;
  /** Ends when no connection is open any more, and fails after two seconds. */
  readonly closed: Effect.Effect<void, Error>;
}

/** Serves on a port of the loopback interface. */
export const serving = (respond: Respond, tls?: TlsOptions): Effect.Effect<RawServer, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.promise(() => listen(respond, tls)),
    ({ server, open }) =>
      Effect.promise(() => {
        for (const socket of open) socket.destroy();
        return new Promise((closed) => server.close(closed));
      }),
  );

interface Listening extends RawServer {
  readonly server: Server;
  readonly open: ReadonlySet<Socket>;
}

const listen = async (respond: Respond, tls: TlsOptions | undefined): Promise<Listening> => {
  const received: Array<string> = [];
  const open = new Set<Socket>();
  let whenIdle = () => {};
  const connected = (socket: Socket): void => {
    open.add(socket);
    socket.on("error", () => {}); // connections break here on purpose
    socket.on("close", () => {
      open.delete(socket);
      if (open.size === 0) whenIdle();
    });
    let head = "";
    socket.on("data", (bytes) => {
      head += bytes.toString("latin1");
      if (!head.includes("\r\n\r\n")) return;
      const request = head;
      head = "";
      if (!/^[A-Z]+ \S+ HTTP\/1\.1\r\n/.test(request)) return; // the body of a request whose head came before
      respond(socket, request, received.push(request));
    });
  };
  const server = tls === undefined ? createServer(connected) : createTlsServer(tls, connected);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as { readonly port: number };
  const closed = Effect.callback<void>((resume) => {
    if (open.size === 0) return resume(Effect.void);
    whenIdle = () => resume(Effect.void);
  }).pipe(Effect.timeoutOrElse({
    duration: "2 seconds",
    orElse: () => Effect.fail(new Error(`${open.size} connections are still open`)),
  }));
  return { url: `http${tls === undefined ? "" : "s"}://127.0.0.1:${port}`, received, closed, server, open };
};

/** A good answer, after which the connection is closed. */
export const answer = (
  body: string,
  headers: ReadonlyArray<string> = ["content-type: application/json"],
  status = "200 OK",
): string =>
  [
    `HTTP/1.1 ${status}`,
    ...headers,
    `content-length: ${new TextEncoder().encode(body).length}`,
    "connection: close",
    "",
    body,
  ].join("\r\n");

/** Registers a test that is an Effect. */
export const test = <A, E>(name: string, effect: Effect.Effect<A, E, Scope.Scope>): void =>
  Deno.test(name, async () => void await Effect.runPromise(Effect.scoped(effect)));
