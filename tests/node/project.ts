/**
 * An npm project that has this package as its users have it: from the tarball, not from the sources.
 *
 * @module
 */
import deno from "../../deno.json" with { type: "json" };
import { pack } from "../../scripts/pack.ts";
import { filesIn } from "../../scripts/source_files.ts";

/** What a program said, and how it ended. */
export interface Ended {
  readonly success: boolean;
  readonly output: string;
}

/** Runs a program to its end; one that is not there has ended badly. */
export const run = async (
  program: string,
  args: ReadonlyArray<string>,
  options: Deno.CommandOptions = {},
): Promise<Ended> => {
  try {
    const { success, stdout, stderr } = await new Deno.Command(program, { args: [...args], ...options }).output();
    return { success, output: [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("") };
  } catch (error) {
    return { success: false, output: String(error) };
  }
};

/** Installs npm packages in a folder; says why when that fails. */
export const install = async (folder: string, packages: ReadonlyArray<string>): Promise<string | undefined> => {
  const args = ["install", "--no-audit", "--no-fund", "--loglevel=error", ...packages];
  const { success, output } = await run("npm", args, { cwd: folder });
  return success ? undefined : output;
};

/** The sources by whose path tests import them; in the package they lie likewise. */
const ofSources = /"((?:\.\.\/)+)((?:src|services|schemas)\/[^"]+|mod)\.ts"/g;

/** Copies a folder of programs into the project, with the package in place of the sources. */
const copy = async (folder: string, project: string): Promise<void> => {
  for (const file of filesIn(folder)) {
    const target = `${project}/${file}`;
    await Deno.mkdir(target.slice(0, target.lastIndexOf("/")), { recursive: true });
    if (!file.endsWith(".ts")) await Deno.copyFile(file, target);
    else {
      const depth = file.split("/").length - 1;
      const text = (await Deno.readTextFile(file)).replaceAll(
        ofSources,
        (whole, up: string, source: string) =>
          up.length === 3 * depth ? `"${up}node_modules/${deno.name}/${source}.js"` : whole,
      );
      await Deno.writeTextFile(target, text);
    }
  }
};

/** The examples of the README that are not of Deno alone, each as a module. */
const readmeExamples = async (): Promise<ReadonlyArray<string>> =>
  [...(await Deno.readTextFile("README.md")).matchAll(/^```ts\n(.*?)^```$/gms)]
    .map(([, example]) => example!)
    .filter((example) => !example.includes("Deno."));

const compilerOptions = { target: "esnext", module: "nodenext", noEmit: true, strict: true, skipLibCheck: false };

/** Makes the project in an empty folder; says why when its packages cannot be installed. */
export const makeProject = async (project: string): Promise<string | undefined> => {
  const npm = await run("npm", ["--version"]);
  if (!npm.success) return npm.output;
  const write = (file: string, text: string) => Deno.writeTextFile(`${project}/${file}`, text);
  await write("package.json", JSON.stringify({ private: true, type: "module" }));
  const { effect, vitest, zod, "@effect/vitest": effectVitest } = deno.imports;
  const packages = [effect, vitest, zod, effectVitest].map((name) => name.replace("npm:", ""));
  const tarball = await pack(project, ["--allow-dirty"]);
  const failure = await install(project, [tarball, ...packages, "typescript", "@types/node@22"]);
  if (failure !== undefined) return failure;

  for (const folder of ["tests", "examples"]) await copy(folder, project);
  await Deno.mkdir(`${project}/consumer`);
  await Deno.copyFile("tests/node/consumer/program.ts", `${project}/consumer/program.ts`);
  const names = Object.keys(deno.exports).map((subPath) => JSON.stringify(`${deno.name}${subPath.slice(1)}`));
  await write(
    "consumer/all_exports.ts",
    `${names.map((name, index) => `import * as all${index} from ${name};`).join("\n")}
const empty = [${names.map((_, index) => `all${index}`).join(", ")}].filter((all) => Object.keys(all).length === 0);
if (empty.length > 0) throw new Error("an export has nothing");
`,
  );
  const examples = await readmeExamples();
  for (const [index, example] of examples.entries()) await write(`consumer/example_${index}.ts`, example);
  await write("consumer/readme.ts", examples.map((_, index) => `await import("./example_${index}.ts");\n`).join(""));

  await write(
    "tsconfig.json",
    JSON.stringify({
      compilerOptions: {
        ...compilerOptions,
        types: ["node"],
        lib: ["esnext", "dom"],
        allowImportingTsExtensions: true,
      },
      include: ["consumer", "examples"],
    }),
  );
  await write(
    "tsconfig.bundler.json",
    JSON.stringify({
      compilerOptions: {
        ...compilerOptions,
        module: "esnext",
        moduleResolution: "bundler",
        exactOptionalPropertyTypes: true,
        types: [],
        lib: ["esnext", "dom"],
      },
      files: ["consumer/all_exports.ts"],
    }),
  );
  await write(
    "vitest.config.js",
    `export default {
  test: {
    include: ["tests/**/*_test.ts"],
    isolate: false,
    maxWorkers: "100%",
    testTimeout: 60_000,
    setupFiles: ["tests/fixtures/fast_paths.ts"],
  },
};
`,
  );
  return undefined;
};
