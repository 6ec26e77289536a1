/**
 * A proxy that lets nobody through. The host that is asked for says how it refuses.
 *
 * @module
 */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How the proxy refuses the hosts of the tests. */
export const refusals: Readonly<Record<string, number>> = { "asks.dss.test": 407, "down.dss.test": 502 };

const statusOf = (authority: string): number => refusals[authority.split(":")[0]!] ?? 500;

const title = (status: number): string => `<html><title>${status} of the proxy</title></html>`;

/** A proxy that runs. */
export interface Proxy {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Starts the proxy. */
export const startProxy = async (): Promise<Proxy> => {
  const server = createServer((request, response: ServerResponse) => {
    const status = statusOf(new URL(request.url ?? "", "http://none").host);
    response.writeHead(status, { "content-type": "text/html" }).end(title(status));
  });
  server.on("connect", (request, socket) => {
    const status = statusOf(request.url ?? "");
    socket.on("error", () => {}); // it refuses: the client may be gone
    socket.end(`HTTP/1.1 ${status} Refused\r\ncontent-type: text/html\r\nconnection: close\r\n\r\n${title(status)}`);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};
