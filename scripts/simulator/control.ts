/**
 * The control door of a simulated DSS that runs as a server: what `Simulator` offers in process, for programs in other languages.
 *
 * @module
 */
import { Clock, Effect, Redacted, Schema } from "effect";
import { faultNames } from "../../src/simulator/kernel/faults.ts";
import type { Simulator } from "../../src/simulator/mod.ts";
import type { ServerClock } from "./clock.ts";

/** What is behind the door. */
export interface Controlled {
  readonly simulator: Simulator;
  readonly serverClock: ServerClock;
}

interface Control {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** What it does, for `--help`. */
  readonly help: string;
  readonly open: (controlled: Controlled, body: unknown) => Effect.Effect<unknown, Schema.SchemaError>;
}

/** A control whose body fits a schema, and has nothing more than what the schema names. */
const post = <A>(
  path: string,
  help: string,
  schema: Schema.Codec<A, unknown>,
  act: (controlled: Controlled, body: A) => Effect.Effect<unknown>,
): Control => ({
  method: "POST",
  path,
  help,
  open: (controlled, body) =>
    Effect.flatMap(
      Schema.decodeUnknownEffect(schema, { onExcessProperty: "error" })(body),
      (decoded) => act(controlled, decoded),
    ),
});

const Seconds = Schema.Number.check(Schema.isGreaterThanOrEqualTo(0));
const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0));
const user = { login: Schema.String, admin: Schema.Boolean };

const controls: ReadonlyArray<Control> = [
  post(
    "/simulator/tasks",
    "{seconds, result?, failure?, owner?, displayName?, scenario?}: starts a task and answers as DSS does; it never ends with seconds null",
    Schema.Struct({
      seconds: Schema.NullOr(Seconds),
      result: Schema.optionalKey(Schema.Unknown),
      failure: Schema.optionalKey(Schema.String),
      owner: Schema.optionalKey(Schema.String),
      displayName: Schema.optionalKey(Schema.String),
      scenario: Schema.optionalKey(Schema.Struct({ projectKey: Schema.String, scenarioId: Schema.String })),
    }),
    ({ simulator }, { seconds, ...task }) =>
      simulator.startTask({ ...task, seconds: seconds ?? Number.POSITIVE_INFINITY }),
  ),
  post(
    "/simulator/script",
    '{object, outcome: {end, message?, after?, seconds?, step?, times?}}: how the work on an object ends, as "recipes/SALES.compute_orders_joined"',
    Schema.Struct({
      object: Schema.String,
      outcome: Schema.Struct({
        end: Schema.Literals(["done", "warn", "fail", "abort", "stall", "cancel"]),
        message: Schema.optionalKey(Schema.String),
        after: Schema.optionalKey(Schema.Number),
        seconds: Schema.optionalKey(Seconds),
        step: Schema.optionalKey(Schema.String),
        times: Schema.optionalKey(Count),
      }),
    }),
    ({ simulator }, { object, outcome }) => simulator.script(object, outcome),
  ),
  post(
    "/simulator/restart",
    "{seconds}: DSS is down for so long, forgets its futures and aborts what runs",
    Schema.Struct({ seconds: Seconds }),
    ({ simulator }, { seconds }) => simulator.restart(seconds * 1000),
  ),
  post(
    "/simulator/faults",
    `{fault, method?, path?, times?, skip?}: lets the next requests that fit meet a fault: ${faultNames.join(", ")}`,
    Schema.Struct({
      fault: Schema.Literals(faultNames),
      method: Schema.optionalKey(Schema.String),
      path: Schema.optionalKey(Schema.String),
      times: Schema.optionalKey(Count),
      skip: Schema.optionalKey(Count),
    }),
    ({ simulator }, { fault, ...options }) => simulator.inject(fault, options),
  ),
  post(
    "/simulator/forget",
    "{futureId}: makes DSS forget a future",
    Schema.Struct({ futureId: Schema.String }),
    ({ simulator }, { futureId }) => simulator.forget(futureId),
  ),
  post(
    "/simulator/keys",
    "{key, login, admin}: adds an API key of a user",
    Schema.Struct({ key: Schema.String, ...user }),
    ({ simulator }, { key, ...user }) => simulator.addKey(Redacted.make(key), user),
  ),
  post(
    "/simulator/tickets",
    "{ticket, login, admin}: adds a ticket, as a program inside DSS has one",
    Schema.Struct({ ticket: Schema.String, ...user }),
    ({ simulator }, { ticket, ...user }) => simulator.addTicket(Redacted.make(ticket), user),
  ),
  post(
    "/simulator/advance",
    "{seconds}: puts its clock forward",
    Schema.Struct({ seconds: Seconds }),
    ({ serverClock }, { seconds }) => Effect.sync(() => serverClock.advance(seconds)),
  ),
  {
    method: "GET",
    path: "/simulator/state",
    help: "what it knows, the requests that it received, and its time in milliseconds since 1970",
    open: ({ simulator, serverClock }) =>
      Effect.gen(function* () {
        const state = yield* simulator.snapshot;
        const now = Math.floor(serverClock.clock.currentTimeMillisUnsafe());
        return { ...state, received: yield* simulator.received, now };
      }),
  },
];

/** The controls, for `--help`. */
export const controlHelp: string = controls.map(({ method, path, help }) => `  ${method} ${path}\n      ${help}`).join(
  "\n",
);

/** What a control answers. */
export interface ControlAnswer {
  readonly status: number;
  readonly json: unknown;
}

/** Opens the door. */
export const control = (
  controlled: Controlled,
  request: { readonly method: string; readonly path: string; readonly body: string },
): Effect.Effect<ControlAnswer> => {
  const { method, path, body } = request;
  const found = controls.find((control) => control.path === path);
  if (found === undefined) return Effect.succeed({ status: 404, json: { message: `There is no ${path}` } });
  if (found.method !== method) {
    return Effect.succeed({ status: 405, json: { message: `${path} is asked with ${found.method}` } });
  }
  return Effect.try({
    try: (): unknown => body === "" ? {} : JSON.parse(body),
    catch: () => new SyntaxError("The body is not valid JSON"),
  }).pipe(
    Effect.flatMap((json) => found.open(controlled, json)),
    Effect.map((json) => ({ status: 200, json: json ?? {} })),
    Effect.catch((error) => Effect.succeed({ status: 400, json: { message: error.message } })),
    Effect.provideService(Clock.Clock, controlled.serverClock.clock),
  );
};
