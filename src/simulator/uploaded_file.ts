/**
 * Files that are uploaded to the simulated DSS.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { type Call, invalid, type SimulatedRefusal } from "./route.ts";
import { isJsonObject, type JsonObject } from "./stored_document.ts";
import { NotAZip, readZip } from "./zip.ts";

/** The parts of a form. */
export interface SentForm {
  /** The files of a name, in their order. */
  readonly files: (name: string) => ReadonlyArray<File>;
  /** The JSON object in the file of a name. */
  readonly json: (name: string) => Effect.Effect<JsonObject, SimulatedRefusal>;
}

const wrongForm = (name: string): SimulatedRefusal =>
  invalid(`The body must be multipart/form-data with a file in its part "${name}"`);

/** The form that a request sends. */
export const formSent = ({ headers, body }: Call): Effect.Effect<SentForm, SimulatedRefusal> =>
  Effect.tryPromise({
    try: () =>
      new Response(new Uint8Array(body), { headers: { "content-type": headers["content-type"] ?? "" } }).formData(),
    catch: () => wrongForm("file"),
  }).pipe(Effect.map((form): SentForm => {
    const files = (name: string) => form.getAll(name).filter((part): part is File => part instanceof File);
    return {
      files,
      json: (name) =>
        Effect.flatMap(
          Effect.promise(async () => new Map([[name, new Uint8Array(await files(name)[0]?.arrayBuffer() ?? [])]])),
          (held) => {
            const value = jsonIn(held, name);
            return value === undefined
              ? Effect.fail(invalid(`The part "${name}" must be JSON`))
              : Effect.succeed(value);
          },
        ),
    };
  }));

/** The file of a form, by the name of its part. */
export const fileSent = (call: Call, name = "file"): Effect.Effect<Uint8Array, SimulatedRefusal> =>
  Effect.flatMap(formSent(call), (form) => {
    const [file] = form.files(name);
    return file === undefined
      ? Effect.fail(wrongForm(name))
      : Effect.promise(async () => new Uint8Array(await file.arrayBuffer()));
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
