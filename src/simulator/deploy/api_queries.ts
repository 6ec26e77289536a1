/**
 * Queries to deployments of the simulated DSS, and what its nodes answer.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { apiDeployer, type ApiDeploymentRecord, versionsIn } from "./api_deployer_state.ts";
import { type Answer, type Call, invalid, jsonAnswer, missing, type SimulatedRefusal } from "../kernel/route.ts";
import { type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";

/** The settings of the version that a deployment answers with. */
export const serviceOf = (world: World, { serviceId, settings }: ApiDeploymentRecord): JsonObject => {
  const [version] = versionsIn(settings.generationsMapping);
  return world.of(apiDeployer).services.get(serviceId)?.versions.get(version ?? "")?.settings ?? {};
};

/** A JSON array in a query. */
export const arrayIn = (
  { query }: Call,
  name: string,
): Effect.Effect<ReadonlyArray<unknown> | undefined, SimulatedRefusal> => {
  const text = query.get(name);
  if (text === null) return Effect.succeed(undefined);
  return Effect.try({
    try: (): ReadonlyArray<unknown> => {
      const value: unknown = JSON.parse(text);
      if (!Array.isArray(value)) throw new Error("no array");
      return value;
    },
    catch: () => invalid(`${name} must be a JSON array`),
  });
};

/** What the nodes answer: `api-queries/churn.v2` can be scripted to fail. */
export const answered = (
  world: World,
  deployment: ApiDeploymentRecord,
  endpointId: string | null,
  count: (endpoint: JsonObject) => number,
): Effect.Effect<Answer, SimulatedRefusal> => {
  const { live, serviceId, settings, id } = deployment;
  if (live === undefined || settings.enabled !== true) return Effect.fail(invalid(`Deployment ${id} does not answer`));
  const endpoints = jsonObjects(serviceOf(world, deployment).endpoints).filter((each) =>
    endpointId === null || each.id === endpointId
  );
  if (endpointId !== null && endpoints.length === 0) return Effect.fail(missing(`Endpoint ${endpointId}`));
  const [version] = versionsIn(live.mapping);
  const outcome = world.outcomes.take(`api-queries/${serviceId}.${version}`);
  const response = outcome.end === "fail"
    ? { error: true, message: outcome.message ?? "The endpoint failed" }
    : { result: { prediction: "1", probas: { 0: 0.12, 1: 0.88 }, ignored: false } };
  return Effect.succeed(jsonAnswer({
    responses: endpoints.flatMap((endpoint) => Array.from({ length: count(endpoint) }, () => response)),
  }));
};
