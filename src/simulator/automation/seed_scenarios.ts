/**
 * The scenarios that a simulated DSS starts with, and what they did before.
 *
 * @module
 * @internal
 */
import type { Outcome } from "../kernel/outcomes.ts";
import { fire, fireByItself, manualTrigger } from "./scenario_fires_state.ts";
import { triggersOf } from "./scenario_document.ts";
import { addScenario, planScenario, scenarios } from "./scenarios_state.ts";
import { type ScenarioSeed, scenarioSeeds } from "./seed_scenario_documents.ts";
import type { World } from "../kernel/world.ts";
import { datasets, markBuilt } from "../flow/datasets_state.ts";
import { measurements } from "../flow/metrics_state.ts";
import { projects } from "../projects/projects_state.ts";
import { recipes } from "../flow/recipes_state.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** When it was two o'clock in the night, at least six hours ago. */
const lastNight = (boot: number): number => Math.floor((boot - 8 * hour) / day) * day + 2 * hour;

/** What scenarios did: how many days before the last night, at which hour, what was scripted. */
const history: ReadonlyArray<readonly [scenario: string, nightsAgo: number, hour: number, outcome?: Outcome]> = [
  ["SALES.NIGHTLY_BUILD", 3, 2],
  ["SALES.NIGHTLY_BUILD", 2, 2],
  ["SALES.NIGHTLY_BUILD", 1, 2, {
    end: "warn",
    step: "check_raw",
    message: "orders_raw has 3 % fewer rows than yesterday",
  }],
  ["SALES.NIGHTLY_BUILD", 0, 2, {
    end: "fail",
    step: "check_raw",
    message: "Rule 'record count' of orders_raw failed: 0 rows",
  }],
  ["SALES.MONTHLY_REPORT", 1, 3.25],
  ["SALES.TEST_SMOKE", 1, 4.5],
  ["SALES.TEST_SMOKE", 0, 4.5],
  ["SALES.TEST_REVENUE", 0, 4.6, { end: "fail", step: "compare", message: "Expected 4 countries, found 3" }],
  ["CHURN.RETRAIN", 2, 2.5],
  ["CHURN.RETRAIN", 1, 2.5, { end: "abort", step: "score", message: "Aborted by maria" }],
  ["CHURN.HOURLY_CHECK", 0, 3],
  ["CHURN.HOURLY_CHECK", 0, 4, { end: "fail", message: "NameError: name 'threshold' is not defined" }],
  ["CHURN.HOURLY_CHECK", 0, 5],
];

const add = (world: World, seed: ScenarioSeed): void => {
  const project = world.of(projects).get(seed.document.projectKey)!;
  addScenario(world, project, seed.document, seed.script);
};

/** Adds the scenarios and plays their past; what they built in it was cleared since. */
export const seedScenarios = (world: World, boot: number): void => {
  const night = lastNight(boot);
  for (const seed of scenarioSeeds(boot)) add(world, seed);
  for (const [name, nightsAgo, atHour, outcome] of history) {
    const [projectKey, id] = name.split(".") as [string, string];
    const scenario = world.of(projects).get(projectKey)!.of(scenarios).get(id)!;
    const trigger = triggersOf(scenario.document).find(({ type }) => type === "temporal");
    world.agenda.at(night - nightsAgo * day + (atHour - 2) * hour, (at) => {
      if (outcome !== undefined) world.outcomes.set(`scenarios/${name}`, { ...outcome, times: 1 });
      if (trigger === undefined) fire(world, scenario, at, { trigger: manualTrigger });
      else fireByItself(world, scenario, at, trigger);
    });
  }
  world.agenda.advanceTo(night + 3.5 * hour);
  for (const project of world.of(projects).values()) {
    const built = new Set([...project.of(recipes).values()].flatMap(({ outputs }) => outputs));
    for (const name of built) markBuilt(project.of(datasets), name, undefined);
    project.of(measurements).clear();
  }
};

/** Plans when the triggers of all scenarios fire. */
export const planScenarios = (world: World, boot: number): void => {
  for (const project of world.of(projects).values()) {
    for (const scenario of project.of(scenarios).values()) planScenario(world, scenario, boot);
  }
};
