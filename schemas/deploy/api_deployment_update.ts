/**
 * Updates of deployments, their logs, and queries through the deployer.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open } from "../../src/json/open.ts";

/** An update in the list of them. */
export interface ApiDeploymentUpdate {
  /** When it began, which is also its id: DSS was seen to document a text and to send a number. */
  readonly startTimestamp: number | string;
  /** Type, as `UPDATE`. */
  readonly type?: string | null;
  /** How it ended, as `SUCCESS`. */
  readonly status?: string | null;
  /** When it ended, in milliseconds since 1970; lists leave it out. */
  readonly endTimestamp?: number | null;
  /** Login of who asked for it; lists leave it out. */
  readonly requester?: string | null;
  /** Its log; lists leave it out. */
  readonly logs?: ApiDeploymentUpdateLogs | null;
}

/** The log of an update. */
export interface ApiDeploymentUpdateLogs {
  /** Its lines. */
  readonly lines?: ReadonlyArray<string> | null;
}

/** Schema of {@linkcode ApiDeploymentUpdateLogs}. */
export const ApiDeploymentUpdateLogs: Schema.Codec<ApiDeploymentUpdateLogs, unknown> = open(
  { lines: maybe(Schema.Array(Schema.String)) } satisfies Fields<ApiDeploymentUpdateLogs>,
);

/** Schema of {@linkcode ApiDeploymentUpdate}, with its accessors. */
export interface ApiDeploymentUpdateCodec extends Schema.Codec<ApiDeploymentUpdate, unknown> {
  /** When it began; `undefined` when its timestamp is no number. */
  startedAt(update: ApiDeploymentUpdate): DateTime.Utc | undefined;
  /** When it ended; `undefined` before that. */
  endedAt(update: ApiDeploymentUpdate): DateTime.Utc | undefined;
  /** Whether it has ended: it says when, or how. A status that is new is not taken for an end. */
  hasEnded(update: ApiDeploymentUpdate): boolean;
  /** The lines of its log. */
  lines(update: ApiDeploymentUpdate): ReadonlyArray<string>;
}

const updateFields = {
  startTimestamp: Schema.Union([Schema.Number, Schema.String]),
  type: maybe(Schema.String),
  status: maybe(Schema.String),
  endTimestamp: maybe(Schema.Number),
  requester: maybe(Schema.String),
  logs: maybe(ApiDeploymentUpdateLogs),
} satisfies Fields<ApiDeploymentUpdate>;

/** Schema of {@linkcode ApiDeploymentUpdate}, with its accessors. */
export const ApiDeploymentUpdate: ApiDeploymentUpdateCodec = Object.assign(
  open(updateFields) as Schema.Codec<ApiDeploymentUpdate, unknown>,
  {
    startedAt: ({ startTimestamp }: ApiDeploymentUpdate): DateTime.Utc | undefined =>
      Number.isFinite(Number(startTimestamp)) ? instantOf(Number(startTimestamp)) : undefined,
    endedAt: ({ endTimestamp }: ApiDeploymentUpdate): DateTime.Utc | undefined => instantOf(endTimestamp),
    hasEnded: ({ endTimestamp, status }: ApiDeploymentUpdate): boolean =>
      typeof endTimestamp === "number" || /^(SUCCESS|WARNING|ERROR|FAILED|FAILURE|ABORTED|DONE)$/i.test(status ?? ""),
    lines: ({ logs }: ApiDeploymentUpdate): ReadonlyArray<string> => logs?.lines ?? [],
  },
);

/** What the nodes answer to queries, by the names of DSS; what is in it is not documented. */
export type ApiQueryAnswers = Readonly<Record<string, unknown>>;

/** Schema of {@linkcode ApiQueryAnswers}, with its accessors. */
export interface ApiQueryAnswersCodec extends Schema.Codec<ApiQueryAnswers, unknown> {
  /**
   * What is wrong with the answers, in words: one that is an error, or that the model ignored; `undefined` when nothing is seen to be. That
   * the answers are in `responses` is assumed.
   */
  failure(answers: ApiQueryAnswers): string | undefined;
}

const failureOf = (answer: unknown): string | undefined => {
  if (typeof answer !== "object" || answer === null) return undefined;
  const { error, errorMessage, message, result } = answer as Readonly<Record<string, unknown>>;
  const said = [errorMessage, error, error === true ? message : undefined].find((each) => typeof each === "string");
  if (said !== undefined || error === true) return String(said ?? "an answer is an error");
  const { ignored, ignoreReason } = (result ?? {}) as Readonly<Record<string, unknown>>;
  return ignored === true ? `a query was ignored (${ignoreReason ?? "no reason"})` : undefined;
};

/** Schema of {@linkcode ApiQueryAnswers}, with its accessors. */
export const ApiQueryAnswers: ApiQueryAnswersCodec = Object.assign(
  dictionary(Schema.Unknown) as Schema.Codec<ApiQueryAnswers, unknown>,
  {
    failure: (answers: ApiQueryAnswers): string | undefined => {
      const responses = Array.isArray(answers.responses) ? answers.responses : [];
      return [answers, ...responses].map(failureOf).find((said) => said !== undefined);
    },
  },
);
