import { Effect } from "effect";
import { Discussion, DiscussionReply } from "../../../mod.ts";
import { always, document, oneOf, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

const object = { projectKey: "SALES", type: "DATASET", id: "orders" };

itIsReturned("a discussion", {
  document: document({
    id: always("d1"),
    topic: always("Bad rows"),
    replies: optional([
      document({
        id: optional("r1"),
        author: always("maria"),
        text: always("See column *x*"),
        time: always(1759300000000),
        editedOn: optional(0),
      }),
    ]),
    projectKey: optional("SALES"),
    objectType: optional(oneOf("DATASET")),
    objectId: optional("orders"),
    lastReplyTime: optional(1759300000000),
    closedOn: optional(0),
  }),
  schema: Discussion,
  through: {
    "Discussions.get": { call: ({ discussions }) => discussions.get(object, "d1") },
    "Discussions.create": { call: ({ discussions }) => discussions.create(object, "t", "r") },
    "Discussions.reply": { call: ({ discussions }) => discussions.reply(object, "d1", "r") },
    "Discussions.list": {
      answers: (discussion) => [[discussion]],
      call: ({ discussions }) => Effect.map(discussions.list(object), ([first]) => first!),
    },
    "Discussions.update": {
      answers: (discussion) => [discussion, {}, discussion],
      call: ({ discussions }) => discussions.update(object, "d1", (found) => found),
    },
  },
  accessors: [
    Discussion.closedAt,
    ({ replies }) => replies?.map(DiscussionReply.saidAt),
    ({ replies }) => replies?.map(DiscussionReply.editedAt),
  ],
});
