/**
 * The walls of the house, checked on Deno's own graph of modules: who may import whom, and that nobody goes in a circle.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import { filesIn, publishedFiles } from "./source_files.ts";

/** The areas: each may use those before it. */
const areas = ["admin", "projects", "flow", "automation", "code", "ml", "llm", "deploy"];

/** The rooms of the ground: each may use those before it. */
const rooms = ["json", "errors", "transport", "connection", "settings", "operation", "cassette"];

/** Most files of a folder. */
const mostFiles = 40;

/** A file, as the rules see it. */
interface Place {
  /** `src/transport`, `services/code`, `src/simulator/kernel`. */
  readonly folder: string;
  readonly area: string | undefined;
  /** Whether it belongs to the ground, on which everything stands. */
  readonly isGround: boolean;
}

const placeOf = (file: string): Place => {
  const folder = file.slice(0, file.lastIndexOf("/"));
  const [top, room = "", inner = ""] = file.split("/");
  const area = top === "src" ? (room === "simulator" ? inner : undefined) : room;
  return {
    folder,
    area: area !== undefined && areas.includes(area) ? area : undefined,
    isGround: top === "src" && room !== "simulator",
  };
};

const isIn = (folder: string, { folder: own }: Place): boolean => own === folder || own.startsWith(`${folder}/`);

/** Why a file may not import another one. */
const fault = (from: Place, to: Place): string | undefined => {
  if (from.isGround && (isIn("services", to) || isIn("schemas", to) || isIn("src/simulator", to))) {
    return "src/ imports nothing of services/, schemas/ and the simulator";
  }
  if (isIn("schemas", from) && !isIn("schemas", to) && !isIn("src/json", to)) {
    return "schemas/ imports src/json at most";
  }
  if (isIn("src/simulator/kernel", from) && isIn("src/simulator", to) && !isIn("src/simulator/kernel", to)) {
    return "the kernel of the simulator imports no area";
  }
  const isSimulatedArea = isIn("src/simulator", from) && from.area !== undefined;
  if (isSimulatedArea && !isIn("src/simulator/kernel", to) && !(isIn("src/simulator", to) && to.area !== undefined)) {
    return "an area of the simulator imports the kernel and areas alone";
  }
  if (from.area !== undefined && to.area !== undefined && areas.indexOf(to.area) > areas.indexOf(from.area)) {
    return `areas use each other in one direction: ${areas.join(", ")}`;
  }
  const [room, other] = [from, to].map(({ folder }) => rooms.indexOf(folder.split("/")[1] ?? ""));
  if (from.isGround && to.isGround && room! >= 0 && other! > room!) {
    return `the rooms of src/ stand on each other in one direction: ${rooms.join(", ")}`;
  }
  return undefined;
};

interface Graph {
  readonly modules: ReadonlyArray<{
    readonly specifier: string;
    readonly dependencies?: ReadonlyArray<
      Readonly<Record<"code" | "type", { readonly specifier?: string } | undefined>>
    >;
  }>;
}

const checkout = `file://${Deno.cwd()}/`;

/** What each published file imports, types included. */
const readGraph = async (): Promise<ReadonlyMap<string, ReadonlyArray<string>>> => {
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  const files = publishedFiles.filter((file) => file.endsWith(".ts"));
  await Deno.writeTextFile(entry, files.map((file) => `import "${checkout}${file}";\n`).join(""));
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json", entry] })
    .output();
  await Deno.remove(entry);
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const { modules }: Graph = JSON.parse(new TextDecoder().decode(stdout));
  const own = (specifier: string | undefined): ReadonlyArray<string> =>
    specifier?.startsWith(checkout) === true ? [specifier.slice(checkout.length)] : [];
  return new Map(modules.flatMap(({ specifier, dependencies = [] }) =>
    own(specifier).map((file) => [
      file,
      [...new Set(dependencies.flatMap(({ code, type }) => [...own(code?.specifier), ...own(type?.specifier)]))],
    ])
  ));
};

/** A way from a file back to itself, if there is one. */
const findCircle = (graph: ReadonlyMap<string, ReadonlyArray<string>>): ReadonlyArray<string> | undefined => {
  const done = new Set<string>();
  const visit = (file: string, way: ReadonlyArray<string>): ReadonlyArray<string> | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next, [...way, file]);
      if (circle !== undefined) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const circle = visit(file, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
};

const graph = await readGraph();
const faults: Array<string> = [];
for (const [file, imports] of graph) {
  for (const imported of imports) {
    const broken = fault(placeOf(file), placeOf(imported));
    if (broken !== undefined) faults.push(`${file} imports ${imported}, but ${broken}`);
  }
}
const circle = findCircle(graph);
if (circle !== undefined) faults.push(`${circle.join(" imports ")}, but no files import each other in a circle`);
const all = ["src", "services", "schemas", "tests", "examples", "bench", "scripts", "docs"].flatMap(filesIn);
for (const [folder, files] of Map.groupBy(all, (file) => placeOf(file).folder)) {
  if (files.length > mostFiles) {
    faults.push(`${folder} holds ${files.length} files, but a folder holds ${mostFiles} at most`);
  }
}

for (const each of faults) console.error(each);
if (faults.length > 0) Deno.exit(1);
