/**
 * Secrets of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { conflict, emptyAnswer, invalid, jsonAnswer, refuse, type Route } from "../kernel/route.ts";
import { documentSent, isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import {
  capabilitiesOf,
  faultInSecret,
  findSecret,
  mayWithSecret,
  noteUse,
  secrets,
  secretShownTo,
  secretValues,
  valueOf,
} from "./secrets_state.ts";

/** @internal */
export const secretsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/secrets-manager/secrets",
    known: "official client",
    note:
      "Those that the user may use. That permissionItems are left out for who is no administrator of one is assumed.",
    handle: ({ user }, world) =>
      Effect.sync(() =>
        jsonAnswer(
          [...world.of(secrets).values()].filter((each) => mayWithSecret(world, each, user, "use"))
            .map((each) => secretShownTo(world, each, user)),
        )
      ),
  },
  {
    method: "POST",
    path: "/secrets-manager/secrets",
    known: "official client",
    note:
      "LOCAL with its value as secret, or VAULT; an empty answer. What is refused, that every user may create one, and that the creator administrates it with all rights when no permission says who does, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { secret: value, ...sent } = yield* documentSent(world, call);
        yield* refuse(faultInSecret(world, sent));
        const ref = String(sent.ref);
        if (sent.type === "LOCAL" && typeof value !== "string") {
          return yield* Effect.fail(invalid("The value of a local secret must be a text"));
        }
        if (world.of(secrets).has(ref)) return yield* Effect.fail(conflict(`Secret ${ref} exists already`));
        const { login } = call.user;
        const given = sent.permissionItems as ReadonlyArray<JsonObject>;
        const own = { user: login, group: null, use: true, read: true, write: true, admin: true };
        const isAdministrated = given.some((each) => each.admin === true);
        world.of(secrets).set(ref, {
          vaultId: null,
          remoteSecretRef: null,
          remoteSecretVersion: null,
          ...sent,
          permissionItems: isAdministrated ? given : [...given, own],
          createdBy: login,
          createdOn: call.now,
          lastUpdatedBy: login,
          lastUpdatedOn: call.now,
        });
        if (typeof value === "string") world.of(secretValues).set(ref, value);
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/secrets-manager/secrets/:secretId",
    known: "official client",
    note: "Without its value. That it is not there for who may do nothing with it is assumed.",
    handle: (call, world) =>
      Effect.map(findSecret(world, call), (secret) => jsonAnswer(secretShownTo(world, secret, call.user))),
  },
  {
    method: "PUT",
    path: "/secrets-manager/secrets/:secretId/metadata",
    known: "official client",
    note:
      "secretMetadata, written whole, and confirmLosingAdminAccess; an empty answer. That identifier, type and creation stay, and how losing the administration without confirming it is refused, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const found = yield* findSecret(world, call, "admin");
        const { secretMetadata, confirmLosingAdminAccess } = yield* documentSent(world, call);
        if (!isJsonObject(secretMetadata) || typeof confirmLosingAdminAccess !== "boolean") {
          return yield* Effect.fail(invalid("secretMetadata and confirmLosingAdminAccess, a boolean, must be there"));
        }
        const { ref, type, createdBy, createdOn } = found;
        if (secretMetadata.type !== type || secretMetadata.ref !== ref) {
          return yield* Effect.fail(invalid(`The secret ${ref} stays of type ${type} and of that identifier`));
        }
        yield* refuse(faultInSecret(world, secretMetadata));
        if (!confirmLosingAdminAccess && !mayWithSecret(world, secretMetadata, call.user, "admin")) {
          return yield* Effect.fail(
            invalid(`User ${call.user.login} could not administrate the secret ${ref} any more: confirm it`),
          );
        }
        world.of(secrets).set(ref, {
          ...secretMetadata,
          createdBy,
          createdOn,
          lastUpdatedBy: call.user.login,
          lastUpdatedOn: call.now,
        });
        return emptyAnswer;
      }),
  },
  {
    method: "DELETE",
    path: "/secrets-manager/secrets/:secretId",
    known: "official client",
    note: "An empty answer.",
    handle: (call, world) =>
      Effect.map(findSecret(world, call, "admin"), ({ ref }) => {
        world.of(secrets).delete(ref);
        world.of(secretValues).delete(ref);
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/secrets-manager/secrets/:secretId/capabilities",
    known: "official client",
    note:
      "What the user may do. That an administrator of DSS may do everything, and that one of a vault cannot be written, is assumed.",
    handle: (call, world) =>
      Effect.map(findSecret(world, call), (secret) => jsonAnswer(capabilitiesOf(world, secret, call.user))),
  },
  {
    method: "POST",
    path: "/secrets-manager/secrets/:secretId/actions/read",
    known: "official client",
    note: "No body, or a context for audits; answers the value. That of a vault is made up from its name there.",
    handle: (call, world) =>
      Effect.map(findSecret(world, call, "read"), (secret) => {
        noteUse(world, call, secret.ref, "read");
        return jsonAnswer({ value: valueOf(world, secret) });
      }),
  },
  {
    method: "POST",
    path: "/secrets-manager/secrets/:secretId/actions/update-value",
    known: "official client",
    note: "value, and a context for audits; an empty answer. That it is refused for one of a vault is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { ref, type, ...secret } = yield* findSecret(world, call, "write");
        if (type !== "LOCAL") return yield* Effect.fail(invalid(`The value of the secret ${ref} is in a vault`));
        const { value } = isJsonObject(call.json) ? call.json : {};
        if (typeof value !== "string") return yield* Effect.fail(invalid("value must be a text"));
        const changed = { lastUpdatedBy: call.user.login, lastUpdatedOn: call.now };
        world.of(secrets).set(ref, { ref, type, ...secret, ...changed });
        world.of(secretValues).set(ref, value);
        noteUse(world, call, ref, "update-value");
        return emptyAnswer;
      }),
  },
];
