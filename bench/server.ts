/**
 * The server that all sides of a benchmark ask: a process of its own, whose answers cost it next to nothing. It prints its port.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import { jobs, settings } from "./documents.ts";

const json = { "content-type": "application/json" };
const mebibyte = new Uint8Array(1 << 20).map((_, at) => at * 31);
const future = JSON.stringify({ jobId: "a", hasResult: false, alive: true, startTime: 1 });
const jobsText = JSON.stringify(jobs);
const settingsBytes = new TextEncoder().encode(JSON.stringify(settings));
const columns = ["id", "name", "price", "at", "paid"];
const types = ["bigint", "string", "double", "date", "boolean"];

/** Rows as DSS sends them: tab-separated, texts quoted where they must be. */
const rows = (count: number): Uint8Array => {
  const lines = Array.from(
    { length: count },
    (_, at) =>
      `${at}\tname of ${at}\t${at * 1.5}\t2025-01-01T00:00:00.${String(at % 1000).padStart(3, "0")}Z\t${at % 2 === 0}`,
  );
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
};
const rowsBytes = rows(100_000);

/** The same bytes so many times, as fast as they are taken. */
const repeated = (piece: Uint8Array, times: number): ReadableStream<Uint8Array> => {
  let sent = 0;
  return new ReadableStream({
    pull: (controller) => sent++ < times ? controller.enqueue(piece) : controller.close(),
  });
};

/** As many mebibytes as are asked for, as fast as they are taken. */
const bytes = (count: number): ReadableStream<Uint8Array> => {
  let sent = 0;
  return new ReadableStream({
    pull: (controller) => sent++ < count ? controller.enqueue(mebibyte) : controller.close(),
  });
};

/** A list of 100 MB that is never closed, or is at the end, piece by piece. */
const list = (inside: string, end: string): ReadableStream<Uint8Array> => {
  const [piece, last] = [new Uint8Array(1 << 20).fill(inside.charCodeAt(0)), new TextEncoder().encode(end)];
  const closing = new Uint8Array(1 << 20).fill(end.charCodeAt(0));
  let sent = 0;
  return new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode("[")),
    pull: (controller) => {
      sent += 1;
      if (sent <= (end === "" ? 100 : 50)) controller.enqueue(piece);
      else if (sent <= 100) controller.enqueue(closing);
      else {
        controller.enqueue(last);
        controller.close();
      }
    },
  });
};

/** A gibibyte of blanks in gzip, made when it is first asked for. */
let bomb: Promise<Uint8Array<ArrayBuffer>> | undefined;
const makeBomb = async (): Promise<Uint8Array<ArrayBuffer>> => {
  let left = 1024;
  const piece = new Uint8Array(1 << 20).fill(0x20);
  const blanks = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => left-- > 0 ? controller.enqueue(piece) : controller.close(),
  });
  return await new Response(blanks.pipeThrough(new CompressionStream("gzip"))).bytes();
};

/** Answers that no good server gives. */
const hostile = async (name: string): Promise<Response> => {
  switch (name) {
    case "blanks":
      return new Response(list(" ", ""), { headers: json });
    case "open":
      return new Response(list("[", ""), { headers: json });
    case "deep":
      return new Response(list("[", "]"), { headers: json });
    case "bomb":
      bomb ??= makeBomb();
      return new Response(await bomb, { headers: { ...json, "content-encoding": "gzip" } });
    default:
      return new Response("{}", { headers: json });
  }
};

const answer = async (request: Request): Promise<Response> => {
  const { pathname } = new URL(request.url);
  const path = pathname.replace(/^\/(dip\/publicapi|public\/api)/, "");
  const wanted = /^\/hostile\/(\w+)$/.exec(path)?.[1];
  if (wanted !== undefined) return await hostile(wanted);
  const mebibytes = /^\/bytes\/(\d+)$/.exec(path)?.[1];
  if (mebibytes !== undefined) {
    const length = String(Number(mebibytes) * mebibyte.length);
    return new Response(bytes(Number(mebibytes)), {
      headers: { "content-type": "application/octet-stream", "content-length": length },
    });
  }
  if (path.startsWith("/futures/")) return new Response(future, { headers: json });
  if (path === "/projects/P/jobs/") return new Response(jobsText, { headers: json });
  if (path === "/projects/P/scenarios/S") {
    await request.body?.pipeTo(new WritableStream());
    return new Response(request.method === "GET" ? settingsBytes : "{}", { headers: json });
  }
  if (path === "/sql/queries/") {
    const schema = columns.map((name, at) => ({ name, type: types[at] }));
    await request.body?.pipeTo(new WritableStream());
    return new Response(JSON.stringify({ queryId: "q", hasResults: true, schema }), { headers: json });
  }
  if (path === "/projects/P/datasets/D/schema") {
    const schema = columns.map((name, at) => ({ name, type: types[at] }));
    return new Response(JSON.stringify({ columns: schema, userModified: false }), { headers: json });
  }
  if (path === "/projects/P/datasets/D/data/") {
    const pieces = Number(new URL(request.url).searchParams.get("limit") ?? 100_000) / 100_000;
    return new Response(repeated(rowsBytes, pieces));
  }
  if (path === "/projects/P/datasets/D/finish-streaming/") return new Response(null);
  if (path === "/sql/queries/q/stream") return new Response(rowsBytes as BodyInit);
  let received = 0;
  await request.body?.pipeTo(new WritableStream({ write: (chunk) => void (received += chunk.length) }));
  return new Response(JSON.stringify({ received }), { headers: json });
};

Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: ({ port }) => console.log(port) }, answer);
