/**
 * Writes what lists all resources, from the files in services/: the exports of the package, mod.ts, the merged layer and the routes of
 * the simulator. With `--check` it only says what is out of date.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import { formatted } from "./formatted.ts";
import { filesIn } from "./source_files.ts";

/** Services that the simulator has no routes for, by design. */
const withoutRoutes: ReadonlyArray<string> = ["api_releases"];

interface Resource {
  /** `code`: the area that it belongs to. */
  readonly area: string;
  /** `code_envs`: the file name. */
  readonly noun: string;
  /** `codeEnvs`: its name in the record of all services. */
  readonly field: string;
  /** `CodeEnvs`: its interface and key. */
  readonly key: string;
}

const resource = (file: string): Resource => {
  const [, area = "", noun = ""] = file.replace(/\.ts$/, "").split("/");
  const field = noun.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return { area, noun, field, key: field.charAt(0).toUpperCase() + field.slice(1) };
};

/** Of the files of an area, those that declare a service; the others are what only one noun needs. */
const services = filesIn("services")
  .filter((file) => /^export const \w+: DssService</m.test(Deno.readTextFileSync(file)))
  .map(resource)
  .sort((one, other) => one.noun < other.noun ? -1 : 1);
const simulated = services.filter(({ noun }) => !withoutRoutes.includes(noun));

/** Something that a file of the simulator exports. */
interface Exported {
  readonly name: string;
  /** Relative to the folder of the simulator. */
  readonly file: string;
}

/** What files of the simulator export with a type, in the order of their names. */
const exportedAs = (type: string): ReadonlyArray<Exported> =>
  filesIn("src/simulator")
    .filter((file) => !file.endsWith("/routes.ts") && !file.endsWith("/slices.ts"))
    .flatMap((file) =>
      [...Deno.readTextFileSync(file).matchAll(new RegExp(`^export const (\\w+): ${type}`, "gm"))]
        .map(([, name]) => ({ name: name!, file: file.replace("src/simulator/", "./") }))
    )
    .sort((one, other) => one.name < other.name ? -1 : 1);

const routes = exportedAs("ReadonlyArray<Route> =");
const slices = exportedAs("Slice<");
const projectSlices = exportedAs("ProjectSlice<");

const importsOf = (all: ReadonlyArray<Exported>): string =>
  [...Map.groupBy(all, ({ file }) => file)].sort()
    .map(([file, names]) => `import { ${names.map(({ name }) => name).join(", ")} } from "${file}";`).join("\n");

const declarations = [
  ...services.map(({ area, noun, key }) => ({
    file: `services/${area}/${noun}.ts`,
    start: `export const ${key}: DssService<${key}> = service("${key}",`,
  })),
  ...simulated.map(({ area, noun, field }) => ({
    file: `src/simulator/${area}/${noun}.ts`,
    start: `export const ${field}Routes: ReadonlyArray<Route> = [`,
  })),
];
const existing = [...filesIn("services"), ...filesIn("src/simulator")];
const withoutSpace = (text: string): string => text.replaceAll(/\s/g, "");
const faults = declarations
  .filter(({ file, start }) =>
    !existing.includes(file) || !withoutSpace(Deno.readTextFileSync(file)).includes(withoutSpace(start))
  )
  .map(({ file, start }) => `${file} must exist and declare: ${start} ...`);

const exported = {
  ".": "./mod.ts",
  "./dss": "./src/mod.ts",
  "./simulator": "./src/simulator/mod.ts",
  "./files": "./src/files.ts",
  ...Object.fromEntries(
    services.map(({ area, noun }) => [`./${noun.replaceAll("_", "-")}`, `./services/${area}/${noun}.ts`]),
  ),
};

const marker = "// Written by `deno task index`:";
const [ownPart, writtenPart] = Deno.readTextFileSync("mod.ts").split(marker);
if (writtenPart === undefined) faults.push(`mod.ts has no line "${marker}"; what lists the services goes below it`);

const each = (write: (resource: Resource) => string, of = services): string => of.map(write).join("\n");

const sources: Readonly<Record<string, string>> = {
  "deno.json": Deno.readTextFileSync("deno.json")
    .replace(/"exports": \{[^}]*\}/, `"exports": ${JSON.stringify(exported, null, 2)}`),

  "mod.ts": `${ownPart}${marker}
    ${each(({ area, noun }) => `export * from "./services/${area}/${noun}.ts";`)}`,

  "services/all_services.ts": `/**
 * All services. Written by \`deno task index\`.
 *
 * @module
 */
    import * as Effect from "effect/Effect";
    import * as Layer from "effect/Layer";
    ${each(({ area, noun, key }) => `import { ${key} } from "./${area}/${noun}.ts";`)}
    import type { Dss } from "../src/connection/dss.ts";
    import { contextOf, lazily, type ServiceKeys } from "../src/connection/service.ts";

    /** Every service of this library. */
    export type AllServices = ${services.map(({ key }) => key).join(" | ")};

    /** Every service of this library, by name. */
    export interface ServiceRecord {
      ${each(({ field, key }) => `/** {@linkcode ${key}} */\nreadonly ${field}: ${key};`)}
    }

    const keys: ServiceKeys<ServiceRecord> = { ${services.map(({ field, key }) => `${field}: ${key}`).join(", ")} };

    /** Every service of this library by name, on the connection in context; each is built when it is first used. */
    export const makeServices: Effect.Effect<ServiceRecord, never, Dss> = lazily(keys);

    /** Every service of this library, on the connection in context; each is built when it is first used. */
    export const allServices: Layer.Layer<AllServices, never, Dss> =
      // Layers are shared by identity, whatever is below them: without \`fresh\`, a second connection gets the services of the first.
      Layer.fresh(Layer.effectContext(Effect.map(makeServices, (services) => contextOf(keys, services))));`,

  "src/simulator/routes.ts": `/**
 * All routes of the simulated DSS. Written by \`deno task index\`.
 *
 * @module
 */
    ${importsOf(routes)}
    import type { Route } from "./kernel/route.ts";

    /** All routes of the simulated DSS, with where the behaviour of each is known from. */
    export const routes: ReadonlyArray<Route> = [${routes.map(({ name }) => `...${name}`).join(", ")}];`,

  "src/simulator/slices.ts": `/**
 * All slices of the state of the simulated DSS. Written by \`deno task index\`.
 *
 * @module
 * @internal
 */
    ${importsOf([...slices, ...projectSlices])}
    import type { Slice } from "./kernel/slice.ts";

    /** Those that the world holds. */
    export const ofWorld: ReadonlyArray<Slice<unknown>> = [${slices.map(({ name }) => name).join(", ")}];

    /** Those that each project holds. */
    export const nested: ReadonlyArray<Slice<unknown>> = [${projectSlices.map(({ name }) => name).join(", ")}];`,
};

if (faults.length > 0) {
  for (const fault of faults) console.error(fault);
  Deno.exit(1);
}

const check = Deno.args.includes("--check");
let outdated = 0;
for (const [file, source] of Object.entries(sources)) {
  const text = await formatted(file, source);
  if (text === Deno.readTextFileSync(file)) continue;
  outdated++;
  if (!check) Deno.writeTextFileSync(file, text);
  console.log(check ? `${file} is out of date: run \`deno task index\`` : `${file} written`);
}
if (check && outdated > 0) Deno.exit(1);
