/**
 * What holds for every journey in any faults.
 *
 * @module
 */
import { Cause, Exit } from "effect";
import type { DssErrorReason } from "../../mod.ts";
import { errorOf, failureOf, type Journey, type Over } from "./environment.ts";

/** The reasons of a `DssError`; a record, so that none can be forgotten here. */
const reasons: Readonly<Record<DssErrorReason["_tag"], true>> = {
  Unreachable: true,
  TlsFailure: true,
  TimedOut: true,
  Unauthorized: true,
  Forbidden: true,
  NotFound: true,
  Conflict: true,
  Invalid: true,
  RateLimited: true,
  Unavailable: true,
  ServerFailure: true,
  RequiresDss: true,
  UnexpectedContent: true,
  Truncated: true,
  TooLarge: true,
  Undecodable: true,
  UploadFailed: true,
  OutcomeUnknown: true,
};

/** Longest time from an interruption to the end, in milliseconds. */
const longestFarewell = 30 * 60_000;

/** Most requests within a second of all programs together. */
const mostAtOnce = 100;

/** What ended, ended with a value, an error of the declared type, or its interruption. */
const isDeclared = ({ declared }: Journey, over: Over): string | undefined => {
  const { exit, interruptedAt } = over;
  if (Exit.isSuccess(exit)) return undefined;
  const defect = exit.cause.reasons.find(Cause.isDieReason);
  if (defect !== undefined) return `it died: ${Cause.pretty(exit.cause)}`;
  const error = errorOf(exit);
  if (error === undefined) return interruptedAt === undefined ? "it was interrupted by nobody" : undefined;
  const failure = failureOf(over)!;
  if (!declared.has(failure._tag)) return `its error ${failure._tag ?? String(error)} is not declared`;
  if (failure._tag === "DssError" && !Object.hasOwn(reasons, failure.reason?._tag ?? "")) {
    return `the reason ${failure.reason?._tag} is not declared`;
  }
  const { message } = error as { readonly message?: unknown };
  return typeof message === "string" && message !== "" && !message.includes("\n")
    ? undefined
    : `its message is not one line: ${JSON.stringify(message)}`;
};

/** What was interrupted ends soon. */
const endsSoon = ({ interruptedAt, endedAt }: Over): string | undefined => {
  if (interruptedAt === undefined || endedAt - interruptedAt <= longestFarewell) return undefined;
  return `it ended ${Math.round((endedAt - interruptedAt) / 1000)} s after its interruption`;
};

/** No secret is shown. */
const isSecretive = ({ shown }: Over, secrets: ReadonlyArray<string>): string | undefined => {
  const found = secrets.find((secret) => shown.includes(secret));
  return found === undefined ? undefined : `it shows ${found}`;
};

/** What does not hold of a journey. */
export const brokenBy = (journey: Journey, over: Over, secrets: ReadonlyArray<string>): ReadonlyArray<string> =>
  [isDeclared(journey, over), endsSoon(over), isSecretive(over, secrets)].filter((broken) => broken !== undefined);

/** What was done more often than it was meant to. */
export const doneTooOften = (
  { truth: { received } }: Pick<Over, "truth">,
  intended: ReadonlyMap<string, number>,
): ReadonlyArray<string> => {
  const done = new Map<string, number>();
  for (const { method, target, handled } of received) {
    const request = `${method} ${target}`;
    if (handled && method === "POST" && !target.endsWith("/abort")) done.set(request, (done.get(request) ?? 0) + 1);
  }
  return [...done].filter(([request, times]) => times > (intended.get(request) ?? 0))
    .map(([request, times]) => `${request} was done ${times} times, intended ${intended.get(request) ?? 0} times`);
};

/** What a scenario runs is aborted only when the last look at it found a run that is meant to be aborted. */
export const abortedBlindly = (
  { truth }: Pick<Over, "truth">,
  aborters: ReadonlySet<unknown>,
): ReadonlyArray<string> => {
  const looks = new Map<string, number>();
  const found: Array<string> = [];
  for (const { method, target, at, handled } of truth.received) {
    const [, projectKey = "", id = "", what] = /^\/projects\/(\w+)\/scenarios\/(\w+)\/(.*)$/.exec(target) ?? [];
    const scenario = `${projectKey}.${id}`;
    if (!handled) continue;
    if (what === "get-last-runs?limit=1&onlyFinishedRuns=false") looks.set(scenario, at);
    if (method !== "POST" || what !== "abort") continue;
    const seenAt = looks.get(scenario);
    if (seenAt === undefined) found.push(`${scenario} was aborted without a look`);
    else if (!aborters.has(truth.running({ projectKey, id }, seenAt))) {
      found.push(`${scenario} was aborted, although the last look found what nobody meant to abort`);
    }
  }
  return found;
};

/** Whether the programs stormed DSS. */
export const storms = ({ truth: { received } }: Pick<Over, "truth">): ReadonlyArray<string> => {
  let first = 0;
  for (const [index, { at }] of received.entries()) {
    while (received[first]!.at <= at - 1000) first++;
    if (index - first >= mostAtOnce) return [`more than ${mostAtOnce} requests came within a second, at ${at}`];
  }
  return [];
};
