/**
 * Showing what DSS and others say.
 *
 * @module
 * @internal
 */

/** A text in one line, of at most `limit` characters, without what would steer the terminal or the editor that shows it. */
export const oneLine = (text: string, limit = 1000): string => {
  const line = text.replaceAll(/[\s\p{Cc}\p{Bidi_Control}]+/gu, " ").trim();
  return line.length > limit ? `${line.slice(0, limit - 1).toWellFormed()}…` : line;
};
