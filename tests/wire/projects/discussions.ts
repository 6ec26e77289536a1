/** Discussions: our calls for those of the official client. */
import { Effect } from "effect";
import { type DiscussedObject, discussedProject } from "../../../mod.ts";
import type { Noun } from "../harness/noun.ts";

const key = "WIRE_PROJ";
const dataset: DiscussedObject = { projectKey: key, type: "DATASET", id: "x" };
const reply = { id: "r1", text: "hi", author: "admin", time: 1767225600000, editedOn: 0 };
const renamed = () => ({ id: "disc1", topic: "T2", replies: [reply] });

const discussions: Noun = {
  areas: ["discussion"],
  methods: {
    "DSSObjectDiscussions.list_discussions": {
      ours: "Discussions.list",
      calls: [({ discussions }) => discussions.list(dataset)],
    },
    "DSSObjectDiscussions.create_discussion": {
      ours: "Discussions.create",
      calls: [({ discussions }) => discussions.create(dataset, "T", "hello")],
    },
    "DSSObjectDiscussions.get_discussion": {
      ours: "Discussions.get",
      calls: [({ discussions }) => discussions.get(dataset, "disc1")],
    },
    "DSSDiscussion.get_metadata": {
      ours: "Discussions.get",
      calls: [({ discussions }) => discussions.get(dataset, "disc1")],
    },
    "DSSDiscussion.set_metadata": {
      ours: "Discussions.update",
      calls: [
        ({ discussions }) => Effect.andThen(discussions.list(dataset), discussions.update(dataset, "disc1", renamed)),
        ({ discussions }) => discussions.update(dataset, "disc1", renamed),
      ],
    },
    "DSSDiscussion.get_replies": {
      ours: "Discussions.replies",
      calls: [
        ({ discussions }) => Effect.andThen(discussions.list(dataset), discussions.replies(dataset, "disc1")),
        ({ discussions }) => discussions.replies(dataset, "disc1"),
      ],
    },
    "DSSDiscussion.add_reply": {
      ours: "Discussions.reply",
      calls: [
        ({ discussions }) =>
          Effect.andThen(discussions.get(dataset, "disc1"), discussions.reply(dataset, "disc1", "again")),
      ],
    },
    "DSSClient.get_object_discussions": {
      ours: "Discussions.list",
      calls: [({ discussions }) => discussions.list(dataset)],
    },
    "DSSProject.get_object_discussions": {
      ours: "Discussions.list",
      calls: [({ discussions }) => discussions.list(discussedProject(key))],
    },
    "DSSScenario.get_object_discussions": {
      ours: "Discussions.list",
      calls: [({ discussions }) => discussions.list({ projectKey: key, type: "SCENARIO", id: "nightly" })],
    },
  },
  withoutRequest: {
    "DSSDiscussionReply.get_raw_data": "DiscussionReply",
    "DSSDiscussionReply.get_text": "DiscussionReply",
    "DSSDiscussionReply.get_author": "DiscussionReply",
    "DSSDiscussionReply.get_timestamp": "DiscussionReply.saidAt",
    "DSSDiscussionReply.get_edited_timestamp": "DiscussionReply.editedAt",
  },
};

export default discussions;
