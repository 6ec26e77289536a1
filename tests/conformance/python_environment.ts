/**
 * The virtual environments that the official Python client lives in, one for each of its versions; made once, and again when their
 * requirements change.
 *
 * @module
 */
const environments = new URL("../../.venv/", import.meta.url);
const requirements = await Deno.readTextFile(new URL("requirements.txt", import.meta.url));

const pinned = /^dataiku-api-client==(.+)$/m;

/** Version of the client that everything is compared with. */
export const newestClient: string = pinned.exec(requirements)![1]!;

const run = async (command: string, args: ReadonlyArray<string>): Promise<void> => {
  const { success, stderr } = await new Deno.Command(command, { args: [...args], stdin: "null", stdout: "null" })
    .output();
  if (!success) throw new Error(new TextDecoder().decode(stderr).trim().split("\n").at(-1) ?? `${command} failed`);
};

/** Gives the Python of the environment of a version of the client. */
export const pythonEnvironment = async (client: string): Promise<string> => {
  const folder = new URL(`${client}/`, environments);
  const made = new URL("requirements.txt", folder);
  const python = new URL("bin/python", folder).pathname;
  const wanted = requirements.replace(pinned, `dataiku-api-client==${client}`);
  if (await Deno.readTextFile(made).catch(() => undefined) === wanted) return python;
  await run("python3", ["-m", "venv", "--clear", folder.pathname]);
  const asked = new URL("asked.txt", folder);
  await Deno.writeTextFile(asked, wanted);
  await run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", asked.pathname]);
  await Deno.rename(asked, made);
  return python;
};
