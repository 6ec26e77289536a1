/**
 * Who asks: the owner of the key, or the user of a browser that a program serves.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";
import { AuthInfo } from "../../schemas/admin/auth_info.ts";
import { type CheckedObject, PermissionsCheck } from "../../schemas/admin/permissions_check.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { isSecretName, secretsOfHeader } from "../../src/errors/secret_names.ts";
import { hiding } from "../../src/transport/request_secrets.ts";
import { get, type Path, path, post, type RequestOptions } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";

export * from "../../schemas/admin/auth_info.ts";
export * from "../../schemas/admin/permissions_check.ts";

/** What is asked of who asks. */
export interface AuthInfoOptions {
  /**
   * Whether the secrets of the user are there too.
   *
   * @default {false}
   */
  readonly withSecrets?: boolean;
}

/** The headers that a browser sent to a program, by name: all of them, or at least `Cookie`, which names the session. */
export type BrowserHeaders = Readonly<Record<string, string | Redacted.Redacted<string>>>;

/**
 * Who asks: the owner of the key, or the user of a browser that a program serves.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { Auth } from "@effect-dataiku/dss/auth";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const whoAmI = Effect.flatMap(Auth, (auth) => auth.info());
 * const { authIdentifier } = await Effect.runPromise(Effect.provide(whoAmI, Simulator.layer()));
 * if (authIdentifier !== "admin") throw new Error("unexpected");
 * ```
 */
export interface Auth {
  /** Who asks; under `Dss.as`, the user for whom one acts. */
  info(options?: AuthInfoOptions): Effect.Effect<AuthInfo, DssError>;
  /** The user of a browser, for a program that DSS serves, as the backend of a web app: the headers of the request at hand tell. */
  infoFromBrowserHeaders(headers: BrowserHeaders, options?: AuthInfoOptions): Effect.Effect<AuthInfo, DssError>;
  /** A ticket of the user of a browser: with it as credentials of a connection, the program acts as that user. */
  ticketFromBrowserHeaders(headers: BrowserHeaders): Effect.Effect<Redacted.Redacted<string>, DssError>;
  /** A ticket of the one who asks, which is valid for a while: credentials of a connection for a program that must not get the key. */
  ticket(): Effect.Effect<Redacted.Redacted<string>, DssError>;
  /** What the owner of the key may do with objects. */
  checkPermissions(objects: ReadonlyArray<CheckedObject>): Effect.Effect<PermissionsCheck, DssError>;
}

const TicketOfBrowser = Schema.Struct({ msg: Schema.RedactedFromValue(Schema.String) });

const OwnTicket = Schema.Struct({ ticket: Schema.RedactedFromValue(Schema.String) });

/** Sends headers as JSON; no error shows the secrets in them. */
const withHeaders = (address: Path, headers: BrowserHeaders, options: RequestOptions) => {
  const entries = Object.entries(headers).map(([name, value]) =>
    Redacted.isRedacted(value)
      ? { name, value: Redacted.value(value), secret: true }
      : { name, value, secret: isSecretName(name) }
  );
  const secrets = entries.flatMap(({ secret, value }) => secret ? secretsOfHeader(value) : []);
  const json = Object.fromEntries(entries.map(({ name, value }) => [name, value]));
  return hiding(secrets, post(address, { ...options, json }));
};

/** Key of {@linkcode Auth}, with its layer. */
export const Auth: DssService<Auth> = service(
  "Auth",
  Effect.map(Dss, (dss): Auth => {
    const asked = (options?: AuthInfoOptions) => ({ query: { withSecrets: options?.withSecrets ?? false } });
    return {
      info: (options) => dss.json("Auth.info", get(path`/auth/info`, asked(options)), AuthInfo),
      infoFromBrowserHeaders: (headers, options) =>
        dss.json(
          "Auth.infoFromBrowserHeaders",
          withHeaders(path`/auth/info-from-browser-headers`, headers, { ...asked(options), repeatable: true }),
          AuthInfo,
        ),
      ticketFromBrowserHeaders: (headers) =>
        Effect.map(
          dss.json(
            "Auth.ticketFromBrowserHeaders",
            withHeaders(path`/auth/ticket-from-browser-headers`, headers, {}),
            TicketOfBrowser,
          ),
          ({ msg }) => msg,
        ),
      ticket: () => Effect.map(dss.json("Auth.ticket", post(path`/auth/ticket`), OwnTicket), ({ ticket }) => ticket),
      checkPermissions: (objects) =>
        dss.json(
          "Auth.checkPermissions",
          post(path`/permissions/actions/check-objects`, { json: { items: objects }, repeatable: true }),
          PermissionsCheck,
        ),
    };
  }),
);
