/**
 * Logs of the instance.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type * as Stream from "effect/Stream";
import { type LogContent, LogFile } from "../../schemas/admin/instance_log.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { get, path } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";

export * from "../../schemas/admin/instance_log.ts";

/**
 * Logs of the instance. They need an administrator's key.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { InstanceLogs } from "@effect-dataiku/dss/instance-logs";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const warnings = Effect.gen(function* () {
 *   const content = yield* (yield* InstanceLogs).read("backend.log");
 *   return typeof content === "string" ? content.split("\n").filter((line) => line.includes("[WARN]")) : [];
 * });
 * const found = await Effect.runPromise(Effect.provide(warnings, Simulator.layer()));
 * if (found.length !== 1) throw new Error("unexpected");
 * ```
 */
export interface InstanceLogs {
  /** The logs that there are. */
  list(): Effect.Effect<ReadonlyArray<LogFile>, DssError>;
  /**
   * What a log holds.
   *
   * A log beyond `maxBodyBytes` of the connection is `TooLarge`: stream it.
   */
  read(name: string): Effect.Effect<LogContent, DssError>;
  /**
   * The bytes of the answer that holds a log, as they come, for logs that do not fit into memory.
   *
   * Most versions of DSS answer the text as one string in JSON, with its quotes and escapes.
   */
  stream(name: string): Stream.Stream<Uint8Array, DssError>;
}

const Listed = Schema.Array(Schema.Union([LogFile, Schema.String]));

/** DSS answers the text as it is, as a string in JSON, or an object. */
const contentOf = (body: string): LogContent => {
  // Only these begin a string or an object in JSON.
  if (!/^\s*["{]/.test(body)) return body;
  try {
    return JSON.parse(body) as LogContent;
  } catch {
    // A log whose first line begins like JSON.
    return body;
  }
};

/** Key of {@linkcode InstanceLogs}, with its layer. */
export const InstanceLogs: DssService<InstanceLogs> = service(
  "InstanceLogs",
  Effect.map(Dss, (dss): InstanceLogs => {
    const log = (name: string) => get(path`/admin/logs/${name}`, { slow: true, streamedBy: "InstanceLogs.stream" });
    return {
      list: () =>
        Effect.map(
          dss.json("InstanceLogs.list", get(path`/admin/logs/`), Listed),
          (files) => files.map((file) => typeof file === "string" ? { name: file } : file),
        ),
      read: (name) => Effect.map(dss.text("InstanceLogs.read", log(name)), contentOf),
      stream: (name) => dss.stream("InstanceLogs.stream", log(name)),
    };
  }),
);
