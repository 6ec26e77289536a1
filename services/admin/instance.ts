/**
 * The instance: what it is, its licence, its health, and what it reports to others.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";
import type * as Stream from "effect/Stream";
import { FutureState } from "../../src/operation/future_state.ts";
import { InfoMessages } from "../../src/json/info_messages.ts";
import { GovernNode, InstanceInfo, LlmCostCounter, UsageSummary } from "../../schemas/admin/instance.ts";
import { LicensingStatus } from "../../schemas/admin/licensing.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import type { FutureEnd } from "../../src/operation/future_failure.ts";
import {
  type FutureOperation,
  type FutureOperationSpec,
  makeFutureOperation,
} from "../../src/operation/future_operation.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import { dictionary, open } from "../../src/json/open.ts";
import type { ContactLost, WaitOptions, WaitTimedOut } from "../../src/operation/operation.ts";
import { type DssRequest, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";

export * from "../../src/json/info_messages.ts";
export * from "../../schemas/admin/instance.ts";
export * from "../../schemas/admin/licensing.ts";

/** How much of the usage is told. */
export interface UsageOptions {
  /** Whether it is told by project too, which takes DSS longer. */
  readonly perProject?: boolean;
}

/** How the instance is checked, and how long the end is waited for. */
export interface SanityCheckOptions extends WaitOptions {
  /** Codes of findings to leave out, of those that `sanityCheckCodes` gives. */
  readonly exclude?: ReadonlyArray<string>;
}

/** What is sent to the Govern node, and how long the end is waited for. */
export interface GovernSyncOptions extends WaitOptions {
  /** Key of the only project to send; by default all are. */
  readonly projectKey?: string;
}

/**
 * The instance: what it is, its licence, its health, and what it reports to others.
 *
 * All but `info`, `scoringLibraries` and `dataQualityStatus` needs an administrator's key.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { Instance } from "@effect-dataiku/dss/instance";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const instance = yield* Instance;
 *   const { base } = yield* instance.licensingStatus();
 *   return { node: (yield* instance.info()).nodeType, isLicensed: base.valid };
 * });
 * const { node, isLicensed } = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (node !== "DESIGN" || !isLicensed) throw new Error("unexpected");
 * ```
 */
export interface Instance {
  /** Which instance it is. */
  info(): Effect.Effect<InstanceInfo, DssError>;
  /** Its licence, and how far it is used. */
  licensingStatus(): Effect.Effect<LicensingStatus, DssError>;
  /**
   * Puts a licence in the place of the one that it has.
   *
   * @param license The JSON of the licence's file. It is in no error, log or span.
   */
  setLicense(license: Redacted.Redacted<Readonly<Record<string, unknown>>>): Effect.Effect<void, DssError>;
  /** How much there is on the instance. */
  usage(options?: UsageOptions): Effect.Effect<UsageSummary, DssError>;
  /** Codes of all that a sanity check can find; `RequiresDss` before DSS 14.4. */
  sanityCheckCodes(): Effect.Effect<ReadonlyArray<string>, DssError>;
  /**
   * Starts a check of the instance, and gives the operation; `RequiresDss` before DSS 14.4.
   *
   * What it finds is its result, errors too: only a check that could not be done is `FutureFailed`.
   */
  startSanityCheck(options?: SanityCheckOptions): Effect.Effect<FutureOperation<InfoMessages>, DssError>;
  /** Checks the instance and waits for the findings; aborts the check when the wait is interrupted. */
  runSanityCheck(
    options?: SanityCheckOptions,
  ): Effect.Effect<InfoMessages, DssError | FutureEnd | ContactLost | WaitTimedOut>;
  /** The jar that models exported as Java need, when they come without libraries. */
  scoringLibraries(): Stream.Stream<Uint8Array, DssError>;
  /**
   * Writes an entry of one's own into the audit trail. It is never sent twice: a lost answer is `OutcomeUnknown`.
   *
   * @param type Its `customMsgType`.
   * @param params Its `customMsgParams`; by default none.
   */
  logCustomAudit(type: string, params?: Readonly<Record<string, unknown>>): Effect.Effect<void, DssError>;
  /** The Govern node that this one reports to. */
  governNode(): Effect.Effect<GovernNode, DssError>;
  /** Starts to send what the Govern node shows of this one, and gives the operation; DSS does not document its result. */
  startGovernSync(options?: GovernSyncOptions): Effect.Effect<FutureOperation<unknown>, DssError>;
  /** Sends what the Govern node shows of this one and waits for the end; aborts it when the wait is interrupted. */
  runGovernSync(options?: GovernSyncOptions): Effect.Effect<unknown, DssError | FutureEnd | ContactLost | WaitTimedOut>;
  /** Starts to send what the Govern node shows of the deployer, and gives the operation; DSS does not document its result. */
  startGovernDeployerSync(options?: WaitOptions): Effect.Effect<FutureOperation<unknown>, DssError>;
  /** Sends what the Govern node shows of the deployer and waits for the end; aborts it when the wait is interrupted. */
  runGovernDeployerSync(
    options?: WaitOptions,
  ): Effect.Effect<unknown, DssError | FutureEnd | ContactLost | WaitTimedOut>;
  /** What the rules of data quality say, by key of the project, in a form that DSS does not document. */
  dataQualityStatus(): Effect.Effect<Readonly<Record<string, unknown>>, DssError>;
  /** How much of the quotas of cost was used by calls of LLMs. */
  llmCostCounters(): Effect.Effect<ReadonlyArray<LlmCostCounter>, DssError>;
  /** How much of one quota was used; of a quota by dimension, with the counter of each value. DSS documents no field but the id. */
  llmCostCounter(id: string): Effect.Effect<LlmCostCounter, DssError>;
}

const LlmCostCounters = open({ counters: Schema.Array(LlmCostCounter) });

/** First version of DSS that checks itself, as public programs say it. */
const sanityChecks = "14.4";

/** Key of {@linkcode Instance}, with its layer. */
export const Instance: DssService<Instance> = service(
  "Instance",
  Effect.map(Dss, (dss): Instance => {
    const start = <A>(
      spec: Omit<FutureOperationSpec<A>, "future">,
      request: DssRequest,
      options?: WaitOptions,
    ): Effect.Effect<FutureOperation<A>, DssError> =>
      Effect.flatMap(
        dss.json(spec.method, { ...request, starts: true }, FutureState),
        (future) => makeFutureOperation(dss, { ...spec, future, isNew: true, startedBy: request }, options),
      );
    const check = (method: string, options: SanityCheckOptions = {}) => {
      const request = post(path`/admin/sanity-check/run`, { json: options.exclude ?? [], since: sanityChecks });
      return start({ method, result: InfoMessages, areMessagesResult: true }, request, options);
    };
    const sync = (method: string, options: GovernSyncOptions = {}) => {
      const request = post(path`/admin/govern-integration-sync`, { query: { projectKey: options.projectKey } });
      return start({ method, result: Schema.Unknown }, request, options);
    };
    const syncDeployer = (method: string, options?: WaitOptions) =>
      start({ method, result: Schema.Unknown }, post(path`/admin/govern-integration-deployer-sync`), options);
    return {
      info: () => dss.json("Instance.info", get(path`/instance-info`), InstanceInfo),
      licensingStatus: () => dss.json("Instance.licensingStatus", get(path`/admin/licensing/status`), LicensingStatus),
      setLicense: (license) =>
        dss.empty(
          "Instance.setLicense",
          // The same licence twice is the same as once.
          post(path`/admin/licensing/license`, { json: Redacted.value(license), repeatable: true }),
        ),
      usage: (options) =>
        dss.json(
          "Instance.usage",
          get(path`/admin/monitoring/global-usage-summary`, {
            query: { withPerProject: options?.perProject ?? false },
            slow: true,
          }),
          UsageSummary,
        ),
      sanityCheckCodes: () =>
        dss.json(
          "Instance.sanityCheckCodes",
          get(path`/admin/sanity-check/codes`, { since: sanityChecks }),
          Schema.Array(Schema.String),
        ),
      startSanityCheck: (options) => check("Instance.startSanityCheck", options),
      runSanityCheck: (options) => runOperation(check("Instance.runSanityCheck", options)),
      scoringLibraries: () => dss.stream("Instance.scoringLibraries", get(path`/resources/scoring-lib-jar`)),
      logCustomAudit: (type, params = {}) =>
        dss.empty("Instance.logCustomAudit", post(path`/admin/audit/custom/${type}`, { json: params })),
      governNode: () => dss.json("Instance.governNode", get(path`/admin/get-govern-node-ref`), GovernNode),
      startGovernSync: (options) => sync("Instance.startGovernSync", options),
      runGovernSync: (options) => runOperation(sync("Instance.runGovernSync", options)),
      startGovernDeployerSync: (options) => syncDeployer("Instance.startGovernDeployerSync", options),
      runGovernDeployerSync: (options) => runOperation(syncDeployer("Instance.runGovernDeployerSync", options)),
      dataQualityStatus: () =>
        dss.json("Instance.dataQualityStatus", get(path`/data-quality/status`), dictionary(Schema.Unknown)),
      llmCostCounters: () =>
        Effect.map(
          dss.json("Instance.llmCostCounters", get(path`/admin/llm-cost-limiting/counters`), LlmCostCounters),
          ({ counters }) => counters,
        ),
      llmCostCounter: (id) =>
        dss.json("Instance.llmCostCounter", get(path`/admin/llm-cost-limiting/counters/${id}`), LlmCostCounter),
    };
  }),
);
