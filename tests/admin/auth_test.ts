import { describe, expect, it } from "@effect/vitest";
import { Effect, Redacted } from "effect";
import { Auth, type BrowserHeaders, Dss, type DssError, OwnUser, setUserSecret } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, failure, json, Received, reset } from "../fixtures/dss_server.ts";
import { shownBy } from "../fixtures/everything_shown.ts";

const session = { Cookie: "theme=dark; dss_access_token=c4narySession" };

/** A simulated DSS on which maria has a browser open. */
const withBrowser = <A, E>(effect: Effect.Effect<A, E, Auth | OwnUser | Simulator>) =>
  Effect.gen(function* () {
    const { addTicket } = yield* Simulator;
    yield* addTicket(Redacted.make("c4narySession"), { login: "maria", admin: false });
    return yield* effect;
  }).pipe(Effect.provide(Simulator.layer()));

describe("who asks", () => {
  it.effect("is the owner of the key, or the user for whom one acts", () =>
    withBrowser(Effect.gen(function* () {
      const auth = yield* Auth;
      expect(yield* auth.info()).toMatchObject({ authIdentifier: "admin", groups: ["administrators"] });
      expect(yield* Dss.as(auth.info(), "maria")).toMatchObject({
        authIdentifier: "maria",
        groups: ["data_team"],
        associatedDSSUSer: "maria",
      });
    })));

  it.effect("has secrets only when they are asked for, and they are redacted", () =>
    withBrowser(Effect.gen(function* () {
      const [auth, own] = [yield* Auth, yield* OwnUser];
      yield* own.updateSettings(setUserSecret("token", "c4naryToken"));
      expect((yield* auth.info()).secrets).toBeUndefined();
      const { secrets } = yield* auth.info({ withSecrets: true });
      expect(secrets).toEqual([{ key: "token", value: Redacted.make("c4naryToken") }]);
      expect(`${JSON.stringify(secrets)}${secrets?.[0]?.value}`).not.toContain("c4nary");
    })));

  it.effect("is the user of a browser, whose ticket authenticates", () =>
    withBrowser(Effect.gen(function* () {
      const auth = yield* Auth;
      expect((yield* auth.infoFromBrowserHeaders(session)).authIdentifier).toBe("maria");
      expect((yield* auth.infoFromBrowserHeaders(session, { withSecrets: true })).secrets).toEqual([]);
      const ticket = yield* auth.ticketFromBrowserHeaders({ Cookie: Redacted.make(session.Cookie) });
      const { fetch, url } = yield* Simulator;
      const headers = { "x-dku-apiticket": Redacted.value(ticket) };
      const answer = yield* Effect.promise(() => fetch(new Request(`${url}/dip/publicapi/auth/info`, { headers })));
      expect(yield* Effect.promise(() => answer.json())).toMatchObject({ authIdentifier: "maria" });
    })));

  it.effect("gives a ticket to a program that must not get the key", () =>
    withBrowser(Effect.gen(function* () {
      const ticket = yield* (yield* Auth).ticket();
      const { fetch, url } = yield* Simulator;
      const headers = { "x-dku-apiticket": Redacted.value(ticket) };
      const answer = yield* Effect.promise(() => fetch(new Request(`${url}/dip/publicapi/auth/info`, { headers })));
      expect(yield* Effect.promise(() => answer.json())).toMatchObject({ authIdentifier: "admin" });
      expect(`${ticket}`).not.toContain(Redacted.value(ticket));
    })));

  const strangers: ReadonlyArray<readonly [string, BrowserHeaders]> = [
    ["without headers", {}],
    ["without a session", { Cookie: "theme=dark" }],
    ["with a session that is over", { Cookie: "dss_access_token=over" }],
  ];
  it.effect.each(strangers)("is nobody in a browser %s", ([, headers]) =>
    withBrowser(Effect.gen(function* () {
      const auth = yield* Auth;
      const calls: ReadonlyArray<Effect.Effect<unknown, DssError>> = [
        auth.infoFromBrowserHeaders(headers),
        auth.ticketFromBrowserHeaders(headers),
      ];
      for (const call of calls) expect((yield* Effect.flip(call)).reason._tag).toBe("Forbidden");
    })));

  it.effect("may not act for another user without an administrator's key", () =>
    withBrowser(Effect.gen(function* () {
      const { addKey, fetch, url } = yield* Simulator;
      yield* addKey(Redacted.make("key-of-lena"), { login: "lena", admin: false });
      const headers = { authorization: "Bearer key-of-lena", "x-dku-proxyuser": "maria" };
      const { status } = yield* Effect.promise(() => fetch(new Request(`${url}/dip/publicapi/auth/info`, { headers })));
      expect(status).toBe(403);
    })));

  it.effect("may ask what is permitted, and gets all that DSS says", () =>
    withBrowser(Effect.gen(function* () {
      const object = { objectType: "DATASET", objectProjectKey: "SALES", objectId: "orders_joined" };
      const missing = { ...object, objectId: "none" };
      const { items } = yield* (yield* Auth).checkPermissions([object, missing]);
      expect(items).toEqual([{ ...object, readable: true }, { ...missing, readable: false }]);
    })));
});

describe("headers of a browser", () => {
  it.effect("go as they are; a lost answer is asked for again, but a ticket is not", () =>
    Effect.gen(function* () {
      const auth = yield* Auth;
      expect((yield* auth.infoFromBrowserHeaders(session)).authIdentifier).toBe("maria");
      expect((yield* Effect.flip(auth.ticketFromBrowserHeaders(session))).reason._tag).toBe("OutcomeUnknown");
      const { lines, requests } = yield* Received;
      expect(lines).toEqual([
        "POST /auth/info-from-browser-headers?withSecrets=false",
        "POST /auth/info-from-browser-headers?withSecrets=false",
        "POST /auth/ticket-from-browser-headers",
      ]);
      expect(requests.map(({ body }) => JSON.parse(body))).toEqual([session, session, session]);
    }).pipe(Effect.provide(
      dssServer((_, nth) => nth === 2 ? json({ authIdentifier: "maria" }) : reset, { retry: { base: 0 } }),
    )));

  const headers: ReadonlyArray<readonly [string, BrowserHeaders]> = [
    ["a cookie", session],
    ["an authorization", { authorization: "Basic c4narySession" }],
    ["a redacted header", { "x-session": Redacted.make("c4narySession") }],
  ];
  it.effect.each(headers)("%s that DSS repeats is not shown", ([, given]) =>
    Effect.gen(function* () {
      const auth = yield* Auth;
      for (const call of [auth.infoFromBrowserHeaders(given), auth.ticketFromBrowserHeaders(given)]) {
        const [, shown] = yield* shownBy<unknown, DssError, never>(call);
        expect(shown).toContain("is not a session");
        expect(shown).not.toContain("c4nary");
      }
    }).pipe(Effect.provide(dssServer(() => failure(400, "java.lang.Exception", "c4narySession is not a session")))));

  it.effect("a ticket is redacted", () =>
    Effect.gen(function* () {
      const ticket = yield* (yield* Auth).ticketFromBrowserHeaders(session);
      expect(`${ticket} ${JSON.stringify(ticket)}`).not.toContain("c4nary");
      expect(Redacted.value(ticket)).toBe("c4naryTicket");
    }).pipe(Effect.provide(dssServer(() => json({ msg: "c4naryTicket" })))));
});
