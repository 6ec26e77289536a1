/**
 * A DSS that gives the recorded replies, and remembers what it was sent.
 *
 * @module
 */
import { Effect } from "effect";
import { HttpClient, HttpClientRequest, HttpClientResponse } from "effect/http";
import { line, sameAddress } from "./compare.ts";
import type { Body, RecordedCase, RecordedReply, WireRequest } from "./recording.ts";

/** A DSS for one recorded case. */
export interface ScriptedDss {
  readonly client: HttpClient.HttpClient;
  /** What it was sent, in order. */
  readonly sent: Effect.Effect<ReadonlyArray<WireRequest>>;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isOfAnotherKind = (reply: unknown, sample: unknown): boolean =>
  !isObject(reply) && reply !== null && sample !== undefined && typeof reply !== typeof sample;

/** A reply, with what it leaves out, or invents of another type, taken from a sample. */
const completed = (reply: unknown, sample: unknown): unknown => {
  if (Array.isArray(reply) && Array.isArray(sample)) return reply.map((item) => completed(item, sample[0]));
  if (isOfAnotherKind(reply, sample)) return sample;
  if (!isObject(reply) || !isObject(sample)) return reply;
  return {
    ...sample,
    ...Object.fromEntries(Object.entries(reply).map(([key, value]) => [key, completed(value, sample[key])])),
  };
};

const template = (key: string): RegExp =>
  new RegExp(`^${key.split("{}").map((part) => part.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&")).join("[^/]+")}$`);

const sampleFor = (request: WireRequest, samples: Readonly<Record<string, unknown>>): unknown => {
  const address = `${request.verb} ${request.path.replace(/^\/dip\/publicapi/, "")}`;
  return Object.entries(samples).find(([key]) => template(key).test(address))?.[1];
};

const response = ({ status, kind, value }: RecordedReply): Response => {
  if (kind === "json") return Response.json(value, { status });
  return new Response(kind === "text" ? String(value) : null, { status });
};

const bodyOf = async (request: HttpClientRequest.HttpClientRequest): Promise<Body | undefined> => {
  if (request.body._tag === "Empty") return undefined;
  const web = await Effect.runPromise(HttpClientRequest.toWeb(request));
  const type = web.headers.get("content-type") ?? "";
  if (type.startsWith("application/json")) return { kind: "json", value: await web.json() };
  if (!type.startsWith("multipart/form-data")) {
    const bytes = await web.bytes();
    return { kind: "raw", text: new TextDecoder().decode(bytes), size: bytes.length };
  }
  const parts = [...await web.formData()].map(async ([name, content]) => {
    const file = content instanceof File ? content : new File([content], "");
    return { name, filename: file.name, contentType: file.type, size: file.size, text: await file.text() };
  });
  return { kind: "multipart", parts: await Promise.all(parts) };
};

/** A reply that is not recorded: all of it comes from a sample. */
const unrecorded: RecordedReply = { status: 200, kind: "json" };

/** A DSS that gives the replies of a case, completed from samples; what it has no reply for is not found. */
export const scriptedDss = (
  { requests, replies }: RecordedCase,
  samples: Readonly<Record<string, unknown>>,
): ScriptedDss => {
  const received: Array<{ readonly request: WireRequest; readonly source: HttpClientRequest.HttpClientRequest }> = [];
  /** What was written last, by path: DSS gives it back. */
  const written = new Map<string, unknown>();
  const open = requests.map((request, at) => ({ request, reply: replies[at] ?? unrecorded }));
  const given: Array<typeof open[number]> = [];

  const replyTo = (request: WireRequest): RecordedReply => {
    const fits = (one: typeof open[number]): boolean => sameAddress(request, one.request) !== undefined;
    const at = open.findIndex(fits);
    if (at !== -1) given.push(...open.splice(at, 1));
    const found = at === -1 ? given.findLast(fits) : given.at(-1);
    if (found === undefined) {
      return { status: 404, kind: "json", value: { errorType: "NotFoundException", message: `No ${line(request)}` } };
    }
    const { reply } = found;
    if (reply.kind !== "json" || reply.status >= 400) return reply;
    return { ...reply, value: completed(reply.value, sampleFor(request, samples)) ?? {} };
  };

  return {
    client: HttpClient.make((source, url) => {
      const query = [...url.searchParams];
      const request = { verb: source.method, path: url.pathname, query, headers: { ...source.headers } };
      received.push({ request, source });
      const reply = response(replyTo(request));
      const given = Effect.promise(async () => {
        const body = await bodyOf(source);
        if (source.method === "PUT" && body?.kind === "json") written.set(url.pathname, body.value);
        return source.method === "GET" && written.has(url.pathname) ? Response.json(written.get(url.pathname)) : reply;
      });
      return Effect.map(given, (web) => HttpClientResponse.fromWeb(source, web));
    }),
    sent: Effect.promise(() =>
      Promise.all(received.map(async ({ request, source }) => {
        const body = await bodyOf(source);
        return body === undefined ? request : { ...request, body };
      }))
    ),
  };
};
