/**
 * Messaging channels of the simulated DSS: what is sent through them is kept, and goes nowhere.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import {
  type Call,
  conflict,
  emptyAnswer,
  flag,
  invalid,
  jsonAnswer,
  missing,
  refuse,
  type Route,
  type SimulatedRefusal,
  type User,
} from "../kernel/route.ts";
import { documentSent, isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import { formSent, jsonIn } from "../kernel/uploaded_file.ts";
import { isGivenTo, users } from "../admin/users_state.ts";
import type { World } from "../kernel/world.ts";
import { findProject } from "../projects/projects_state.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** A messaging channel. */
export interface MessagingChannelRecord {
  readonly id: string;
  readonly type: string;
  /** Its settings; replaced as a whole, never changed. */
  settings: JsonObject;
  /** Who may use it; replaced as a whole, never changed. */
  permissions: ReadonlyArray<unknown>;
}

/** Messaging channels by id. */
export const messagingChannels: Slice<Map<string, MessagingChannelRecord>> = slice(
  "messagingChannels",
  () => new Map(),
);

/** Mail that was sent through them, oldest first. */
export const sentMail: Slice<Array<JsonObject>> = slice("sentMail", () => []);

const families: Readonly<Record<string, string>> = {
  smtp: "mail",
  "aws-ses-mail": "mail",
  "microsoft-graph-mail": "mail",
  slack: "chat",
  "msft-teams": "chat",
  "google-chat": "chat",
  twilio: "sms",
  shell: "shell",
};

const familyOf = ({ type }: MessagingChannelRecord): string => families[type]!;

const channelOf = (channel: MessagingChannelRecord): JsonObject => {
  const { id, type, settings } = channel;
  const { sender, useCurrentUserAsSender = false } = settings;
  const isMail = familyOf(channel) === "mail";
  return {
    id,
    type,
    family: familyOf(channel),
    ...(isMail ? { useCurrentUserAsSender, ...(sender === undefined ? {} : { sender }) } : {}),
  };
};

const mayUse = (world: World, { permissions }: MessagingChannelRecord, { login, admin }: User): boolean =>
  admin || jsonObjects(permissions).some((each) => each.canUse === true && isGivenTo(world, each, login));

/** The channel that a request names; for who may not use it, it is not there. */
const find = (world: World, { params, user }: Call): Effect.Effect<MessagingChannelRecord, SimulatedRefusal> => {
  const channel = world.of(messagingChannels).get(params.channelId!);
  return channel === undefined || !mayUse(world, channel, user)
    ? Effect.fail(missing(`Messaging channel ${params.channelId}`))
    : Effect.succeed(channel);
};

const isPermission = (value: unknown): boolean =>
  isJsonObject(value) && (typeof value.group === "string") !== (typeof value.user === "string") &&
  (value.canUse === undefined || typeof value.canUse === "boolean");

const faultInPermissions = (permissions: unknown): SimulatedRefusal | undefined =>
  Array.isArray(permissions) && permissions.every(isPermission)
    ? undefined
    : invalid("A permission of a messaging channel needs a group or a user, and canUse");

const texts: ReadonlySet<string> = new Set(["sender", "authorizedDomain", "host", "login", "webhookUrl", "channel"]);
const booleans: ReadonlySet<string> = new Set(["useCurrentUserAsSender", "useSSL", "useTLS", "useProxy"]);

const faultInSettings = (settings: JsonObject): SimulatedRefusal | undefined => {
  const wrong = Object.entries(settings).find(([key, value]) =>
    value !== null &&
    ((texts.has(key) && typeof value !== "string") || (booleans.has(key) && typeof value !== "boolean") ||
      (key === "port" && typeof value !== "number"))
  );
  return wrong === undefined ? undefined : invalid(`${wrong[0]} of a messaging channel is not of the right type`);
};

/** Why a mail cannot be sent. */
const faultInMail = ({ from, to, cc, bcc, subject, body, plainText }: JsonObject): SimulatedRefusal | undefined => {
  const isAddresses = (value: unknown): boolean =>
    Array.isArray(value) && value.every((each) => typeof each === "string" && each.includes("@"));
  if (!isAddresses(to) || (to as ReadonlyArray<unknown>).length === 0) {
    return invalid("to must be an array of addresses");
  }
  if (![cc, bcc].every((each) => each === null || each === undefined || isAddresses(each))) {
    return invalid("cc and bcc must be arrays of addresses, or null");
  }
  if (from !== null && from !== undefined && typeof from !== "string") {
    return invalid("from must be an address or null");
  }
  return typeof subject === "string" && typeof body === "string" && typeof plainText === "boolean"
    ? undefined
    : invalid("subject and body must be texts, and plainText a boolean");
};

/** Fills an instance with channels. */
export const seedMessagingChannels = (world: World): void => {
  const rows: ReadonlyArray<MessagingChannelRecord> = [
    {
      id: "smtp-main",
      type: "smtp",
      settings: { host: "smtp.example.com", port: 587, useTLS: true, sender: "dss@example.com" },
      permissions: [{ group: "data_team", canUse: true }],
    },
    {
      id: "slack-alerts",
      type: "slack",
      settings: { mode: "WEBHOOK", webhookUrl: "https://hooks.example.com/services/T0/B0", useProxy: false },
      permissions: [],
    },
  ];
  for (const row of rows) world.of(messagingChannels).set(row.id, row);
};

/** @internal */
export const messagingChannelsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/messaging-channels/",
    known: "official client",
    note:
      "By channelType and channelFamily; the families besides mail, and that only what may be used is listed, are assumed.",
    handle: ({ query, user }, world) =>
      Effect.sync(() => {
        const [type, family] = [query.get("channelType"), query.get("channelFamily")];
        return jsonAnswer(
          [...world.of(messagingChannels).values()].filter((channel) =>
            mayUse(world, channel, user) && (type ?? channel.type) === channel.type &&
            (family ?? familyOf(channel)) === familyOf(channel)
          ).map(channelOf),
        );
      }),
  },
  {
    method: "POST",
    path: "/messaging-channels/",
    known: "official client",
    note:
      "id, which may be empty, type, configuration and permissions or null; answers the channel. What is refused is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const { id, type, configuration, permissions } = yield* documentSent(world, call);
        if (typeof id !== "string" || typeof type !== "string" || !(type in families)) {
          return yield* Effect.fail(
            invalid(`A messaging channel needs an id, and a type among ${Object.keys(families)}`),
          );
        }
        if (world.of(messagingChannels).has(id)) {
          return yield* Effect.fail(conflict(`Messaging channel ${id} exists already`));
        }
        if (!isJsonObject(configuration)) return yield* Effect.fail(invalid("configuration must be an object"));
        yield* refuse(faultInSettings(configuration) ?? faultInPermissions(permissions ?? []));
        const channel: MessagingChannelRecord = {
          id: id === "" ? world.chance.id() : id,
          type,
          settings: configuration,
          permissions: (permissions ?? []) as ReadonlyArray<unknown>,
        };
        world.of(messagingChannels).set(channel.id, channel);
        return jsonAnswer(channelOf(channel));
      }),
  },
  {
    method: "GET",
    path: "/messaging-channels/:channelId",
    known: "official client",
    note: "id, type, family, and sender and useCurrentUserAsSender of mail.",
    handle: (call, world) => Effect.map(find(world, call), (channel) => jsonAnswer(channelOf(channel))),
  },
  {
    method: "DELETE",
    path: "/messaging-channels/:channelId",
    known: "official client",
    note: "An empty answer.",
    admin: true,
    handle: (call, world) =>
      Effect.map(find(world, call), ({ id }) => {
        world.of(messagingChannels).delete(id);
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/messaging-channels/:channelId/settings",
    known: "official client",
    note: "The configuration; that it shows its secrets is assumed.",
    admin: true,
    handle: (call, world) => Effect.map(find(world, call), ({ settings }) => jsonAnswer(settings)),
  },
  {
    method: "PUT",
    path: "/messaging-channels/:channelId/settings",
    known: "official client",
    note: "Written whole.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const channel = yield* find(world, call);
        const settings = yield* documentSent(world, call);
        yield* refuse(faultInSettings(settings));
        channel.settings = settings;
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/messaging-channels/:channelId/permissions",
    known: "official client",
    note: "An array, each with group or user and canUse.",
    admin: true,
    handle: (call, world) => Effect.map(find(world, call), ({ permissions }) => jsonAnswer(permissions)),
  },
  {
    method: "PUT",
    path: "/messaging-channels/:channelId/permissions",
    known: "official client",
    note: "An array, written whole.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(find(world, call), (channel) => {
        const refusal = faultInPermissions(call.json);
        if (refusal !== undefined) return Effect.fail(refusal);
        channel.permissions = call.json as ReadonlyArray<unknown>;
        return Effect.succeed(emptyAnswer);
      }),
  },
  {
    method: "POST",
    path: "/messaging-channels/:channelId/actions/send",
    known: "official client",
    note:
      "A form with message, which is JSON, and attachments; for channels of mail, a projectKey, and sendAsSingleMessage. What is refused is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const channel = yield* find(world, call);
        const { projectKey } = yield* findProject(world, call.query.get("projectKey") ?? undefined);
        if (familyOf(channel) !== "mail") return yield* Effect.fail(invalid(`${channel.id} is no channel of mail`));
        const form = yield* formSent(call);
        const message = jsonIn(new Map([["message", form.get("message")?.[0]?.bytes ?? new Uint8Array()]]), "message");
        if (message === undefined) return yield* Effect.fail(invalid('The part "message" must be JSON'));
        yield* refuse(faultInMail(message));
        const { sender, useCurrentUserAsSender } = channel.settings;
        const own = useCurrentUserAsSender === true ? world.of(users).get(call.user.login)?.document.email : sender;
        world.of(sentMail).push({
          channelId: channel.id,
          projectKey,
          asSingleMessage: flag(call.query, "sendAsSingleMessage"),
          ...message,
          from: message.from ?? own ?? null,
          attachments: (form.get("attachments") ?? []).map(({ name, type, bytes }) => ({
            name,
            type,
            size: bytes.length,
          })),
        });
        return emptyAnswer;
      }),
  },
];
