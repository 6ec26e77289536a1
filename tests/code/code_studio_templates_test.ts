import { describe, expect, it } from "@effect/vitest";
import { DateTime, Effect, Fiber, Stream } from "effect";
import { TestClock } from "effect/testing";
import { type AllServices, buildTemplateFor, CodeStudioTemplate, CodeStudioTemplates } from "../../mod.ts";
import { joined } from "../../src/transport/joined.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, json, Received, reset } from "../fixtures/dss_server.ts";
import { itIsForAdministrators, stateOf } from "../fixtures/for_administrators.ts";
import { during } from "../fixtures/virtual_time.ts";

const id = "streamlit";
const simulated = <A, E>(test: Effect.Effect<A, E, Simulator | AllServices>) => Effect.provide(test, Simulator.layer());
const find = Effect.gen(function* () {
  return (yield* (yield* CodeStudioTemplates).list()).find((template) => template.id === id)!;
});
const script = (outcome: Parameters<Simulator["script"]>[1]) =>
  Effect.flatMap(Simulator, (simulator) => simulator.script(`code-studio-templates/${id}`, outcome));

describe("a template of code studios", () => {
  it.effect("is saved for some or all configurations, and then built for them", () =>
    simulated(Effect.gen(function* () {
      const templates = yield* CodeStudioTemplates;
      expect(CodeStudioTemplate.lastBuiltAt(yield* find)).toBeUndefined();
      yield* templates.updateSettings(id, buildTemplateFor(["eks-gpu"]));
      expect(yield* templates.settings(id)).toMatchObject({ allContainerConfs: false, containerConfs: ["eks-gpu"] });
      const { messages } = yield* during("5 minutes", templates.build(id));
      expect(messages).toMatchObject({ success: true });
      const built = yield* find;
      expect(built).toMatchObject({ label: "Streamlit", buildFor: ["eks-gpu"], desc: { shortDesc: "Web apps" } });
      expect(DateTime.formatIso(CodeStudioTemplate.lastBuiltAt(built)!)).toBe("2025-10-01T09:01:00.000Z");
      yield* templates.updateSettings(id, buildTemplateFor("all"));
      yield* during("15 minutes", templates.build(id, { noCache: true }));
      expect((yield* find).buildFor).toEqual(["eks-default", "eks-gpu"]);
    })));

  it.effect("a slow edit does not undo that of another", () =>
    simulated(Effect.gen(function* () {
      const templates = yield* CodeStudioTemplates;
      const since = yield* templates.settings(id);
      yield* templates.updateSettings(id, (settings) => ({ ...settings, label: "Apps" }));
      const next = buildTemplateFor("all")(since);
      expect((yield* Effect.flip(templates.saveSettings(id, next, { since })))._tag).toBe("SettingsConflict");
      expect((yield* templates.settings(id)).label).toBe("Apps");
    })));
});

describe("a build", () => {
  it.effect("that fails is FutureFailed with the messages, and one that warns is none", () =>
    simulated(Effect.gen(function* () {
      const templates = yield* CodeStudioTemplates;
      yield* script({ end: "fail", message: "No space left", times: 1 });
      const error = yield* Effect.flip(during("5 minutes", templates.build(id)));
      expect(error).toMatchObject({ _tag: "FutureFailed", messages: { messages: [{ message: "No space left" }] } });
      expect((yield* find).lastBuilt).toBe(0);
      yield* script({ end: "warn" });
      expect((yield* during("5 minutes", templates.build(id))).messages).toMatchObject({ warning: true });
    })));

  it.effect("is aborted when its wait is interrupted", () =>
    simulated(Effect.gen(function* () {
      const fiber = yield* Effect.forkChild((yield* CodeStudioTemplates).build(id));
      yield* TestClock.adjust("3 seconds");
      yield* Fiber.interrupt(fiber);
      yield* TestClock.adjust("5 minutes");
      expect((yield* find).lastBuilt).toBe(0);
    })));

  const template = { id, lastBuilt: 2_000 };
  const outcomes: ReadonlyArray<readonly [string, number | undefined, unknown]> = [
    ["was made since", 2_000, "built"],
    ["was not made since", 2_001, "FutureLost"],
    ["cannot be told to be made since", undefined, "FutureLost"],
  ];
  it.effect.each(outcomes)(
    "that DSS has forgotten ends well if it %s",
    ([, startTime, expected]) =>
      Effect.gen(function* () {
        const end = (yield* CodeStudioTemplates).build(id).pipe(
          Effect.map(() => "built"),
          Effect.catchTag("FutureLost", ({ _tag }) => Effect.succeed(_tag)),
        );
        expect(yield* during("1 minute", end)).toBe(expected);
      }).pipe(Effect.provide(dssServer(({ method, target }) =>
        json(
          method === "POST"
            ? { jobId: "f1", hasResult: false, alive: true, ...(startTime === undefined ? {} : { startTime }) }
            : target.startsWith("/futures/")
            ? { unknown: true }
            : [template],
        )
      ))),
  );

  it.effect("is not sent twice: a lost answer is an unknown outcome", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* CodeStudioTemplates).build(id, { noCache: true }));
      expect(error).toMatchObject({ _tag: "DssError", reason: { _tag: "OutcomeUnknown" } });
      expect((yield* Received).lines).toEqual([`POST /admin/code-studios/${id}/build?withNoCache=true`]);
    }).pipe(Effect.provide(dssServer(() => reset))));
});

describe("what goes wrong", () => {
  it.effect("what DSS refuses has the right reason, and changes nothing", () =>
    simulated(Effect.gen(function* () {
      const templates = yield* CodeStudioTemplates;
      const before = yield* stateOf("codeStudioTemplates");
      const refusals: ReadonlyArray<readonly [string, Effect.Effect<unknown, unknown>]> = [
        ["NotFound", templates.settings("nobody")],
        ["NotFound", templates.saveSettings("nobody", { id: "nobody" })],
        ["NotFound", templates.build("nobody")],
        ["Invalid", templates.settings("..")],
        ["Invalid", templates.updateSettings(id, (settings) => ({ ...settings, containerConfs: "a" as never }))],
        ["Invalid", templates.updateSettings(id, (settings) => ({ ...settings, allContainerConfs: 1 as never }))],
      ];
      for (const [tag, call] of refusals) {
        expect(yield* Effect.flip(call)).toMatchObject({ _tag: "DssError", reason: { _tag: tag } });
      }
      expect(yield* stateOf("codeStudioTemplates")).toEqual(before);
    })));

  itIsForAdministrators({
    "CodeStudioTemplates.list": ({ codeStudioTemplates }) => codeStudioTemplates.list(),
    "CodeStudioTemplates.settings": ({ codeStudioTemplates }) => codeStudioTemplates.settings(id),
    "CodeStudioTemplates.updateSettings": ({ codeStudioTemplates }) =>
      codeStudioTemplates.updateSettings(id, (same) => same),
    "CodeStudioTemplates.saveSettings": ({ codeStudioTemplates }) => codeStudioTemplates.saveSettings(id, { id }),
    "CodeStudioTemplates.build": ({ codeStudioTemplates }) => codeStudioTemplates.build(id),
  });
});

describe("a new template", () => {
  it.effect("is created, exported, imported under another label, and deleted", () =>
    simulated(Effect.gen(function* () {
      const templates = yield* CodeStudioTemplates;
      const made = yield* templates.create("Notebooks", "block_based");
      yield* templates.updateSettings(made, buildTemplateFor(["eks-gpu"]));
      const archive = joined(yield* Stream.runCollect(templates.export(made)));
      const { id: copy, messages } = yield* templates.import(archive, { label: "Copy", importSpec: { a: 1 } });
      expect(messages).toMatchObject({ success: true });
      expect(yield* templates.settings(copy!)).toMatchObject({ label: "Copy", containerConfs: ["eks-gpu"] });
      yield* templates.delete(made);
      expect((yield* templates.list()).map(({ label }) => label)).not.toContain("Notebooks");
      expect((yield* Effect.flip(templates.settings(made)))._tag).toBe("DssError");
    })));

  it.effect("that DSS did not make, though it answered a success, is an error that says why", () =>
    simulated(Effect.gen(function* () {
      const error = yield* Effect.flip((yield* CodeStudioTemplates).create("", "manual"));
      expect(error).toMatchObject({ _tag: "CodeStudioTemplateCreationFailed" });
      expect(error.message).toBe("CodeStudioTemplates.create: No template was made (A template needs a label)");
    })));

  const makes: ReadonlyArray<
    readonly [string, (templates: CodeStudioTemplates) => Effect.Effect<unknown, unknown>]
  > = [
    ["create", (templates: CodeStudioTemplates) => templates.create("a", "manual")],
    ["import", (templates: CodeStudioTemplates) => templates.import(new Uint8Array([80, 75]))],
  ];
  it.effect.each(makes)("is never made twice: %s", ([, make]) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(make(yield* CodeStudioTemplates));
      expect(error).toMatchObject({ _tag: "DssError", reason: { _tag: "OutcomeUnknown" } });
      expect((yield* Received).lines).toHaveLength(1);
    }).pipe(Effect.provide(dssServer(() => reset))));

  it.effect("goes with the code studios that run, when asked to", () =>
    simulated(Effect.gen(function* () {
      const states = Effect.map(stateOf("codeStudios"), (all) =>
        Object.values(all as Readonly<Record<string, { readonly state: string }>>).map(({ state }) => state));
      expect(yield* states).toContain("RUNNING");
      yield* (yield* CodeStudioTemplates).delete("vscode-py311", { deleteRuntime: true });
      expect(yield* states).not.toContain("RUNNING");
    })));
});
