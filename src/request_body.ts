/**
 * Bodies of requests: JSON, and uploads whose progress is watched.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import * as HttpBody from "effect/http/HttpBody";
import { oneLine } from "./one_line.ts";
import { Invalid } from "./reasons.ts";
import type { Content, DssRequest, Part } from "./request.ts";

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

/** Parts of a known length go as a form, whose length the runtime tells; a stream goes in pieces. */
const multipart = (parts: ReadonlyArray<Part>): RequestBody => {
  if (parts.every(({ content }) => content instanceof Blob || content instanceof Uint8Array)) {
    const form = new FormData();
    for (const part of parts) {
      const { name, content, type } = part;
      const blob = new Blob([content as BlobPart], type === undefined ? {} : { type });
      form.append(name, blob, nameOf(part));
    }
    return { body: HttpBody.formData(form) };
  }
  const boundary = `----${crypto.randomUUID()}`;
  const text = (line: string): Stream.Stream<Uint8Array> => Stream.succeed(new TextEncoder().encode(line));
  const pieces = parts.map((part) => {
    const [name, fileName] = [quoted(part.name), quoted(nameOf(part))];
    return text(
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"\r\n` +
        // A blob knows which types can be sent.
        `Content-Type: ${new Blob([], { type: part.type ?? "" }).type || octets}\r\n\r\n`,
    ).pipe(Stream.concat(bytesOf(part.content)), Stream.concat(text("\r\n")));
  });
  const whole = pieces.reduce<Stream.Stream<Uint8Array, unknown>>(
    (all, piece) => Stream.concat(all, piece),
    Stream.empty,
  );
  return watched(Stream.concat(whole, text(`--${boundary}--\r\n`)), `multipart/form-data; boundary=${boundary}`);
};

/** The body of a request; none for `undefined`. */
export const requestBody = ({ json, parts, content }: DssRequest): RequestBody | undefined | Invalid => {
  if (parts !== undefined) return multipart(parts);
  if (content instanceof Blob) return { body: HttpBody.raw(content, { contentType: octets }) };
  if (content instanceof Uint8Array) return { body: HttpBody.uint8Array(content, octets) };
  if (content !== undefined) return watched(content, octets);
  if (json === undefined) return undefined;
  try {
    return { body: HttpBody.text(JSON.stringify(json), "application/json") };
  } catch (error) {
    const words = error instanceof Error ? error.message : error;
    return new Invalid({ detail: oneLine(`the body is not JSON: ${words}`, 200) });
  }
};
