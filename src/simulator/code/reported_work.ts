/**
 * Work around code on the simulated DSS whose result says with messages what came of it.
 *
 * @module
 * @internal
 */
import { infoMessage } from "../kernel/info_messages.ts";
import type { Answer, Call } from "../kernel/route.ts";
import { startScripted } from "../kernel/scripted_future.ts";
import type { JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";

/** What work is done on. */
export interface WorkedOn {
  /** How its end is scripted, as `plugins/geoadmin`. */
  readonly address: string;
  /** Kind, as `PLUGIN`. */
  readonly kind: string;
  readonly id: string;
}

/** A result of work that failed. */
export const failed = (kind: string, message: string): JsonObject => ({
  success: false,
  messages: infoMessage("ERROR", `ERR_${kind}_INSTALL`, "Not done", message),
});

/** Starts work whose end can be scripted; that it takes so long, and how its result looks, is assumed. */
export const reportedWork = (
  world: World,
  { now, user }: Call,
  { address, kind, id }: WorkedOn,
  displayName: string,
  seconds: number,
  end: (now: number) => JsonObject,
): Answer => {
  const outcome = world.outcomes.take(address);
  const { message } = outcome;
  return startScripted(world, now, outcome, {
    owner: user.login,
    displayName,
    kind,
    targets: [{ objectType: kind, objectId: id }],
    seconds,
    end: (at) => ({
      result: outcome.end === "fail"
        ? failed(kind, message ?? `The work on ${kind.toLowerCase().replaceAll("_", " ")} ${id} failed`)
        : outcome.end === "warn"
        ? { ...end(at), messages: infoMessage("WARNING", `WARN_${kind}`, "Done", message ?? "Look at the log") }
        : end(at),
    }),
  });
};
