/**
 * Futures, as DSS answers them.
 *
 * @module
 */
import { always, type Document, document, oneOf, optional } from "../document.ts";

/** Messages; those that make work a failure have `error` or `fatal` set. */
export const infoMessages = (flags: { readonly error: boolean; readonly fatal: boolean }): Document =>
  document({
    anyMessage: always(true),
    success: always(false),
    warning: always(true),
    error: always(flags.error),
    fatal: always(flags.fatal),
    messages: always([
      document({
        severity: always(oneOf("WARNING")),
        isFatal: optional(false),
        code: optional("WARN_CONNECTION_HDFS_ACL_SUBDIRECTORY"),
        title: optional("Permission warning"),
        message: optional("Directory is not readable by group"),
        details: optional("/data/raw"),
        extraInfoSummary: optional({ directories: 1 }),
        extraInfoDetails: optional([{ path: "/data/raw" }]),
      }),
    ]),
    maxSeverity: optional(oneOf("WARNING")),
  });

/** The flags of a future: there is no enumeration of its states. */
export interface FutureFlags {
  readonly hasResult: boolean;
  readonly alive: boolean;
  readonly aborted: boolean;
  readonly unknown: boolean;
}

/** A future with an id, in a list or looked at. */
export const future = (flags: FutureFlags): Document =>
  document({
    hasResult: always(flags.hasResult),
    alive: always(flags.alive),
    aborted: always(flags.aborted),
    unknown: always(flags.unknown),
    runningTime: always(5120),
    startTime: always(1759312596668),
    jobId: optional("Zk3nQ9fA"),
    ...(flags.hasResult ? { result: optional(infoMessages({ error: false, fatal: false })) } : {}),
    progress: optional({ states: [{ name: "Building", cur: 2, target: 5, unit: "STEPS" }] }),
    payload: optional({
      displayName: "Scenario Nightly build",
      type: "SCENARIO_RUN",
      targets: [{ projectKey: "SALES", objectType: "SCENARIO", objectId: "NIGHTLY_BUILD" }],
    }),
    owner: optional("maria"),
    jobDisplayName: optional("Nightly build"),
    abortable: optional(true),
  });

/** It runs. */
export const running: FutureFlags = { hasResult: false, alive: true, aborted: false, unknown: false };

/** Its result is there. */
export const done: FutureFlags = { hasResult: true, alive: false, aborted: false, unknown: false };

/** It was aborted. */
export const aborted: FutureFlags = { hasResult: false, alive: false, aborted: true, unknown: false };

/** DSS does not know it: its result was taken, or it was forgotten. */
export const forgotten: FutureFlags = { hasResult: false, alive: false, aborted: false, unknown: true };
