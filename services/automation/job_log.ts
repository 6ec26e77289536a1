/**
 * Following a log that DSS only gives whole.
 *
 * @module
 * @internal
 */

/** The part of a log that was handed out: how long it was, and how it ended, to notice that DSS began it anew. */
export interface LogPosition {
  readonly length: number;
  readonly tail: string;
}

/** Before the first line. */
export const logStart: LogPosition = { length: 0, tail: "" };

/**
 * The lines that came since a position; a last line without its newline is kept back until the log is complete.
 *
 * A log that does not go on from the position (it was rotated) is handed out from its beginning.
 */
export const newLines = (
  log: string,
  position: LogPosition,
  complete: boolean,
): readonly [lines: ReadonlyArray<string>, next: LogPosition] => {
  const goesOn = log.slice(position.length - position.tail.length, position.length) === position.tail;
  const from = goesOn ? position.length : 0;
  const to = complete ? log.length : log.lastIndexOf("\n") + 1;
  if (to <= from) return [[], goesOn ? position : logStart];
  const lines = log.slice(from, to).replace(/\r?\n$/, "").split(/\r?\n/);
  return [lines, { length: to, tail: log.slice(Math.max(to - 200, 0), to) }];
};
