/** Messaging channels and the feature store: our calls for those of the official client. */
import { Effect, Redacted } from "effect";
import {
  amazonSesChannel,
  googleChatChannel,
  microsoftGraphChannel,
  type NewMessagingChannel,
  shellChannel,
  slackChannel,
  smtpChannel,
  teamsChannel,
  twilioChannel,
} from "../../../mod.ts";
import type { ServiceRecord } from "../../../services/all_services.ts";
import type { Noun } from "../harness/noun.ts";

const secret = Redacted.make;

/** The official client reads a channel before whatever it does with it. */
const after = (
  id: string,
  call: (services: ServiceRecord["messagingChannels"]) => Effect.Effect<unknown, unknown>,
) =>
({ messagingChannels }: ServiceRecord) => Effect.andThen(messagingChannels.get(id), call(messagingChannels));

const created = (channel: NewMessagingChannel) => ({ messagingChannels }: ServiceRecord) =>
  messagingChannels.create(channel);

const mail = { to: ["x@y.z"], subject: "Subj", body: "Body" };

const messagingChannels: Noun = {
  areas: ["messagingchannel", "featurestore"],
  methods: {
    "DSSClient.list_messaging_channels": {
      ours: "MessagingChannels.list",
      calls: [
        ({ messagingChannels }) => messagingChannels.list(),
        ({ messagingChannels }) => messagingChannels.list({ type: "smtp" }),
        ({ messagingChannels }) => messagingChannels.list({ family: "mail" }),
        ({ messagingChannels }) => messagingChannels.list({ type: "a b", family: "mail" }),
      ],
    },
    "DSSClient.get_messaging_channel": {
      ours: "MessagingChannels.get",
      calls: ["ch1", "sl1"].map((id) => ({ messagingChannels }) => messagingChannels.get(id)),
    },
    "DSSClient.create_messaging_channel": {
      ours: "MessagingChannels.create",
      calls: [
        created({ type: "smtp", configuration: {} }),
        created(slackChannel({ id: "sl1", webhookUrl: secret("u"), groups: ["g"] })),
      ],
    },
    "DSSMessagingChannelCreator.create": {
      ours: "smtpChannel",
      calls: [
        created(smtpChannel("h", {
          id: "ch1",
          groups: ["g"],
          users: ["u"],
          useCurrentUserAsSender: true,
          sender: "s",
          authorizedDomains: ["a", "b"],
          port: 25,
          useSSL: true,
          useTLS: false,
          sessionProperties: [],
          login: "l",
          password: secret("p"),
        })),
        created(amazonSesChannel("a", secret("s"), "r")),
        created(microsoftGraphChannel("c", "t", secret("s"))),
        created(slackChannel({
          useProxy: true,
          webhookUrl: secret("u"),
          mode: "WEBHOOK",
          authorizationToken: secret("t"),
          channel: "c",
        })),
        created(teamsChannel(secret("u"), { webhookType: "WORKFLOWS" })),
        created(googleChatChannel("u", secret("k"), secret("t"))),
        created(twilioChannel("a", secret("t"), "1")),
        created(shellChannel({ type: "COMMAND", command: "c", script: "s" })),
      ],
    },
    "DSSMessagingChannel.get_settings": {
      ours: "MessagingChannels.settings",
      calls: [after("sl1", (channels) => channels.settings("sl1"))],
    },
    "DSSMessagingChannelSettings.save": {
      ours: "MessagingChannels.updateSettings",
      calls: [after("sl1", (channels) => channels.updateSettings("sl1", (found) => found))],
    },
    "DSSMessagingChannel.get_permissions": {
      ours: "MessagingChannels.permissions",
      calls: [after("sl1", (channels) => channels.permissions("sl1"))],
    },
    "DSSMessagingChannel.set_permissions": {
      ours: "MessagingChannels.savePermissions",
      calls: [after("sl1", (channels) => channels.savePermissions("sl1", [{ group: "g", canUse: true }]))],
    },
    "DSSMessagingChannel.delete": {
      ours: "MessagingChannels.delete",
      calls: [after("sl1", (channels) => channels.delete("sl1"))],
    },
    "DSSMailMessagingChannel.send": {
      ours: "MessagingChannels.send",
      calls: [
        after("ch1", (channels) => channels.send("ch1", "WIRE_PROJ", mail)),
        after("ch1", (channels) =>
          channels.send("ch1", "WIRE_PROJ", {
            ...mail,
            attachments: [
              { name: "a.txt", content: new Blob(["hello"]), type: "text/plain" },
              { name: "b.txt", content: new Blob(["b"]) },
            ],
            plainText: true,
            from: "s@y.z",
            cc: ["c@y.z"],
            bcc: ["d@y.z"],
          })),
      ],
    },
    "DSSFeatureStore.list_feature_groups": {
      ours: "FeatureStore.groups",
      calls: [({ featureStore }) => featureStore.groups()],
    },
  },
  withoutRequest: {
    "DSSClient.new_messaging_channel": "smtpChannel",
    "DSSClient.get_feature_store": "FeatureStore.groups",
    "DSSFeatureGroupListItem.id": "FeatureGroup",
    "DSSFeatureGroupListItem.get_as_dataset": "FeatureGroup",
    "DSSMessagingChannelListItem.id": "MessagingChannel",
    "DSSMessagingChannelListItem.type": "MessagingChannel",
    "DSSMessagingChannelListItem.family": "MessagingChannel",
    "DSSMessagingChannelListItem.get_raw": "MessagingChannels.list",
    "DSSMessagingChannelListItem.get_as_messaging_channel": "MessagingChannels.get",
    "DSSMessagingChannelSettings.get_raw": "MessagingChannels.settings",
    "DSSMessagingChannel.id": "MessagingChannel",
    "DSSMessagingChannel.type": "MessagingChannel",
    "DSSMessagingChannel.family": "MessagingChannel",
    "DSSMailMessagingChannel.sender": "MessagingChannel",
    "DSSMailMessagingChannel.use_current_user_as_sender": "MessagingChannel",
    "DSSMessagingChannelCreator.with_id": "smtpChannel",
    "DSSMessagingChannelCreator.with_permissions": "smtpChannel",
    "MailMessagingChannelCreator.with_current_user_as_sender": "smtpChannel",
    "MailMessagingChannelCreator.with_sender": "smtpChannel",
    "MailMessagingChannelCreator.with_authorized_domains": "smtpChannel",
    "SMTPMessagingChannelCreator.with_host": "smtpChannel",
    "SMTPMessagingChannelCreator.with_port": "smtpChannel",
    "SMTPMessagingChannelCreator.with_ssl": "smtpChannel",
    "SMTPMessagingChannelCreator.with_tls": "smtpChannel",
    "SMTPMessagingChannelCreator.with_session_properties": "smtpChannel",
    "SMTPMessagingChannelCreator.with_login": "smtpChannel",
    "SMTPMessagingChannelCreator.with_password": "smtpChannel",
    "AWSSESMailMessagingChannelCreator.with_access_key": "amazonSesChannel",
    "AWSSESMailMessagingChannelCreator.with_secret_key": "amazonSesChannel",
    "AWSSESMailMessagingChannelCreator.with_region_or_endpoint": "amazonSesChannel",
    "MicrosoftGraphMailMessagingChannelCreator.with_client_id": "microsoftGraphChannel",
    "MicrosoftGraphMailMessagingChannelCreator.with_tenant_id": "microsoftGraphChannel",
    "MicrosoftGraphMailMessagingChannelCreator.with_client_secret": "microsoftGraphChannel",
    "ProxyableMessagingChannelCreator.with_proxy": "slackChannel",
    "WebhookMessagingChannelCreator.with_webhook_url": "slackChannel",
    "SlackMessagingChannelCreator.with_mode": "slackChannel",
    "SlackMessagingChannelCreator.with_authorization_token": "slackChannel",
    "SlackMessagingChannelCreator.with_channel": "slackChannel",
    "MSTeamsMessagingChannelCreator.with_webhook_type": "teamsChannel",
    "GoogleChatMessagingChannelCreator.with_webhook_key": "googleChatChannel",
    "GoogleChatMessagingChannelCreator.with_webhook_token": "googleChatChannel",
    "TwilioMessagingChannelCreator.with_account_sid": "twilioChannel",
    "TwilioMessagingChannelCreator.with_auth_token": "twilioChannel",
    "TwilioMessagingChannelCreator.with_from_number": "twilioChannel",
    "ShellMessagingChannelCreator.with_type": "shellChannel",
    "ShellMessagingChannelCreator.with_command": "shellChannel",
    "ShellMessagingChannelCreator.with_script": "shellChannel",
  },
};

export default messagingChannels;
