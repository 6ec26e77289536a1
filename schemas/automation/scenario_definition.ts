/**
 * Definitions of new scenarios.
 *
 * @module
 */
import type { EnvSelection } from "./env_selection.ts";
import type { ScenarioSettings } from "./scenario.ts";
import type { ScenarioStep } from "./scenario_step.ts";

/** A new scenario: its kind, its name, what it does, and whatever else of its settings shall not be as DSS makes it. */
export type ScenarioDefinition =
  & Pick<ScenarioSettings, "type" | "name" | "params">
  & Partial<Omit<ScenarioSettings, "type" | "name" | "params">>;

/** What a new scenario can be given besides what it does. */
export type NewScenarioOptions = Omit<ScenarioDefinition, "type" | "name" | "params">;

/** What a new Python scenario can be given. */
export interface PythonScenarioOptions extends NewScenarioOptions {
  /** Which code environment runs the script. By default DSS chooses. */
  readonly env?: EnvSelection;
}

/** @internal Steps, each with an id: one that has none gets the first that is free, made of its kind and its place. */
export const withStepIds = (steps: ReadonlyArray<ScenarioStep>): ReadonlyArray<ScenarioStep> => {
  const taken = new Set(steps.map(({ id }) => id));
  return steps.map((step, place) => {
    if (step.id !== undefined && step.id !== null) return step;
    let id = `${step.type}_${place}`;
    for (let more = 2; taken.has(id); more++) id = `${step.type}_${place}_${more}`;
    taken.add(id);
    return { ...step, id };
  });
};

/**
 * A new scenario of steps, not active unless the options say so.
 *
 * @param name Name, of which DSS makes the id, unless the options have one.
 * @param steps Its steps, in order.
 * @param options Its triggers, its reporters, and other settings.
 *
 * @example
 * ```ts
 * import { buildStep, dailyTrigger, mailReporter, stepBasedScenario } from "@effect-dataiku/dss/scenarios";
 *
 * const nightly = stepBasedScenario("Nightly", [buildStep("orders_joined")], {
 *   active: true,
 *   triggers: [dailyTrigger({ hour: 3 })],
 *   reporters: [mailReporter("ops@example.com")],
 * });
 * if (nightly.params.steps?.[0]?.id !== "build_flowitem_0") throw new Error("unexpected");
 * ```
 */
export function stepBasedScenario(
  name: string,
  steps: ReadonlyArray<ScenarioStep>,
  options: NewScenarioOptions = {},
): ScenarioDefinition {
  return { active: false, ...options, type: "step_based", name, params: { steps: withStepIds(steps) } };
}

/**
 * A new scenario that is a Python script, which is written with `Scenarios.saveScript` once the scenario is there; not active unless the
 * options say so.
 *
 * @param name Name, of which DSS makes the id, unless the options have one.
 * @param options Its triggers, its reporters, and other settings.
 */
export function pythonScenario(name: string, options: PythonScenarioOptions = {}): ScenarioDefinition {
  const { env, ...settings } = options;
  return {
    active: false,
    ...settings,
    type: "custom_python",
    name,
    params: env === undefined ? {} : { envSelection: env },
  };
}
