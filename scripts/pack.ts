/**
 * Makes the npm form of this package: `deno task pack` writes a tarball that `npm publish` and `npm install` take.
 *
 * With `--allow-dirty`, also from a checkout with changes that are not committed.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import deno from "../deno.json" with { type: "json" };
import { missingTypes, npmManifest, type Packed } from "./npm_package.ts";

/** Runs a program; what it says is only shown when it fails. */
const run = async (program: string, args: ReadonlyArray<string>, cwd: string): Promise<void> => {
  const { success, stdout, stderr } = await new Deno.Command(program, { args: [...args], cwd }).output();
  if (success) return;
  for (const bytes of [stdout, stderr]) console.error(new TextDecoder().decode(bytes).trim());
  throw new Error(`${program} ${args.join(" ")} failed`);
};

const readIfThere = (path: string): string | undefined => {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
};

/**
 * Makes the tarball in a folder, and gives its path.
 *
 * `deno pack` makes no types for modules that no type of an export comes from, and says so of each: here the types that are needed are looked
 * for instead. Its source maps are left out: they would name folders of this machine, and the files are the sources without types anyway.
 */
export const pack = async (folder: string, options: ReadonlyArray<string> = []): Promise<string> => {
  const work = await Deno.makeTempDir();
  try {
    await run(Deno.execPath(), ["pack", "--no-source-maps", `--output=${work}/packed.tgz`, ...options], ".");
    await run("tar", ["-xzf", "packed.tgz"], work);
    const manifest = `${work}/package/package.json`;
    const packed: Packed = JSON.parse(await Deno.readTextFile(manifest));
    const missing = missingTypes(packed, (path) => readIfThere(`${work}/package/${path}`));
    if (missing.length > 0) throw new Error(`Without ${missing.join(", ")} the types of this package are not whole`);
    await Deno.writeTextFile(manifest, `${JSON.stringify(npmManifest(packed), null, 2)}\n`);
    await run("npm", ["pack", "--ignore-scripts", "--silent", `--pack-destination=${work}`], `${work}/package`);
    const name = `${deno.name.replace("@", "").replace("/", "-")}-${deno.version}.tgz`;
    await Deno.copyFile(`${work}/${name}`, `${folder}/${name}`);
    return `${folder}/${name}`;
  } finally {
    await Deno.remove(work, { recursive: true });
  }
};

if (import.meta.main) {
  try {
    const unknown = Deno.args.filter((option) => option !== "--allow-dirty");
    if (unknown.length > 0) throw new Error(`There is no option ${unknown.join(" ")}; --allow-dirty is the only one`);
    console.log(await pack(".", Deno.args));
  } catch (error) {
    console.error((error as Error).message);
    Deno.exit(1);
  }
}
