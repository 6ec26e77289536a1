/**
 * Pages of DSS in a browser, as links in messages, reports and logs.
 *
 * @module
 */
import { Invalid } from "../errors/reasons.ts";
import { type Path, path } from "../transport/request.ts";

/**
 * Addresses of pages of DSS in a browser; who opens one has to sign in there.
 *
 * DSS does not document them. Those of projects, flows and managed folders are known from public links; the others are assumed.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { Dss, pagesOf } from "@effect-dataiku/dss/dss";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const link = Effect.map(Dss, ({ instance }) => pagesOf(instance).flow("SALES"));
 * const found = await Effect.runPromise(Effect.provide(link, Simulator.layer()));
 * if (!found.endsWith("/projects/SALES/flow/")) throw new Error("unexpected");
 * ```
 */
export interface Pages {
  /** Home of a project. */
  project(projectKey: string): string;
  /** Flow of a project. */
  flow(projectKey: string): string;
  /** Content of a managed folder. */
  managedFolder(projectKey: string, folderId: string): string;
  /** Settings of a scenario. The form of this address is assumed. */
  scenario(projectKey: string, scenarioId: string): string;
  /** A run of a scenario. The form of this address is assumed. */
  scenarioRun(projectKey: string, scenarioId: string, runId: string): string;
  /** A job. The form of this address is assumed. */
  job(projectKey: string, jobId: string): string;
  /** Sample of a dataset. The form of this address is assumed. */
  dataset(projectKey: string, name: string): string;
}

/**
 * The pages of an instance.
 *
 * Each function throws `Invalid` for what cannot be an id, as an empty one.
 *
 * @param instance Address of DSS for browsers: `dss.instance` unless these go through another door than programs.
 */
export function pagesOf(instance: string): Pages {
  const base = instance.replace(/\/+$/, "");
  const page = ({ value, invalid }: Path): string => {
    if (invalid !== undefined) throw new Invalid({ detail: invalid });
    return `${base}${value}`;
  };
  return {
    project: (projectKey) => page(path`/projects/${projectKey}/`),
    flow: (projectKey) => page(path`/projects/${projectKey}/flow/`),
    managedFolder: (projectKey, folderId) => page(path`/projects/${projectKey}/managedfolder/${folderId}/view/`),
    scenario: (projectKey, scenarioId) => page(path`/projects/${projectKey}/scenarios/${scenarioId}/settings`),
    scenarioRun: (projectKey, scenarioId, runId) =>
      page(path`/projects/${projectKey}/scenarios/${scenarioId}/runs/list/${runId}`),
    job: (projectKey, jobId) => page(path`/projects/${projectKey}/jobs/${jobId}/`),
    dataset: (projectKey, name) => page(path`/projects/${projectKey}/datasets/${name}/explore/`),
  };
}
