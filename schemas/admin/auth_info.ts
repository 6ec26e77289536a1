/**
 * Who asks, as DSS sees it.
 *
 * @module
 */
import type * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";

/** A secret of the user who asks. */
export interface AuthSecret {
  /** Name, as some versions of DSS say it. */
  readonly key?: string | null;
  /** Name, as other versions of DSS say it. */
  readonly name?: string | null;
  /** The secret itself. */
  readonly value?: Redacted.Redacted<string> | null;
}

/** Schema of {@linkcode AuthSecret}. */
export const AuthSecret: Schema.Codec<AuthSecret, unknown> = open(
  {
    key: maybe(Schema.String),
    name: maybe(Schema.String),
    value: maybe(Schema.RedactedFromValue(Schema.String)),
  } satisfies Fields<AuthSecret>,
);

/** How one was authenticated; further values may come. */
export type AuthSource = "PERSONAL_API_KEY" | (string & Record<never, never>);

/** Who asks. */
export interface AuthInfo {
  /** Login of a user; id of a key that stands for no user. */
  readonly authIdentifier: string;
  /** How the one who asks was authenticated. */
  readonly authSource?: AuthSource | null;
  /** Who acts for whom, in a form that DSS does not document. */
  readonly via?: ReadonlyArray<unknown> | null;
  /** Names of the groups of a user. */
  readonly groups?: ReadonlyArray<string> | null;
  /** Profile of a user, as `FULL_DESIGNER`. */
  readonly userProfile?: string | null;
  /** Login of the user who stands behind. The name is as DSS spells it. */
  readonly associatedDSSUSer?: string | null;
  /** Login of the user as whom code runs. */
  readonly userForImpersonation?: string | null;
  /** Secrets of a user, only when they were asked for. */
  readonly secrets?: ReadonlyArray<AuthSecret> | null;
}

/** Schema of {@linkcode AuthInfo}. */
export const AuthInfo: Schema.Codec<AuthInfo, unknown> = open(
  {
    authIdentifier: Schema.String,
    authSource: maybe(openEnum<AuthSource>()),
    via: maybe(Schema.Array(Schema.Unknown)),
    groups: maybe(Schema.Array(Schema.String)),
    userProfile: maybe(Schema.String),
    associatedDSSUSer: maybe(Schema.String),
    userForImpersonation: maybe(Schema.String),
    secrets: maybe(Schema.Array(AuthSecret)),
  } satisfies Fields<AuthInfo>,
);
