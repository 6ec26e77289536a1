/** Futures: our calls for those of the official client. */
import { Effect } from "effect";
import type { Noun } from "../harness/noun.ts";

const id = "fut123";

/** What the official client was given instead of asking. */
const known = { jobId: id, hasResult: true, result: 7 };

const futures: Noun = {
  areas: ["future"],
  methods: {
    "DSSClient.list_futures": {
      ours: "Futures.list",
      calls: [({ futures }) => futures.list(), ({ futures }) => futures.list({ allUsers: true })],
    },
    "DSSClient.list_running_scenarios": {
      ours: "Futures.listRunningScenarios",
      calls: [
        ({ futures }) => futures.listRunningScenarios(),
        ({ futures }) => futures.listRunningScenarios({ allUsers: true }),
      ],
    },
    "DSSFuture.peek_state": { ours: "Futures.peek", calls: [({ futures }) => futures.peek(id)] },
    "DSSFuture.get_state": { ours: "Futures.take", calls: [({ futures }) => futures.take(id)] },
    "DSSFuture.get_result": {
      ours: "Futures.take",
      calls: [
        ({ futures }) => futures.take(id),
        ({ futures }) => futures.take(id),
        ({ futures }) => Effect.andThen(futures.peek(id), futures.take(id)),
        ({ futures }) => futures.take(id),
      ],
    },
    "DSSFuture.has_result": {
      ours: "Futures.attach().state",
      calls: [
        ({ futures }) => Effect.flatMap(futures.attach(id), (future) => future.state),
        ({ futures }) => Effect.flatMap(futures.follow(known), (future) => future.state),
      ],
    },
    "DSSFuture.wait_for_result": {
      ours: "Futures.attach().result",
      calls: [
        ({ futures }) => Effect.flatMap(futures.attach(id), (future) => future.result),
        ({ futures }) => Effect.flatMap(futures.follow(known), (future) => future.result),
        ({ futures }) => Effect.flatMap(futures.attach(id), (future) => future.result),
      ],
    },
    "DSSFuture.get_result_wait_if_needed": {
      ours: "Futures.follow().result",
      calls: [
        ({ futures }) => Effect.flatMap(futures.follow({ jobId: id }), (future) => future.result),
        ({ futures }) => Effect.flatMap(futures.follow({ result: { tables: [] } }), (future) => future.result),
      ],
    },
    "DSSFuture.abort": {
      ours: "Futures.abort",
      calls: [({ futures }) => futures.abort(id), ({ futures }) => futures.abort("fut/1 2?x")],
    },
  },
  withoutRequest: {
    "DSSClient.get_future": "Futures.attach",
    "DSSFuture.from_resp": "Futures.follow",
  },
};

export default futures;
