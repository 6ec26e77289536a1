/**
 * From a request to the answer of its route: prefixes, keys, errors in DSS's own shape.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import * as FindMyWay from "effect/http/FindMyWay";
import type { Answer, Call, Route, User } from "./route.ts";
import { forbidden, invalid, jsonAnswer, SimulatedRefusal } from "./route.ts";
import type { World } from "./world.ts";

/** A request, before it has a route. */
export interface IncomingRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Both doors of DSS: the official client's, and the documented one. */
const prefixes = ["/dip/publicapi", "/public/api"];

const unauthorized = new SimulatedRefusal({
  status: 401,
  errorType: "com.dataiku.dip.exceptions.NotAuthenticatedException",
  detail: "Unknown API Key",
});

/** The error body of DSS. */
export const refusalAnswer = ({ status, errorType, detail }: SimulatedRefusal): Answer => {
  const escaped = detail.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return jsonAnswer({
    errorType,
    message: detail,
    detailedMessage: detail,
    detailedMessageHTML: `<span>${escaped}</span>`,
    stackTraceStr: `${errorType}: ${detail}\n\tat com.dataiku.dip.simulated.Api.handle(Api.java:1)`,
  }, status);
};

/** The key of a request: the user name, or else the password, of HTTP Basic, or a bearer token. */
export const keyOf = (authorization: string | undefined): string | undefined => {
  const [scheme, value = ""] = authorization?.split(" ") ?? [];
  if (scheme?.toLowerCase() === "bearer") return value;
  if (scheme?.toLowerCase() !== "basic") return undefined;
  let pair: string;
  try {
    pair = atob(value);
  } catch {
    return undefined; // not Base64: no key
  }
  const colon = pair.indexOf(":");
  return pair.slice(0, colon) || pair.slice(colon + 1);
};

/** Whose key or ticket a request carries. */
export const userOf = (world: World, headers: Readonly<Record<string, string | undefined>>): User | undefined => {
  const key = keyOf(headers["authorization"]);
  const ticket = headers["x-dku-apiticket"];
  return (key === undefined ? undefined : world.keys.get(key)) ??
    (ticket === undefined ? undefined : world.tickets.get(ticket));
};

/** Who asks; an administrator may act for another user. */
const authenticate = (
  world: World,
  headers: Readonly<Record<string, string>>,
  userNamed: UserNamed,
): Effect.Effect<User, SimulatedRefusal> => {
  const user = userOf(world, headers);
  if (user === undefined) return Effect.fail(unauthorized);
  const login = headers["x-dku-proxyuser"];
  if (login === undefined) return Effect.succeed(user);
  if (!user.admin) return Effect.fail(forbidden("Only administrators may act for another user"));
  return Effect.succeed(userNamed(world, login));
};

const jsonOf = (body: Uint8Array, contentType: string | undefined): Effect.Effect<unknown, SimulatedRefusal> => {
  if (body.length === 0 || contentType?.startsWith("multipart/") === true) return Effect.succeed(undefined);
  // The official client sends JSON without a Content-Type; a body that is none is for the route to judge.
  return contentType?.startsWith("application/json") === true || contentType === undefined
    ? Effect.try({
      try: (): unknown => JSON.parse(new TextDecoder().decode(body)),
      catch: () => invalid("The body is not valid JSON"),
    }).pipe(Effect.catch((refusal) => contentType === undefined ? Effect.succeed(undefined) : Effect.fail(refusal)))
    : Effect.succeed(undefined);
};

/** Who a login stands for. */
export type UserNamed = (world: World, login: string) => User;

/** The table of routes, ready to find them. */
export type Dispatch = (
  request: IncomingRequest,
  world: World,
  now: number,
) => Effect.Effect<{ readonly answer: Answer; readonly route: Route | undefined }>;

/** Puts routes behind both prefixes. */
export const makeDispatch = (routes: ReadonlyArray<Route>, userNamed: UserNamed): Dispatch => {
  const router = FindMyWay.make<Route>({
    // DSS tells `jobs/` from `jobs`, and takes `//` for `/`.
    ignoreTrailingSlash: false,
    ignoreDuplicateSlashes: true,
    caseSensitive: true,
    maxParamLength: 100_000,
  });
  const declared = new Set(routes.map(({ method, path }) => `${method} ${path}`));
  for (const route of routes) {
    router.on(route.method, route.path, route);
    // What is declared without a final slash takes one too; a list, which is declared with one, needs it.
    const withSlash = `${route.path}/` as const;
    const isFree = !/[/*]$/.test(route.path) && !declared.has(`${route.method} ${withSlash}`);
    if (isFree) router.on(route.method, withSlash, route);
  }
  /** A hole that is empty is none: `DELETE /futures/` must not reach `DELETE /futures/:futureId`. */
  const find = (method: string, path: string): FindMyWay.FindResult<Route> | undefined => {
    const found = router.find(method, path);
    return found === undefined || Object.values(found.params).includes("") ? undefined : found;
  };
  return (request, world, now) => {
    const target = request.target.replace(/^\/\/+/, "/");
    const prefix = prefixes.find((prefix) => target.startsWith(`${prefix}/`));
    let route: Route | undefined;
    return Effect.gen(function* () {
      if (prefix === undefined) {
        return { status: 404, headers: { "content-type": "text/html" }, body: "<html><title>Not found</title></html>" };
      }
      const user = yield* authenticate(world, request.headers, userNamed);
      const below = target.slice(prefix.length);
      const found = find(request.method, below);
      if (found === undefined) {
        const methods = ["GET", "POST", "PUT", "DELETE"].filter((method) => find(method, below) !== undefined);
        return yield* Effect.fail(
          new SimulatedRefusal({
            status: methods.length === 0 ? 404 : 405,
            errorType: "com.dataiku.dip.exceptions.NotFoundException",
            detail: methods.length === 0
              ? `No route for ${request.method} ${below.split("?")[0]}`
              : `Method ${request.method} is not allowed, allowed are ${methods.join(", ")}`,
          }),
        );
      }
      route = found.handler;
      if (route.admin === true && !user.admin) {
        return yield* Effect.fail(forbidden(`User ${user.login} is not an administrator`));
      }
      const call: Call = {
        params: found.params as Readonly<Record<string, string>>,
        query: new URLSearchParams(below.split("?").slice(1).join("?")),
        headers: request.headers,
        body: request.body,
        json: route.takesBytes === true ? undefined : yield* jsonOf(request.body, request.headers["content-type"]),
        user,
        now,
      };
      return yield* route.handle(call, world);
    }).pipe(
      Effect.catch((refusal) => Effect.succeed(refusalAnswer(refusal))),
      Effect.map((answer) => ({ answer, route })),
    );
  };
};
