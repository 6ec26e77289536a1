/**
 * Serves the embedded DSS, for programs in any language: `deno task simulator`.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import { parseArgs } from "node:util";
import { Effect, Redacted } from "effect";
import * as Clock from "effect/Clock";
import { routes, Simulator } from "../src/simulator/mod.ts";
import { makeServerClock } from "./simulator/clock.ts";
import { controlHelp } from "./simulator/control.ts";
import { listen } from "./simulator/server.ts";

const help = `Serves a simulated DSS: a small instance in memory, as new at each start.

Usage: deno task simulator [options]

  --port N             port to listen on; 0 takes a free one (default 11200)
  --host NAME          address to listen on (default 127.0.0.1: this machine alone)
  --allowed-host NAME  a name that programs call it by, besides localhost and IP addresses; may be given again
  --api-key KEY        key of its administrator (default: a new one, printed at the start)
  --seed N             equal seeds give equal ids (default 1)
  --speed N            its clock runs N times as fast as the machine's, so the times that it tells run ahead of the real
                       ones; with 0 it stands still until a control puts it forward (default 1)
  --fidelity           prints each route with where its behaviour is known from, and exits
  --help               prints this, and exits

Controls, on the same port, for the administrator's key; bodies and answers are JSON:

${controlHelp}

A server that listens cannot refuse a connection: the faults "refused", "lost request" and "lost answer" reset it.`;

/** Says what is wrong with the command, and leaves. */
const refuse = (message: string): never => {
  console.error(`${message}. See deno task simulator --help`);
  Deno.exit(2);
};

const readOptions = () => {
  try {
    const text = { type: "string" } as const;
    const flag = { type: "boolean" } as const;
    const names = { type: "string", multiple: true } as const;
    const options = {
      port: text,
      host: text,
      "allowed-host": names,
      "api-key": text,
      seed: text,
      speed: text,
      fidelity: flag,
      help: flag,
    };
    return parseArgs({ args: Deno.args, options }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message.split(/\.\s/)[0]! : String(error));
  }
};

const number = (name: string, text: string | undefined, missing: number, most: number, whole = true): number => {
  const value = text === undefined ? missing : Number(text);
  const fits = text?.trim() !== "" && value >= 0 && value <= most && (!whole || Number.isInteger(value));
  return fits ? value : refuse(`--${name} must be a ${whole ? "whole " : ""}number from 0 to ${most}, not "${text}"`);
};

const fidelity = (): string =>
  routes.map(({ method, path, known, note }) => `${`${method} ${path}`.padEnd(48)} ${known}\n    ${note}`).join("\n");

const values = readOptions();
if (values.help === true) {
  console.log(help);
} else if (values.fidelity === true) {
  console.log(fidelity());
} else {
  const host = values.host ?? "127.0.0.1";
  const port = number("port", values.port, 11_200, 65_535);
  const seed = number("seed", values.seed, 1, 2 ** 32 - 1);
  const serverClock = makeServerClock(number("speed", values.speed, 1, 1_000_000, false));
  const apiKey = values["api-key"] ?? crypto.randomUUID();
  if (apiKey === "") refuse("--api-key must not be empty");
  const simulator = await Effect.runPromise(
    Simulator.make({ seed, apiKey: Redacted.make(apiKey) }).pipe(Effect.provideService(Clock.Clock, serverClock.clock)),
  );
  const server = await listen(() => ({ simulator, serverClock }), {
    host,
    port,
    allowedHosts: values["allowed-host"] ?? [],
  }).catch((error: Error) => refuse(`Cannot listen on ${host}:${port}: ${error.message}`));
  console.log(`Simulated DSS on ${server.url}`);
  if (values["api-key"] === undefined) console.log(`API key of its administrator: ${apiKey}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => void server.stop().then(() => Deno.exit(0)));
  }
}
