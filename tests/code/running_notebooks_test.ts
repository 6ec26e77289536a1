import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { NotebookSession, RunningNotebooks } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, empty, Received } from "../fixtures/dss_server.ts";
import { itIsForAdministrators, stateOf } from "../fixtures/for_administrators.ts";

describe("notebooks on a simulated DSS", () => {
  it.effect("that run are listed with their sessions, until these are ended", () =>
    Effect.gen(function* () {
      const notebooks = yield* RunningNotebooks;
      const [sales] = yield* notebooks.listAll();
      expect(sales).toMatchObject({ projectKey: "SALES", name: "explore orders" });
      const [first] = sales?.activeSessions ?? [];
      expect(NotebookSession.startedAt(first!)! < NotebookSession.activeAt(first!)!).toBe(true);
      yield* notebooks.unload("SALES", "explore orders", "session-a1");
      expect((yield* notebooks.get("SALES", "explore orders")).activeSessions).toMatchObject([{
        sessionId: "session-b22",
      }]);
      yield* notebooks.unload("SALES", "explore orders", "session-b22");
      expect(yield* notebooks.list("SALES")).toEqual([]);
      expect((yield* notebooks.get("SALES", "explore orders")).activeSessions).toEqual([]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each([
    ["a session that is not there", (notebooks: RunningNotebooks) => notebooks.unload("CHURN", "features", "none")],
    ["a notebook that is not there", (notebooks: RunningNotebooks) => notebooks.get("CHURN", "none")],
    ["a project that is not there", (notebooks: RunningNotebooks) => notebooks.list("NOWHERE")],
  ] as ReadonlyArray<[string, (notebooks: RunningNotebooks) => Effect.Effect<unknown, unknown>]>)(
    "%s is refused, and changes nothing",
    ([, call]) =>
      Effect.gen(function* () {
        const before = yield* stateOf("notebooks");
        expect(yield* Effect.flip(call(yield* RunningNotebooks))).toMatchObject({ reason: { _tag: "NotFound" } });
        expect(yield* stateOf("notebooks")).toEqual(before);
      }).pipe(Effect.provide(Simulator.layer())),
  );

  itIsForAdministrators({ "RunningNotebooks.listAll": ({ runningNotebooks }) => runningNotebooks.listAll() });
});

it.effect("names with blanks and slashes go as they are", () =>
  Effect.gen(function* () {
    yield* (yield* RunningNotebooks).unload("P", "a b/c", "s&t");
    expect((yield* Received).lines).toEqual(["DELETE /projects/P/notebooks/?notebookName=a+b%2Fc&sessionId=s%26t"]);
  }).pipe(Effect.provide(dssServer(() => empty()))));
