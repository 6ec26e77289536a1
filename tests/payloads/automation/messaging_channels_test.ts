import { Effect } from "effect";
import { FeatureGroup, MessagingChannel, shellChannel } from "../../../mod.ts";
import { always, document, oneOf, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

itIsReturned("a messaging channel", {
  document: document({
    id: always("smtp-main"),
    type: always(oneOf("smtp")),
    family: optional(oneOf("mail")),
    sender: optional("dss@example.com"),
    useCurrentUserAsSender: optional(false),
  }),
  schema: MessagingChannel,
  through: {
    "MessagingChannels.list": {
      answers: (channel) => [[channel]],
      call: ({ messagingChannels }) => Effect.map(messagingChannels.list(), ([first]) => first!),
    },
    "MessagingChannels.get": { call: ({ messagingChannels }) => messagingChannels.get("smtp-main") },
    "MessagingChannels.create": {
      call: ({ messagingChannels }) => messagingChannels.create(shellChannel({ command: "c" })),
    },
  },
  accessors: [MessagingChannel.isMail],
});

itIsReturned("a feature group", {
  document: document({ projectKey: always("CHURN"), name: always("features") }),
  schema: FeatureGroup,
  through: {
    "FeatureStore.groups": {
      answers: (group) => [[group]],
      call: ({ featureStore }) => Effect.map(featureStore.groups(), ([first]) => first!),
    },
  },
});
