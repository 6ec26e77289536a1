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
import { type Slice, slice } from "../kernel/slice.ts";
import { documentSent, isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { findDataset, isPartitioned } from "./datasets_state.ts";
import { filterOf, firstOf, sampleOf } from "./row_filters.ts";
import { columnsOf, rowsOf, type StoredRow } from "./rows_state.ts";
import { piecesOfText, writtenRow } from "./tab_separated.ts";

/** A read whose end nobody has asked for. */
interface ReadSession {
  readonly login: string;
  /** Why it did not end well; `undefined` when it did. */
  readonly failure: string | undefined;
}

/** Reads by the id that their reader made; a restart forgets them all. */
export const readSessions: Slice<Map<string, ReadSession>> = slice("readSessions", () => new Map(), {
  restarted: (held) => held.clear(),
});

const failureOf = ({ end, message }: Outcome): string | undefined => {
  if (end === "fail") return message ?? "Failed to read data";
  return end === "abort" ? message ?? "The read was aborted" : undefined;
};

const namesIn = (value: unknown): ReadonlyArray<string> | undefined => {
  if (typeof value === "string") return value === "" ? undefined : value.split(",");
  return Array.isArray(value) && value.length > 0 ? value.map(String) : undefined;
};

/** What a read asks for. */
interface Asked {
  readonly format: unknown;
  readonly columns?: unknown;
  readonly partitions?: unknown;
  readonly sampling?: unknown;
  readonly filter?: unknown;
  readonly limit?: unknown;
}

const linesOf = (
  world: World,
  call: Call,
  asked: Asked,
): Effect.Effect<{ readonly lines: Iterable<string>; readonly ref: string }, SimulatedRefusal> =>
  Effect.gen(function* () {
    const { project, dataset } = yield* findDataset(world, call);
    const { format = "tsv-excel-noheader", filter, limit } = asked;
    if (format !== "tsv-excel-noheader" && format !== "tsv-excel-header") {
      return yield* Effect.fail(invalid(`Format ${format} is not possible here`));
    }
    const all = columnsOf(dataset).map(({ name }) => String(name));
    const names = namesIn(asked.columns) ?? all;
    const unknown = names.find((name) => !all.includes(name));
    if (unknown !== undefined) return yield* Effect.fail(invalid(`Column ${unknown} is not in the dataset`));
    const partitions = isPartitioned(dataset) ? namesIn(asked.partitions) : undefined;
    let rows: Iterable<StoredRow> = rowsOf(project, dataset, partitions);
    const sample = sampleOf(rows, asked.sampling, world.chance);
    if (sample instanceof SimulatedRefusal) return yield* Effect.fail(sample);
    rows = sample;
    if (typeof filter === "string" && filter !== "") {
      const keeps = filterOf(filter, new Set(all));
      if (keeps instanceof SimulatedRefusal) return yield* Effect.fail(keeps);
      const unfiltered = rows;
      rows = (function* () {
        for (const row of unfiltered) if (keeps(row)) yield row;
      })();
    }
    if (limit !== undefined && limit !== null) {
      const most = Number(limit);
      if (!Number.isInteger(most)) return yield* Effect.fail(invalid("limit must be a number of rows"));
      if (most >= 0) rows = firstOf(rows, most);
    }
    const taken = rows;
    const lines = function* () {
      if (format === "tsv-excel-header") yield writtenRow(names);
      for (const row of taken) yield writtenRow(names.map((name) => row[name] ?? null));
    };
    return { lines: lines(), ref: `${project.projectKey}.${dataset.name}` };
  });

const answer = (world: World, call: Call, asked: Asked, session: unknown): Effect.Effect<Answer, SimulatedRefusal> =>
  Effect.gen(function* () {
    const { lines, ref } = yield* linesOf(world, call, asked);
    const outcome = world.outcomes.take(`rows/${ref}`);
    if (typeof session === "string" && session !== "") {
      world.of(readSessions).set(session, { login: call.user.login, failure: failureOf(outcome) });
    }
    const { end, after = 0.5 } = outcome;
    let given = lines;
    if (end === "fail" || end === "abort" || end === "stall") {
      const all = [...lines];
      given = all.slice(0, Math.floor(all.length * after));
    }
    const body = Stream.fromIterable(piecesOfText(given), { chunkSize: 1 });
    return {
      status: 200,
      headers: { "content-type": "text/tab-separated-values;charset=utf-8" },
      body: end === "stall" ? Stream.concat(body, Stream.never) : body,
    };
  });

const samplingIn = (text: string | null): JsonObject | undefined | SimulatedRefusal => {
  if (text === null || text === "") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch { /* Refused below. */ }
  return invalid("sampling is not JSON");
};

/** @internal */
export const datasetRowsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/projects/:projectKey/datasets/:name/data/",
    known: "public evidence",
    note:
      "Tab-separated rows, in the quoting of Excel. A read that fails ends its body early, with 200; finish-streaming tells. Other formats, and formulas but column == value joined by &&, are refused, which is simplified; that the sample is taken before the filter, and the media type, are assumed.",
    handle: (call, world) => {
      const { query } = call;
      const sampling = samplingIn(query.get("sampling"));
      if (sampling instanceof SimulatedRefusal) return Effect.fail(sampling);
      const asked: Asked = {
        format: query.get("format") ?? undefined,
        columns: query.get("columns"),
        partitions: query.getAll("partitions").join(","),
        sampling,
        filter: query.get("filter"),
        limit: query.get("limit"),
      };
      return answer(world, call, asked, query.get("readSessionId"));
    },
  },
  {
    method: "POST",
    path: "/projects/:projectKey/datasets/:name/data/",
    known: "public evidence",
    note:
      "As the reading with GET, with all in the body; the filter is filterExpression. Documented since 15. That readSessionId may be in the address is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { filterExpression, format, columns, partitions, sampling, limit } = yield* documentSent(world, call);
        const asked: Asked = { format, columns, partitions, sampling, filter: filterExpression, limit };
        return yield* answer(world, call, asked, call.query.get("readSessionId"));
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/datasets/:name/finish-streaming/",
    known: "official client",
    note:
      "Empty, or the failure of the read. That DSS forgets the read then, and that an id which it does not know is an error, are assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const id = call.query.get("readSessionId") ?? "";
        const session = world.of(readSessions).get(id);
        if (session === undefined || session.login !== call.user.login) {
          return yield* Effect.fail(missing(`Read session ${id}`));
        }
        world.of(readSessions).delete(id);
        const { failure } = session;
        if (failure === undefined) return emptyAnswer;
        return yield* Effect.fail(
          new SimulatedRefusal({ status: 500, errorType: "java.io.IOException", detail: failure }),
        );
      }),
  },
];
