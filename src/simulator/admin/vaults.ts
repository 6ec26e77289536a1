/**
 * Vaults of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { conflict, emptyAnswer, invalid, jsonAnswer, refuse, type Route } from "../kernel/route.ts";
import { documentSent } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { secrets } from "./secrets_state.ts";
import { faultInVault, findVault, putVault, vaultAuths, vaultOf, vaults } from "./vaults_state.ts";

const secretsIn = (world: World, id: string): ReadonlyArray<string> =>
  [...world.of(secrets)].filter(([, { vaultId }]) => vaultId === id).map(([ref]) => ref);

/** @internal */
export const vaultsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/secrets-manager/vaults",
    known: "official client",
    note: "All of them, for administrators; that the secrets of authConfig are shown is assumed.",
    admin: true,
    handle: (_, world) => Effect.sync(() => jsonAnswer([...world.of(vaults).keys()].map((id) => vaultOf(world, id)))),
  },
  {
    method: "POST",
    path: "/secrets-manager/vaults",
    known: "official client",
    note: "The vault, of one of three types; answers it. What is refused is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const sent = yield* documentSent(world, call);
        yield* refuse(faultInVault(sent));
        const id = String(sent.id);
        if (world.of(vaults).has(id)) return yield* Effect.fail(conflict(`Vault ${id} exists already`));
        const [login, now] = [call.user.login, call.now];
        putVault(world, { ...sent, createdBy: login, createdOn: now, lastUpdatedBy: login, lastUpdatedOn: now });
        return jsonAnswer(vaultOf(world, id));
      }),
  },
  {
    method: "GET",
    path: "/secrets-manager/vaults/:vaultId",
    known: "official client",
    note: "An item of the list.",
    admin: true,
    handle: (call, world) => Effect.map(findVault(world, call), (id) => jsonAnswer(vaultOf(world, id))),
  },
  {
    method: "PUT",
    path: "/secrets-manager/vaults/:vaultId",
    known: "official client",
    note: "Written whole; an empty answer. That id, type and creation stay is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const id = yield* findVault(world, call);
        const { type, createdBy, createdOn } = vaultOf(world, id);
        const sent = yield* documentSent(world, call);
        if (sent.id !== id || sent.type !== type) {
          return yield* Effect.fail(invalid(`The vault ${id} stays of type ${type} and of that id`));
        }
        yield* refuse(faultInVault(sent));
        putVault(world, {
          ...sent,
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
    path: "/secrets-manager/vaults/:vaultId",
    known: "official client",
    note: "An empty answer. That one which secrets refer to is refused is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const id = yield* findVault(world, call);
        const inside = secretsIn(world, id);
        if (inside.length > 0) {
          return yield* Effect.fail(invalid(`Vault ${id} has the values of the secrets ${inside.join(", ")}`));
        }
        world.of(vaults).delete(id);
        world.of(vaultAuths).delete(id);
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/secrets-manager/vaults/:vaultId/referencing-secret-refs",
    known: "official client",
    note: "Identifiers of secrets.",
    admin: true,
    handle: (call, world) => Effect.map(findVault(world, call), (id) => jsonAnswer(secretsIn(world, id))),
  },
];
