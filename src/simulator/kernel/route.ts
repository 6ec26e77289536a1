/**
 * Routes of the simulated DSS: what is asked, what is answered, and where the behaviour is known from.
 *
 * @module
 */
import * as Data from "effect/Data";
import * as Effect from "effect/Effect";
import type * as Stream from "effect/Stream";
import type { World } from "./world.ts";

export type { User } from "./user.ts";

/**
 * Where the behaviour of a route is known from: Dataiku's documentation, what its official client sends and reads, what public programs
 * that ran against a real DSS show, or an assumption by analogy.
 */
export type Provenance = "documented" | "official client" | "public evidence" | "assumed";

/** A request that reached a route of the embedded DSS. */
export interface Call {
  /** The holes of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** The query. */
  readonly query: URLSearchParams;
  /** Headers, with lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body. */
  readonly body: Uint8Array;
  /** The body as JSON; `undefined` when there is none. */
  readonly json: unknown;
  /** Who asks, and whether the key has an administrator's rights. */
  readonly user: { readonly login: string; readonly admin: boolean };
  /** Now, in milliseconds since 1970. */
  readonly now: number;
}

/** What a route answers. */
export interface Answer {
  /** HTTP status. */
  readonly status: number;
  /** Headers besides those that every answer has. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body. */
  readonly body: string | Uint8Array | Stream.Stream<Uint8Array, Error> | undefined;
}

/** The embedded DSS refuses a request, in DSS's own shape. */
export class SimulatedRefusal extends Data.Error<{
  /** HTTP status. */
  readonly status: number;
  /** Java class of the failure. */
  readonly errorType: string;
  /** In words. */
  readonly detail: string;
}> {
  /** Tag of this error. */
  readonly _tag = "SimulatedRefusal" as const;
}

/** One route of the simulated DSS. */
export interface Route {
  /** HTTP method. */
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /**
   * Path below the public API; a hole is `:name`. One without a final slash takes requests with one too, one with a final slash needs it; a
   * name wins over a hole.
   */
  readonly path: `/${string}`;
  /** Where its behaviour is known from. */
  readonly known: Provenance;
  /** What exactly is known, or assumed. */
  readonly note: string;
  /** Whether only an administrator's key may ask. */
  readonly admin?: boolean;
  /** Whether the body is taken as it is, whatever its type says. */
  readonly takesBytes?: boolean;
  /** @internal Answers a request. */
  readonly handle: (call: Call, world: World) => Effect.Effect<Answer, SimulatedRefusal>;
}

/** A route that a program adds, with `Simulator.route`. */
export interface AddedRoute extends Pick<Route, "method" | "path" | "admin" | "takesBytes"> {
  /** Answers a request; a {@linkcode SimulatedRefusal} becomes an error as DSS words it. */
  readonly handle: (call: Call) => Effect.Effect<Answer, SimulatedRefusal>;
}

/** An answer with JSON. */
export const jsonAnswer = (value: unknown, status = 200): Answer => ({
  status,
  headers: { "content-type": "application/json;charset=utf-8" },
  body: JSON.stringify(value),
});

/** @internal An answer with plain text. */
export const textAnswer = (text: string, contentType = "text/plain;charset=utf-8"): Answer => ({
  status: 200,
  headers: { "content-type": contentType },
  body: text,
});

/** @internal An archive. */
export const zipAnswer = (body: Uint8Array): Answer => ({
  status: 200,
  headers: { "content-type": "application/zip" },
  body,
});

/** @internal An answer without a body, as most writes have. */
export const emptyAnswer: Answer = { status: 200, headers: {}, body: undefined };

/** @internal A boolean of a query, in either case: the official client sends `True`. */
export const flag = (query: URLSearchParams, name: string): boolean => query.get(name)?.toLowerCase() === "true";

/** @internal What was asked for does not exist: DSS answers so with 500. */
export const missing = (what: string): SimulatedRefusal =>
  new SimulatedRefusal({
    status: 500,
    errorType: "com.dataiku.dip.exceptions.NotFoundException",
    detail: `${what} does not exist`,
  });

/** @internal What was asked for does not exist, of the few things of which DSS says so with 404. */
export const notFound = (what: string): SimulatedRefusal =>
  new SimulatedRefusal({
    status: 404,
    errorType: "com.dataiku.dip.exceptions.NotFoundException",
    detail: `${what} does not exist`,
  });

/** @internal What does not exist, or is not for the one who asks: of some things DSS says so with 403. */
export const notFor = (what: string): SimulatedRefusal => forbidden(`NotFoundException: ${what} does not exist`);

/** @internal The key may not do this. */
export const forbidden = (detail: string): SimulatedRefusal =>
  new SimulatedRefusal({ status: 403, errorType: "com.dataiku.dip.exceptions.UnauthorizedException", detail });

/** @internal The request is not as DSS expects it. */
export const invalid = (detail: string): SimulatedRefusal =>
  new SimulatedRefusal({ status: 400, errorType: "java.lang.IllegalArgumentException", detail });

/** @internal It exists already. */
export const conflict = (detail: string): SimulatedRefusal =>
  new SimulatedRefusal({ status: 409, errorType: "com.dataiku.dip.exceptions.AlreadyExistsException", detail });

/** @internal Refuses a request, unless there is no reason to. */
export const refuse = (refusal: SimulatedRefusal | undefined): Effect.Effect<void, SimulatedRefusal> =>
  refusal === undefined ? Effect.void : Effect.fail(refusal);
