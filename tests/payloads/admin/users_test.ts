import { Effect } from "effect";
import { AuthorizationMatrix, Group, GroupInfo, User, UserActivity, UserInfo, UserOutcome } from "../../../mod.ts";
import { always, document, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";
import { group, user, userActivity, userInfo, userOutcome } from "./users.ts";

const first = <A>([item]: ReadonlyArray<A>): A => item!;

const inList = (document: unknown): ReadonlyArray<unknown> => [[document]];

itIsReturned("a user", {
  document: user,
  schema: User,
  through: {
    "Users.list": { answers: inList, call: ({ users }) => Effect.map(users.list(), first) },
    "Users.settings": { call: ({ users }) => users.settings("maria") },
    "Users.updateSettings": { call: ({ users }) => users.updateSettings("maria", (user) => user) },
    "Users.saveSettings": { call: ({ users }, user) => users.saveSettings("maria", user as unknown as User) },
  },
  accessors: [User.createdAt, User.trialEndsAt],
});

itIsReturned("a user, as everybody may see it", {
  document: userInfo,
  schema: UserInfo,
  through: {
    "Users.listInfo": { answers: inList, call: ({ users }) => Effect.map(users.listInfo(), first) },
    "Users.info": { call: ({ users }) => users.info("maria") },
    "Users.listExpiredTrials": { answers: inList, call: ({ users }) => Effect.map(users.listExpiredTrials(), first) },
  },
});

itIsReturned("the activity of a user", {
  document: userActivity,
  schema: UserActivity,
  through: {
    "Users.activity": { call: ({ users }) => users.activity("maria") },
    "Users.listActivity": { answers: inList, call: ({ users }) => Effect.map(users.listActivity(), first) },
  },
  accessors: [UserActivity.lastLoginAt, UserActivity.lastFailedLoginAt, UserActivity.lastActiveAt],
});

itIsReturned("what became of one user of many", {
  document: userOutcome,
  schema: UserOutcome,
  through: {
    "Users.createAll": { answers: inList, call: ({ users }) => Effect.map(users.createAll([]), first) },
    "Users.editAll": { answers: inList, call: ({ users }) => Effect.map(users.editAll([]), first) },
    "Users.deleteAll": { answers: inList, call: ({ users }) => Effect.map(users.deleteAll([]), first) },
  },
});

itIsReturned("the authorization matrix", {
  document: document({ perUser: optional({ users: [], cells: [1] }), perGroup: optional({ groups: [] }) }),
  schema: AuthorizationMatrix,
  through: { "Users.authorizationMatrix": { call: ({ users }) => users.authorizationMatrix() } },
});

itIsReturned("a group", {
  document: group,
  schema: Group,
  through: {
    "Groups.list": { answers: inList, call: ({ groups }) => Effect.map(groups.list(), first) },
    "Groups.settings": { call: ({ groups }) => groups.settings("data_team") },
    "Groups.updateSettings": { call: ({ groups }) => groups.updateSettings("data_team", (group) => group) },
    "Groups.saveSettings": {
      call: ({ groups }, group) => groups.saveSettings("data_team", group as unknown as Group),
    },
  },
});

itIsReturned("a group, as everybody may see it", {
  document: document({ name: always("data_team") }),
  schema: GroupInfo,
  through: { "Groups.listInfo": { answers: inList, call: ({ groups }) => Effect.map(groups.listInfo(), first) } },
});
