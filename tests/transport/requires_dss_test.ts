import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { Dss, get, Instance, path } from "../../mod.ts";
import { isOlder } from "../../src/transport/dss_version.ts";
import { dssServer, failure, json, page, Received, type Script } from "../fixtures/dss_server.ts";

/** A DSS of a version, which does not know some paths. */
const dss = (version: string | undefined, answer: ReturnType<Script>): Script => ({ target }) =>
  target === "/known" ? json(1, 200, version === undefined ? {} : { "dss-version": version }) : answer;

const known = Effect.flatMap(Dss, (dss) => dss.empty("A.known", get(path`/known`)));
const codes = Effect.flatMap(Instance, (instance) => instance.sanityCheckCodes());

describe("a call that needs a newer DSS", () => {
  const old = { "dss-version": "13.5.2" };

  it.effect("is not sent to one that is known to be older", () =>
    Effect.gen(function* () {
      yield* known;
      const { message, reason } = yield* Effect.flip(codes);
      expect(reason).toMatchObject({ _tag: "RequiresDss", needed: "14.4", found: "13.5.2", isRetryable: false });
      expect(message).toBe(
        "Instance.sanityCheckCodes: DSS 14.4 or newer is needed for this, the instance has 13.5.2",
      );
      expect((yield* Received).lines).toEqual(["GET /known"]);
    }).pipe(Effect.provide(dssServer(dss("13.5.2", json([]))))));

  const unknown: ReadonlyArray<readonly [string, ReturnType<Script>, string]> = [
    ["that finds nothing", failure(404, "NotFound", "no", old), "RequiresDss"],
    ["that does not implement it", failure(501, "NotImplemented", "no", old), "RequiresDss"],
    ["that refuses the key", failure(401, "Unauthorized", "no", old), "Unauthorized"],
    ["that says no version", failure(404, "NotFound", "no"), "NotFound"],
    ["that is new enough", failure(404, "NotFound", "no", { "dss-version": "14.4.0" }), "NotFound"],
    ["or to a page before it", page("Sign in"), "UnexpectedContent"],
  ];
  it.effect.each(unknown)("is sent to one %s", ([, answer, tag]) =>
    Effect.gen(function* () {
      expect((yield* Effect.flip(codes)).reason._tag).toBe(tag);
      expect((yield* Received).lines).toHaveLength(1);
    }).pipe(Effect.provide(dssServer(dss(undefined, answer)))));

  it.effect("is sent to one that is new enough, and answered", () =>
    Effect.gen(function* () {
      yield* known;
      expect(yield* codes).toEqual(["A"]);
    }).pipe(Effect.provide(dssServer(dss("14.4.1", json(["A"]))))));
});

it.each([
  ["13.5.2", "14.4", true],
  ["14.3.9", "14.4", true],
  ["9.0.0", "14.4", true],
  ["14", "14.4", true],
  ["14.4", "14.4", false],
  ["14.4.1", "14.4", false],
  ["14.10.0", "14.4", false],
  ["15.0.0", "14.4", false],
  ["14.4.0-beta1", "14.4", false],
  ["dev", "14.4", false],
  ["", "14.4", false],
])("version %s is older than %s: %s", (version, than, older) => {
  expect(isOlder(version, than)).toBe(older);
});
