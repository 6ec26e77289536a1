import { describe, expect, it } from "@effect/vitest";
import { Effect, Redacted } from "effect";
import {
  type DssError,
  FeatureStore,
  MessagingChannel,
  MessagingChannels,
  Projects,
  shellChannel,
  slackChannel,
  smtpChannel,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, failure, Received, reset } from "../fixtures/dss_server.ts";
import { shownBy } from "../fixtures/everything_shown.ts";
import { itIsForAdministrators, stateOf } from "../fixtures/for_administrators.ts";
import { during } from "../fixtures/virtual_time.ts";

const mail = { to: ["ops@example.com"], subject: "Done", body: "<b>All</b>" };

describe("messaging channels on a simulated DSS", () => {
  it.effect("are listed, created, read, deleted", () =>
    Effect.gen(function* () {
      const channels = yield* MessagingChannels;
      expect((yield* channels.list()).map(({ id }) => id)).toEqual(["smtp-main", "slack-alerts"]);
      expect((yield* channels.list({ family: "mail" })).map(MessagingChannel.isMail)).toEqual([true]);
      expect(yield* channels.list({ type: "twilio" })).toEqual([]);
      const made = yield* channels.create(shellChannel({ command: "notify" }));
      expect(made).toMatchObject({ type: "shell", family: "shell" });
      expect(made.id).not.toBe("");
      expect(yield* channels.settings(made.id)).toEqual({ type: "COMMAND", command: "notify" });
      yield* channels.delete(made.id);
      expect(yield* Effect.flip(channels.get(made.id))).toMatchObject({ reason: { _tag: "NotFound" } });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("their settings and permissions are edited without losing a field", () =>
    Effect.gen(function* () {
      const channels = yield* MessagingChannels;
      const saved = yield* channels.updateSettings("smtp-main", (found) => ({ ...found, sender: "a@b.c", later: [1] }));
      expect(saved).toMatchObject({ host: "smtp.example.com", sender: "a@b.c", later: [1] });
      expect((yield* channels.get("smtp-main")).sender).toBe("a@b.c");
      const users = yield* channels.updatePermissions("smtp-main", (all) => [...all, { user: "lena", canUse: true }]);
      expect(users).toHaveLength(2);
      const stale = yield* Effect.flip(channels.savePermissions("smtp-main", users, { since: [] }));
      expect(stale).toMatchObject({ _tag: "SettingsConflict", written: false });
      expect(yield* channels.permissions("smtp-main")).toEqual(users);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("send mail with what is attached", () =>
    Effect.gen(function* () {
      const attachments = [{ name: "report.csv", content: new TextEncoder().encode("a,b\n"), type: "text/csv" }];
      yield* (yield* MessagingChannels).send("smtp-main", "SALES", { ...mail, cc: ["boss@example.com"], attachments });
      expect(yield* stateOf("sentMail")).toEqual([{
        channelId: "smtp-main",
        projectKey: "SALES",
        asSingleMessage: false,
        from: "dss@example.com",
        to: ["ops@example.com"],
        cc: ["boss@example.com"],
        bcc: null,
        subject: "Done",
        body: "<b>All</b>",
        plainText: false,
        attachments: [{ name: "report.csv", type: "text/csv", size: 4 }],
      }]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("send one message to all who get it, when asked to", () =>
    Effect.gen(function* () {
      yield* (yield* MessagingChannels).send("smtp-main", "SALES", { ...mail, asSingleMessage: true });
      expect(yield* stateOf("sentMail")).toMatchObject([{ asSingleMessage: true }]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each([
    [
      "mail to nobody",
      (channels: MessagingChannels) => channels.send("smtp-main", "SALES", { ...mail, to: [] }),
      "Invalid",
    ],
    ["mail through Slack", (channels: MessagingChannels) => channels.send("slack-alerts", "SALES", mail), "Invalid"],
    [
      "mail for a project that is not there",
      (channels: MessagingChannels) => channels.send("smtp-main", "X", mail),
      "NotFound",
    ],
    [
      "an id that is taken",
      (channels: MessagingChannels) => channels.create(smtpChannel("h", { id: "smtp-main" })),
      "Conflict",
    ],
    [
      "an unknown type",
      (channels: MessagingChannels) => channels.create({ type: "drum", configuration: {} }),
      "Invalid",
    ],
  ] as ReadonlyArray<[string, (channels: MessagingChannels) => Effect.Effect<unknown, unknown>, string]>)(
    "%s is refused, and changes nothing",
    ([, call, tag]) =>
      Effect.gen(function* () {
        const before = [yield* stateOf("messagingChannels"), yield* stateOf("sentMail")];
        expect(yield* Effect.flip(call(yield* MessagingChannels))).toMatchObject({ reason: { _tag: tag } });
        expect([yield* stateOf("messagingChannels"), yield* stateOf("sentMail")]).toEqual(before);
      }).pipe(Effect.provide(Simulator.layer())),
  );

  itIsForAdministrators({
    "a new channel": ({ messagingChannels }) => messagingChannels.create(smtpChannel("h")),
    "what a channel is set to": ({ messagingChannels }) => messagingChannels.settings("smtp-main"),
    "who may use a channel": ({ messagingChannels }) => messagingChannels.permissions("smtp-main"),
    "the end of a channel": ({ messagingChannels }) => messagingChannels.delete("smtp-main"),
  });
});

it.effect("a mail whose answer was lost is an unknown outcome, and is not sent twice", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip((yield* MessagingChannels).send("c", "P", mail)) as Effect.Effect<DssError>;
    expect(error.reason._tag).toBe("OutcomeUnknown");
    expect((yield* Received).requests).toHaveLength(1);
  }).pipe(Effect.provide(dssServer(() => reset))));

it.effect("no error shows the secrets of a channel, and neither does a channel that is to be created", () =>
  Effect.gen(function* () {
    const channel = slackChannel({
      webhookUrl: Redacted.make("https://hooks.test/c4naryUrl"),
      authorizationToken: Redacted.make("c4naryToken"),
    });
    const channels = yield* MessagingChannels;
    const settings = { webhookUrl: "https://hooks.test/c4naryUrl", authToken: "c4naryToken" };
    for (const call of [channels.create(channel), channels.saveSettings("s", settings)]) {
      const [exit, shown] = yield* shownBy<unknown, unknown, never>(call);
      expect(exit._tag).toBe("Failure");
      expect(shown).not.toContain("c4nary");
    }
    expect(JSON.stringify(channel)).not.toContain("c4nary");
  }).pipe(
    Effect.provide(dssServer(() => failure(400, "X", "https://hooks.test/c4naryUrl and c4naryToken are wrong"))),
  ));

it.effect("the feature store shows datasets, which go with their project", () =>
  Effect.gen(function* () {
    const store = yield* FeatureStore;
    expect(yield* store.groups()).toEqual([{ projectKey: "CHURN", name: "features" }]);
    yield* during("1 minute", (yield* Projects).delete("CHURN"));
    expect(yield* store.groups()).toEqual([]);
  }).pipe(Effect.provide(Simulator.layer())));
