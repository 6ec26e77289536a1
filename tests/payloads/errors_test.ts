import { describe, expect, it } from "@effect/vitest";
import { Effect, Schema, Stream } from "effect";
import { HttpServerResponse } from "effect/http";
import { Dss, DssError, type DssErrorReason, get, path, Refused } from "../../mod.ts";
import { makeServices } from "../../services/all_services.ts";
import { dssServer } from "../fixtures/dss_server.ts";
import { document, optional, variants } from "./document.ts";

/** The body of an answer that is not a success. */
const errorBody = document({
  errorType: optional("com.dataiku.dip.exceptions.CodedException"),
  message: optional("Dataset not found: SALES.orders"),
  detailedMessage: optional("Dataset not found: SALES.orders, in the Flow"),
  detailedMessageHTML: optional("<span>Dataset not found: SALES.orders</span>"),
  stackTraceStr: optional("com.dataiku.dip.exceptions.CodedException: …\n\tat …"),
  code: optional("ERR_DATASET_ACTION_NOT_SUPPORTED"),
  fixability: optional("USER_CONFIG_DATASET"),
  title: optional("Dataset is empty"),
  clazz: optional("com.dataiku.dip.exceptions.CodedException"),
});

const request = get(path`/projects/${"SALES"}/datasets/`);

/** Everything that meets an error: the verbs, and what stands on them. */
const calls: Readonly<Record<string, Effect.Effect<unknown, unknown, Dss>>> = {
  "Dss.json": Effect.flatMap(Dss, (dss) => dss.json("Test.json", request, Schema.Unknown)),
  "Dss.text": Effect.flatMap(Dss, (dss) => dss.text("Test.text", request)),
  "Dss.empty": Effect.flatMap(Dss, (dss) => dss.empty("Test.empty", request)),
  "Dss.stream": Effect.flatMap(Dss, (dss) => Stream.runDrain(dss.stream("Test.stream", request))),
  "Futures.peek": Effect.flatMap(makeServices, ({ futures }) => futures.peek("Zk3nQ9fA")),
  "Jobs.run": Effect.flatMap(makeServices, ({ jobs }) => jobs.run("SALES", { outputs: [] })),
};

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly contentType?: string;
}

const reasonOf = (
  call: Effect.Effect<unknown, unknown, Dss>,
  { status, body, contentType = "application/json" }: Answer,
): Effect.Effect<DssErrorReason, unknown> =>
  Effect.flip(call).pipe(
    Effect.flatMap((error) => error instanceof DssError ? Effect.succeed(error.reason) : Effect.fail(error)),
    Effect.provide(
      dssServer(() => HttpServerResponse.text(body, { status, contentType }), { retry: { times: 0 } }),
    ),
  );

describe("the body of an error", () => {
  const cases = Object.keys(calls).flatMap((call) => variants.map((variant) => ({ call, variant })));
  it.effect.each(cases)("$variant, through $call", ({ call, variant }) =>
    Effect.gen(function* () {
      const body = errorBody.in(variant);
      const reason = yield* reasonOf(calls[call]!, { status: 400, body: JSON.stringify(body) });
      const { errorType, message, detailedMessage, ...others } = body;
      if (!(reason instanceof Refused)) return expect.fail(reason._tag);
      expect(reason.status).toBe(400);
      expect(reason.errorType).toBe(errorType ?? undefined);
      expect(reason.detail).toBe(detailedMessage ?? message ?? "no message");
      expect(reason.details ?? {}).toStrictEqual(others);
      expect(reason.message).toMatch(/^DSS answered 400 \(.+\)/);
    }));
});

const java = (errorType: string, message: string): string => JSON.stringify({ errorType, message });
const said = (message: string): string => JSON.stringify({ message, detailedMessage: message });
const page = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
const plain = "Connection is neither of SQL nor HDFS type";

interface Row {
  readonly when: string;
  readonly status: number;
  readonly body: string;
  readonly contentType?: string;
  readonly reason: DssErrorReason["_tag"];
  readonly detail?: string;
}

const rows: ReadonlyArray<Row> = [
  { when: "an unknown key in the body", status: 400, body: said("Unknown field: foo"), reason: "Invalid" },
  { when: "an id that is taken", status: 400, body: said("Bundle v1 already exists"), reason: "Conflict" },
  {
    when: "a bundle that the configuration refuses",
    status: 400,
    body: said("Creating a bundle without evaluating Project Standards Checks is not allowed by configuration"),
    reason: "Invalid",
  },
  { when: "plain text", status: 400, body: plain, contentType: "text/plain", reason: "Invalid", detail: plain },
  { when: "an empty body", status: 401, body: "", reason: "Unauthorized", detail: "no message" },
  {
    when: "an unknown key",
    status: 401,
    body: java("com.dataiku.dip.exceptions.NotAuthenticatedException", "Unknown API Key"),
    reason: "Unauthorized",
    detail: "Unknown API Key",
  },
  {
    when: "a missing right, as 401",
    status: 401,
    body: java("com.dataiku.dip.exceptions.UnauthorizedException", "You may not read project SALES"),
    reason: "Forbidden",
  },
  { when: "a missing right", status: 403, body: said("You may not read project SALES"), reason: "Forbidden" },
  {
    when: "a missing object inside of a missing right",
    status: 403,
    body: java("UnauthorizedException", "NotFoundException: scenario NIGHTLY not found"),
    reason: "NotFound",
  },
  { when: "a missing object", status: 404, body: java("ObjectNotFoundException", "No dataset x"), reason: "NotFound" },
  {
    when: "a page of a proxy",
    status: 404,
    body: page,
    contentType: "text/html",
    reason: "UnexpectedContent",
    detail: "502 Bad Gateway",
  },
  { when: "a route that does not exist", status: 405, body: "", reason: "Invalid" },
  { when: "an object that exists", status: 409, body: said("Scenario NIGHTLY exists"), reason: "Conflict" },
  { when: "a missing object", status: 500, body: said("dataset does not exist: SALES.x"), reason: "NotFound" },
  { when: "a missing object", status: 500, body: said("Project not found: X"), reason: "NotFound" },
  { when: "a missing file", status: 500, body: said("Not a file: /python/x/desc.json"), reason: "NotFound" },
  {
    when: "an argument that is wrong",
    status: 500,
    body: java("java.lang.IllegalArgumentException", "Unknown type foo"),
    reason: "Invalid",
  },
  {
    when: "a missing right",
    status: 500,
    body: java("com.dataiku.dip.exceptions.UnauthorizedException", "Not allowed"),
    reason: "Forbidden",
  },
  {
    when: "a failure of DSS",
    status: 500,
    body: java("java.lang.NullPointerException", "null"),
    reason: "ServerFailure",
  },
  {
    when: "what this kind of node does not do",
    status: 501,
    body: java("com.dataiku.dip.exceptions.NotImplementedException", "Not on this node"),
    reason: "ServerFailure",
  },
  {
    when: "a gateway",
    status: 502,
    body: page,
    contentType: "text/html",
    reason: "Unavailable",
    detail: "502 Bad Gateway",
  },
  { when: "a gateway without words", status: 503, body: "", reason: "Unavailable", detail: "no message" },
  { when: "JSON that is no object", status: 400, body: '["a", "b"]', reason: "Invalid", detail: '["a", "b"]' },
  { when: "JSON that is a text", status: 400, body: '"wrong"', reason: "Invalid", detail: '"wrong"' },
  { when: "JSON that is null", status: 500, body: "null", reason: "ServerFailure", detail: "null" },
  { when: "JSON that breaks off", status: 500, body: '{"message": "No sp', reason: "ServerFailure" },
  { when: "a body without end", status: 500, body: "x".repeat(2_000_000), reason: "ServerFailure" },
];

describe("statuses", () => {
  it.effect.each(rows)(
    "$status for $when is $reason",
    ({ reason: expected, detail, ...answer }) =>
      Effect.gen(function* () {
        const reason = yield* reasonOf(calls["Dss.json"]!, answer);
        expect(reason._tag).toBe(expected);
        expect(reason.message.length).toBeLessThan(800);
        if (detail !== undefined) expect(reason).toMatchObject({ detail });
      }),
  );
});
