/**
 * The API services and deployments that a simulated DSS starts with.
 *
 * @module
 * @internal
 */
import { addVersion, apiDeployer } from "./api_deployer_state.ts";
import { apiServices, newSettings, packed } from "./api_services.ts";
import type { World } from "../kernel/world.ts";
import { projects } from "../projects/projects_state.ts";

const hour = 3_600_000;

/** Fills an instance with an API service of a project, two versions of it, and a deployment of the first. */
export const seedApiDeployer = (world: World, boot: number): void => {
  const project = world.of(projects).get("CHURN")!;
  const settings = {
    ...newSettings("CHURN", "churn"),
    endpoints: [{
      id: "predict",
      type: "STD_PREDICTION",
      modelRef: "Kd83mPq2",
      testQueries: [{ name: "one", q: { features: { age: 31 } } }],
      openAPI: {
        title: "churn",
        content: JSON.stringify({ openapi: "3.0.3", info: { title: "churn", version: "v1" }, paths: {} }),
        enabled: true,
        isManual: false,
      },
    }],
  };
  const service = { id: "churn", settings, packages: new Map() };
  project.of(apiServices).set("churn", service);
  for (const [version, age] of [["v1", 72], ["v2", 3]] as const) {
    const made = packed({ project, service }, version, boot - age * hour, undefined);
    service.packages.set(version, made);
    addVersion(world, "churn", made);
  }
  const { infras, deployments } = world.of(apiDeployer);
  const infra = (id: string, type: string, stage: string, more = {}) =>
    infras.set(id, { id, settings: { id, type, stage, governCheckPolicy: "NO_CHECK", ...more } });
  infra("api-prod", "STATIC", "Production", {
    apiNodes: [{ url: "https://apinode1.example.com:12000", adminAPIKey: "key-of-apinode1", graphitePrefix: null }],
  });
  infra("api-k8s", "K8S", "Development");
  const id = "churn-on-api-prod";
  const generationsMapping = { mode: "SINGLE_GENERATION", generation: "v1" };
  deployments.set(id, {
    id,
    serviceId: "churn",
    infraId: "api-prod",
    settings: { id, publishedServiceId: "churn", infraId: "api-prod", enabled: true, generationsMapping },
    live: { mapping: generationsMapping, health: "HEALTHY", message: undefined },
    updates: [{
      startTimestamp: boot - 70 * hour,
      endTimestamp: boot - 70 * hour + 4000,
      type: "UPDATE",
      status: "SUCCESS",
      requester: "maria",
      logs: { lines: ["Preparing v1", "Activated v1"] },
    }],
    isUpdating: false,
  });
};
