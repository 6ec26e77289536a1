/**
 * Formatting of what scripts write.
 *
 * @module
 */

/** The text of a file as `deno fmt` leaves it. */
export const formatted = async (file: string, source: string): Promise<string> => {
  const fmt = new Deno.Command(Deno.execPath(), {
    args: ["fmt", `--ext=${file.split(".").pop()}`, "-"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const [{ stdout, success }] = await Promise.all([fmt.output(), new Response(source).body!.pipeTo(fmt.stdin)]);
  if (!success) throw new Error(`deno fmt refuses what would become ${file}`);
  return new TextDecoder().decode(stdout);
};
