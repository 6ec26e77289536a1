/**
 * Reports of test scenarios in the simulated DSS: JUnit XML, HTML, and the count of outcomes.
 *
 * @module
 * @internal
 */
import type { ScenarioRun, StepRun } from "./scenario_run_document.ts";
import type { JsonObject } from "../kernel/stored_document.ts";

import { scenarios } from "./scenarios_state.ts";
import type { SimulatedProject } from "../projects/projects_state.ts";

/** Characters that no XML document can have, not even escaped: controls, lone surrogates, U+FFFE and U+FFFF. */
// deno-lint-ignore no-control-regex -- they are what it is about
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const escape = (text: unknown): string =>
  String(text).replaceAll(notXml, "\ufffd")
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const seconds = (start: number, end: number): string => (Math.max(0, end - start) / 1000).toFixed(3);

const failureOf = ({ result, additionalReportItems }: StepRun): string | undefined => {
  if (result === undefined || result.outcome === "SUCCESS" || result.outcome === "WARNING") return undefined;
  const thrown = result.thrown ?? additionalReportItems.find((item) => item.thrown !== undefined)?.thrown;
  return thrown?.message ?? result.outcome;
};

const testCase = ({ scenario }: ScenarioRun, stepRun: StepRun): string => {
  const { step, start, end } = stepRun;
  const failure = failureOf(stepRun);
  const open = `<testcase classname="${escape(scenario.projectKey)}.${escape(scenario.id)}" name="${
    escape(step.name)
  }" time="${seconds(start, end)}"`;
  return failure === undefined
    ? `${open}/>`
    : `${open}><failure type="${escape(stepRun.result?.outcome)}" message="${escape(failure)}"/></testcase>`;
};

/** The attempts that count: the last one at each step. */
const lastAttempts = ({ stepRuns }: ScenarioRun): ReadonlyArray<StepRun> => [
  ...new Map(stepRuns.map((stepRun) => [stepRun.step.id, stepRun])).values(),
];

const suite = (run: ScenarioRun, stepRuns: ReadonlyArray<StepRun>): string => {
  const { scenario, start, end } = run;
  const failures = stepRuns.filter((stepRun) => failureOf(stepRun) !== undefined).length;
  const tests = stepRuns.map((stepRun) => `    ${testCase(run, stepRun)}\n`).join("");
  return `  <testsuite name="${escape(scenario.projectKey)}.${
    escape(scenario.id)
  }" tests="${stepRuns.length}" failures="${failures}" errors="0" skipped="0" time="${
    seconds(start, end)
  }" timestamp="${new Date(start).toISOString()}">\n${tests}  </testsuite>\n`;
};

const xml = (suites: ReadonlyArray<string>): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("")}</testsuites>\n`;

/** The JUnit report of runs. */
export const junitReport = (runs: ReadonlyArray<ScenarioRun>): string =>
  xml(runs.map((run) => suite(run, lastAttempts(run))));

/** The JUnit report of one step of a run; `undefined` when the step did not run. */
export const stepReport = (run: ScenarioRun, stepId: string | null): string | undefined => {
  const stepRuns = lastAttempts(run).filter(({ step }) => step.id === stepId);
  return stepRuns.length === 0 ? undefined : xml([suite(run, stepRuns)]);
};

/** The HTML report of runs. */
export const htmlReport = ({ projectKey }: SimulatedProject, runs: ReadonlyArray<ScenarioRun>): string => {
  const rows = runs.map(({ scenario, start, end, result }) =>
    `<tr><td>${escape(scenario.name)}</td><td>${escape(result?.outcome)}</td><td>${
      new Date(start).toISOString()
    }</td><td>${seconds(start, end)} s</td></tr>\n`
  );
  return `<!doctype html>
<html><head><title>Test scenarios of ${escape(projectKey)}</title></head><body>
<table>
<tr><th>Scenario</th><th>Outcome</th><th>Start</th><th>Duration</th></tr>
${rows.join("")}</table>
</body></html>
`;
};

/** The last finished run of each test scenario; none of a bundle, which only an automation node has. */
export const lastTestRuns = (project: SimulatedProject, bundleId: string | null): ReadonlyArray<ScenarioRun> =>
  bundleId !== null ? [] : [...project.of(scenarios).values()].flatMap(({ document, runs }) => {
    const last = document.markedAsTest === true ? runs.findLast((run) => run.result !== undefined) : undefined;
    return last === undefined ? [] : [last];
  });

/** How many test scenarios ran, by the outcome of their last runs. */
export const testingStatus = (runs: ReadonlyArray<ScenarioRun>): JsonObject => {
  const perOutcome: Record<string, number> = {};
  for (const { result } of runs) perOutcome[String(result?.outcome)] = (perOutcome[String(result?.outcome)] ?? 0) + 1;
  return { nbTotalRanScenarios: runs.length, nbScenariosPerOutcome: perOutcome };
};
