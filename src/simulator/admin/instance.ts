/**
 * The simulated DSS as an instance: its licence, its checks, its reports.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { futureState, startFuture } from "../kernel/futures.ts";
import { findings, instance, isLicense, licensingStatus, sanityReport } from "./instance_state.ts";
import { type Answer, type Call, emptyAnswer, invalid, jsonAnswer, missing, type Route } from "../kernel/route.ts";
import { documentSent, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { namedProject } from "./named_project.ts";

/** An archive without any file, which is what every reader of jars takes. */
const emptyJar = new Uint8Array([0x50, 0x4b, 0x05, 0x06, ...new Array<number>(18).fill(0)]);

/** Starts work on the instance; how it ends can be scripted. */
const startWork = (
  world: World,
  { now, user }: Call,
  work: {
    readonly object: string;
    readonly displayName: string;
    readonly kind: string;
    readonly result: (failure: string | undefined) => JsonObject;
  },
): Answer => {
  const { end, message = "It cannot be done", seconds = 5 } = world.outcomes.take(work.object);
  const future = startFuture(world, now, {
    owner: user.login,
    displayName: work.displayName,
    kind: work.kind,
    seconds: end === "stall" ? Number.POSITIVE_INFINITY : seconds,
    end: () => ({ result: work.result(end === "fail" ? message : undefined) }),
  });
  return jsonAnswer(futureState(future, now));
};

const syncReport = (failure: string | undefined): JsonObject => ({
  anyMessage: true,
  success: failure === undefined,
  warning: false,
  error: failure !== undefined,
  fatal: false,
  maxSeverity: failure === undefined ? "SUCCESS" : "ERROR",
  messages: [{
    severity: failure === undefined ? "SUCCESS" : "ERROR",
    isFatal: false,
    title: "Govern",
    message: failure ?? "Everything was sent",
  }],
});

/** The one quota of the cost of LLMs, of the whole instance. */
const costCounter = { id: "all-projects", limit: 500, spent: 120.5, currency: "USD" };

/** @internal */
export const instanceRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/instance-info",
    known: "public evidence",
    note: "Every user is told the node; that only administrators are told the rest is assumed.",
    handle: ({ user }, world) =>
      Effect.succeed(jsonAnswer({
        nodeId: "design-1",
        nodeName: "Design",
        nodeType: "DESIGN",
        dssVersion: "14.4.1",
        ...(user.admin
          ? {
            rawNodeType: "DESIGN",
            hostname: "dss1",
            installId: "inst-1",
            os: "Linux",
            javaVersion: "17.0.11",
            dssStartupTimestamp: Math.max(world.of(instance).startedAt, world.downUntil),
            dataDirPath: "/data/dss",
          }
          : {}),
      })),
  },
  {
    method: "GET",
    path: "/admin/licensing/status",
    known: "public evidence",
    note: "The fields that public programs read; users are counted by their profile.",
    admin: true,
    handle: ({ now }, world) => Effect.succeed(jsonAnswer(licensingStatus(world, now))),
  },
  {
    method: "POST",
    path: "/admin/licensing/license",
    known: "official client",
    note: "JSON of a licence, an empty answer. What stands in a licence, and what is refused, are assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(documentSent(world, call), (sent) => {
        if (!isLicense(sent)) return Effect.fail(invalid("This is not a licence"));
        world.of(instance).license = sent;
        return Effect.succeed(emptyAnswer);
      }),
  },
  {
    method: "GET",
    path: "/admin/sanity-check/codes",
    known: "official client",
    note: "An array of codes; which ones there are is assumed.",
    admin: true,
    handle: () => Effect.succeed(jsonAnswer(findings.map(({ code }) => code))),
  },
  {
    method: "POST",
    path: "/admin/sanity-check/run",
    known: "official client",
    note: "An array of codes to leave out; a future with messages. That it takes five seconds is assumed.",
    admin: true,
    handle: (call, world) => {
      const exclude: unknown = call.json;
      if (!Array.isArray(exclude) || !exclude.every((code) => typeof code === "string")) {
        return Effect.fail(invalid("The body must be an array of codes"));
      }
      return Effect.succeed(startWork(world, call, {
        object: "instance/sanity-check",
        displayName: "Sanity check",
        kind: "SANITY_CHECK",
        result: (failure) => sanityReport(exclude, failure),
      }));
    },
  },
  {
    method: "GET",
    path: "/resources/scoring-lib-jar",
    known: "official client",
    note: "Bytes of a jar; this one is empty.",
    handle: () =>
      Effect.succeed({ status: 200, headers: { "content-type": "application/java-archive" }, body: emptyJar }),
  },
  {
    method: "POST",
    path: "/admin/audit/custom/:customType",
    known: "official client",
    note: "An object of parameters, an empty answer.",
    admin: true,
    handle: (call, world) =>
      Effect.map(documentSent(world, call), (customMsgParams) => {
        const { now: at, user: { login }, params: { customType } } = call;
        world.of(instance).audit.push({ at, login, customMsgType: customType!, customMsgParams });
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/admin/get-govern-node-ref",
    known: "official client",
    note: "Address and key of the Govern node.",
    admin: true,
    handle: () =>
      Effect.succeed(jsonAnswer({
        enabled: true,
        nodeUrl: "https://govern.example.com",
        apiKey: "key-of-the-design-node",
        trustAllSSLCertificates: false,
      })),
  },
  {
    method: "POST",
    path: "/admin/govern-integration-sync",
    known: "official client",
    note: "A future, of all projects or one; that it takes five seconds, and its result, are assumed.",
    admin: true,
    handle: (call, world) => {
      const projectKey = call.query.get("projectKey");
      const answer = () =>
        startWork(world, call, {
          object: "instance/govern-sync",
          displayName: `Sending ${projectKey ?? "all projects"} to Govern`,
          kind: "GOVERN_SYNC",
          result: syncReport,
        });
      return projectKey === null ? Effect.sync(answer) : Effect.map(namedProject(world, projectKey), answer);
    },
  },
  {
    method: "POST",
    path: "/admin/govern-integration-deployer-sync",
    known: "official client",
    note: "A future; that it takes five seconds, and its result, are assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.sync(() =>
        startWork(world, call, {
          object: "instance/govern-deployer-sync",
          displayName: "Sending the deployer to Govern",
          kind: "GOVERN_DEPLOYER_SYNC",
          result: syncReport,
        })
      ),
  },
  {
    method: "GET",
    path: "/data-quality/status",
    known: "official client",
    note: "An object by project; what it says of each is not known, so nothing is said. Who sees which is assumed.",
    handle: (_, world) =>
      Effect.succeed(jsonAnswer(Object.fromEntries(world.keysOf("projects").map((key) => [key, {}])))),
  },
  {
    method: "GET",
    path: "/admin/llm-cost-limiting/counters",
    known: "official client",
    note: "Counters with an id; their other fields are assumed.",
    admin: true,
    handle: () => Effect.succeed(jsonAnswer({ counters: [costCounter] })),
  },
  {
    method: "GET",
    path: "/admin/llm-cost-limiting/counters/:quotaId",
    known: "official client",
    note: "A counter; that a quota that is not there is refused, and the fields, are assumed.",
    admin: true,
    handle: ({ params }) =>
      params.quotaId === costCounter.id
        ? Effect.succeed(jsonAnswer(costCounter))
        : Effect.fail(missing(`Quota ${params.quotaId}`)),
  },
];
