/**
 * Requests as cassettes tell them: for recording, and for finding them again.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import type * as Headers from "effect/http/Headers";
import type * as HttpBody from "effect/http/HttpBody";
import type { RecordedPart, RecordedRequest } from "./cassette.ts";
import { type Inside, insideOf } from "./inside.ts";
import type { Redaction } from "./secrets.ts";
import { type FormFile, readForm } from "../transport/multipart.ts";

/** A body on its way. */
export type SentBody =
  | { readonly bytes: Uint8Array; readonly inside: Inside }
  | { readonly parts: ReadonlyArray<RecordedPart>; readonly contents: ReadonlyArray<Uint8Array> }
  | { readonly streamed: true };

/** Path and query below the prefix of the API. */
export const targetOf = ({ pathname, search }: URL): string =>
  `${pathname.replace(/^.*?\/dip\/publicapi/, "")}${search}`;

/** Login that a request acts for. */
export const actingForOf = (headers: Headers.Headers): string | undefined => headers["x-dku-proxyuser"];

const sha256Of = async (bytes: Uint8Array): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes)));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

/** Bytes as they are, or the parts of a form, whose boundary is another one each time. */
const shownBytes = (contentType: string | undefined, bytes: Uint8Array): Effect.Effect<SentBody> => {
  const files = readForm(contentType, bytes);
  if (files === undefined) return Effect.map(insideOf(bytes), (inside) => ({ bytes, inside }));
  const partOf = async ({ part, name, bytes }: FormFile): Promise<RecordedPart> => ({
    name: part,
    ...(name === "" ? {} : { fileName: name }),
    size: bytes.length,
    sha256: await sha256Of(bytes),
  });
  return Effect.map(
    Effect.promise(() => Promise.all(files.map(partOf))),
    (parts) => ({ parts, contents: files.map(({ bytes }) => bytes) }),
  );
};

/** What is sent, as it is. */
export const sentBody = (body: HttpBody.HttpBody): Effect.Effect<SentBody | undefined> => {
  switch (body._tag) {
    case "Empty":
      return Effect.succeed(undefined);
    case "Uint8Array":
      return shownBytes(body.contentType, body.body);
    case "Raw": {
      const { body: raw, contentType } = body;
      if (typeof raw === "string") return shownBytes(contentType, new TextEncoder().encode(raw));
      if (!(raw instanceof Blob)) return Effect.succeed({ streamed: true });
      return Effect.flatMap(Effect.promise(() => raw.arrayBuffer()), (buffer) => {
        const bytes = new Uint8Array(buffer);
        if (readForm(contentType, bytes) !== undefined) return shownBytes(contentType, bytes);
        const one = Effect.promise(async () => ({ name: "", size: bytes.length, sha256: await sha256Of(bytes) }));
        return Effect.map(one, (only) => ({ parts: [only], contents: [] }));
      });
    }
    // This library sends forms as bytes.
    case "FormData":
    case "Stream":
      return Effect.succeed({ streamed: true });
  }
};

/** What is sent, as a cassette shows it. */
export const shownBody = (
  body: SentBody | undefined,
  target: string,
  redaction: Redaction,
): RecordedRequest["body"] | undefined => {
  if (body === undefined || "streamed" in body) return body;
  if ("bytes" in body) return redaction.body(target, body.bytes, body.inside);
  const parts = body.parts.map(({ name, fileName, ...content }) => ({
    name: redaction.text(name),
    ...(fileName === undefined ? {} : { fileName: redaction.text(fileName) }),
    ...content,
  }));
  return { parts };
};

/** Tells of the secrets in what is sent. */
export const learnSent = (body: SentBody | undefined, target: string, redaction: Redaction): void => {
  if (body === undefined || "streamed" in body) return;
  for (const bytes of "bytes" in body ? [body.bytes] : body.contents) redaction.learn(target, bytes);
};
