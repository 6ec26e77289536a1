/**
 * The code environments that a simulated DSS starts with.
 *
 * @module
 * @internal
 */
import { addCodeEnv, installPackages, openLog } from "./code_envs_state.ts";
import type { World } from "../kernel/world.ts";

const hour = 3_600_000;

/** Fills an instance with code environments: two of a design node, and one as automation nodes have it. */
export const seedCodeEnvs = (world: World, boot: number): void => {
  const python = addCodeEnv(world, "PYTHON", "py311_ds", {
    owner: "maria",
    deploymentMode: "DESIGN_MANAGED",
    specPackageList: "tabulate\nnameparser",
  }, [
    { envUsage: "PROJECT", projectKey: "SALES" },
    { envUsage: "RECIPE", projectKey: "CHURN", objectId: "compute_features" },
  ]);
  const r = addCodeEnv(world, "R", "r_stats", { owner: "admin", deploymentMode: "DESIGN_MANAGED" });
  const scoring = addCodeEnv(world, "PYTHON", "churn_scoring", {
    owner: "admin",
    deploymentMode: "AUTOMATION_VERSIONED",
  }, [{ envUsage: "PROJECT", projectKey: "CHURN" }]);
  const version = (versionId: string, specPackageList: string) => ({
    versionId,
    specPackageList,
    specCondaEnvironment: "",
    actualPackageList: "",
  });
  scoring.settings = {
    ...scoring.settings,
    versions: [version("v1", "xgboost==2.0.3"), version("v2", "xgboost==2.1.4")],
  };
  for (const record of [python, r, scoring]) {
    const write = openLog(record, "create", boot - 200 * hour);
    installPackages(record, null);
    write(`create of ${record.name} is done`, boot - 200 * hour + 30_000);
  }
};
