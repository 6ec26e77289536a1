import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { ContainerExec } from "../../mod.ts";
import { makeServices, type ServiceRecord } from "../../services/all_services.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, json, Received, reset } from "../fixtures/dss_server.ts";
import { itIsForAdministrators } from "../fixtures/for_administrators.ts";
import { during } from "../fixtures/virtual_time.ts";

/** Each action of DSS, with what runs it. */
const actions: ReadonlyArray<
  readonly [action: string, run: (services: ServiceRecord) => ReturnType<ContainerExec["pushBaseImages"]>]
> = [
  ["push-base-images", ({ containerExec }) => containerExec.pushBaseImages()],
  ["apply-kubernetes-policies", ({ containerExec }) => containerExec.applyKubernetesPolicies()],
  ["build-cde-plugins-image", ({ containerExec }) => containerExec.buildCdePluginsImage()],
  ["install-jupyter-support", ({ containerExec }) => containerExec.installJupyterSupport()],
  ["remove-jupyter-support", ({ containerExec }) => containerExec.removeJupyterSupport()],
];

describe.each(actions)("%s", (action, run) => {
  const all = Effect.flatMap(makeServices, run);

  it.effect("is waited for, and its messages are given", () =>
    Effect.gen(function* () {
      expect(yield* during("5 minutes", all)).toMatchObject({ messages: { success: true, error: false } });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("fails with the messages of DSS", () =>
    Effect.gen(function* () {
      yield* (yield* Simulator).script(`container-exec/${action}`, { end: "fail", message: "No registry" });
      const error = yield* Effect.flip(during("5 minutes", all));
      expect(error).toMatchObject({ _tag: "FutureFailed", messages: { messages: [{ message: "No registry" }] } });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("is aborted when its wait is interrupted", () =>
    Effect.gen(function* () {
      const { script, snapshot } = yield* Simulator;
      yield* script(`container-exec/${action}`, { end: "stall" });
      yield* during("2 minutes", Effect.timeoutOption(all, "1 minute"));
      const futures = Object.values((yield* snapshot).futures as Readonly<Record<string, { readonly kind: string }>>);
      expect(futures.filter(({ kind }) => kind === "CONTAINER_EXEC")).toEqual([]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("fails with messages that DSS answers at once", () =>
    Effect.gen(function* () {
      const messages = { error: true, messages: [{ severity: "ERROR", message: "No registry" }] };
      const error = yield* Effect.flip(all);
      expect(error).toMatchObject({ _tag: "FutureFailed", messages });
    }).pipe(Effect.provide(
      dssServer(() => json({ messages: { error: true, messages: [{ severity: "ERROR", message: "No registry" }] } })),
    )));

  it.effect("is never sent twice", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(all);
      expect(error).toMatchObject({ _tag: "DssError", reason: { _tag: "OutcomeUnknown" } });
      expect((yield* Received).lines).toEqual([`POST /admin/container-exec/actions/${action}`]);
    }).pipe(Effect.provide(dssServer(() => reset))));
});

it.effect("an operation shows the progress of a push", () =>
  Effect.gen(function* () {
    const push = yield* (yield* ContainerExec).startPushBaseImages();
    expect(yield* push.state).toMatchObject({ phase: "RUNNING", progress: { done: 0, total: 120 } });
  }).pipe(Effect.provide(Simulator.layer())));

itIsForAdministrators({
  "ContainerExec.pushBaseImages": ({ containerExec }) => containerExec.pushBaseImages(),
  "ContainerExec.applyKubernetesPolicies": ({ containerExec }) => containerExec.applyKubernetesPolicies(),
  "ContainerExec.buildCdePluginsImage": ({ containerExec }) => containerExec.buildCdePluginsImage(),
});
