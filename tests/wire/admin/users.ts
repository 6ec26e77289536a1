/** Users: our calls for those of the official client. */
import { flow, Redacted } from "effect";
import {
  type NewUser,
  removeConnectionCredential,
  removePluginCredential,
  setConnectionPassword,
  setPluginPassword,
  setPluginRefreshToken,
  setUserSecret,
  type User,
} from "../../../mod.ts";
import type { ServiceRecord } from "../../../services/all_services.ts";
import type { Noun } from "../harness/noun.ts";

const login = "bob";

const bob: NewUser = { login, password: Redacted.make("pw"), userProfile: "DATA_SCIENTIST" };

const settings = ({ users }: ServiceRecord) => users.settings(login);

const parameter = (parameterName: string) => ({
  pluginId: "pl",
  parameterSetId: "ps",
  presetId: "pr",
  parameterName,
});

const editPersonal = flow(
  setUserSecret("s1", "v2"),
  setConnectionPassword("pg", { user: "u", password: "p" }),
  removeConnectionCredential("pg"),
  setPluginPassword(parameter("pa"), { user: "u", password: "p" }),
  setPluginRefreshToken(parameter("pb"), "rt"),
  removePluginCredential(parameter("zz")),
);

/** Every user has a name, groups and a source; the recorded one has none. */
const withoutSample = ({ displayName: _d, groups: _g, sourceType: _s, ...user }: User): User => user as User;

const users: Noun = {
  areas: ["admin"],
  methods: {
    "DSSClient.list_users": {
      ours: "Users.list",
      calls: [({ users }) => users.list(), ({ users }) => users.list({ includeSettings: true })],
    },
    "DSSClient.list_users_info": { ours: "Users.listInfo", calls: [({ users }) => users.listInfo()] },
    "DSSClient.create_user": {
      ours: "Users.create",
      calls: [
        ({ users }) => users.create(bob),
        ({ users }) =>
          users.create({
            ...bob,
            displayName: "Bob",
            sourceType: "LDAP",
            groups: ["g"],
            userProfile: "READER",
            email: "b@x",
          }),
      ],
    },
    "DSSClient.create_users": { ours: "Users.createAll", calls: [({ users }) => users.createAll([bob])] },
    "DSSClient.edit_users": {
      ours: "Users.editAll",
      calls: [({ users }) => users.editAll([{ login, displayName: "B" }])],
    },
    "DSSClient.delete_users": {
      ours: "Users.deleteAll",
      calls: [
        ({ users }) => users.deleteAll([login]),
        ({ users }) => users.deleteAll([login], { allowSelfDeletion: true }),
      ],
    },
    "DSSClient.list_users_activity": {
      ours: "Users.listActivity",
      calls: [({ users }) => users.listActivity(), ({ users }) => users.listActivity({ enabledUsersOnly: true })],
    },
    "DSSClient.list_expired_trial_users": {
      ours: "Users.listExpiredTrials",
      calls: [({ users }) => users.listExpiredTrials()],
    },
    "DSSClient.get_authorization_matrix": {
      ours: "Users.authorizationMatrix",
      calls: [({ users }) => users.authorizationMatrix()],
    },
    "DSSUser.get_info": { ours: "Users.info", calls: [({ users }) => users.info(login)] },
    "DSSUser.get_activity": { ours: "Users.activity", calls: [({ users }) => users.activity(login)] },
    "DSSUser.get_settings": { ours: "Users.settings", calls: [settings] },
    "DSSUser.get_definition": { ours: "Users.settings", calls: [settings] },
    "DSSUser.set_definition": {
      ours: "Users.saveSettings",
      calls: [({ users }) => users.saveSettings(login, { login } as User)],
    },
    "DSSUserSettings.save": {
      ours: "Users.updateSettings",
      calls: [
        ({ users }) =>
          users.updateSettings(login, (user) => ({
            ...editPersonal(withoutSample(user)),
            enabled: false,
            preferences: { ...user.preferences, uiLanguage: "en" },
          })),
      ],
    },
    "DSSUser.delete": {
      ours: "Users.delete",
      calls: [({ users }) => users.delete(login), ({ users }) => users.delete(login, { allowSelfDeletion: true })],
    },
  },
  withoutRequest: {
    "DSSClient.get_user": "Users.settings",
    "DSSUserSettingsBase.get_raw": "Users.settings",
    "DSSUserSettingsBase.user_properties": "User.userProperties",
    "DSSUserSettingsBase.add_secret": "setUserSecret",
    "DSSUserSettingsBase.remove_secret": "removeUserSecret",
    "DSSUserSettingsBase.set_basic_connection_credential": "setConnectionPassword",
    "DSSUserSettingsBase.remove_connection_credential": "removeConnectionCredential",
    "DSSUserSettingsBase.set_basic_plugin_credential": "setPluginPassword",
    "DSSUserSettingsBase.set_oauth2_plugin_credential": "setPluginRefreshToken",
    "DSSUserSettingsBase.remove_plugin_credential": "removePluginCredential",
    "DSSUserSettings.admin_properties": "User.adminProperties",
    "DSSUserSettings.enabled": "User.enabled",
    "DSSUserSettings.creation_date": "User.createdAt",
    "DSSUserSettings.preferences": "User.preferences",
    "DSSUserActivity.get_raw": "Users.activity",
    "DSSUserActivity.last_successful_login": "UserActivity.lastLoginAt",
    "DSSUserActivity.last_failed_login": "UserActivity.lastFailedLoginAt",
    "DSSUserActivity.last_session_activity": "UserActivity.lastActiveAt",
    "DSSUserInfo.get_raw": "Users.info",
    "DSSUserInfo.login": "UserInfo.login",
    "DSSUserInfo.display_name": "UserInfo.displayName",
    "DSSUserInfo.groups": "UserInfo.groups",
    "DSSUserInfo.email": "UserInfo.email",
    "DSSUserInfo.enabled": "UserInfo.enabled",
    "DSSAuthorizationMatrix.raw": "Users.authorizationMatrix",
    "DSSUserPreferences.ui_language": "UserPreferences.uiLanguage",
    "DSSUserPreferences.mention_emails": "UserPreferences.mentionEmails",
    "DSSUserPreferences.discussion_emails": "UserPreferences.discussionEmails",
    "DSSUserPreferences.access_request_emails": "UserPreferences.accessRequestEmails",
    "DSSUserPreferences.granted_access_emails": "UserPreferences.grantedAccessEmails",
    "DSSUserPreferences.granted_plugin_request_emails": "UserPreferences.grantedPluginRequestEmails",
    "DSSUserPreferences.plugin_request_emails": "UserPreferences.pluginRequestEmails",
    "DSSUserPreferences.instance_access_requests_emails": "UserPreferences.instanceAccessRequestsEmails",
    "DSSUserPreferences.profile_upgrade_requests_emails": "UserPreferences.profileUpgradeRequestsEmails",
    "DSSUserPreferences.code_env_creation_request_emails": "UserPreferences.codeEnvCreationRequestEmails",
    "DSSUserPreferences.granted_code_env_creation_request_emails":
      "UserPreferences.grantedCodeEnvCreationRequestEmails",
    "DSSUserPreferences.daily_digests_emails": "UserPreferences.dailyDigestsEmails",
    "DSSUserPreferences.offline_activity_emails": "UserPreferences.offlineActivityEmails",
    "DSSUserPreferences.remember_position_flow": "UserPreferences.rememberPositionFlow",
    "DSSUserPreferences.login_logout_notifications": "UserPreferences.loginLogoutNotifications",
    "DSSUserPreferences.watched_objects_editions_notifications": "UserPreferences.watchedObjectsEditionsNotifications",
    "DSSUserPreferences.object_on_current_project_created_deleted_notifications":
      "UserPreferences.objectOnCurrentProjectCreatedDeletedNotifications",
    "DSSUserPreferences.any_object_on_current_project_edited_notifications":
      "UserPreferences.anyObjectOnCurrentProjectEditedNotifications",
    "DSSUserPreferences.watch_star_on_current_project_notifications":
      "UserPreferences.watchStarOnCurrentProjectNotifications",
    "DSSUserPreferences.other_users_jobs_tasks_notifications": "UserPreferences.otherUsersJobsTasksNotifications",
    "DSSUserPreferences.request_access_notifications": "UserPreferences.requestAccessNotifications",
    "DSSUserPreferences.scenario_run_notifications": "UserPreferences.scenarioRunNotifications",
  },
  samples: {
    "GET /admin/users/": [{ displayName: "Bob", groups: [], sourceType: "LOCAL" }],
    "GET /admin/users/{}": {
      displayName: "Bob",
      groups: [],
      sourceType: "LOCAL",
      preferences: { uiLanguage: "en" },
    },
  },
};

export default users;
