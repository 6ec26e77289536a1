/**
 * Reading the rows of the datasets of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import type { Outcome } from "../kernel/outcomes.ts";
import {
  type Answer,
  type Call,
  emptyAnswer,
  invalid,
  missing,
  type Route,
  SimulatedRefusal,
} from "../kernel/route.ts";
import { documentSent } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { readSessions } from "./dataset_rows_state.ts";
import { findDataset } from "./datasets_state.ts";
import { type ReadRequest, readRows } from "./read_rows.ts";
import { firstRows, piecesOfRows } from "./tab_separated.ts";

const given = <A>(value: A | null | undefined): A | undefined => value ?? undefined;

const failureOf = ({ end, message }: Outcome): string | undefined => {
  if (end === "fail") return message ?? "Failed to read the data";
  return end === "abort" ? message ?? "The read was aborted" : undefined;
};

/** The answer to a read, whose name its end is told by. */
const answerRows = (
  world: World,
  call: Call,
  readSessionId: string | undefined,
  request: ReadRequest,
): Effect.Effect<Answer, SimulatedRefusal> =>
  Effect.gen(function* () {
    const { project, dataset } = yield* findDataset(world, call);
    const rows = yield* readRows(world, project, dataset, request);
    const address = `${project.projectKey}.${dataset.name}`;
    const outcome = world.outcomes.take(`rows/${address}`);
    if (readSessionId !== undefined) {
      world.of(readSessions).set(readSessionId, { login: call.user.login, dataset: address, outcome });
    }
    const isCut = ["fail", "abort", "stall"].includes(outcome.end);
    const all = isCut ? [...rows] : rows;
    const whole = Array.isArray(all) ? firstRows(all, Math.floor(all.length * (outcome.after ?? 0.5))) : all;
    const pieces = Stream.fromIterable(piecesOfRows(whole, ""), { chunkSize: 1 });
    return {
      status: 200,
      headers: { "content-type": "text/tab-separated-values;charset=utf-8" },
      body: outcome.end === "stall" ? Stream.concat(pieces, Stream.never) : pieces,
    };
  });

/** @internal */
export const datasetRowsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/projects/:projectKey/datasets/:name/data/",
    known: "public evidence",
    note:
      "Tab-separated rows in the quoting of Excel, nothing and an empty text alike; columns, partitions, sampling, filter and limit were seen. A read that fails ends its body early, with 200. The media type, the order of sampling, filter and limit, that columns keep the order of the schema, and what is refused, are assumed; formulas are simple comparisons.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { query } = call;
        const sampling = query.get("sampling");
        const limit = query.get("limit");
        return yield* answerRows(world, call, given(query.get("readSessionId")), {
          format: query.get("format"),
          columns: query.get("columns")?.split(","),
          partitions: query.has("partitions") ? query.getAll("partitions").flatMap((ids) => ids.split(",")) : undefined,
          sampling: sampling === null ? undefined : yield* Effect.try({
            try: (): unknown => JSON.parse(sampling),
            catch: () => invalid("sampling is no JSON"),
          }),
          filter: given(query.get("filter")),
          limit: limit === null ? undefined : Number(limit),
        });
      }),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/datasets/:name/data/",
    known: "documented",
    note: "As GET, with what is asked for in its body; filterExpression there.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { format, columns, partitions, sampling, filterExpression, limit, readSessionId } = yield* documentSent(
          world,
          call,
        );
        const texts = (value: unknown): ReadonlyArray<string> | undefined =>
          Array.isArray(value) ? value.map(String) : undefined;
        return yield* answerRows(world, call, typeof readSessionId === "string" ? readSessionId : undefined, {
          format,
          columns: texts(columns),
          partitions: typeof partitions === "string" ? partitions.split(",") : texts(partitions),
          sampling: given(sampling),
          filter: given(filterExpression),
          limit: given(limit),
        });
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/datasets/:name/finish-streaming/",
    known: "official client",
    note: "Empty, or the failure of the read. That DSS forgets the read then, and does not know others, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { project, dataset } = yield* findDataset(world, call);
        const id = call.query.get("readSessionId") ?? "";
        const session = world.of(readSessions).get(id);
        const address = `${project.projectKey}.${dataset.name}`;
        if (session === undefined || session.dataset !== address || session.login !== call.user.login) {
          return yield* Effect.fail(missing(`Read ${id} of ${address}`));
        }
        world.of(readSessions).delete(id);
        const detail = failureOf(session.outcome);
        return detail === undefined
          ? emptyAnswer
          : yield* Effect.fail(new SimulatedRefusal({ status: 500, errorType: "java.io.IOException", detail }));
      }),
  },
];
