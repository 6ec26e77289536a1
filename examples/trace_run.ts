/**
 * Runs a scenario, and sends its steps, jobs and activities as spans to an OTLP collector, with the calls that were made.
 *
 * `OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318 deno run -A examples/trace_run.ts SALES REFRESH_CUSTOMERS`
 *
 * @module
 */
import process from "node:process";
import { Console, Effect, Layer } from "effect";
import { FetchHttpClient } from "effect/http";
import { Otlp } from "effect/observability";
import { ScenarioRun, ScenarioRuns } from "@effect-dataiku/dss/scenario-runs";
import { dss, runMain } from "./program.ts";

const { OTEL_EXPORTER_OTLP_ENDPOINT: baseUrl = "http://localhost:4318" } = process.env;
const [project = "SALES", scenario = "REFRESH_CUSTOMERS"] = process.argv.slice(2);

const collector = Otlp.layerJson({ baseUrl, resource: { serviceName: "pipeline" } }).pipe(
  Layer.provide(FetchHttpClient.layer),
);

const pipeline = Effect.gen(function* () {
  const runs = yield* ScenarioRuns;
  const run = yield* runs.run(project, scenario);
  yield* runs.trace(project, scenario, run.runId);
  yield* Console.log(`${project}.${scenario} ended as ${ScenarioRun.outcome(run)}; its spans went to ${baseUrl}`);
}).pipe(Effect.withSpan("pipeline"));

runMain(pipeline.pipe(Effect.provide(dss), Effect.provide(collector)));
