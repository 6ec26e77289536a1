/**
 * What a user prefers: language, mails, notifications.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";

/** What a user prefers. `…Emails` are sent, `…Notifications` are shown while working. */
export interface UserPreferences {
  /** Language of the pages, as `en`, `ja` or `fr`. */
  readonly uiLanguage?: string | null;
  /** A mail when somebody mentions the user. */
  readonly mentionEmails?: boolean | null;
  /** A mail for each reply in discussions. */
  readonly discussionEmails?: boolean | null;
  /** A mail when somebody asks for access to an object. */
  readonly accessRequestEmails?: boolean | null;
  /** A mail when access is granted. */
  readonly grantedAccessEmails?: boolean | null;
  /** A mail when a plugin that was asked for is granted. */
  readonly grantedPluginRequestEmails?: boolean | null;
  /** A mail when somebody asks for a plugin. */
  readonly pluginRequestEmails?: boolean | null;
  /** A mail when somebody asks for access to the instance. */
  readonly instanceAccessRequestsEmails?: boolean | null;
  /** A mail when somebody asks for another profile. */
  readonly profileUpgradeRequestsEmails?: boolean | null;
  /** A mail when somebody asks for a code environment. */
  readonly codeEnvCreationRequestEmails?: boolean | null;
  /** A mail when a code environment that was asked for is granted. */
  readonly grantedCodeEnvCreationRequestEmails?: boolean | null;
  /** A mail each day of what happened. */
  readonly dailyDigestsEmails?: boolean | null;
  /** A mail of what happened while the user was away. */
  readonly offlineActivityEmails?: boolean | null;
  /** Whether the flow opens where it was left. */
  readonly rememberPositionFlow?: boolean | null;
  /** Who logs in and out. */
  readonly loginLogoutNotifications?: boolean | null;
  /** Changes of watched objects. */
  readonly watchedObjectsEditionsNotifications?: boolean | null;
  /** Objects created and deleted in the project at hand. */
  readonly objectOnCurrentProjectCreatedDeletedNotifications?: boolean | null;
  /** Objects changed in the project at hand. */
  readonly anyObjectOnCurrentProjectEditedNotifications?: boolean | null;
  /** Who watches and stars in the project at hand. */
  readonly watchStarOnCurrentProjectNotifications?: boolean | null;
  /** Jobs and tasks of others. */
  readonly otherUsersJobsTasksNotifications?: boolean | null;
  /** Requests for access. */
  readonly requestAccessNotifications?: boolean | null;
  /** Runs of scenarios. */
  readonly scenarioRunNotifications?: boolean | null;
}

const on = maybe(Schema.Boolean);

/** Schema of {@linkcode UserPreferences}. */
export const UserPreferences: Schema.Codec<UserPreferences, unknown> = open(
  {
    uiLanguage: maybe(Schema.String),
    mentionEmails: on,
    discussionEmails: on,
    accessRequestEmails: on,
    grantedAccessEmails: on,
    grantedPluginRequestEmails: on,
    pluginRequestEmails: on,
    instanceAccessRequestsEmails: on,
    profileUpgradeRequestsEmails: on,
    codeEnvCreationRequestEmails: on,
    grantedCodeEnvCreationRequestEmails: on,
    dailyDigestsEmails: on,
    offlineActivityEmails: on,
    rememberPositionFlow: on,
    loginLogoutNotifications: on,
    watchedObjectsEditionsNotifications: on,
    objectOnCurrentProjectCreatedDeletedNotifications: on,
    anyObjectOnCurrentProjectEditedNotifications: on,
    watchStarOnCurrentProjectNotifications: on,
    otherUsersJobsTasksNotifications: on,
    requestAccessNotifications: on,
    scenarioRunNotifications: on,
  } satisfies Fields<UserPreferences>,
);
