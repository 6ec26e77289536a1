/**
 * Versions of DSS: that of the instance, as its answers tell it, and those that calls need.
 *
 * @module
 * @internal
 */
import { type DssErrorReason, RequiresDss } from "../errors/reasons.ts";
import type { DssRequest } from "./request.ts";

/** Whether a version, as `13.5.2`, is before another; what is not written so is before none. */
export const isOlder = (version: string, than: string): boolean => {
  const numbers = (text: string): ReadonlyArray<number> => text.split(".").map((part) => Number.parseInt(part, 10));
  const [found, needed] = [numbers(version), numbers(than)];
  for (const [at, least] of needed.entries()) {
    const part = found[at] ?? 0;
    if (Number.isNaN(part) || part > least) return false;
    if (part < least) return true;
  }
  return false;
};

/** What an instance says of its version in each answer. */
export class SeenVersion {
  private seen: string | undefined;

  /** Reads the headers of an answer. */
  see(headers: Readonly<Record<string, string | undefined>>): void {
    this.seen = headers["dss-version"] ?? this.seen;
  }

  /** Why DSS cannot do what is asked: it is known to be older than the request needs. */
  lacks({ since }: DssRequest): RequiresDss | undefined {
    const { seen } = this;
    return since !== undefined && seen !== undefined && isOlder(seen, since)
      ? new RequiresDss({ needed: since, found: /^[\d.]*/.exec(seen)![0] })
      : undefined;
  }

  /** What a failure means: an older DSS says of a call that it does not know only that there is nothing. */
  explains(request: DssRequest, reason: DssErrorReason): DssErrorReason {
    return ["NotFound", "ServerFailure", "UnexpectedContent"].includes(reason._tag)
      ? this.lacks(request) ?? reason
      : reason;
  }
}
