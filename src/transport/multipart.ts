/**
 * Forms as they are on the wire.
 *
 * They are read at once: where runtimes read forms, time passes, which would not be that of a test clock.
 *
 * @module
 * @internal
 */

/** A file in a form. */
export interface FormFile {
  /** Name of its part. */
  readonly part: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Each byte as a character, so that text is found in bytes at its place. */
const asText = (bytes: Uint8Array): string => {
  const pieces: Array<string> = [];
  for (let at = 0; at < bytes.length; at += 8192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return pieces.join("");
};

/** A parameter of a header, as `name` of `form-data; name="file"`. */
const parameter = (header: string, name: string): string | undefined =>
  new RegExp(`[;\\s]${name}="([^"]*)"`, "i").exec(header)?.[1];

/** The files in a form, in their order; `undefined` for what is no whole form. */
export const readForm = (contentType: string | undefined, body: Uint8Array): ReadonlyArray<FormFile> | undefined => {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)/i.exec(contentType ?? "")?.[1];
  if (boundary === undefined) return undefined;
  const text = asText(body);
  const mark = `--${boundary}`;
  if (!text.includes(`${mark}--`)) return undefined;
  const files: Array<FormFile> = [];
  for (let at = text.indexOf(mark); at !== -1;) {
    const next = text.indexOf(mark, at + mark.length);
    const headEnd = text.indexOf("\r\n\r\n", at);
    if (next !== -1 && headEnd !== -1 && headEnd < next) {
      // Names can have any character, in UTF-8.
      const head = new TextDecoder().decode(body.subarray(at, headEnd));
      files.push({
        part: parameter(head, "name") ?? "",
        name: parameter(head, "filename") ?? "",
        type: /^content-type: *(.*)$/im.exec(head)?.[1]?.trim() ?? "",
        bytes: body.slice(headEnd + 4, next - 2),
      });
    }
    at = next;
  }
  return files;
};
