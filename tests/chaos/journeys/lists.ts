/**
 * A journey that only reads.
 *
 * @module
 */
import { Effect, Stream } from "effect";
import type { DssError, ServiceRecord } from "../../../mod.ts";
import { failureOf, type Journey, journey, oneOf, pauseUpTo, type Stage } from "../stage.ts";

type Read = (program: ServiceRecord, stage: Stage) => Effect.Effect<unknown, DssError>;

/** A body without an end is not read to it. */
const mostPieces = 64;

const reads: ReadonlyArray<Read> = [
  ({ jobs }, { dataset }) => jobs.list(dataset.projectKey),
  ({ jobs }, { dataset }) =>
    Effect.flatMap(
      jobs.list(dataset.projectKey, { limit: 3 }),
      (all) => Effect.forEach(all, ({ def }) => jobs.log(dataset.projectKey, def.id)),
    ),
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

const listed = journey<DssError>("read lists", { DssError: true }, (stage) => {
  const { chance, first, second } = stage;
  stage.claim((over) =>
    failureOf(over)?.reason?._tag === "OutcomeUnknown" ? "a read is said to have an unknown outcome" : undefined
  );
  const one = Effect.suspend(() =>
    Effect.andThen(pauseUpTo(20, stage), oneOf(chance, reads)(oneOf(chance, [first, second]), stage))
  );
  return Effect.all(Array.from({ length: 2 + Math.floor(chance.next() * 10) }, () => one), {
    concurrency: 1 + Math.floor(chance.next() * 8),
  });
});

/** All of them. */
export const listJourneys: ReadonlyArray<Journey> = [listed];
