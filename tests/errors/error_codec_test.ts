import { describe, expect, it } from "@effect/vitest";
import { Arbitrary, DateTime, Duration, Effect, Equal, Exit, Schema } from "effect";
import * as library from "../../mod.ts";
import * as files from "../../src/files.ts";
import { jobStatus as job } from "../payloads/automation/jobs.ts";
import { scenarioRun, scenarioRunDetails, triggerFire } from "../payloads/automation/scenario_runs.ts";
import { codeStudioStatus } from "../payloads/code/code_studios.ts";

type AnyError = Error & { readonly _tag: string };
type AnyErrorClass = Schema.Codec<AnyError, library.ErrorJson> & { readonly prototype: AnyError };

const { Refused: _shared, ...exported } = { ...library, ...files } as Readonly<Record<string, unknown>>;
/** All classes of errors that are exported; `Refused` is what some of them share. */
const classes = new Map(
  Object.entries(exported).filter((entry): entry is [string, AnyErrorClass] =>
    typeof entry[1] === "function" && entry[1].prototype instanceof Error
  ),
);

const token: library.Token = { kind: "job", version: 1, dss: "https://dss", ids: ["SALES", "j1"] };
const detail = "the words";
const refusal: library.Refusal = {
  status: 500,
  errorType: "com.dataiku.Bad",
  detail,
  details: { stackTraceStr: "at x", deep: [{ later: null }, 1.5, true] },
  retryAfter: Duration.seconds(90),
};
const after = Duration.millis(1500);
const unreachable = new library.Unreachable({
  instance: "https://dss",
  detail,
  nothingSent: true,
  needsProxyCredentials: false,
  problem: "no such host" as never, // of a later version of this package
});
const dssError = new library.DssError({ method: "Jobs.get", reason: new library.NotFound(refusal), token });
const messages = Schema.decodeUnknownSync(library.InfoMessages)({
  anyMessage: true,
  success: false,
  warning: false,
  error: true,
  fatal: false,
  maxSeverity: "ERROR",
  messages: [{ severity: "ERROR", message: "no", later: 1 }],
});
const run = Schema.decodeUnknownSync(library.ScenarioRun)(scenarioRun.in("maximal"));
const runDetails = Schema.decodeUnknownSync(library.ScenarioRunDetails)(scenarioRunDetails.in("maximal"));
const fire = Schema.decodeUnknownSync(library.TriggerFire)(triggerFire.in("maximal"));
const jobStatus = Schema.decodeUnknownSync(library.JobStatus)(job.in("maximal"));
const studio = Schema.decodeUnknownSync(library.CodeStudioStatus)(codeStudioStatus.in("maximal"));

/** One error or more of each class, with every field. */
const errors: ReadonlyArray<AnyError> = [
  unreachable,
  new library.TlsFailure({ instance: "https://dss", detail, problem: "expired" as never }),
  new library.TimedOut({ after, waitingFor: "bytes" }),
  new library.TimedOut({ after: Duration.infinity, waitingFor: "answer" }),
  new library.Unauthorized(refusal),
  new library.Forbidden({ detail }),
  new library.NotFound(refusal),
  new library.Conflict(refusal),
  new library.Invalid({ detail }),
  new library.RateLimited(refusal),
  new library.Unavailable(refusal),
  new library.ServerFailure(refusal),
  new library.RequiresDss({ needed: "14.4", found: "13.5.2" }),
  new library.UnexpectedContent({ status: 200, found: "html", detail }),
  new library.Truncated({ detail }),
  new library.TooLarge({ limit: 10, streamedBy: "Jobs.logStream" }),
  new library.Undecodable({ field: "[0].id", detail, advice: "ask" }),
  new library.UploadFailed({ detail }),
  new library.OutcomeUnknown({ lost: unreachable, candidates: [token] }),
  dssError,
  new library.DssError({ method: "Jobs.start", reason: new library.OutcomeUnknown({ lost: unreachable }) }),
  new library.TokenInvalid({ detail }),
  new library.CassetteInvalid({ detail }),
  new library.FutureFailed({
    token,
    reason: new library.Invalid(refusal),
    messages,
    result: { success: false, of: [1, "a", null] },
  }),
  new library.FutureAborted({ token }),
  new library.FutureLost({ finished: true }),
  new library.ContactLost({ token, lasted: Duration.minutes(5), cause: dssError }),
  new library.WaitTimedOut({
    token,
    after,
    last: {
      phase: "RUNNING",
      isFinal: false,
      startedAt: DateTime.makeUnsafe(1759310258000),
      progress: { done: 1, total: 3 },
    },
  }),
  new library.AbortUncertain({ token, detail }),
  new files.FolderCopyFailed({ path: "/a", detail }),
  new files.FileFailed({ path: "/a", action: "read", code: "EACCES", detail }),
  new library.SettingsConflict({ method: "Scenarios.update", written: true, detail }),
  new library.SettingsDropped({ method: "Scenarios.update", paths: ["a.b", "c[0]"], maybeConflict: true }),
  new library.SettingsUnverified({ method: "Scenarios.update", cause: dssError }),
  new library.NoConnection({ tried: ["no DKU_DSS_URL", "no file"] }),
  new library.ApiKeyCreationFailed({ method: "GlobalApiKeys.create", id: "k1", messages }),
  new library.UsersFailed({
    method: "Users.createMany",
    outcomes: [{ login: "maria", status: "FAILURE", error: "exists" }],
  }),
  new library.ApiReleaseUnfit({ detail }),
  ...[dssError, new library.FutureFailed({ token, reason: new library.Conflict(refusal) })].map((cause) =>
    new library.ApiReleaseFailed({
      token,
      deploymentId: "d",
      version: "v2",
      stage: "UPDATE",
      cause,
      restored: "NOT_RESTORED",
      restoreCause: new library.ApiReleaseUnfit({ detail }),
    })
  ),
  new library.ScenarioRunFailed({ token, run, details: runDetails, detailsError: dssError }),
  new library.TriggerCancelled({ token, fire }),
  new library.JobFailed({ token, status: jobStatus }),
  new library.CodeStudioFailed({
    projectKey: "SALES",
    codeStudioId: "c",
    expected: "RUNNING",
    status: studio,
    token,
  }),
  new library.ConflictsUnknown({ projectKey: "SALES", codeStudioId: "c", zone: "z", detail }),
  new library.CodeStudioTemplateCreationFailed({ method: "CodeStudioTemplates.create", messages }),
  new library.UnreadableCell({ row: 3, column: "c", type: "double", text: "1e400", hasOtherBytes: true }),
];

const classOf = (error: AnyError): AnyErrorClass => classes.get(error._tag)!;

/** What comes of a value that another process reads. */
const sent = (json: unknown): unknown => JSON.parse(JSON.stringify(json));

describe("every error", () => {
  it("has a class that is exported, and each class an error here", () => {
    expect(classes.size).toBeGreaterThan(40);
    expect([...new Set(errors.map(({ _tag }) => _tag))].sort()).toEqual([...classes.keys()].sort());
  });

  it.each(errors.map((error) => [error._tag, error] as const))("%s is the same in another process", (tag, error) => {
    const json = Schema.encodeSync(classOf(error))(error);
    expect(json._tag).toBe(tag);
    expect(sent(json)).toEqual(json);
    const there = Schema.decodeUnknownSync(classOf(error))(sent(json));
    expect(there).toBeInstanceOf(classOf(error) as never);
    expect(there.message).toBe(error.message);
    expect(there.name).toBe(tag);
    expect(JSON.stringify(there)).toBe(JSON.stringify(error));
    expect(Equal.equals(there, error)).toBe(true);
  });

  it.each(errors.map((error) => [error._tag, error] as const))("%s crosses an API of Effect", (_, error) => {
    const codec = Schema.toCodecJson(Schema.Exit(Schema.String, classOf(error), Schema.Defect()));
    const there = Schema.decodeUnknownSync(codec)(sent(Schema.encodeSync(codec)(Exit.fail(error))));
    expect(Equal.equals(there, Exit.fail(error))).toBe(true);
  });

  // What is said by text, by numbers, by flags and by tokens; durations and what DSS said have their samples above.
  const plain = Schema.Union([
    library.AbortUncertain,
    library.FutureLost,
    library.SettingsDropped,
    library.TooLarge,
    library.Undecodable,
    library.UnexpectedContent,
    library.UnreadableCell,
  ]);
  it.prop("of any fields is the same in another process", [Arbitrary.schema(plain)], ([error]) => {
    const there = Schema.decodeUnknownSync(classOf(error))(sent(Schema.encodeSync(classOf(error))(error)));
    return there.message === error.message && Equal.equals(there, error);
  });

  it("is not equal to another one", () => {
    for (const [nth, error] of errors.entries()) {
      expect(errors.findIndex((other) => Equal.equals(error, other))).toBe(nth);
    }
  });

  it("is not taken for one of another class, and not made of what lacks a field", () => {
    for (const error of errors) {
      for (const Class of classes.values()) expect(Schema.is(Class)(error)).toBe(Class === classOf(error));
    }
    for (const json of [{}, { _tag: "TooLarge" }, { _tag: "TooLarge", limit: "10" }, { _tag: "Invalid", limit: 10 }]) {
      expect(Exit.isFailure(Schema.decodeUnknownExit(library.TooLarge)(json))).toBe(true);
    }
    expect(Schema.decodeUnknownSync(library.TooLarge)({ _tag: "TooLarge", limit: 10, later: 1 }).limit).toBe(10);
  });

  it("is the schema of a field, with checks and annotations as any schema", () => {
    const Outcome = Schema.Struct({
      failed: Schema.optionalKey(library.DssError),
      names: Schema.Array(library.NotFound),
    });
    const outcome = { failed: dssError, names: [new library.NotFound(refusal)] };
    expect(Schema.decodeUnknownSync(Outcome)(sent(Schema.encodeSync(Outcome)(outcome)))).toEqual(outcome);
    const Checked = library.TooLarge.annotate({ title: "too large" }).check(
      Schema.makeFilter(({ limit }) => limit > 5),
    );
    expect(Schema.is(Checked)(new library.TooLarge({ limit: 10 }))).toBe(true);
    expect(Schema.is(Checked)(new library.TooLarge({ limit: 5 }))).toBe(false);
  });

  it.effect("fails an effect, and is caught by its tag", () =>
    Effect.gen(function* () {
      const caught = Effect.gen(function* () {
        return yield* new library.TooLarge({ limit: 10 });
      });
      expect(yield* Effect.catchTag(caught, "TooLarge", ({ limit }) => Effect.succeed(limit))).toBe(10);
    }));
});

describe("a token", () => {
  it("is plain JSON through its schema", () => {
    expect(Schema.decodeUnknownSync(library.Token)(sent(Schema.encodeSync(library.Token)(token)))).toEqual(token);
    expect(Exit.isFailure(Schema.decodeUnknownExit(library.Token)({ ...token, version: 2 }))).toBe(true);
  });
});
