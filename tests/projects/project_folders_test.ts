import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { ProjectFolders, Projects, rootProjectFolder } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, Received, reset } from "../fixtures/dss_server.ts";
import { itIsForAdministrators, stateOf } from "../fixtures/for_administrators.ts";

const [science, archive] = ["Ab3dE9x", "Qz81Lm0"];

describe("folders of projects on a simulated DSS", () => {
  it.effect("are created, moved, filled, emptied and deleted", () =>
    Effect.gen(function* () {
      const folders = yield* ProjectFolders;
      const finance = yield* folders.create(rootProjectFolder, "Finance");
      const closed = yield* folders.create(finance.id, "Closed");
      expect(yield* folders.path(closed.id)).toBe("/Finance/Closed");
      expect(yield* folders.path(rootProjectFolder)).toBe("/");
      yield* folders.moveProject("SALES", closed.id);
      expect((yield* folders.ofProject("SALES")).id).toBe(closed.id);
      yield* folders.moveProject("SALES", finance.id, { from: closed.id });
      expect(yield* folders.get(finance.id)).toMatchObject({ childrenIds: [closed.id], projectKeys: ["SALES"] });
      yield* folders.move(closed.id, rootProjectFolder);
      expect((yield* folders.children(rootProjectFolder)).map(({ name }) => name)).toEqual([
        "Data science",
        "Finance",
        "Closed",
      ]);
      expect(yield* folders.parent(closed.id)).toMatchObject({ id: rootProjectFolder });
      expect(yield* folders.parent(rootProjectFolder)).toBeUndefined();
      yield* folders.delete(closed.id);
      expect((yield* Effect.flip(folders.get(closed.id))).reason._tag).toBe("NotFound");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("keep their settings, and are found by new projects", () =>
    Effect.gen(function* () {
      const folders = yield* ProjectFolders;
      const settings = yield* folders.updateSettings(science, (found) => ({ ...found, name: "Science", later: [1] }));
      expect(yield* folders.settings(science)).toEqual(settings);
      const error = yield* Effect.flip(folders.saveSettings(science, settings, { since: { ...settings, name: "x" } }));
      expect(error).toMatchObject({ _tag: "SettingsConflict", written: false });
      yield* (yield* Projects).create("NEW", "New", "maria", { folderId: science });
      expect((yield* folders.get(science)).projectKeys).toEqual(["CHURN", "NEW"]);
      expect((yield* folders.defaultForNewProjects(science)).id).toBe(science);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each([
    ["a folder moved into itself", (folders: ProjectFolders) => folders.move(science, science), "Invalid"],
    ["a folder moved into one that is in it", (folders: ProjectFolders) => folders.move(science, archive), "Invalid"],
    ["the root moved", (folders: ProjectFolders) => folders.move(rootProjectFolder, science), "Invalid"],
    ["a folder moved nowhere", (folders: ProjectFolders) => folders.move(science, "none"), "NotFound"],
    ["a folder that is not empty deleted", (folders: ProjectFolders) => folders.delete(science), "Invalid"],
    ["a folder without a name", (folders: ProjectFolders) => folders.create(science, ""), "Invalid"],
    ["a project that is not there", (folders: ProjectFolders) => folders.moveProject("NOWHERE", science), "NotFound"],
    [
      "a project that is elsewhere",
      (all: ProjectFolders) => all.moveProject("SALES", science, { from: archive }),
      "Invalid",
    ],
    [
      "an owner who does not exist",
      (all: ProjectFolders) => all.saveSettings(science, { name: "x", owner: "nobody" }),
      "Invalid",
    ],
    ["an id that is none", (folders: ProjectFolders) => folders.get(".."), "Invalid"],
  ] as ReadonlyArray<[string, (folders: ProjectFolders) => Effect.Effect<unknown, unknown>, string]>)(
    "%s is refused, and changes nothing",
    ([, call, tag]) =>
      Effect.gen(function* () {
        const before = yield* stateOf("projectFolders");
        expect(yield* Effect.flip(call(yield* ProjectFolders))).toMatchObject({ reason: { _tag: tag } });
        expect(yield* stateOf("projectFolders")).toEqual(before);
      }).pipe(Effect.provide(Simulator.layer())),
  );

  itIsForAdministrators({
    "ProjectFolders.create": ({ projectFolders }) => projectFolders.create(rootProjectFolder, "x"),
    "ProjectFolders.move": ({ projectFolders }) => projectFolders.move(archive, rootProjectFolder),
    "ProjectFolders.moveProject": ({ projectFolders }) => projectFolders.moveProject("SALES", science),
  });
});

it.effect("the lost answer to a creation is an unknown outcome, and it is not sent twice", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip((yield* ProjectFolders).create("f", "n"));
    expect(error.reason._tag).toBe("OutcomeUnknown");
    expect((yield* Received).lines).toEqual(["POST /project-folders/f/children?name=n"]);
  }).pipe(Effect.provide(dssServer(() => reset))));
