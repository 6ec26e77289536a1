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
import type { Redaction } from "./cassette_secrets.ts";

/** A body on its way. */
export type SentBody =
  | { readonly bytes: Uint8Array }
  | { readonly parts: ReadonlyArray<RecordedPart> }
  | { readonly streamed: true };

/** Path and query below the prefix of the API. */
export const targetOf = ({ pathname, search }: URL): string =>
  `${pathname.replace(/^.*?\/dip\/publicapi/, "")}${search}`;

/** Login that a request acts for. */
export const actingForOf = (headers: Headers.Headers): string | undefined => headers["x-dku-proxyuser"];

const part = async (name: string, content: Blob): Promise<RecordedPart> => {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await content.arrayBuffer()));
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { name, ...(content instanceof File ? { fileName: content.name } : {}), size: content.size, sha256 };
};

/** What is sent, as it is. */
export const sentBody = (body: HttpBody.HttpBody): Effect.Effect<SentBody | undefined> => {
  switch (body._tag) {
    case "Empty":
      return Effect.succeed(undefined);
    case "Uint8Array":
      return Effect.succeed({ bytes: body.body });
    case "FormData":
      return Effect.promise(async () => ({
        parts: await Promise.all(
          [...body.formData].map(([name, value]) => part(name, typeof value === "string" ? new Blob([value]) : value)),
        ),
      }));
    case "Raw":
      if (typeof body.body === "string") return Effect.succeed({ bytes: new TextEncoder().encode(body.body) });
      return body.body instanceof Blob
        ? Effect.map(Effect.promise(() => part("", body.body as Blob)), (one) => ({ parts: [one] }))
        : Effect.succeed({ streamed: true });
    case "Stream":
      return Effect.succeed({ streamed: true });
  }
};

/** What is sent, as a cassette shows it. */
export const shownBody = (
  body: SentBody | undefined,
  target: string,
  redaction: Redaction,
): RecordedRequest["body"] | undefined =>
  body === undefined ? undefined : "bytes" in body ? redaction.body(target, body.bytes) : body;
