/**
 * The connection to DSS: options, errors, operations, and the documented way out for endpoints that no service covers.
 *
 * @example
 * ```ts
 * import { Effect, Schema } from "effect";
 * import { Dss, get, path } from "@effect-dataiku/dss/dss";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const Answer = Schema.Array(Schema.Struct({ state: Schema.String }));
 * const jobs = Effect.flatMap(Dss, (dss) => dss.json("MyJobs.list", get(path`/projects/${"SALES"}/jobs/`), Answer));
 * const found = await Effect.runPromise(Effect.provide(jobs, Simulator.layer()));
 * if (found.length === 0) throw new Error("unexpected");
 * ```
 *
 * @module
 */
export { Dss, type DssKey } from "./connection/dss.ts";
export { DssError } from "./errors/dss_error.ts";
export type { ConnectionOptions, Credentials, DssOptions } from "./connection/dss_options.ts";
export {
  AbortUncertain,
  ContactLost,
  type Operation,
  type OperationState,
  type Progress,
  type WaitOptions,
  WaitTimedOut,
} from "./operation/operation.ts";
export { withOperation } from "./operation/make_operation.ts";
export type { Transport } from "./transport/transport.ts";
export type { RetryOptions, TransportOptions } from "./transport/transport_options.ts";
export { DssMetrics } from "./transport/metrics.ts";
export { type Pages, pagesOf } from "./connection/pages.ts";
export { adaptivePolling, type AdaptivePollingOptions, Polling, type PollingSchedule } from "./operation/polling.ts";
export * from "./errors/reasons.ts";
export {
  type AsJson,
  type Content,
  del,
  type DssRequest,
  type FilePath,
  filePath,
  get,
  type Part,
  type Path,
  path,
  type PathHole,
  post,
  put,
  type Query,
  type RequestOptions,
} from "./transport/request.ts";
export type { DssService } from "./connection/service.ts";
export { Token, TokenInvalid } from "./errors/token.ts";
export type { ErrorClass, ErrorJson, PlainError } from "./errors/error_class.ts";
export {
  findConnection,
  type FindConnectionOptions,
  type FoundConnection,
  NoConnection,
} from "./connection/find_connection.ts";
export {
  type SaveOptions,
  SettingsConflict,
  SettingsDropped,
  type SettingsError,
  SettingsUnverified,
} from "./settings/settings.ts";
