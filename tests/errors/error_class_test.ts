import { describe, expect, it } from "@effect/vitest";
import { Cause, Duration, Effect, Logger } from "effect";
import { inspect } from "node:util";
import * as reasons from "../../src/errors/reasons.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import { TokenInvalid } from "../../src/errors/token.ts";
import { dssServer, json } from "../fixtures/dss_server.ts";
import { Jobs } from "../../mod.ts";

const page = "<!doctype html><html><body>what a page</body></html>";
const stack =
  "java.lang.Exception: no\n\tat com.dataiku.dip.Server.handle(Server.java:7)\n\tat java.Thread.run(Thread.java)";

/** What DSS puts beside its message, in the places that it has for it and in others. */
const details = {
  detailedMessageHTML: "<span>what a span</span>",
  stackTraceStr: stack,
  stackTrace: ["at com.dataiku.dip.Server.handle"],
  logTail: { lines: ["the last line", stack], html: page },
  inner: [{ cause: { stacktrace: "at x", message: "the inner message" } }, page],
  kept: "1 < 2 and <b>bold</b>",
};

const refusal = { status: 500, errorType: "com.dataiku.Bad", detail: "the words of DSS", details };
const { Refused: _base, ...classes } = reasons;
const refused = Object.values(classes).filter((made) => made.prototype instanceof reasons.Refused);

const failures: ReadonlyArray<readonly [name: string, error: Error]> = [
  ...refused.map((made) => [made.name, new (made as typeof reasons.NotFound)(refusal)] as const),
  ["Unreachable", new reasons.Unreachable({ instance: "https://dss", detail: "the words of DSS", nothingSent: true })],
  ["TimedOut", new reasons.TimedOut({ after: Duration.seconds(3), waitingFor: "answer" })],
  ["OutcomeUnknown", new reasons.OutcomeUnknown({ lost: new reasons.Unavailable(refusal) })],
  ["DssError", new DssError({ method: "Jobs.get", reason: new reasons.ServerFailure(refusal) })],
  ["TokenInvalid", new TokenInvalid({ detail: "it is null" })],
];

/** How an error is shown to people and to machines. */
const shows: Readonly<Record<string, (error: Error) => string>> = {
  "JSON.stringify": (error) => JSON.stringify(error),
  "JSON.stringify, deep inside": (error) => JSON.stringify({ a: [{ error }] }),
  inspect: (error) => inspect(error, { depth: 20, breakLength: Infinity, colors: false }),
  "Deno.inspect": (error) =>
    "Deno" in globalThis ? Deno.inspect(error, { depth: 20, breakLength: 1e9 }) : inspect(error, { depth: 20 }),
};

describe("an error that is shown", () => {
  it("has its message first, in every way", () => {
    expect(refused.length).toBeGreaterThanOrEqual(8);
    for (const [name, error] of failures) {
      for (const [way, show] of Object.entries(shows)) {
        const said = show(error);
        const at = said.search(/message"?: ?/);
        expect(at, `${name} in ${way}: ${said}`).toBeGreaterThan(-1);
        const fields = ["_tag", "status", "detail", "reason", "lost", "isRetryable"].map((field) =>
          said.indexOf(field)
        );
        expect(fields.filter((field) => field !== -1 && field < at), `${name} in ${way}`).toEqual([]);
        expect(said.slice(at).replaceAll('\\"', '"')).toContain(error.message.slice(0, 40));
      }
    }
  });

  it("shows no page and no stack of Java at any depth, and the rest", () => {
    for (const [name, error] of failures) {
      for (const [way, show] of Object.entries(shows)) {
        expect(show(error), `${name} in ${way}`).not.toMatch(/what a|Server\.handle|doctype|at x/);
      }
    }
    expect(JSON.parse(JSON.stringify(new reasons.NotFound(refusal)))).toEqual({
      message: "DSS answered 500 (Bad: the words of DSS): check the URL, the project key and the id",
      _tag: "NotFound",
      status: 500,
      errorType: "com.dataiku.Bad",
      detail: "the words of DSS",
      details: {
        logTail: { lines: ["the last line"] },
        inner: [{ cause: { message: "the inner message" } }],
        kept: "1 < 2 and <b>bold</b>",
      },
      isRetryable: false,
      hint: "check the URL, the project key and the id",
    });
  });

  it("has all of it in its fields, for programs", () => {
    expect(new reasons.NotFound(refusal).details).toEqual(details);
  });

  it.effect("is logged by Effect with its message, as text and as JSON", () =>
    Effect.gen(function* () {
      const lines: Array<string> = [];
      const into = (logger: Logger.Logger<unknown, string>) =>
        Logger.layer([Logger.map(logger, (line) => void lines.push(line))]);
      const error = new DssError({ method: "Jobs.get", reason: new reasons.ServerFailure(refusal) });
      for (const logger of [Logger.formatJson, Logger.formatLogFmt, Logger.formatSimple]) {
        yield* Effect.provide(Effect.logError(error), into(logger));
        yield* Effect.provide(Effect.logError(Cause.fail(error)), into(logger));
      }
      expect(lines).toHaveLength(6);
      for (const line of lines) {
        expect(line).toContain("Jobs.get: DSS answered 500 (Bad: the words of DSS)");
        expect(line).not.toMatch(/what a|Server\.handle|doctype/);
      }
    }));

  it.effect("is the same for one that comes from a server", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* Jobs).get("SALES", "j"));
      expect(JSON.stringify(error)).toMatch(/^{"message":"Jobs.get: DSS answered/);
      expect(JSON.stringify(error)).not.toMatch(/what a|Server\.handle|doctype/);
      expect(error.reason).toHaveProperty("details.stackTraceStr", stack);
    }).pipe(Effect.provide(dssServer(() => json({ errorType: "com.dataiku.Bad", message: "no", ...details }, 400)))));
});
