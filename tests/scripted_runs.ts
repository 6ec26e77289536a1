/**
 * The scenario runs of a DSS that goes by plan: fires become runs, runs end, and it is known what was asked.
 *
 * @module
 */
import { Effect, Layer } from "effect";
import { TestClock } from "effect/testing";
import type { Dss, DssError } from "../mod.ts";
import { ScenarioRuns } from "../services/scenario_runs.ts";
import {
  dssServer,
  failure,
  json,
  type Received,
  type ReceivedRequest,
  type Reply,
  type ServerOptions,
} from "./dss_server.ts";

/** How a request of a run goes; times in seconds. */
export interface RunPlan {
  /** From the fire to the run, when the scenario does not run. */
  readonly waits?: number;
  /** From the fire to its being cancelled. */
  readonly cancelled?: number;
  /** From the start of the run to its end. */
  readonly takes?: number;
  /** From an abort to the end of the run. */
  readonly aborts?: number;
  readonly outcome?: string;
  /** From the start of the run to its being deleted. */
  readonly deleted?: number;
  readonly stepRuns?: ReadonlyArray<unknown>;
  /** More fields of the scenario of the run. */
  readonly scenario?: Readonly<Record<string, unknown>>;
}

/** A run of a scenario. */
export interface PlannedRun {
  readonly runId: string;
  readonly scenarioId: string;
  readonly start: number;
  end: number;
  outcome: string;
  readonly plan: RunPlan;
  readonly fire: Fire | undefined;
}

interface Fire {
  readonly scenarioId: string;
  readonly runId: string;
  readonly at: number;
  readonly params: unknown;
  readonly plan: RunPlan;
  run: PlannedRun | undefined;
}

/** When the tests take place. */
export const morning: number = Date.UTC(2025, 9, 1, 9);

const project = "SALES";

/** Identity data, which must not be shown anywhere. */
export const identity: Readonly<Record<string, string>> = { authSource: "key-canary", realUserLogin: "maria-canary" };

const stamp = (at: number): string => new Date(at).toISOString().replaceAll(/[T:.]/g, "-").replace("Z", "");

/** Scenarios that go by plan: a list of plans, one per request, the last for all further ones. */
export class PlannedScenarios {
  readonly runs: Array<PlannedRun> = [];
  readonly fires: Array<Fire> = [];
  private waiting: ReadonlyArray<Fire> = [];
  private readonly plans: ReadonlyArray<RunPlan>;

  constructor(plans: ReadonlyArray<RunPlan>) {
    this.plans = plans;
  }

  /** Somebody else starts a run, now. */
  otherRun(scenarioId: string, now: number, plan: RunPlan): PlannedRun {
    return this.begin(scenarioId, now, plan, undefined);
  }

  /** Runs that have begun and not ended. */
  running(now: number): ReadonlyArray<PlannedRun> {
    this.proceed(now);
    return this.runs.filter((run) => run.start <= now && run.end > now);
  }

  private begin(scenarioId: string, start: number, plan: RunPlan, fire: Fire | undefined): PlannedRun {
    const run: PlannedRun = {
      runId: `${stamp(start)}-${this.runs.length}`,
      scenarioId,
      start,
      end: start + (plan.takes ?? 60) * 1000,
      outcome: plan.outcome ?? "SUCCESS",
      plan,
      fire,
    };
    this.runs.push(run);
    return run;
  }

  private isCancelled({ at, plan, run }: Fire, now: number): boolean {
    return run === undefined && plan.cancelled !== undefined && at + plan.cancelled * 1000 <= now;
  }

  /** Lets fires become runs, one after another. */
  private proceed(now: number): void {
    this.waiting = this.waiting.filter((fire) => {
      const free = this.runs.filter(({ scenarioId }) => scenarioId === fire.scenarioId)
        .reduce((latest, { end }) => Math.max(latest, end), 0);
      const start = Math.max(fire.at + (fire.plan.waits ?? 2) * 1000, free);
      if (start <= now) fire.run = this.begin(fire.scenarioId, start, fire.plan, fire);
      return fire.run === undefined;
    });
  }

  private fireDocument(fire: Fire, now: number): unknown {
    return {
      projectKey: project,
      scenarioId: fire.scenarioId,
      trigger: { id: "manual", type: "manual", name: "API run", delay: 0, active: false },
      runId: fire.runId,
      timestamp: fire.at,
      cancelled: this.isCancelled(fire, now),
      params: fire.params,
      triggerAuthCtx: identity,
    };
  }

  private runDocument(run: PlannedRun, now: number): Readonly<Record<string, unknown>> {
    const ended = run.end <= now;
    const thrown = { clazz: "java.lang.Exception", title: "Step failed", message: "Job failed", stack: "at x" };
    return {
      scenario: { projectKey: project, id: run.scenarioId, name: "Nightly build", ...run.plan.scenario },
      runId: run.runId,
      start: run.start,
      end: ended ? run.end : 0,
      trigger: run.fire === undefined ? "by hand" : this.fireDocument(run.fire, now),
      ...(ended
        ? {
          result: {
            type: "SCENARIO_DONE",
            outcome: run.outcome,
            endTime: run.end,
            ...(run.outcome === "FAILED" ? { thrown } : {}),
          },
        }
        : {}),
    };
  }

  /** Answers a request. */
  readonly answer = ({ method, target, body, at: now }: ReceivedRequest): Reply => {
    this.proceed(now);
    const url = new URL(target, "https://dss.test");
    const [, , , , scenarioId = "", part = "", ...more] = url.pathname.split("/").map(decodeURIComponent);
    const isThere = (run: PlannedRun) =>
      run.scenarioId === scenarioId && now < run.start + (run.plan.deleted ?? Infinity) * 1000;
    const fireWith = (id: string | null) => this.fires.find(({ runId }) => runId === id);
    if (scenarioId === "trigger") {
      const fire = fireWith(url.searchParams.get("triggerRunId"));
      return fire === undefined ? missing("the trigger fire") : json(this.fireDocument(fire, now));
    }
    switch (`${method} ${part}`) {
      case "POST run": {
        const nth = this.fires.length;
        const plan = this.plans[Math.min(nth, this.plans.length - 1)] ?? {};
        const runId = `${stamp(now)}-fire-${nth}`;
        const fire: Fire = { scenarioId, runId, at: now, params: JSON.parse(body), plan, run: undefined };
        this.fires.push(fire);
        if (plan.cancelled === undefined) this.waiting = [...this.waiting, fire];
        return json(this.fireDocument(fire, now));
      }
      case "POST abort":
        for (const run of this.running(now).filter((run) => run.scenarioId === scenarioId)) {
          run.end = Math.min(run.end, now + (run.plan.aborts ?? 1) * 1000);
          run.outcome = "ABORTED";
        }
        return json({ msg: "aborted" });
      case "GET get-run-for-trigger": {
        const run = fireWith(url.searchParams.get("triggerRunId"))?.run;
        return json(run === undefined || !isThere(run) ? {} : { scenarioRun: this.runDocument(run, now) });
      }
      case "GET get-last-runs": {
        const onlyFinished = url.searchParams.get("onlyFinishedRuns") === "true";
        const runs = this.runs.filter((run) => isThere(run) && (!onlyFinished || run.end <= now))
          .toSorted((a, b) => b.start - a.start).slice(0, Number(url.searchParams.get("limit")));
        return json(runs.map((run) => this.runDocument(run, now)));
      }
      default: {
        const run = this.runs.find((run) => run.runId === part);
        return run === undefined || !isThere(run) || method !== "GET" || more.join("/") !== ""
          ? missing(`scenario run ${part}`)
          : json({ scenarioRun: this.runDocument(run, now), stepRuns: run.plan.stepRuns ?? [] });
      }
    }
  };
}

const missing = (what: string): Reply =>
  failure(500, "com.dataiku.dip.exceptions.NotFoundException", `${what} does not exist`);

/** The service on a DSS that answers so, in the morning. */
export const runsOn = (
  answer: (request: ReceivedRequest, nth: number) => Reply,
  options?: ServerOptions,
): Layer.Layer<ScenarioRuns | Dss | Received, DssError> =>
  Layer.provideMerge(ScenarioRuns.layer, dssServer(answer, options)).pipe(
    Layer.tap(() => TestClock.setTime(morning)),
  );

/** How often something was asked, as `POST abort`. */
export const asked = ({ lines }: Received, what: RegExp): number => lines.filter((line) => what.test(line)).length;

/** Answers so, but later. */
export const after = (millis: number, answer: (request: ReceivedRequest, nth: number) => Reply) =>
(
  request: ReceivedRequest,
  nth: number,
): Reply =>
  Effect.suspend(() => {
    const reply = answer(request, nth);
    return Effect.isEffect(reply) ? reply : Effect.succeed(reply);
  }).pipe(Effect.delay(millis));
