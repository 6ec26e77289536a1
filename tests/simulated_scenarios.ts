/**
 * Asking the scenarios of the simulated DSS in raw requests, so that no schema of ours is between.
 *
 * @module
 */
import { Effect, Schema, Stream } from "effect";
import { Dss, type DssError, get, type Path, path, post, put, type Query } from "../src/mod.ts";

/** A JSON object, to be looked into. */
export interface Json {
  readonly [key: string]: unknown;
}

/** A run of a scenario, as far as tests look into it. */
export interface RawRun extends Json {
  readonly runId: string;
  readonly start: number;
  readonly end: number;
  readonly result?: { readonly outcome: string; readonly thrown?: Json };
}

/** A step of a run, as far as tests look into it. */
export interface RawStepRun extends Json {
  readonly start: number;
  readonly end: number;
  readonly retryIndex: number;
  readonly step: { readonly id: string };
  readonly result?: { readonly outcome: string; readonly thrown?: Json };
  readonly additionalReportItems: ReadonlyArray<Json>;
}

/** A trigger that fired. */
export interface RawFire extends Json {
  readonly runId: string;
  readonly cancelled: boolean;
  readonly trigger: { readonly id: string };
}

type Asked<A> = Effect.Effect<A, DssError, Dss>;

const unknown = (ask: (dss: Dss) => Effect.Effect<unknown, DssError>): Asked<unknown> => Effect.flatMap(Dss, ask);

/** GET, as JSON. */
export const read = <A = Json>(at: Path, query: Query = {}): Asked<A> =>
  Effect.map(unknown((dss) => dss.json("Test.read", get(at, { query }), Schema.Unknown)), (answer) => answer as A);

/** GET, as text. */
export const readText = (at: Path, query: Query = {}): Asked<string> =>
  Effect.flatMap(Dss, (dss) => dss.text("Test.readText", get(at, { query })));

/** GET of an HTML page. */
export const readPage = (at: Path): Asked<string> =>
  Effect.flatMap(
    Dss,
    (dss) => Stream.mkString(Stream.decodeText(dss.stream("Test.readPage", get(at, { page: true })))),
  );

/** POST of JSON. */
export const send = <A = Json>(at: Path, json: unknown = {}): Asked<A> =>
  Effect.map(unknown((dss) => dss.json("Test.send", post(at, { json }), Schema.Unknown)), (answer) => answer as A);

/** PUT of JSON. */
export const store = (at: Path, json: unknown): Asked<Json> =>
  Effect.map(
    unknown((dss) => dss.json("Test.store", put(at, { json }), Schema.Unknown)),
    (answer) => answer as Json,
  );

/** Why DSS refuses what is asked: the tag of the reason. */
export const refusal = <A, R>(effect: Effect.Effect<A, DssError, R>): Effect.Effect<string, A, R> =>
  Effect.map(Effect.flip(effect), ({ reason }) => reason._tag);

/** The definition of a scenario. */
export const definition = (projectKey: string, id: string): Asked<Json> =>
  read(path`/projects/${projectKey}/scenarios/${id}`);

/** Changes the definition of a scenario. */
export const redefine = (projectKey: string, id: string, change: Json): Asked<Json> =>
  Effect.flatMap(
    definition(projectKey, id),
    (before) => store(path`/projects/${projectKey}/scenarios/${id}`, { ...before, ...change }),
  );

/** The light status of a scenario. */
export const light = (projectKey: string, id: string): Asked<Json> =>
  read(path`/projects/${projectKey}/scenarios/${id}/light`);

/** Asks for a run. */
export const runScenario = (projectKey: string, id: string, params: Json = {}): Asked<RawFire> =>
  send<RawFire>(path`/projects/${projectKey}/scenarios/${id}/run`, params);

/** What became of a fire. */
export const lookAtFire = (projectKey: string, id: string, { trigger, runId }: RawFire): Asked<RawFire> =>
  read<RawFire>(path`/projects/${projectKey}/scenarios/trigger/${id}/${trigger.id}`, { triggerRunId: runId });

/** The run of a fire; none as long as there is none. */
export const runOf = (
  projectKey: string,
  id: string,
  { trigger, runId }: RawFire,
): Asked<{ readonly scenarioRun?: RawRun }> =>
  read(path`/projects/${projectKey}/scenarios/${id}/get-run-for-trigger`, {
    triggerId: trigger.id,
    triggerRunId: runId,
  });

/** The last runs of a scenario. */
export const lastRuns = (projectKey: string, id: string, query: Query = {}): Asked<ReadonlyArray<RawRun>> =>
  read<ReadonlyArray<RawRun>>(path`/projects/${projectKey}/scenarios/${id}/get-last-runs`, query);

/** A run with its steps. */
export const details = (
  projectKey: string,
  id: string,
  runId: string,
): Asked<{ readonly scenarioRun: RawRun; readonly stepRuns: ReadonlyArray<RawStepRun> }> =>
  read(path`/projects/${projectKey}/scenarios/${id}/${runId}/`);

/** The last run with its steps. */
export const lastDetails = (
  projectKey: string,
  id: string,
): Asked<{ readonly scenarioRun: RawRun; readonly stepRuns: ReadonlyArray<RawStepRun> }> =>
  Effect.flatMap(lastRuns(projectKey, id, { limit: 1 }), ([run]) => details(projectKey, id, run!.runId));

/** Aborts what a scenario runs now. */
export const abort = (projectKey: string, id: string): Asked<Json> =>
  send(path`/projects/${projectKey}/scenarios/${id}/abort`);
