/**
 * The virtual environment that the official Python client lives in; made once, and again when its requirements change.
 *
 * @module
 */
const folder = new URL("../../.venv/", import.meta.url);
const requirements = new URL("requirements.txt", import.meta.url);
const made = new URL("conformance-requirements.txt", folder);

const run = async (command: string, args: ReadonlyArray<string>): Promise<void> => {
  const { success, stderr } = await new Deno.Command(command, { args: [...args], stdin: "null", stdout: "null" })
    .output();
  if (!success) throw new Error(new TextDecoder().decode(stderr).trim().split("\n").at(-1) ?? `${command} failed`);
};

/** Gives the Python of the environment. */
export const pythonEnvironment = async (): Promise<string> => {
  const python = new URL("bin/python", folder).pathname;
  const wanted = await Deno.readTextFile(requirements);
  if (await Deno.readTextFile(made).catch(() => undefined) === wanted) return python;
  await run("python3", ["-m", "venv", "--clear", folder.pathname]);
  await run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements.pathname]);
  await Deno.writeTextFile(made, wanted);
  return python;
};
