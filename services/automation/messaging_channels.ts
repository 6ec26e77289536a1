/**
 * Messaging channels: what DSS sends messages through, and mail through them.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import {
  MessagingChannel,
  MessagingChannelPermission,
  MessagingChannelSettings,
  type MessagingChannelType,
} from "../../schemas/automation/messaging_channel.ts";
import type { NewMessagingChannel } from "../../schemas/automation/messaging_channel_builders.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { hiding } from "../../src/transport/request_secrets.ts";
import { type Content, del, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { revealed } from "../../src/json/revealed.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";

export * from "../../schemas/automation/messaging_channel.ts";
export type * from "../../schemas/automation/messaging_channel_builders.ts";
export {
  amazonSesChannel,
  googleChatChannel,
  microsoftGraphChannel,
  shellChannel,
  slackChannel,
  smtpChannel,
  teamsChannel,
  twilioChannel,
} from "../../schemas/automation/messaging_channel_builders.ts";

/** Which channels are listed. */
export interface ListMessagingChannelsOptions {
  /** Those of a type. */
  readonly type?: MessagingChannelType;
  /** Those of a family, as `mail`. */
  readonly family?: string;
}

/** A file that goes with a mail. */
export interface MailAttachment {
  /** Name of the file. */
  readonly name: string;
  /** Its bytes. */
  readonly content: Content;
  /**
   * Media type.
   *
   * @default {"application/octet-stream"}
   */
  readonly type?: string;
}

/** A mail. */
export interface Mail {
  /** Addresses of who gets it. */
  readonly to: ReadonlyArray<string>;
  /** Subject. */
  readonly subject: string;
  /** Text; HTML unless `plainText` says otherwise. */
  readonly body: string;
  /** Whether the body is plain text. */
  readonly plainText?: boolean;
  /** Address of the sender; by default that of the channel. */
  readonly from?: string;
  /** Addresses of who gets a copy. */
  readonly cc?: ReadonlyArray<string>;
  /** Addresses of who gets a copy that the others do not see. */
  readonly bcc?: ReadonlyArray<string>;
  /** Whether one message goes to all of `to`, who see each other; by default each gets one. A DSS before 15.2 does not look at it. */
  readonly asSingleMessage?: boolean;
  /** Files that go with it. */
  readonly attachments?: ReadonlyArray<MailAttachment>;
}

/**
 * Messaging channels. All but listing, reading and sending needs an administrator's key.
 *
 * @example
 * ```ts
 * import { Effect, Redacted } from "effect";
 * import { MessagingChannels, smtpChannel } from "@effect-dataiku/dss/messaging-channels";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const channels = yield* MessagingChannels;
 *   const channel = yield* channels.create(
 *     smtpChannel("smtp.example.com", { id: "ops", login: "dss", password: Redacted.make("secret"), groups: ["data_team"] }),
 *   );
 *   yield* channels.send(channel.id, "SALES", { to: ["ops@example.com"], subject: "Done", body: "All is built." });
 *   return channel;
 * });
 * const { family } = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (family !== "mail") throw new Error(`unexpected ${family}`);
 * ```
 */
export interface MessagingChannels {
  /** The channels that may be used. */
  list(options?: ListMessagingChannelsOptions): Effect.Effect<ReadonlyArray<MessagingChannel>, DssError>;
  /** A channel. */
  get(channelId: string): Effect.Effect<MessagingChannel, DssError>;
  /** Creates a channel, see `smtpChannel`, `slackChannel` and others. An id that is taken is a `Conflict`. */
  create(channel: NewMessagingChannel): Effect.Effect<MessagingChannel, DssError>;
  /** The settings of a channel. They may hold its secrets. */
  settings(channelId: string): Effect.Effect<MessagingChannelSettings, DssError>;
  /**
   * Changes the settings of a channel: reads them, edits them, writes them, reads them back, and gives them as DSS has them then.
   *
   * @param edit A pure edit. What it throws is a defect.
   */
  updateSettings(
    channelId: string,
    edit: (settings: MessagingChannelSettings) => MessagingChannelSettings,
  ): Effect.Effect<MessagingChannelSettings, DssError | SettingsError>;
  /** Writes settings that were edited slowly, and reads them back. */
  saveSettings(
    channelId: string,
    next: MessagingChannelSettings,
    options?: SaveOptions<MessagingChannelSettings>,
  ): Effect.Effect<MessagingChannelSettings, DssError | SettingsError>;
  /** Who may use a channel. */
  permissions(channelId: string): Effect.Effect<ReadonlyArray<MessagingChannelPermission>, DssError>;
  /** Changes who may use a channel. */
  updatePermissions(
    channelId: string,
    edit: (permissions: ReadonlyArray<MessagingChannelPermission>) => ReadonlyArray<MessagingChannelPermission>,
  ): Effect.Effect<ReadonlyArray<MessagingChannelPermission>, DssError | SettingsError>;
  /** Writes who may use a channel, and reads it back. */
  savePermissions(
    channelId: string,
    next: ReadonlyArray<MessagingChannelPermission>,
    options?: SaveOptions<ReadonlyArray<MessagingChannelPermission>>,
  ): Effect.Effect<ReadonlyArray<MessagingChannelPermission>, DssError | SettingsError>;
  /**
   * Sends a mail through a channel of mail, on behalf of a project. It is never sent twice: when the answer was lost, that is
   * `OutcomeUnknown`.
   */
  send(channelId: string, projectKey: string, mail: Mail): Effect.Effect<void, DssError>;
  /** Deletes a channel. */
  delete(channelId: string): Effect.Effect<void, DssError>;
}

/** Keys of settings that are secrets. */
const secretKeys: ReadonlyArray<string> = [
  "password",
  "secretKey",
  "clientSecret",
  "webhookUrl",
  "authorizationToken",
  "webhookKey",
  "webhookToken",
  "authToken",
];

/** Key of {@linkcode MessagingChannels}, with its layer. */
export const MessagingChannels: DssService<MessagingChannels> = service(
  "MessagingChannels",
  Effect.map(Dss, (dss): MessagingChannels => {
    const { read, update, save } = editing(dss, {
      methods: ["MessagingChannels.settings", "MessagingChannels.updateSettings", "MessagingChannels.saveSettings"],
      schema: MessagingChannelSettings,
      at: (id: string) => path`/messaging-channels/${id}/settings`,
      writeOnly: secretKeys,
    });
    const permissions = editing(dss, {
      methods: [
        "MessagingChannels.permissions",
        "MessagingChannels.updatePermissions",
        "MessagingChannels.savePermissions",
      ],
      schema: Schema.Array(MessagingChannelPermission),
      at: (id: string) => path`/messaging-channels/${id}/permissions`,
    });
    return {
      list: ({ type: channelType, family: channelFamily } = {}) =>
        dss.json(
          "MessagingChannels.list",
          get(path`/messaging-channels/`, { query: { channelType, channelFamily } }),
          Schema.Array(MessagingChannel),
        ),
      get: (id) => dss.json("MessagingChannels.get", get(path`/messaging-channels/${id}`), MessagingChannel),
      create: (channel) => {
        const { id = "", type, permissions = null } = channel;
        const { document: configuration, secrets } = revealed(channel.configuration);
        const request = post(path`/messaging-channels/`, { json: { id, type, configuration, permissions } });
        return dss.json("MessagingChannels.create", hiding(secrets, request), MessagingChannel);
      },
      settings: read,
      updateSettings: update,
      saveSettings: save,
      permissions: permissions.read,
      updatePermissions: permissions.update,
      savePermissions: permissions.save,
      send: (id, projectKey, mail) => {
        const { from = null, to, cc = null, bcc = null, subject, body, plainText = false } = mail;
        const { asSingleMessage = false } = mail;
        const message = { json: { from, to, cc, bcc, subject, body, plainText } };
        const attachments = mail.attachments ?? [];
        return dss.empty(
          "MessagingChannels.send",
          post(path`/messaging-channels/${id}/actions/send`, {
            query: { projectKey, sendAsSingleMessage: asSingleMessage },
            parts: [
              { name: "message", fileName: "send-payload.json", type: "application/json", content: message },
              ...attachments.map(({ name: fileName, ...file }) => ({ name: "attachments", fileName, ...file })),
            ],
          }),
        );
      },
      delete: (id) => dss.empty("MessagingChannels.delete", del(path`/messaging-channels/${id}`)),
    };
  }),
);
