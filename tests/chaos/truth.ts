/**
 * What a simulated DSS knows when all is over: with it, what programs were told can be compared.
 *
 * @module
 */
import type { ReceivedRequest } from "../../src/simulator/mod.ts";

/** A job, as DSS has it. */
export interface TrueJob {
  readonly id: string;
  readonly state: string;
  /** When it ended, in milliseconds since 1970; `0` when it ended before it began, or not at all. */
  readonly endTime: number;
}

/** A run of a scenario, as DSS has it. */
export interface TrueRun {
  readonly runId: string;
  readonly end: number;
  /** Absent while it runs. */
  readonly outcome: string | undefined;
}

/** A scenario, as DSS has it. */
export interface TrueScenario {
  readonly id: string;
  readonly document: { readonly name?: unknown; readonly tags?: ReadonlyArray<unknown> };
}

/** Where a job or a scenario is. */
export interface Place {
  readonly projectKey: string;
  readonly id: string;
}

type Known = Readonly<Record<string, unknown>>;

interface Project {
  readonly jobs: Readonly<Record<string, Known>>;
  readonly scenarios: Readonly<
    Record<string, TrueScenario & { readonly fires: ReadonlyArray<Fire>; readonly runs: ReadonlyArray<Run> }>
  >;
}

interface Fire {
  readonly params: { readonly marker?: unknown };
  readonly cancelled: boolean;
}

interface Run {
  readonly runId: string;
  readonly start: number;
  readonly end: number;
  readonly trigger: { readonly params: Fire["params"] };
  readonly result?: { readonly outcome: string };
}

/** What a simulated DSS knows. */
export class Truth {
  /** Every request that was sent, in order, with the time at which DSS saw it. */
  readonly received: ReadonlyArray<ReceivedRequest>;
  private readonly projects: Readonly<Record<string, Project>>;
  private readonly futures: Readonly<Record<string, { readonly state: string }>>;
  private readonly boot: number;

  /** Reads a snapshot of a simulated DSS that was started at a time, and whose answers take some milliseconds. */
  constructor(snapshot: Known, received: ReadonlyArray<ReceivedRequest>, boot: number, latency: number) {
    this.received = received.map((request) => ({ ...request, at: request.at + latency }));
    this.projects = snapshot.projects as Truth["projects"];
    this.futures = snapshot.futures as Truth["futures"];
    this.boot = boot;
  }

  /** The jobs that programs have started since to build a dataset. */
  jobs({ projectKey, id }: Place): ReadonlyArray<TrueJob> {
    return Object.values(this.projects[projectKey]!.jobs).flatMap((job) => {
      const def = job.def as Known & { readonly outputs: ReadonlyArray<Known> };
      const isOurs = def.triggeredFrom === "API" && (def.initiationTimestamp as number) >= this.boot &&
        def.outputs.some(({ targetDataset }) => targetDataset === id);
      return isOurs ? [{ id: def.id as string, state: job.state as string, endTime: job.endTime as number }] : [];
    });
  }

  /** The requests of runs that DSS has received with a marker, and not forgotten in a restart. */
  fires({ projectKey, id }: Place, marker: string): ReadonlyArray<Fire> {
    return this.projects[projectKey]!.scenarios[id]!.fires.filter(({ params }) => params.marker === marker);
  }

  /** The whole log of a job. */
  log(projectKey: string, jobId: string): string {
    const log = this.projects[projectKey]!.jobs[jobId]!.log as ReadonlyArray<{ readonly text: string }>;
    return log.map(({ text }) => `${text}\n`).join("");
  }

  /** The runs that came of requests with a marker. */
  runs({ projectKey, id }: Place, marker: string): ReadonlyArray<TrueRun> {
    return this.projects[projectKey]!.scenarios[id]!.runs
      .filter(({ trigger }) => trigger.params.marker === marker)
      .map(({ runId, end, result }) => ({ runId, end, outcome: result?.outcome }));
  }

  /** The marker of the run that was going at a time; `undefined` when there was none, or one that no journey requested. */
  running({ projectKey, id }: Place, at: number): unknown {
    const run = this.projects[projectKey]!.scenarios[id]!.runs.find(({ start, end, result }) =>
      start <= at && (result === undefined || at < end)
    );
    return run?.trigger.params.marker;
  }

  /** The scenarios of a project. */
  scenarios(projectKey: string): ReadonlyArray<TrueScenario> {
    return Object.values(this.projects[projectKey]!.scenarios);
  }

  /** A scenario. */
  scenario({ projectKey, id }: Place): TrueScenario | undefined {
    return this.projects[projectKey]!.scenarios[id];
  }

  /** Where a future stands; `undefined` when DSS has forgotten it. */
  future(id: string): string | undefined {
    return this.futures[id]?.state;
  }
}
