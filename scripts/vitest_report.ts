/**
 * What vitest says of the tests that it ran.
 *
 * @module
 */

/** How many tests there were. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** What is used of the JSON that vitest writes. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: ReadonlyArray<{ status: string; assertionResults: ReadonlyArray<{ status: string }> }>;
}

/** Reads the report on files; each that was not run, or could not be loaded, counts as a failure. */
export const readVitest = (report: string, files: ReadonlyArray<string>): Count => {
  const { numPassedTests, numFailedTests, testResults }: VitestReport = JSON.parse(report);
  // A file that cannot be loaded has no test that failed.
  const unloaded = testResults.filter((file) =>
    file.status === "failed" && file.assertionResults.every((test) => test.status !== "failed")
  );
  const missed = files.length - testResults.length;
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length + missed };
};
