/**
 * Pure edits of scenarios, for `Scenarios.updateSettings`: each changes what it says and keeps everything else, known to this library or not.
 *
 * @example
 * ```ts
 * import { flow } from "effect";
 * import { addTrigger, dailyTrigger, isBuildStep, mapSteps, setActive } from "@effect-dataiku/dss/scenarios";
 *
 * const edit = flow(
 *   setActive(true),
 *   addTrigger(dailyTrigger({ hour: 3 })),
 *   mapSteps((step) => isBuildStep(step) ? { ...step, maxRetriesOnFail: 2 } : step),
 * );
 * const edited = edit({ type: "step_based", name: "Nightly", active: false, triggers: [], reporters: [], params: {} });
 * if (!edited.active || edited.triggers.length !== 1) throw new Error("unexpected");
 * ```
 *
 * @module
 */
import type { ScenarioSettings } from "./scenario.ts";
import { withStepIds } from "./scenario_definition.ts";
import type { ScenarioReporter } from "./scenario_reporter.ts";
import type { ScenarioStep } from "./scenario_step.ts";
import type { ScenarioTrigger } from "./scenario_trigger.ts";

/** An edit of the settings of a scenario. */
export type ScenarioEdit = <S extends ScenarioSettings>(settings: S) => S;

/** Which part is meant: the one with an id, or all for which a function says so. */
export type Which<Part> = string | ((part: Part) => boolean);

const without = <Part extends { readonly id?: string | null }>(
  parts: ReadonlyArray<Part>,
  which: Which<Part>,
): ReadonlyArray<Part> => parts.filter((part) => !(typeof which === "string" ? part.id === which : which(part)));

const editSteps =
  (edit: (steps: ReadonlyArray<ScenarioStep>) => ReadonlyArray<ScenarioStep>): ScenarioEdit => (settings) => {
    const { steps } = settings.params;
    const edited = edit(steps ?? []);
    // A script has no steps, and must not get an empty list of them.
    return edited.length === 0 && !steps ? settings : { ...settings, params: { ...settings.params, steps: edited } };
  };

const editTriggers =
  (edit: (triggers: ReadonlyArray<ScenarioTrigger>) => ReadonlyArray<ScenarioTrigger>): ScenarioEdit => (settings) => ({
    ...settings,
    triggers: edit(settings.triggers),
  });

const editReporters =
  (edit: (reporters: ReadonlyArray<ScenarioReporter>) => ReadonlyArray<ScenarioReporter>): ScenarioEdit =>
  (
    settings,
  ) => ({ ...settings, reporters: edit(settings.reporters) });

/** Lets the triggers of the scenario fire, or not. */
export function setActive(active: boolean): ScenarioEdit {
  return (settings) => ({ ...settings, active });
}

/** Sets the login that the scenario runs as, which only an administrator may; `null` for who changed it last. */
export function setRunAs(login: string | null): ScenarioEdit {
  return (settings) => ({ ...settings, runAsUser: login });
}

/** Changes every step. */
export function mapSteps(f: (step: ScenarioStep) => ScenarioStep): ScenarioEdit {
  return editSteps((steps) => steps.map((step) => f(step)));
}

/** Adds a step at the end; one that has no id gets one that is free. */
export function addStep(step: ScenarioStep): ScenarioEdit {
  return editSteps((steps) => [...steps, ...withStepIds([...steps, step]).slice(-1)]);
}

/** Removes steps. */
export function removeStep(which: Which<ScenarioStep>): ScenarioEdit {
  return editSteps((steps) => without(steps, which));
}

/** Changes every trigger. */
export function mapTriggers(f: (trigger: ScenarioTrigger) => ScenarioTrigger): ScenarioEdit {
  return editTriggers((triggers) => triggers.map((trigger) => f(trigger)));
}

/** Adds a trigger at the end. */
export function addTrigger(trigger: ScenarioTrigger): ScenarioEdit {
  return editTriggers((triggers) => [...triggers, trigger]);
}

/** Removes triggers. */
export function removeTrigger(which: Which<ScenarioTrigger>): ScenarioEdit {
  return editTriggers((triggers) => without(triggers, which));
}

/** Changes every reporter. */
export function mapReporters(f: (reporter: ScenarioReporter) => ScenarioReporter): ScenarioEdit {
  return editReporters((reporters) => reporters.map((reporter) => f(reporter)));
}

/** Adds a reporter at the end. */
export function addReporter(reporter: ScenarioReporter): ScenarioEdit {
  return editReporters((reporters) => [...reporters, reporter]);
}

/** Removes reporters. */
export function removeReporter(which: Which<ScenarioReporter>): ScenarioEdit {
  return editReporters((reporters) => without(reporters, which));
}
