/**
 * HTTP/1.1 on a bare socket: requests are read and answers are written byte by byte, so that either can go wrong anywhere.
 *
 * @module
 */
import type { Socket } from "node:net";

/** The first line and the headers of a request. */
export interface RawHead {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  /** With lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The connection ended in the middle of a request. */
export class BrokenRequest extends Error {
  override readonly name: string = "BrokenRequest";
}

const decoder = new TextDecoder("latin1");

const join = (parts: ReadonlyArray<Uint8Array>): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** Reads the requests of a connection, one after the other. */
export class RequestReader {
  private readonly chunks: AsyncIterator<Uint8Array>;
  private rest: Uint8Array<ArrayBuffer> = new Uint8Array();

  /** Reads from a socket. */
  constructor(socket: Socket) {
    this.chunks = socket[Symbol.asyncIterator]();
  }

  /** Waits until bytes of the next request are there; false when the connection ends before. */
  async waits(): Promise<boolean> {
    return this.rest.length > 0 || await this.more();
  }

  /** The next head; `undefined` when the connection ends before it. */
  async head(): Promise<RawHead | undefined> {
    if (!await this.waits()) return undefined;
    const [first = "", ...lines] = (await this.upTo("\r\n\r\n")).split("\r\n");
    const [method = "", target = ""] = first.split(" ");
    const headers = lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    });
    return { method, target, headers: Object.fromEntries(headers) };
  }

  /** The body behind a head. */
  async body({ headers }: RawHead): Promise<Uint8Array<ArrayBuffer>> {
    if (headers["transfer-encoding"] !== "chunked") return await this.bytes(Number(headers["content-length"] ?? 0));
    const parts: Array<Uint8Array> = [];
    for (;;) {
      const size = parseInt(await this.upTo("\r\n"), 16);
      parts.push(await this.bytes(size));
      await this.bytes(2);
      if (size === 0) return join(parts);
    }
  }

  private async more(): Promise<boolean> {
    const next = await this.chunks.next();
    if (next.done === true) return false;
    this.rest = join([this.rest, next.value]);
    return true;
  }

  private async upTo(end: string): Promise<string> {
    for (;;) {
      const text = decoder.decode(this.rest);
      const at = text.indexOf(end);
      if (at >= 0) {
        this.rest = this.rest.slice(at + end.length);
        return text.slice(0, at);
      }
      if (!await this.more()) throw new BrokenRequest("The connection ended in a head");
    }
  }

  private async bytes(count: number): Promise<Uint8Array<ArrayBuffer>> {
    while (this.rest.length < count) {
      if (!await this.more()) throw new BrokenRequest("The connection ended in a body");
    }
    const bytes = this.rest.slice(0, count);
    this.rest = this.rest.slice(count);
    return bytes;
  }
}

/** An answer, before it is written. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const encoder = new TextEncoder();

/** The head of an answer, with the empty line behind it. */
export const headBytes = ({ status, headers }: RawAnswer, more: Readonly<Record<string, string>>): Uint8Array =>
  encoder.encode(
    `HTTP/1.1 ${status} ${status < 400 ? "OK" : "Refused"}\r\n${
      Object.entries({ ...headers, ...more }).map(([name, value]) => `${name}: ${value}\r\n`).join("")
    }\r\n`,
  );

/** A body as one chunk, without the empty one that ends it. */
export const chunk = (body: Uint8Array): Uint8Array =>
  join([encoder.encode(`${body.length.toString(16)}\r\n`), body, encoder.encode("\r\n")]);

/** Writes, and waits until the other side takes more; false when the connection is gone. */
export const write = (socket: Socket, bytes: Uint8Array): Promise<boolean> =>
  new Promise((resolve) => {
    if (socket.destroyed) return resolve(false);
    const gone = (): void => resolve(false);
    socket.once("close", gone);
    socket.write(bytes, (error) => {
      socket.off("close", gone);
      resolve(error === undefined || error === null);
    });
  });
