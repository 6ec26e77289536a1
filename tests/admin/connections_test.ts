import { describe, expect, it } from "@effect/vitest";
import { Effect, Fiber, Option, Redacted } from "effect";
import { TestClock } from "effect/testing";
import { Connections, type Dss, type DssError, FutureState, setDetailsReadableBy, setUsableBy } from "../../mod.ts";
import type { ServiceRecord } from "../../services/all_services.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { itIsForAdministrators } from "../fixtures/for_administrators.ts";
import { as, refusal } from "../fixtures/other_keys.ts";
import { dssServer, empty, failure, json, Received, reset } from "../fixtures/dss_server.ts";
import { shownBy } from "../fixtures/everything_shown.ts";
import { during } from "../fixtures/virtual_time.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, Connections | Dss | Simulator>) =>
  Effect.provide(test, Simulator.layer());

const names = Effect.flatMap(Connections, ({ names }) => names());

type Calls = Readonly<Record<string, (services: ServiceRecord) => Effect.Effect<unknown, unknown>>>;

const withoutRights: Calls = {
  "Connections.list": ({ connections }) => connections.list(),
  "Connections.create": ({ connections }) => connections.create("mine", "PostgreSQL"),
  "Connections.settings": ({ connections }) => connections.settings("pg_dwh"),
  "Connections.updateSettings": ({ connections }) => connections.updateSettings("pg_dwh", setUsableBy("ALL")),
  "Connections.saveSettings": ({ connections }) =>
    connections.saveSettings("pg_dwh", { name: "pg_dwh", type: "PostgreSQL" }),
  "Connections.delete": ({ connections }) => connections.delete("pg_dwh"),
  "Connections.startAclSync": ({ connections }) => connections.startAclSync("hdfs_root", "root"),
  "Connections.runAclSync": ({ connections }) => connections.runAclSync("hdfs_root", "datasets"),
};

const onNone: Calls = {
  "Connections.settings": ({ connections }) => connections.settings("none"),
  "Connections.updateSettings": ({ connections }) => connections.updateSettings("none", setUsableBy("ALL")),
  "Connections.saveSettings": ({ connections }) =>
    connections.saveSettings("none", { name: "none", type: "PostgreSQL" }),
  "Connections.info": ({ connections }) => connections.info("none"),
  "Connections.test": ({ connections }) => connections.test("none"),
  "Connections.delete": ({ connections }) => connections.delete("none"),
  "Connections.startAclSync": ({ connections }) => connections.startAclSync("none", "root"),
  "Connections.index": ({ connections }) => connections.index(["none"]),
};

describe("Connections", () => {
  itIsForAdministrators(withoutRights);

  it.effect.each(Object.entries(onNone))(
    "%s of a connection that does not exist is NotFound, and changes nothing",
    ([, call]) =>
      simulated(Effect.gen(function* () {
        const { reason, changed } = yield* refusal(
          Effect.flatMap(Connections, (connections) => call({ connections } as ServiceRecord)),
        );
        expect([reason, changed]).toEqual(["NotFound", false]);
      })),
  );

  it.effect("lists connections with their settings, and no secret that can be used", () =>
    simulated(Effect.gen(function* () {
      const all = yield* (yield* Connections).list();
      expect(all.map(({ name, type }) => [name, type])).toEqual([
        ["filesystem_managed", "Filesystem"],
        ["pg_dwh", "PostgreSQL"],
        ["s3_lake", "EC2"],
        ["hdfs_root", "HDFS"],
        ["filesystem_folders", "Filesystem"],
      ]);
      expect(all[1]!.params!.password).toMatch(/^e:AES:/);
    })));

  it.effect("names those of a type, and those that the user may use", () =>
    simulated(Effect.gen(function* () {
      const connections = yield* Connections;
      expect(yield* connections.names("EC2")).toEqual(["s3_lake"]);
      expect(yield* connections.names("Oracle")).toEqual([]);
      expect(yield* connections.names()).toContain("pg_dwh");
      expect(yield* as("maria", ({ connections }) => connections.names())).toContain("pg_dwh");
      expect(yield* as("lena", ({ connections }) => connections.names())).not.toContain("pg_dwh");
    })));
});

describe("a new connection", () => {
  it.effect("is listed, has what was sent, and is gone once it is deleted", () =>
    simulated(Effect.gen(function* () {
      const connections = yield* Connections;
      yield* connections.create("erp", "Oracle", {
        params: { host: "erp.example.com", password: "tiger" },
        description: "ERP",
        allowedGroups: ["data_team"],
      });
      const settings = yield* connections.settings("erp");
      expect(settings).toMatchObject({
        name: "erp",
        type: "Oracle",
        description: "ERP",
        usableBy: "ALLOWED",
        allowedGroups: ["data_team"],
        params: { host: "erp.example.com" },
      });
      expect(JSON.stringify(settings)).not.toContain("tiger");
      expect(yield* names).toContain("erp");
      yield* connections.delete("erp");
      expect(yield* names).not.toContain("erp");
    })));

  it.effect("can be used by all, unless groups are named", () =>
    simulated(Effect.gen(function* () {
      const connections = yield* Connections;
      yield* connections.create("open", "PostgreSQL");
      yield* connections.create("closed", "PostgreSQL", { allowedGroups: [] });
      const seen = yield* as("maria", ({ connections }) => connections.names("PostgreSQL"));
      expect(seen).toEqual(["pg_dwh", "open"]);
    })));

  const refused: ReadonlyArray<readonly [string, (connections: Connections) => Effect.Effect<void, DssError>, string]> =
    [
      ["a name that is taken", ({ create }) => create("pg_dwh", "PostgreSQL"), "Conflict"],
      ["no name", ({ create }) => create("", "PostgreSQL"), "Invalid"],
      ["a type that is none", ({ create }) => create("mine", "Abacus"), "Invalid"],
      ["params of another type", ({ create }) => create("mine", "MySQL", { params: [] as never }), "Invalid"],
      [
        "groups of another type",
        ({ create }) => create("mine", "MySQL", { allowedGroups: [1] as never }),
        "Invalid",
      ],
    ];

  it.effect.each(refused)(
    "is refused with %s, and nothing is created",
    ([, create, expected]) =>
      simulated(Effect.gen(function* () {
        const { reason, changed } = yield* refusal(Effect.flatMap(Connections, create));
        expect([reason, changed]).toEqual([expected, false]);
      })),
  );

  it.effect("is not created twice when the answer is lost", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* Connections).create("erp", "Oracle"));
      expect(error.reason._tag).toBe("OutcomeUnknown");
      expect((yield* Received).lines).toEqual(["POST /admin/connections/"]);
    }).pipe(Effect.provide(dssServer(() => reset))));
});

describe("the settings of a connection", () => {
  it.effect("are changed, and nothing else of them", () =>
    simulated(Effect.gen(function* () {
      const connections = yield* Connections;
      const before = yield* connections.settings("pg_dwh");
      const after = yield* connections.updateSettings("pg_dwh", (settings) => ({ ...settings, allowWrite: false }));
      expect(after).toEqual({ ...before, allowWrite: false });
      expect(yield* connections.settings("pg_dwh")).toEqual(after);
      const { resolvedBasicCredential } = yield* connections.info("pg_dwh");
      expect(Redacted.value(resolvedBasicCredential!.password!)).toBe("warehouse");
    })));

  it.effect("are not written when somebody else changed them since", () =>
    simulated(Effect.gen(function* () {
      const connections = yield* Connections;
      const since = yield* connections.settings("pg_dwh");
      yield* connections.updateSettings("pg_dwh", setUsableBy(["readers"]));
      const error = yield* Effect.flip(connections.saveSettings("pg_dwh", { ...since, maxActivities: 5 }, { since }));
      expect(error._tag).toBe("SettingsConflict");
      expect(yield* connections.settings("pg_dwh")).toMatchObject({ maxActivities: 0, allowedGroups: ["readers"] });
    })));

  it.effect.each([{ usableBy: "SOME" }, { maxActivities: "many" }, { detailsReadability: { allowedGroups: 1 } }])(
    "are refused with %j, and stay",
    (wrong) =>
      simulated(Effect.gen(function* () {
        const connections = yield* Connections;
        const edit = connections.updateSettings("pg_dwh", (settings) => ({ ...settings, ...wrong }) as never);
        const { reason, changed } = yield* refusal(edit);
        expect([reason, changed]).toEqual(["Invalid", false]);
      })),
  );

  it("are edited by pure functions", () => {
    const settings = { name: "pg", type: "PostgreSQL", allowedGroups: ["a"], more: 1 };
    expect(setUsableBy(["b"])(settings)).toEqual({ ...settings, usableBy: "ALLOWED", allowedGroups: ["b"] });
    expect(setUsableBy("ALL")(settings)).toEqual({ ...settings, usableBy: "ALL" });
    expect(setDetailsReadableBy("NONE")(settings).detailsReadability).toEqual({ readableBy: "NONE" });
    expect(setDetailsReadableBy(["b"])({ ...settings, detailsReadability: { readableBy: "ALL" } }).detailsReadability)
      .toEqual({ readableBy: "ALLOWED", allowedGroups: ["b"] });
  });
});

describe("Connections.info", () => {
  it.effect("gives credentials that can be used, and variables of a project replaced", () =>
    simulated(Effect.gen(function* () {
      const connections = yield* Connections;
      const info = yield* connections.info("s3_lake", { contextualProjectKey: "SALES" });
      expect(Redacted.value(info.params!).chroot).toBe("/${projectKey}");
      expect(Redacted.value(info.resolvedParams!).chroot).toBe("/SALES");
      expect(info.resolvedAWSCredential!.accessKey).toBe("AKIALAKE");
      expect(Redacted.value(info.resolvedAWSCredential!.secretKey!)).toBe("lake");
      expect(info.resolvedBasicCredential).toBeUndefined();
    })));

  it.effect("is for those who may read the details", () =>
    simulated(Effect.gen(function* () {
      const info = ({ connections }: ServiceRecord) => connections.info("pg_dwh");
      expect((yield* as("maria", info)).type).toBe("PostgreSQL");
      expect((yield* refusal(as("lena", info))).reason).toBe("Forbidden");
      yield* (yield* Connections).updateSettings("pg_dwh", setDetailsReadableBy("NONE"));
      expect((yield* refusal(as("maria", info))).reason).toBe("Forbidden");
    })));

  it.effect("shows no secret, not even when it cannot be decoded", () =>
    Effect.gen(function* () {
      const connections = yield* Connections;
      const [, shown] = yield* shownBy(Effect.flatMap(connections.info("pg"), Effect.fail));
      expect(shown).toContain("PostgreSQL");
      const [, undecoded] = yield* shownBy(connections.info("pg"));
      expect(undecoded).toContain("Field type of the answer");
      expect(shown + undecoded).not.toContain("s3cr3t");
    }).pipe(Effect.provide(dssServer((_, nth) =>
      json({
        type: nth === 1 ? "PostgreSQL" : 7,
        params: { password: "s3cr3t-1" },
        resolvedParams: { password: "s3cr3t-2" },
        resolvedBasicCredential: { user: "dss", password: "s3cr3t-3" },
        resolvedAWSCredential: { accessKey: "AK", secretKey: "s3cr3t-4", sessionToken: "s3cr3t-5" },
        resolvedOAuth2Credential: { accessToken: "s3cr3t-6" },
        proxySettingsAsString: "http://user:s3cr3t-7@proxy",
      })
    ))));
});

describe("Connections.test", () => {
  it.effect("answers that it works, or why not", () =>
    simulated(Effect.gen(function* () {
      const connections = yield* Connections;
      expect(yield* connections.test("pg_dwh")).toEqual({ connectionOK: true });
      yield* (yield* Simulator).script("connections/pg_dwh", { end: "fail", message: "no route to host" });
      const answer = yield* connections.test("pg_dwh");
      expect(answer).toEqual({ connectionOK: false, connectionErrorMsg: "no route to host" });
      expect((yield* connections.test("s3_lake")).connectionOK).toBe(false);
    })));

  it.effect("fails for a kind that DSS cannot test, and for who may not use it", () =>
    simulated(Effect.gen(function* () {
      const error = yield* Effect.flip((yield* Connections).test("hdfs_root"));
      expect([error.reason._tag, error.message]).toEqual([
        "ServerFailure",
        expect.stringContaining("cannot be tested"),
      ]);
      const denied = yield* refusal(as("lena", ({ connections }) => connections.test("pg_dwh")));
      expect(denied.reason).toBe("Forbidden");
    })));

  it.effect("waits longer than other reads, because DSS does", () =>
    Effect.gen(function* () {
      const test = yield* Effect.forkChild((yield* Connections).test("pg"));
      yield* TestClock.adjust("2 minutes");
      expect((yield* Fiber.join(test)).connectionOK).toBe(false);
    }).pipe(Effect.provide(
      dssServer(() => Effect.delay(Effect.succeed(json({ connectionOK: false })), "90 seconds")),
    )));
});

describe("the access rights on the files of a connection", () => {
  it.effect("are set on the root or on the datasets", () =>
    Effect.gen(function* () {
      const connections = yield* Connections;
      yield* connections.startAclSync("hdfs", "root");
      yield* connections.startAclSync("hdfs", "datasets");
      const { requests, lines } = yield* Received;
      expect(lines).toEqual(["POST /admin/connections/hdfs/sync", "POST /admin/connections/hdfs/sync"]);
      expect(requests.map(({ body }) => JSON.parse(body))).toEqual([{ root: true }, { root: false }]);
    }).pipe(Effect.provide(dssServer(() => json({ jobId: "f", hasResult: false, alive: true })))));

  it.effect("are awaited as an operation, or not when DSS has nothing to do", () =>
    simulated(Effect.gen(function* () {
      const connections = yield* Connections;
      const operation = yield* connections.startAclSync("hdfs_root", "datasets");
      expect((yield* operation.state).phase).toBe("RUNNING");
      expect(yield* during("1 minute", operation.result)).toMatchObject({ success: true, error: false });
      const atOnce = yield* connections.startAclSync("pg_dwh", "root");
      expect(Option.isNone(atOnce.token)).toBe(true);
      expect(yield* atOnce.result).toMatchObject({ success: true });
    })));

  it.effect("fail with the messages of DSS", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).script("connections/hdfs_root", { end: "fail", message: "/user/dss: not allowed" });
      const run = (yield* Connections).runAclSync("hdfs_root", "root");
      const error = yield* during("1 minute", Effect.flip(run));
      expect([error._tag, error.message]).toEqual(["FutureFailed", "The task failed (/user/dss: not allowed)"]);
    })));

  it.effect("are not set any further when the wait is interrupted", () =>
    simulated(Effect.gen(function* () {
      const { script, received } = yield* Simulator;
      yield* script("connections/hdfs_root", { end: "stall" });
      const run = yield* Effect.forkChild((yield* Connections).runAclSync("hdfs_root", "root"));
      yield* TestClock.adjust("1 minute");
      yield* Fiber.interrupt(run);
      expect((yield* received).at(-1)!.method).toBe("DELETE");
    })));
});

describe("Connections.index", () => {
  it.effect("gives what DSS answers, from which an operation can be made", () =>
    simulated(Effect.gen(function* () {
      const connections = yield* Connections;
      const one = yield* connections.index(["pg_dwh"]);
      expect(FutureState.phase(one as FutureState)).toBe("RUNNING");
      const { payload } = (yield* connections.index([], { all: true })) as FutureState;
      expect(JSON.stringify(payload)).toContain("hdfs_root");
    })));
});

describe("what DSS answers to writes", () => {
  it.effect.each([json({}), json({ msg: "Updated" }), empty(204)])(
    "may be anything",
    (answer) =>
      Effect.gen(function* () {
        const connections = yield* Connections;
        yield* connections.create("pg", "PostgreSQL");
        yield* connections.delete("pg");
        expect((yield* Received).lines).toEqual(["POST /admin/connections/", "DELETE /admin/connections/pg"]);
      }).pipe(Effect.provide(dssServer(() => answer))),
  );

  it.effect("a refusal says what was missing", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* Connections).delete("pg"));
      expect([error.method, error.reason._tag]).toEqual(["Connections.delete", "Forbidden"]);
      expect(error.message).toContain("Needs the right to manage connections");
    }).pipe(
      Effect.provide(
        dssServer(() =>
          failure(403, "com.dataiku.dip.exceptions.UnauthorizedException", "Needs the right to manage connections")
        ),
      ),
    ));
});
