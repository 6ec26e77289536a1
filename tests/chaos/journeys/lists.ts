/**
 * A journey that only reads.
 *
 * @module
 */
import { Effect, Stream } from "effect";
import type { DssError, ServiceRecord } from "../../../mod.ts";
import { type Claim, type Environment, failureOf, type Journey, journey, oneOf, pauseUpTo } from "../environment.ts";

type Read = (program: ServiceRecord, environment: Environment) => Effect.Effect<unknown, DssError>;

/** A body without an end is not read to it. */
const mostPieces = 64;

/** A text is a log as it was at some time: it is whole up to the end of a line. */
const isBegin = (projectKey: string, jobId: string, text: string): Claim => ({ truth }) => {
  const log = truth.log(projectKey, jobId);
  return log.startsWith(text) && (text === "" || text.endsWith("\n")) ? undefined : "a log was cut";
};

const reads: ReadonlyArray<Read> = [
  ({ jobs }, { dataset }) => jobs.list(dataset.projectKey),
  ({ jobs }, environment) => {
    const { projectKey } = environment.dataset;
    const log = (id: string) =>
      Effect.map(jobs.log(projectKey, id), (text) => environment.claim(isBegin(projectKey, id, text)));
    return Effect.flatMap(jobs.list(projectKey, { limit: 3 }), Effect.forEach(({ def }) => log(def.id)));
  },
  ({ futures }) => futures.list({ allUsers: true }),
  ({ futures }) => futures.listRunningScenarios(),
  ({ scenarios }, { scenario }) => scenarios.list(scenario.projectKey),
  ({ scenarios }, { scenario }) => scenarios.status(scenario.projectKey, scenario.id),
  ({ scenarios }, { scenario }) => scenarios.settings(scenario.projectKey, scenario.id),
  ({ scenarioRuns }, { scenario }) => scenarioRuns.list(scenario.projectKey, scenario.id),
  ({ scenarioRuns }, { scenario }) => scenarioRuns.byDate(scenario.projectKey, scenario.id, { from: "2025-09-28" }),
  ({ scenarioRuns }, { scenario }) => scenarioRuns.lastSuccessful(scenario.projectKey, scenario.id),
  ({ scenarioRuns }, { scenario }) => scenarioRuns.averageDuration(scenario.projectKey, scenario.id),
  ({ scenarioRuns }, { scenario }) => scenarioRuns.testingStatus(scenario.projectKey),
  ({ scenarioRuns }, { scenario }) =>
    Stream.runDrain(Stream.take(scenarioRuns.testReport(scenario.projectKey), mostPieces)),
];

const listed = journey<DssError>("read lists", { DssError: true }, (environment) => {
  const { chance, first, second } = environment;
  environment.claim((over) =>
    failureOf(over)?.reason?._tag === "OutcomeUnknown" ? "a read is said to have an unknown outcome" : undefined
  );
  const one = Effect.suspend(() =>
    Effect.andThen(pauseUpTo(20, environment), oneOf(chance, reads)(oneOf(chance, [first, second]), environment))
  );
  return Effect.all(Array.from({ length: 2 + Math.floor(chance.next() * 10) }, () => one), {
    concurrency: 1 + Math.floor(chance.next() * 8),
  });
});

/** All of them. */
export const listJourneys: ReadonlyArray<Journey> = [listed];
