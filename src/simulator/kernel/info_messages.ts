/**
 * Messages of the simulated DSS.
 *
 * @module
 * @internal
 */
import type { JsonObject } from "./stored_document.ts";

/** A report with one message. */
export const infoMessage = (
  severity: "SUCCESS" | "WARNING" | "ERROR",
  code: string,
  title: string,
  message: string,
): JsonObject => ({
  anyMessage: true,
  success: severity === "SUCCESS",
  warning: severity === "WARNING",
  error: severity === "ERROR",
  fatal: false,
  maxSeverity: severity,
  messages: [{ severity, isFatal: false, code, title, message }],
});
