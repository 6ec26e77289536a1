/**
 * Reporters of scenarios: the messages that their runs send.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open, openEnum } from "../../src/json/open.ts";

/** When a reporter sends; further values may come. */
export type ReporterPhase = "START" | "END" | (string & Record<never, never>);

/** Schema of {@linkcode ReporterPhase}. */
export const ReporterPhase: Schema.Codec<ReporterPhase, string> = openEnum<ReporterPhase>();

/** Kind of messages; further values may come. */
export type MessagingType =
  | "mail-scenario"
  | "slack-scenario"
  | "msft-teams-scenario"
  | "webhook-scenario"
  | "twilio-scenario"
  | "shell-scenario"
  | "dataset-scenario"
  | (string & Record<never, never>);

/** Schema of {@linkcode MessagingType}. */
export const MessagingType: Schema.Codec<MessagingType, string> = openEnum<MessagingType>();

/** What a reporter sends, and through what. */
export interface ReporterMessaging {
  /** Kind of messages, on which `configuration` depends. */
  readonly type?: MessagingType | null;
  /** What depends on the kind: see {@linkcode isMailReporter}. */
  readonly configuration?: Readonly<Record<string, unknown>> | null;
}

/** Schema of {@linkcode ReporterMessaging}. */
export const ReporterMessaging: Schema.Codec<ReporterMessaging, unknown> = open(
  {
    type: maybe(MessagingType),
    configuration: maybe(dictionary(Schema.Unknown)),
  } satisfies Fields<ReporterMessaging>,
);

/** A reporter of a scenario. */
export interface ScenarioReporter {
  /** Id within the scenario. */
  readonly id?: string | null;
  /** What people call it. */
  readonly name?: string | null;
  /** Whether it sends. */
  readonly active?: boolean | null;
  /** When it sends. */
  readonly phase?: ReporterPhase | null;
  /** Whether the condition counts; otherwise it always sends. */
  readonly runConditionEnabled?: boolean | null;
  /** Formula that must be true, as `outcome != 'SUCCESS'`. */
  readonly runCondition?: string | null;
  /** What it sends, and through what. */
  readonly messaging?: ReporterMessaging | null;
}

/** Schema of {@linkcode ScenarioReporter}. */
export const ScenarioReporter: Schema.Codec<ScenarioReporter, unknown> = open(
  {
    id: maybe(Schema.String),
    name: maybe(Schema.String),
    active: maybe(Schema.Boolean),
    phase: maybe(ReporterPhase),
    runConditionEnabled: maybe(Schema.Boolean),
    runCondition: maybe(Schema.String),
    messaging: maybe(ReporterMessaging),
  } satisfies Fields<ScenarioReporter>,
);

/** A mail. */
export interface MailConfiguration {
  /** Id of the messaging channel that sends it. */
  readonly channelId?: string | null;
  /** Addresses, separated by commas. */
  readonly recipient?: string | null;
  /** Address that it comes from. */
  readonly sender?: string | null;
  /** Subject, with variables as `${scenarioName}`. */
  readonly subject?: string | null;
  /** Where its text comes from, as `TEMPLATE_FILE` or `INLINE`. */
  readonly messageSource?: string | null;
  /** Its text, with `INLINE`. */
  readonly message?: string | null;
  /** Name of a template of DSS, with `TEMPLATE_FILE`. */
  readonly templateName?: string | null;
  /** Whether the text is HTML. */
  readonly sendAsHTML?: boolean | null;
}

/** Schema of {@linkcode MailConfiguration}. */
export const MailConfiguration: Schema.Codec<MailConfiguration, unknown> = open(
  {
    channelId: maybe(Schema.String),
    recipient: maybe(Schema.String),
    sender: maybe(Schema.String),
    subject: maybe(Schema.String),
    messageSource: maybe(Schema.String),
    message: maybe(Schema.String),
    templateName: maybe(Schema.String),
    sendAsHTML: maybe(Schema.Boolean),
  } satisfies Fields<MailConfiguration>,
);

/** A reporter that sends mails. */
export type MailReporter = ScenarioReporter & {
  readonly messaging: { readonly type: "mail-scenario"; readonly configuration: MailConfiguration };
};

const isMail = Schema.is(MailConfiguration);

/** Whether a reporter sends mails, with a configuration as this library knows it. */
export function isMailReporter(reporter: ScenarioReporter): reporter is MailReporter {
  return reporter.messaging?.type === "mail-scenario" && isMail(reporter.messaging.configuration);
}

/** How {@linkcode mailReporter} sends. */
export interface MailReporterOptions {
  /** What people call the reporter. */
  readonly name?: string;
  /**
   * Whether it sends.
   *
   * @default {true}
   */
  readonly active?: boolean;
  /**
   * When it sends.
   *
   * @default {"END"}
   */
  readonly phase?: ReporterPhase;
  /**
   * Formula of DSS that must be true, as `outcome == 'FAILED' || outcome == 'ABORTED'`; `null` to send always.
   *
   * @default {"outcome != 'SUCCESS'", and null for the phase START}
   */
  readonly condition?: string | null;
  /** Id of the messaging channel that sends it: one that DSS has. */
  readonly channelId?: string;
  /** Address that it comes from. By default that of the channel. */
  readonly sender?: string;
  /**
   * Subject, with variables of DSS.
   *
   * @default {"DSS scenario ${scenarioName}: ${outcome}"}
   */
  readonly subject?: string;
  /** Text, with variables of DSS. By default the default template of DSS. */
  readonly message?: string;
  /**
   * Whether the text is HTML.
   *
   * @default {false}
   */
  readonly html?: boolean;
}

/**
 * A reporter that sends mails, by default at the end of runs that were not successful.
 *
 * @param recipient Addresses, separated by commas.
 * @param options When and how.
 *
 * @example
 * ```ts
 * import { isMailReporter, mailReporter } from "@effect-dataiku/dss/scenarios";
 *
 * const reporter = mailReporter("ops@example.com", { channelId: "smtp-main" });
 * if (!isMailReporter(reporter)) throw new Error("unexpected");
 * ```
 */
export function mailReporter(recipient: string, options: MailReporterOptions = {}): MailReporter {
  const { name, active = true, phase = "END", channelId, sender, message } = options;
  const condition = options.condition === undefined && phase !== "START" ? "outcome != 'SUCCESS'" : options.condition;
  const text = message === undefined
    ? { messageSource: "TEMPLATE_FILE", templateFormat: "FREEMARKER", templateName: "default.ftl" }
    : { messageSource: "INLINE", templateFormat: "FREEMARKER", message };
  return {
    ...(name === undefined ? {} : { name }),
    active,
    phase,
    runConditionEnabled: typeof condition === "string",
    runCondition: condition ?? "",
    messaging: {
      type: "mail-scenario",
      configuration: {
        ...(channelId === undefined ? {} : { channelId }),
        ...(sender === undefined ? {} : { sender }),
        recipient,
        subject: options.subject ?? "DSS scenario ${scenarioName}: ${outcome}",
        sendAsHTML: options.html ?? false,
        ...text,
        attachments: [],
      },
    },
  };
}
