/**
 * Days of the calendar.
 *
 * @module
 * @internal
 */

/** Milliseconds since 1970 of midnight in UTC of a day, as `2026-01-31`; `undefined` when the calendar has no such day. */
export const calendarDay = (text: string): number | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = Date.parse(`${text}T00:00:00Z`);
  // Some runtimes take the 31st of February for a day in March.
  return !Number.isNaN(day) && new Date(day).toISOString().startsWith(text) ? day : undefined;
};
