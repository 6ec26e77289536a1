/**
 * Bodies of requests: JSON, and uploads whose progress is watched.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Stream from "effect/Stream";
import * as HttpBody from "effect/http/HttpBody";
import { joined } from "./joined.ts";
import { oneLine } from "../errors/one_line.ts";
import { Invalid } from "../errors/reasons.ts";
import { jsonText } from "../json/json_text.ts";
import type { AsJson, Content, DssRequest, Part } from "./request.ts";

/** How far a streamed body is. */
export interface UploadProgress {
  /** Pieces that were handed to the connection. */
  pieces: number;
  /** Whether the last one was. */
  ended: boolean;
  /** Why the content could not be read, when that is what broke the upload. */
  failure: { readonly cause: unknown } | undefined;
}

/** A body that is ready to be sent. */
export interface RequestBody {
  readonly body: HttpBody.HttpBody;
  /** There for a streamed body: it may take as long as bytes flow. */
  readonly progress?: UploadProgress;
}

const octets = "application/octet-stream";

/** The name of a part inside its quotes, as browsers escape it. */
const quoted = (name: string): string => name.replaceAll("\r", "%0D").replaceAll("\n", "%0A").replaceAll('"', "%22");

const bytesOf = (content: Content): Stream.Stream<Uint8Array, unknown> => {
  if (content instanceof Uint8Array) return Stream.succeed(content);
  return content instanceof Blob
    ? Stream.fromReadableStream({ evaluate: () => content.stream(), onError: (error) => error })
    : content;
};

const watched = (bytes: Stream.Stream<Uint8Array, unknown>, contentType: string): RequestBody => {
  const progress: UploadProgress = { pieces: 0, ended: false, failure: undefined };
  const counted = bytes.pipe(
    Stream.tap(() => Effect.sync(() => void (progress.pieces += 1))),
    Stream.tapError((cause) => Effect.sync(() => void (progress.failure = { cause }))),
    Stream.onEnd(Effect.sync(() => void (progress.ended = true))),
  );
  return { body: HttpBody.stream(counted, contentType), progress };
};

const nameOf = ({ fileName, content }: Part): string => fileName ?? (content instanceof File ? content.name : "file");

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const isBytes = (content: Content): content is Uint8Array => content instanceof Uint8Array;
const isOfKnownLength = (content: Content): content is Uint8Array | Blob => isBytes(content) || content instanceof Blob;

/** The JSON text of a value, or why it is not sent. */
const jsonBody = (value: unknown, root: string): string | Invalid =>
  Result.getOrElse(jsonText(value, root), (why) => new Invalid({ detail: oneLine(why, 500) }));

const isJson = (content: Part["content"]): content is AsJson =>
  !(content instanceof Uint8Array) && !(content instanceof Blob) && !Stream.isStream(content);

/** Parts of a known length go with it; as soon as one is a stream, all go in pieces. */
const multipart = (parts: ReadonlyArray<Part>): RequestBody | Invalid => {
  const boundary = `----${crypto.randomUUID()}`;
  const contentType = `multipart/form-data; boundary=${boundary}`;
  const given = parts.map(({ name, content }) => {
    if (!isJson(content)) return content;
    const text = jsonBody(content.json, name);
    return typeof text === "string" ? encode(text) : text;
  });
  const unfit = given.find((content) => content instanceof Invalid);
  if (unfit !== undefined) return unfit;
  const contents: ReadonlyArray<Content> = [
    ...parts.flatMap((part, at) => {
      const [name, fileName] = [quoted(part.name), quoted(nameOf(part))];
      const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"\r\n` +
        // A blob knows which types can be sent.
        `Content-Type: ${new Blob([], { type: part.type ?? "" }).type || octets}\r\n\r\n`;
      return [encode(head), given[at] as Content, encode("\r\n")];
    }),
    encode(`--${boundary}--\r\n`),
  ];
  if (contents.every(isBytes)) return { body: HttpBody.uint8Array(joined(contents), contentType) };
  if (contents.every(isOfKnownLength)) {
    return { body: HttpBody.raw(new Blob(contents as ReadonlyArray<BlobPart> as Array<BlobPart>), { contentType }) };
  }
  const pieces = contents.map(bytesOf);
  return watched(pieces.reduce((all, piece) => Stream.concat(all, piece), Stream.empty), contentType);
};

/** The body of a request; none for `undefined`. */
export const requestBody = (
  { json, jsonText: written, parts, content }: DssRequest,
): RequestBody | undefined | Invalid => {
  if (parts !== undefined) return multipart(parts);
  if (content instanceof Blob) return { body: HttpBody.raw(content, { contentType: octets }) };
  if (content instanceof Uint8Array) return { body: HttpBody.uint8Array(content, octets) };
  if (content !== undefined) return watched(content, octets);
  if (json === undefined) return undefined;
  const text = written ?? jsonBody(json, "");
  return typeof text === "string" ? { body: HttpBody.text(text, "application/json") } : text;
};
