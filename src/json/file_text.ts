/**
 * The text of files, as programs of all systems write it.
 *
 * @module
 * @internal
 */
import * as Result from "effect/Result";

/** Whether bytes begin as UTF-16 does: with its mark, or with a character of ASCII in two bytes. */
const isUtf16 = ([first, second]: Uint8Array): boolean => {
  if (first === undefined || second === undefined) return false;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || (first === 0) !== (second === 0);
};

/** The text in UTF-8 that bytes are, without the mark that Windows writes before it; or what they are instead. */
export const fileText = (bytes: Uint8Array): Result.Result<string, string> => {
  if (isUtf16(bytes)) return Result.fail("is UTF-16, expected UTF-8: save it as UTF-8");
  try {
    return Result.succeed(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return Result.fail("is not UTF-8: save it as UTF-8");
  }
};

/** A text without the mark that Windows writes before it. */
export const withoutMark = (text: string): string => text.replace(/^\uFEFF/, "");

/** The lines of a text, wherever it was written. */
export const linesOf = (text: string): ReadonlyArray<string> => withoutMark(text).split(/\r\n|\r|\n/);
