/**
 * The Python process that runs checks with the official client: lines of JSON in, lines of JSON out.
 *
 * @module
 */

/** What a table says of the replies of a route: its fields with their types, or its media type, or that it is `empty`. */
export type ReplyTable = Readonly<Record<string, string>> | string;

/** What the checks are made of. */
export interface Program {
  /** Checks by name: their file, a dot, their function. */
  readonly checks: ReadonlyArray<string>;
  /** First version of the client that a check needs, by check. */
  readonly since: Readonly<Record<string, string>>;
  /** Members of the client that must be driven. */
  readonly members: ReadonlyArray<string>;
  /** Tables by route. */
  readonly tables: Readonly<Record<string, ReplyTable>>;
  /** Nouns by route. */
  readonly owners: Readonly<Record<string, string>>;
  /** What DSS does not look at in the body of a request, by route. */
  readonly ignored: Readonly<Record<string, ReadonlyArray<string>>>;
}

/** How a check ended. */
export interface CheckReport {
  /** `broken` when the server could not be reached, which says nothing of a route. */
  readonly outcome: "passed" | "failed" | "broken";
  readonly detail: string | null;
  /** Fields that were really there, as `GET /futures/ [].jobId`. */
  readonly seen: ReadonlyArray<string>;
  /** Members of the client that were called. */
  readonly driven: ReadonlyArray<string>;
}

/** A running process. */
export interface Driver {
  readonly program: Program;
  run(check: string, url: string, key: string): Promise<CheckReport>;
  close(): Promise<void>;
}

/** Starts the process. */
export const startDriver = async (python: string): Promise<Driver> => {
  const script = new URL("driver.py", import.meta.url).pathname;
  const child = new Deno.Command(python, { args: ["-B", script], stdin: "piped", stdout: "piped" }).spawn();
  const writer = child.stdin.getWriter();
  const chunks = child.stdout.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  let pending = "";
  const line = async (): Promise<string> => {
    for (;;) {
      const end = pending.indexOf("\n");
      if (end >= 0) {
        const found = pending.slice(0, end);
        pending = pending.slice(end + 1);
        return found;
      }
      const { value, done } = await chunks.next();
      if (done === true) throw new Error("The Python process ended");
      pending += value;
    }
  };
  const program: Program = JSON.parse(await line());
  return {
    program,
    run: async (check, url, key) => {
      await writer.write(new TextEncoder().encode(`${JSON.stringify({ check, url, key })}\n`));
      return JSON.parse(await line());
    },
    close: async () => {
      await writer.close();
      await child.status;
    },
  };
};
