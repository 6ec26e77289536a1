import { describe, expect, it } from "@effect/vitest";
import { Effect, Option, Schema, Stream } from "effect";
import { type FutureOperation, FutureState, InfoMessages } from "../../../mod.ts";
import { makeServices, type ServiceRecord } from "../../../services/all_services.ts";
import { dssServer, json } from "../../fixtures/dss_server.ts";
import { during } from "../../fixtures/virtual_time.ts";
import { aborted, done, forgotten, future, infoMessages, running } from "./futures.ts";
import { itIsReturned, type Returning } from "../returned.ts";

const id = "Zk3nQ9fA";

const first = <A>([item]: ReadonlyArray<A>): A => item!;

const inList = (document: unknown): ReadonlyArray<unknown> => [[document]];

const state = (operation: Effect.Effect<FutureOperation<unknown>, unknown>) =>
  Effect.map(Effect.flatMap(operation, ({ state }) => state), ({ future }) => future);

const resumed = ({ futures }: ServiceRecord) =>
  Effect.flatMap(futures.attach(id), ({ token }) => futures.resume(Option.getOrThrow(token)));

const looks: Readonly<Record<string, Returning<FutureState>>> = {
  "Futures.list": { answers: inList, call: ({ futures }) => Effect.map(futures.list(), first) },
  "Futures.listRunningScenarios": {
    answers: inList,
    call: ({ futures }) => Effect.map(futures.listRunningScenarios(), first),
  },
  "Futures.peek": { call: ({ futures }) => futures.peek(id) },
  "Futures.take": { call: ({ futures }) => futures.take(id) },
  "Futures.attach().state": { call: ({ futures }) => state(futures.attach(id)) },
  "Futures.attach().states": {
    call: ({ futures }) =>
      Effect.map(
        Stream.runHead(Stream.unwrap(Effect.map(futures.attach(id), ({ states }) => states))),
        (state) => Option.getOrThrow(state).future,
      ),
  },
  "Futures.resume().state": { call: (services) => state(resumed(services)) },
};

for (const [name, flags] of Object.entries({ running, done, aborted, forgotten })) {
  itIsReturned(`a future that is ${name}`, {
    document: future(flags),
    schema: FutureState,
    through: looks,
    accessors: [FutureState.phase, FutureState.startedAt],
  });
}

const answer = (result: unknown): FutureState => ({ ...done, result });

itIsReturned("messages of work that went well", {
  document: infoMessages({ error: false, fatal: false }),
  schema: InfoMessages,
  through: {
    "Futures.attach().result": {
      answers: (messages) => [answer(messages)],
      call: ({ futures }) => Effect.flatMap(futures.attach(id), ({ result }) => decoded(result)),
    },
    "Futures.follow().result": {
      call: ({ futures }, messages) =>
        Effect.flatMap(futures.follow(answer(messages)), ({ result }) => decoded(result)),
    },
  },
});

const decoded = (result: Effect.Effect<unknown, unknown>): Effect.Effect<InfoMessages, unknown> =>
  Effect.flatMap(result, Schema.decodeUnknownEffect(InfoMessages));

const failure = ({ result }: FutureOperation<unknown>): Effect.Effect<InfoMessages, unknown> =>
  Effect.flatMap(Effect.flip(result), (error) => {
    expect(error._tag).toBe("FutureFailed");
    expect(error.message).toMatch(/^The task failed/);
    return error._tag === "FutureFailed" && error.messages !== undefined
      ? Effect.succeed(error.messages)
      : Effect.fail(error);
  });

for (const flags of [{ error: true, fatal: false }, { error: false, fatal: true }]) {
  itIsReturned(`messages of work that failed (${JSON.stringify(flags)})`, {
    document: infoMessages(flags),
    schema: InfoMessages,
    through: {
      "FutureFailed.messages, of a result": {
        answers: (messages) => [answer(messages)],
        call: ({ futures }) => Effect.flatMap(futures.attach(id), failure),
      },
      "FutureFailed.messages, of the messages of a result": {
        answers: (messages) => [answer({ envName: "py311", messages })],
        call: ({ futures }) => Effect.flatMap(futures.attach(id), failure),
      },
    },
  });
}

describe("where a future stands", () => {
  it.each<[FutureState, string]>([
    [{ ...done, result: 7, startTime: 0, runningTime: 0 }, "DONE"],
    [{ jobId: id, ...running }, "RUNNING"],
    [{ jobId: id, ...done }, "DONE"],
    [{ jobId: id, ...aborted }, "ABORTED"],
    [{ jobId: id, ...running, alive: false }, "ENDED"],
    [forgotten, "UNKNOWN"],
    [{ jobId: id }, "RUNNING"],
    [{ result: { tables: [] } }, "DONE"],
  ])("%j is %s", (state, phase) => {
    expect(FutureState.phase(state)).toBe(phase);
  });

  it.effect("an answer that is nothing but its result needs no request", () =>
    Effect.gen(function* () {
      const { futures } = yield* makeServices;
      const { result, token } = yield* futures.follow({ result: { tables: [] } });
      expect(yield* during("1 hour", result)).toEqual({ tables: [] });
      expect(token).toEqual(Option.none());
    }).pipe(Effect.provide(dssServer(() => json({}, 500)))));
});
