/**
 * The ends of a requested scenario run that are not its success.
 *
 * @module
 */
import { type RunOutcome, ScenarioRun, type Thrown } from "../../schemas/automation/scenario_run.ts";
import { ScenarioRunDetails, type StepFailure } from "../../schemas/automation/scenario_run_details.ts";
import { TriggerFire } from "../../schemas/automation/trigger_fire.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import { oneLine } from "../../src/errors/one_line.ts";
import { Token } from "../../src/errors/token.ts";
import * as Schema from "effect/Schema";
import { type ErrorClass, errorClass } from "../../src/errors/error_class.ts";

/** Title and message, which often say the same. */
const words = ({ title, message, clazz, code }: Thrown): string => {
  const [first, second] = [title, message].flatMap((part) => part ? [part] : []);
  if (first === undefined) return clazz ?? code ?? "no message";
  if (second === undefined) return oneLine(first, 300);
  return oneLine(second.startsWith(first) ? second : `${first}: ${second}`, 300);
};

const ScenarioRunFailedBase: ErrorClass<
  ScenarioRunFailed,
  "ScenarioRunFailed",
  "token" | "run" | "details" | "detailsError"
> = errorClass("ScenarioRunFailed", () => ({
  token: Token,
  run: ScenarioRun,
  details: Schema.optionalKey(ScenarioRunDetails),
  detailsError: Schema.optionalKey(DssError),
}));

/** A scenario run ended otherwise than well: it failed, was aborted, or ended with warnings where these count as failures. */
export class ScenarioRunFailed extends ScenarioRunFailedBase {
  /** Names the run. */
  declare readonly token: Token;
  /** The run, as it ended. */
  declare readonly run: ScenarioRun;
  /** The run with its steps; absent when they could not be read. */
  declare readonly details?: ScenarioRunDetails;
  /** Why the steps could not be read. */
  declare readonly detailsError?: DssError;
  /** How it ended, in DSS's words. */
  get outcome(): RunOutcome {
    return this.run.result?.outcome ?? "no outcome";
  }
  /** The first step that failed, with what DSS says of it; else what the run says; `undefined` when nothing is said, as of an abort. */
  get firstError(): StepFailure | undefined {
    return ScenarioRunDetails.firstError(this.details ?? { scenarioRun: this.run });
  }
  /** One line: the scenario, its outcome, the step and its error, and where to look. */
  override get message(): string {
    const { scenario: { projectKey = this.token.ids[0], id }, runId } = this.run;
    const { step, thrown } = this.firstError ?? {};
    const name = step?.name ?? step?.id ?? undefined;
    const failure = [name === undefined ? [] : `step ${name}`, thrown === undefined ? [] : words(thrown)].flat().join(
      ": ",
    );
    const unread = this.detailsError === undefined ? "" : "its steps could not be read";
    const why = [failure, unread].filter((part) => part !== "").join("; ");
    const end = `Scenario ${id} of ${projectKey} ended as ${this.outcome}`;
    return oneLine(`${why === "" ? end : `${end} (${why})`}: see the log of its run ${runId}`);
  }
}

const TriggerCancelledBase: ErrorClass<TriggerCancelled, "TriggerCancelled", "token" | "fire"> = errorClass(
  "TriggerCancelled",
  () => ({
    token: Token,
    fire: TriggerFire,
  }),
);

/** The trigger fire was cancelled before it became a run: another fire took its place, or the scenario suppresses fires while it runs. */
export class TriggerCancelled extends TriggerCancelledBase {
  /** Names the fire. */
  declare readonly token: Token;
  /** The fire. */
  declare readonly fire: TriggerFire;
  /** One line. */
  override get message(): string {
    const { projectKey, scenarioId, runId } = this.fire;
    return `Scenario ${scenarioId} of ${projectKey} did not run: DSS cancelled the request ${runId}, ` +
      "because the scenario was running or another trigger fired; ask again when it has ended";
  }
}

/** The ends of a requested scenario run that are not its success. */
export type ScenarioRunEnd = ScenarioRunFailed | TriggerCancelled;
