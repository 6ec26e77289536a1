/**
 * All journeys.
 *
 * @module
 */
import type { Row } from "../row.ts";
import { futureJourneys } from "./futures.ts";
import { interruptionJourneys } from "./interruptions.ts";
import { jobJourneys } from "./jobs.ts";
import { loadJourneys } from "./load.ts";
import { networkJourneys } from "./network.ts";
import { byteJourneys } from "./bytes.ts";
import { scenarioJourneys } from "./scenarios.ts";
import { settingsJourneys } from "./settings.ts";
import { uploadJourneys } from "./uploads.ts";

/** All journeys. */
export const journeys: ReadonlyArray<Row> = [
  ...networkJourneys,
  ...byteJourneys,
  ...jobJourneys,
  ...futureJourneys,
  ...scenarioJourneys,
  ...settingsJourneys,
  ...interruptionJourneys,
  ...uploadJourneys,
  ...loadJourneys,
];
