/**
 * Files that are uploaded to the simulated DSS.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { type Call, invalid, type SimulatedRefusal } from "./route.ts";
import { NotAZip, readZip } from "./zip.ts";

/** The file of a multipart body, by the name of its part. */
export const fileSent = ({ headers, body }: Call, part = "file"): Effect.Effect<Uint8Array, SimulatedRefusal> =>
  Effect.tryPromise({
    try: async () => {
      const form = await new Response(new Uint8Array(body), {
        headers: { "content-type": headers["content-type"] ?? "" },
      })
        .formData();
      const file = form.get(part);
      if (!(file instanceof Blob)) throw new Error(`there is no file ${part}`);
      return new Uint8Array(await file.arrayBuffer());
    },
    catch: () => invalid(`The body must be multipart/form-data with a file in its part "${part}"`),
  });

/** The files of an archive. */
export const filesOf = (archive: Uint8Array): Effect.Effect<ReadonlyMap<string, Uint8Array>, SimulatedRefusal> =>
  Effect.tryPromise({
    try: () => readZip(archive),
    catch: (error) => {
      if (error instanceof NotAZip) return invalid(`The file is not a ZIP archive: ${error.message}`);
      throw error;
    },
  });

/** The files of the archive of a multipart body. */
export const archiveSent = (call: Call): Effect.Effect<ReadonlyMap<string, Uint8Array>, SimulatedRefusal> =>
  Effect.flatMap(fileSent(call), filesOf);

/** A JSON object in a file of an archive; `undefined` when there is none. */
export const jsonIn = (
  files: ReadonlyMap<string, Uint8Array>,
  path: string,
): Readonly<Record<string, unknown>> | undefined => {
  const bytes = files.get(path);
  try {
    const value: unknown = bytes === undefined ? undefined : JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? value as Readonly<Record<string, unknown>>
      : undefined;
  } catch {
    return undefined; // whoever asks says what is wrong with it
  }
};
