/**
 * Playing a fault on one request, in process.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import type { Fault, FaultOptions } from "./faults.ts";
import type { Answer } from "./route.ts";

/** How the runtime would say that a request got no answer. */
export class BrokenConnection extends Error {
  /** The code of the socket, as Node gives it. */
  readonly code: string;

  /** Breaks. */
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const refused = new BrokenConnection("ECONNREFUSED", "tcp connect error: Connection refused (os error 111)");
const reset = new BrokenConnection("ECONNRESET", "connection reset by peer");
const cut = new BrokenConnection("UND_ERR_SOCKET", "end of file before message length reached");

const html = (status: number, title: string): Answer => ({
  status,
  headers: { "content-type": "text/html" },
  body: `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
});

/** What stands in for an answer, when DSS sees nothing of the request. */
const instead: Partial<Record<Fault, Answer>> = {
  "unavailable": html(503, "503 Service Temporarily Unavailable"),
  "bad gateway": html(502, "502 Bad Gateway"),
  "rate limited": { status: 429, headers: { "retry-after": "2" }, body: undefined },
  "login page": html(200, "Sign in"),
  "redirect": { status: 302, headers: { location: "https://sso.example.com/login?next=%2F" }, body: undefined },
};

const bytesOf = (body: Answer["body"]): Stream.Stream<Uint8Array, Error> =>
  body === undefined
    ? Stream.empty
    : typeof body === "string" || body instanceof Uint8Array
    ? Stream.succeed(typeof body === "string" ? new TextEncoder().encode(body) : body)
    : body;

/** The first half of a body, then its end or what stands for it. */
const halved = (answer: Answer, then: Stream.Stream<Uint8Array, Error>): Answer => ({
  ...answer,
  body: Stream.concat(Stream.map(bytesOf(answer.body), (chunk) => chunk.subarray(0, chunk.length >> 1)), then),
});

/** Plays a fault around the handling of a request. */
export const playFault = (fault: Fault, handle: Effect.Effect<Answer>): Effect.Effect<Answer, BrokenConnection> => {
  const answer = instead[fault];
  if (answer !== undefined) return Effect.succeed(answer);
  switch (fault) {
    case "refused":
      return Effect.fail(refused);
    case "lost request":
      return Effect.fail(reset);
    case "lost answer":
      return Effect.andThen(handle, Effect.fail(reset));
    case "stalled header":
      return Effect.andThen(handle, Effect.never);
    case "stalled body":
      return Effect.map(handle, (answer) => halved(answer, Stream.never));
    case "truncated body":
      return Effect.map(handle, (answer) => halved(answer, Stream.fail(cut)));
    case "malformed json":
      return Effect.map(handle, (answer) => ({ ...answer, body: '{"state": ' }));
    default:
      return Effect.map(handle, (answer) => ({ ...answer, body: undefined }));
  }
};

/** A fault that waits for its requests. */
interface Waiting {
  readonly fault: Fault;
  readonly options: FaultOptions;
  skip: number;
  left: number;
}

/** The faults that wait for their requests. */
export class FaultQueue {
  private readonly waiting: Array<Waiting> = [];

  /** Lets the next requests that fit meet a fault. */
  add(fault: Fault, options: FaultOptions): void {
    this.waiting.push({ fault, options, skip: options.skip ?? 0, left: options.times ?? 1 });
  }

  /** The fault that a request meets. */
  take(method: string, target: string): Fault | undefined {
    for (const entry of this.waiting) {
      const { options } = entry;
      const fits = (options.method ?? method) === method && target.includes(options.path ?? "");
      if (!fits || entry.left <= 0) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.left -= 1;
      return entry.fault;
    }
    return undefined;
  }
}
