/**
 * Runs the programs of examples/ as their users do, and serves what they speak to.
 *
 * @module
 */
import { Effect, Redacted } from "effect";
import { Simulator } from "@effect-dataiku/dss/simulator";

/** What a program said, and how it ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs. */
export interface Program {
  readonly process: Deno.ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts a program of examples/; it finds no DSS but the one that is given. */
export const start = (file: string, args: ReadonlyArray<string>, env: Record<string, string> = {}): Program => {
  const others = Deno.env.toObject();
  for (const name of ["HOME", "USERPROFILE", "DKU_API_TICKET", "DKU_DSS_URL", "DKU_API_KEY", "FORCE_COLOR"]) {
    delete others[name];
  }
  const process = new Deno.Command(Deno.execPath(), {
    // Quiet: Deno itself says when it waits for others that start.
    args: ["run", "--quiet", "--no-check", "-A", `examples/${file}`, ...args],
    clearEnv: true,
    env: { ...others, ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const text = (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => new Response(stream).text();
  const ended = Promise.all([process.status, text(process.stdout), text(process.stderr)])
    .then(([{ code }, stdout, stderr]) => ({ code, stdout, stderr }));
  return { process, ended };
};

/** Something that listens on loopback while it is used. */
export const serving = async <A>(
  handler: (request: Request) => Response | Promise<Response>,
  use: (url: string) => Promise<A>,
): Promise<A> => {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handler);
  try {
    return await use(`http://127.0.0.1:${server.addr.port}`);
  } finally {
    await server.shutdown();
  }
};

/** A simulated DSS whose key is `key`. */
export const makeDss = (prepare: (dss: Simulator) => Effect.Effect<void> = () => Effect.void): Promise<Simulator> =>
  Effect.runPromise(Effect.tap(Simulator.make({ apiKey: Redacted.make("key") }), prepare));
