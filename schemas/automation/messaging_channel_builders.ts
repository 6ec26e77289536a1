/**
 * Pure builders of messaging channels.
 *
 * @module
 */
import type * as Redacted from "effect/Redacted";
import type { MessagingChannelPermission, MessagingChannelType } from "./messaging_channel.ts";

/** A channel that is to be created. */
export interface NewMessagingChannel {
  /** Type. */
  readonly type: MessagingChannelType;
  /** Its settings by the names of DSS; secrets are redacted until they are sent. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /** Id; by default DSS gives one. */
  readonly id?: string;
  /** Who may use it. */
  readonly permissions?: ReadonlyArray<MessagingChannelPermission>;
}

/** What all channels can be given. */
export interface MessagingChannelOptions {
  /** Id; by default DSS gives one. */
  readonly id?: string;
  /** Groups whose members may use it. */
  readonly groups?: ReadonlyArray<string>;
  /** Logins of users who may use it. */
  readonly users?: ReadonlyArray<string>;
}

/** What channels of mail can be given. */
export interface MailChannelOptions extends MessagingChannelOptions {
  /** Whether mail is sent from the address of who sends it. */
  readonly useCurrentUserAsSender?: boolean;
  /** Address that mail is sent from. */
  readonly sender?: string;
  /** Domains to which mail may be sent; by default all. */
  readonly authorizedDomains?: ReadonlyArray<string>;
}

/** What a channel of SMTP can be given. */
export interface SmtpChannelOptions extends MailChannelOptions {
  /** Port. */
  readonly port?: number;
  /** Whether SSL is used. */
  readonly useSSL?: boolean;
  /** Whether TLS is used. */
  readonly useTLS?: boolean;
  /** Properties of the session. */
  readonly sessionProperties?: ReadonlyArray<unknown>;
  /** Login at the server. */
  readonly login?: string;
  /** Password at the server. */
  readonly password?: Redacted.Redacted<string>;
}

/** What channels to web hooks can be given. */
export interface ProxiedChannelOptions extends MessagingChannelOptions {
  /** Whether the proxy of DSS is used. */
  readonly useProxy?: boolean;
}

/** What a channel to Slack can be given: where its messages go. */
export interface SlackChannelOptions extends ProxiedChannelOptions {
  /** How messages are sent: `WEBHOOK` or `API`. */
  readonly mode?: string;
  /** Address of the web hook, whose path is a secret. */
  readonly webhookUrl?: Redacted.Redacted<string>;
  /** Token of the API. */
  readonly authorizationToken?: Redacted.Redacted<string>;
  /** Id of the channel in Slack. */
  readonly channel?: string;
}

const built = (
  type: MessagingChannelType,
  { id, groups, users }: MessagingChannelOptions,
  configuration: Readonly<Record<string, unknown>>,
): NewMessagingChannel => {
  const permissions = [
    ...(groups ?? []).map((group) => ({ group, canUse: true })),
    ...(users ?? []).map((user) => ({ user, canUse: true })),
  ];
  return {
    type,
    configuration: Object.fromEntries(Object.entries(configuration).filter(([, value]) => value !== undefined)),
    ...(id === undefined ? {} : { id }),
    ...(groups === undefined && users === undefined ? {} : { permissions }),
  };
};

const mail = ({ useCurrentUserAsSender, sender, authorizedDomains }: MailChannelOptions) => ({
  useCurrentUserAsSender,
  sender,
  authorizedDomain: authorizedDomains?.join(","),
});

/** Mail through an SMTP server. */
export function smtpChannel(host: string, options: SmtpChannelOptions = {}): NewMessagingChannel {
  const { port, useSSL, useTLS, sessionProperties, login, password } = options;
  const configuration = { ...mail(options), host, port, useSSL, useTLS, sessionProperties, login, password };
  return built("smtp", options, configuration);
}

/** Mail through Amazon SES. */
export function amazonSesChannel(
  accessKey: string,
  secretKey: Redacted.Redacted<string>,
  regionOrEndpoint: string,
  options: MailChannelOptions = {},
): NewMessagingChannel {
  return built("aws-ses-mail", options, { ...mail(options), accessKey, secretKey, regionOrEndpoint });
}

/** Mail through Microsoft Graph. */
export function microsoftGraphChannel(
  clientId: string,
  tenantId: string,
  clientSecret: Redacted.Redacted<string>,
  options: MailChannelOptions = {},
): NewMessagingChannel {
  return built("microsoft-graph-mail", options, { ...mail(options), clientId, tenantId, clientSecret });
}

/** Messages to Slack, by a web hook or by its API. */
export function slackChannel(options: SlackChannelOptions): NewMessagingChannel {
  const { useProxy, webhookUrl, mode, authorizationToken, channel } = options;
  return built("slack", options, { useProxy, webhookUrl, mode, authorizationToken, channel });
}

/** Messages to Microsoft Teams; the type of the web hook is `WORKFLOWS`, or that of the older ones. */
export function teamsChannel(
  webhookUrl: Redacted.Redacted<string>,
  options: ProxiedChannelOptions & { readonly webhookType?: string } = {},
): NewMessagingChannel {
  const { useProxy, webhookType } = options;
  return built("msft-teams", options, { useProxy, webhookUrl, webhookType });
}

/** Messages to Google Chat. */
export function googleChatChannel(
  webhookUrl: string,
  webhookKey: Redacted.Redacted<string>,
  webhookToken: Redacted.Redacted<string>,
  options: ProxiedChannelOptions = {},
): NewMessagingChannel {
  return built("google-chat", options, { useProxy: options.useProxy, webhookUrl, webhookKey, webhookToken });
}

/** Short messages through Twilio. */
export function twilioChannel(
  accountSid: string,
  authToken: Redacted.Redacted<string>,
  fromNumber: string,
  options: ProxiedChannelOptions = {},
): NewMessagingChannel {
  return built("twilio", options, { useProxy: options.useProxy, accountSid, authToken, fromNumber });
}

/** Messages handed to a command of the server of DSS, or to a script. */
export function shellChannel(
  run: { readonly command?: string; readonly script?: string; readonly type?: string },
  options: MessagingChannelOptions = {},
): NewMessagingChannel {
  const { type = run.command === undefined ? "SCRIPT" : "COMMAND", command, script } = run;
  return built("shell", options, { type, command, script });
}
