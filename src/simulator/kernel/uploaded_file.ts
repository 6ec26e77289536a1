/**
 * Files that are uploaded to the simulated DSS.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { type FormFile, readForm } from "../../transport/multipart.ts";
import { type Call, invalid, type SimulatedRefusal } from "./route.ts";
import { isJsonObject, type JsonObject } from "./stored_document.ts";
import { NotAZip, readZip } from "./zip.ts";

/** The files of a form, by the names of their parts, in their order. */
export type SentForm = ReadonlyMap<string, ReadonlyArray<FormFile>>;

const wrongForm = (name: string): SimulatedRefusal =>
  invalid(`The body must be multipart/form-data with a file in its part "${name}"`);

/** The form that a request sends. */
export const formSent = ({ headers, body }: Call): Effect.Effect<SentForm, SimulatedRefusal> =>
  Effect.suspend(() => {
    const files = readForm(headers["content-type"], body);
    return files === undefined
      ? Effect.fail(wrongForm("file"))
      : Effect.succeed(Map.groupBy(files, ({ part }) => part));
  });

/** The bytes of the first file of a form, by the name of its part. */
export const fileSent = (call: Call, name = "file"): Effect.Effect<Uint8Array, SimulatedRefusal> =>
  Effect.flatMap(formSent(call), (form) => {
    const [file] = form.get(name) ?? [];
    return file === undefined ? Effect.fail(wrongForm(name)) : Effect.succeed(file.bytes);
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
): JsonObject | undefined => {
  const bytes = files.get(path);
  try {
    const value: unknown = bytes === undefined ? undefined : JSON.parse(new TextDecoder().decode(bytes));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined; // whoever asks says what is wrong with it
  }
};
