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

/** A file in a form. */
export interface SentFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** The files of a form, by the names of their parts, in their order. */
export type SentForm = ReadonlyMap<string, ReadonlyArray<SentFile>>;

const wrongForm = (name: string): SimulatedRefusal =>
  invalid(`The body must be multipart/form-data with a file in its part "${name}"`);

/** Each byte as a character, so that text is found in bytes at its place. */
const asText = (bytes: Uint8Array): string => {
  const pieces: Array<string> = [];
  for (let at = 0; at < bytes.length; at += 8192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return pieces.join("");
};

/** A parameter of a header, as `name` of `form-data; name="file"`. */
const parameter = (header: string, name: string): string | undefined =>
  new RegExp(`[;\\s]${name}="([^"]*)"`, "i").exec(header)?.[1];

/**
 * The form that a request sends. It is read at once: where the runtime reads forms, time passes, which would not be that of a test clock.
 */
export const formSent = ({ headers, body }: Call): Effect.Effect<SentForm, SimulatedRefusal> =>
  Effect.suspend(() => {
    const boundary = /^multipart\/form-data;.*boundary="?([^";]+)/i.exec(headers["content-type"] ?? "")?.[1];
    const text = asText(body);
    if (boundary === undefined || !text.includes(`--${boundary}--`)) return Effect.fail(wrongForm("file"));
    const form = new Map<string, ReadonlyArray<SentFile>>();
    const mark = `--${boundary}`;
    for (let at = text.indexOf(mark); at !== -1;) {
      const next = text.indexOf(mark, at + mark.length);
      const headEnd = text.indexOf("\r\n\r\n", at);
      if (next !== -1 && headEnd !== -1 && headEnd < next) {
        // Names can have any character, in UTF-8.
        const head = new TextDecoder().decode(body.subarray(at, headEnd));
        const name = parameter(head, "name") ?? "";
        const file = {
          name: parameter(head, "filename") ?? "",
          type: /^content-type: *(.*)$/im.exec(head)?.[1]?.trim() ?? "",
          bytes: body.slice(headEnd + 4, next - 2),
        };
        form.set(name, [...form.get(name) ?? [], file]);
      }
      at = next;
    }
    return Effect.succeed(form);
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
