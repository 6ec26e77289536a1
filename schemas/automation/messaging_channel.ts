/**
 * Messaging channels: what DSS sends messages through; and pure builders of them.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";

/** Type of a channel; further values may come. */
export type MessagingChannelType =
  | "smtp"
  | "aws-ses-mail"
  | "microsoft-graph-mail"
  | "slack"
  | "msft-teams"
  | "google-chat"
  | "twilio"
  | "shell"
  | (string & Record<never, never>);

/** Schema of {@linkcode MessagingChannelType}. */
export const MessagingChannelType: Schema.Codec<MessagingChannelType, string> = openEnum<MessagingChannelType>();

/** A messaging channel. */
export interface MessagingChannel {
  /** Id. */
  readonly id: string;
  /** Type. */
  readonly type: MessagingChannelType;
  /** Family: `mail` for those that send mail. */
  readonly family?: string | null;
  /** Address that mail is sent from, when nothing else is said. */
  readonly sender?: string | null;
  /** Whether mail is sent from the address of who sends it. */
  readonly useCurrentUserAsSender?: boolean | null;
}

/** Schema of {@linkcode MessagingChannel}, with its accessors. */
export interface MessagingChannelCodec extends Schema.Codec<MessagingChannel, unknown> {
  /** Whether mail can be sent through a channel. */
  isMail(channel: MessagingChannel): boolean;
}

const channelFields = {
  id: Schema.String,
  type: MessagingChannelType,
  family: maybe(Schema.String),
  sender: maybe(Schema.String),
  useCurrentUserAsSender: maybe(Schema.Boolean),
} satisfies Fields<MessagingChannel>;

/** Schema of {@linkcode MessagingChannel}, with its accessors. */
export const MessagingChannel: MessagingChannelCodec = Object.assign(
  open(channelFields) as Schema.Codec<MessagingChannel, unknown>,
  { isMail: ({ family }: MessagingChannel): boolean => family === "mail" },
);

/** Whether a group or a user may use a channel. */
export interface MessagingChannelPermission {
  /** Name of the group; a permission has this or `user`. */
  readonly group?: string | null;
  /** Login of the user. */
  readonly user?: string | null;
  /** Whether they may. */
  readonly canUse?: boolean | null;
}

/** Schema of {@linkcode MessagingChannelPermission}. */
export const MessagingChannelPermission: Schema.Codec<MessagingChannelPermission, unknown> = open(
  {
    group: maybe(Schema.String),
    user: maybe(Schema.String),
    canUse: maybe(Schema.Boolean),
  } satisfies Fields<MessagingChannelPermission>,
);

/** The settings of a channel, whose keys go by its type, as `sender` or `webhookUrl`. */
export interface MessagingChannelSettings {
  /** Whatever the type has. */
  readonly [key: string]: unknown;
}

/** Schema of {@linkcode MessagingChannelSettings}. */
export const MessagingChannelSettings: Schema.Codec<MessagingChannelSettings, unknown> = open({});
