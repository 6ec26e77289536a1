import { describe, expect, it } from "@effect/vitest";
import { DateTime, Effect } from "effect";
import {
  buildStep,
  type DssError,
  pythonScenario,
  type ScenarioListItem,
  Scenarios,
  ScenarioSettings,
  ScenarioStatus,
  stepBasedScenario,
} from "../../mod.ts";
import { dssServer, empty, failure, json, Received, type Reply, reset } from "../fixtures/dss_server.ts";

const item = {
  projectKey: "SALES",
  id: "NIGHTLY_BUILD",
  name: "Nightly build",
  type: "step_based",
  active: true,
  running: false,
  nextRun: 1759363200000,
};

const settings = {
  projectKey: "SALES",
  id: "NIGHTLY_BUILD",
  name: "Nightly build",
  type: "step_based",
  active: true,
  triggers: [],
  reporters: [],
  params: { steps: [] },
};

/** What a call gives, with what it sent. */
const asked = <A, E>(reply: Reply, call: (scenarios: Scenarios) => Effect.Effect<A, E>) =>
  Effect.gen(function* () {
    const result = yield* call(yield* Scenarios);
    const { requests, lines } = yield* Received;
    return { result, lines, bodies: requests.map(({ body }) => body === "" ? undefined : JSON.parse(body)) };
  }).pipe(Effect.provide(dssServer(() => reply)));

const reasonOf = <A>(reply: Reply, call: (scenarios: Scenarios) => Effect.Effect<A, DssError>) =>
  Effect.map(asked(reply, (scenarios) => Effect.flip(call(scenarios))), ({ result, lines }) => ({
    method: result.method,
    reason: result.reason,
    lines,
  }));

describe("Scenarios.list", () => {
  it.effect("gives the scenarios with their ids, and everything that DSS says of them", () =>
    Effect.gen(function* () {
      const { result, lines } = yield* asked(json([{ ...item, fieldToCome: [1] }]), ({ list }) => list("SALES"));
      expect(result).toEqual([{ ...item, fieldToCome: [1] }]);
      expect(result[0]!.id).toBe("NIGHTLY_BUILD");
      expect(lines).toEqual(["GET /projects/SALES/scenarios/"]);
    }));

  it.effect("names the field that is not as it must be", () =>
    Effect.gen(function* () {
      const { reason } = yield* reasonOf(json([item, { ...item, id: 7 }]), ({ list }) => list("SALES"));
      expect(reason).toMatchObject({ _tag: "Undecodable", field: "[1].id" });
    }));
});

describe("Scenarios.status", () => {
  it.effect("needs no more than DSS documents", () =>
    Effect.gen(function* () {
      const light = { id: "NIGHTLY_BUILD", active: true, running: false };
      const { result, lines } = yield* asked(json(light), ({ status }) => status("SALES", "NIGHTLY_BUILD"));
      expect(result).toEqual(light);
      expect(lines).toEqual(["GET /projects/SALES/scenarios/NIGHTLY_BUILD/light"]);
      expect([ScenarioStatus.startedAt(result), ScenarioStatus.nextRunAt(result)]).toEqual([undefined, undefined]);
    }));

  const nineOClock = DateTime.makeUnsafe(1759309200000);
  const times: ReadonlyArray<readonly [Partial<ScenarioListItem>, DateTime.Utc | undefined, DateTime.Utc | undefined]> =
    [
      [{ running: true, start: 1759309200000, nextRun: 0 }, nineOClock, undefined],
      [{ running: false, start: 0, nextRun: 1759309200000 }, undefined, nineOClock],
      [{ running: true, start: null, nextRun: null }, undefined, undefined],
      // What is left of the run before is no start of a current one.
      [{ running: false, start: 1759309200000, nextRun: -1 }, undefined, undefined],
    ];

  it.each(times)("takes the times of %j", (fields, startedAt, nextRunAt) => {
    const status = { ...item, ...fields };
    expect(ScenarioStatus.startedAt(status)).toEqual(startedAt);
    expect(ScenarioStatus.nextRunAt(status)).toEqual(nextRunAt);
  });

  it.effect("is written as it was changed", () =>
    Effect.gen(function* () {
      const { lines, bodies } = yield* asked(
        empty(),
        ({ saveStatus }) => saveStatus("SALES", "NIGHTLY_BUILD", { ...item, active: false }),
      );
      expect(lines).toEqual(["PUT /projects/SALES/scenarios/NIGHTLY_BUILD/light"]);
      expect(bodies).toEqual([{ ...item, active: false }]);
    }));
});

describe("Scenarios.create", () => {
  it.effect("creates a scenario of steps, and gives the id that DSS gave", () =>
    Effect.gen(function* () {
      const step = buildStep("orders_joined", { id: "build" });
      const { result, lines, bodies } = yield* asked(
        json({ id: "NIGHTLY" }),
        ({ create }) => create("SALES", stepBasedScenario("Nightly", [step], { active: true })),
      );
      expect(result).toBe("NIGHTLY");
      expect(lines).toEqual(["POST /projects/SALES/scenarios/"]);
      expect(bodies).toEqual([{ type: "step_based", name: "Nightly", active: true, params: { steps: [step] } }]);
    }));

  it.effect("creates a script", () =>
    Effect.gen(function* () {
      const env = { envMode: "EXPLICIT_ENV", envName: "py311" };
      const { bodies } = yield* asked(
        json({ id: "CLEANUP" }),
        ({ create }) => create("SALES", pythonScenario("Clean-up", { id: "CLEANUP", env })),
      );
      expect(bodies).toEqual([
        {
          id: "CLEANUP",
          type: "custom_python",
          name: "Clean-up",
          active: false,
          params: { envSelection: env },
        },
      ]);
    }));

  const create = ({ create }: Scenarios) => create("SALES", pythonScenario("Clean-up"));

  it.effect("tells an id that is taken", () =>
    Effect.gen(function* () {
      const taken = failure(409, "com.dataiku.dip.exceptions.ConflictException", "Scenario already exists: CLEANUP");
      const { method, reason } = yield* reasonOf(taken, create);
      expect([method, reason._tag]).toEqual(["Scenarios.create", "Conflict"]);
    }));

  it.effect("is not sent again when its answer is lost", () =>
    Effect.gen(function* () {
      const { reason, lines } = yield* reasonOf(reset, create);
      expect(reason._tag).toBe("OutcomeUnknown");
      expect(lines).toEqual(["POST /projects/SALES/scenarios/"]);
    }));
});

describe("the script of a scenario", () => {
  const payload = "/projects/SALES/scenarios/CLEANUP/payload";

  it.effect("is read without a body, which fetch could not send", () =>
    Effect.gen(function* () {
      const { result, lines, bodies } = yield* asked(
        json({ script: "print(1)", extension: "py" }),
        ({ script }) => script("SALES", "CLEANUP"),
      );
      expect(result).toBe("print(1)");
      expect([lines, bodies]).toEqual([[`GET ${payload}`], [undefined]]);
    }));

  it.effect("is empty when nobody has written one", () =>
    Effect.gen(function* () {
      const { result } = yield* asked(json({}), ({ script }) => script("SALES", "CLEANUP"));
      expect(result).toBe("");
    }));

  it.effect("is written", () =>
    Effect.gen(function* () {
      const { lines, bodies } = yield* asked(
        empty(),
        ({ saveScript }) =>
          Effect.andThen(
            saveScript("SALES", "CLEANUP", "print(2)"),
            saveScript("SALES", "CLEANUP", "select 2", { extension: "sql" }),
          ),
      );
      expect(lines).toEqual([`PUT ${payload}`, `PUT ${payload}`]);
      expect(bodies).toEqual([{ script: "print(2)" }, { script: "select 2", extension: "sql" }]);
    }));
});

describe("Scenarios.delete", () => {
  it.effect("deletes", () =>
    Effect.gen(function* () {
      const { lines } = yield* asked(empty(204), (scenarios) => scenarios.delete("SALES", "a/b"));
      expect(lines).toEqual(["DELETE /projects/SALES/scenarios/a%2Fb"]);
    }));

  it.effect("tells why DSS refuses", () =>
    Effect.gen(function* () {
      const running = failure(400, "java.lang.IllegalStateException", "Scenario is running");
      const { method, reason } = yield* reasonOf(running, (scenarios) => scenarios.delete("SALES", "NIGHTLY_BUILD"));
      expect([method, reason._tag]).toEqual(["Scenarios.delete", "Invalid"]);
      expect(reason.message).toContain("Scenario is running");
    }));
});

describe("ScenarioSettings.effectiveRunAs", () => {
  const by = (login: string) => ({ lastModifiedBy: { login } });
  const rows: ReadonlyArray<readonly [Partial<ScenarioSettings>, string | undefined]> = [
    [{ runAsUser: "robot", versionTag: by("maria"), creationTag: by("ahmed") }, "robot"],
    [{ runAsUser: null, versionTag: by("maria"), creationTag: by("ahmed") }, "maria"],
    [{ versionTag: by("maria"), creationTag: by("ahmed") }, "maria"],
    [{ versionTag: { versionNumber: 3 }, creationTag: by("ahmed") }, "ahmed"],
    [{ versionTag: null, creationTag: by("ahmed") }, "ahmed"],
    [{ creationTag: { lastModifiedBy: {} } }, undefined],
    [{}, undefined],
  ];

  it.each(rows)("of %j is %s", (fields, login) => {
    expect(ScenarioSettings.effectiveRunAs({ ...settings, ...fields })).toBe(login);
  });
});

describe("ScenarioSettings.steps", () => {
  it("are none for a script", () => {
    expect(ScenarioSettings.steps({ ...settings, type: "custom_python", params: {} })).toEqual([]);
    expect(ScenarioSettings.steps({ ...settings, params: { steps: null } })).toEqual([]);
    expect(ScenarioSettings.steps({ ...settings, params: { steps: [{ type: "exec_sql" }] } })).toHaveLength(1);
  });
});
