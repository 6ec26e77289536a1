/**
 * Writes docs/from_dataikuapi.md: calls of Dataiku's own Python client, each with ours, from the tables that `deno task wire` runs. With
 * `--check` it only says whether the page is out of date.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import { nouns, type OurCall } from "../tests/wire/harness/noun.ts";
import { recordedAreas } from "../tests/wire/harness/recording.ts";
import { formatted } from "./formatted.ts";

const titles: Readonly<Record<string, string>> = {
  admin: "Administration",
  apideployer: "API Deployer",
  apiservice: "API services",
  businessapp: "Business applications",
  client: "The instance",
  codestudio: "Code studios",
  datacollection: "Data collections",
  featurestore: "Feature store",
  iam: "Identity",
  messagingchannel: "Messaging channels",
  notebook: "Notebooks",
  projectfolder: "Project folders",
  secretsmanager: "Secrets and vaults",
  sqlquery: "SQL",
};

const titleOf = (area: string): string => titles[area] ?? `${area[0]!.toUpperCase()}${area.slice(1)}s`;

/** The source of a call, without the function around it. */
const sourceOf = (call: OurCall): string => {
  const source = String(call).replaceAll(/\s+/g, " ").replace(/^\([^=]*=> ?/, "").replaceAll(
    /([([{]) | ([)\]}])/g,
    "$1$2",
  );
  return source.replaceAll(/(\w)\{/g, "$1{").trim();
};

/** Longest call that is shown; of a longer one the name says as much. */
const longest = 110;

/** A call that is written out, rather than one that a table makes. */
const isPlain = (source: string): boolean => /^[a-z]\w+\.\w+\(/.test(source) && source.length <= longest;

const code = (text: string): string => `\`${text.replaceAll("|", "\\|").replaceAll("`", "'")}\``;

const methods = new Map(nouns.flatMap(({ methods }) => Object.entries(methods)));

const rows = (area: typeof recordedAreas[number]): ReadonlyArray<string> =>
  Object.entries(area.methods).flatMap(([name, cases]) => {
    const ours = methods.get(name);
    if (ours === undefined) return [];
    const sources = ours.calls.map(sourceOf);
    // The shortest one says the most.
    const shown = sources.map((source, at) => ({ source, python: cases[at]?.call ?? name }))
      .filter(({ source }) => isPlain(source)).sort((a, b) => a.source.length - b.source.length)[0];
    const said = shown?.python ?? cases[0]?.call ?? name;
    const python = said.length <= longest ? said : name;
    return [`| ${code(python)} | ${code(shown?.source ?? ours.ours)} |`];
  });

const section = (area: typeof recordedAreas[number]): string => {
  const found = rows(area);
  return found.length === 0
    ? ""
    : `## ${titleOf(area.area)}\n\n| Python | here |\n| --- | --- |\n${found.join("\n")}\n\n`;
};

const page = `# Coming from \`dataikuapi\`

Calls of Dataiku's own Python client, and what does the same here. Both send the same requests: \`deno task wire\` compares
them. This page is written by \`deno task docs\`.

- **Services in place of handles.** \`project.get_scenario("S")\` has no counterpart: a service takes the ids with each call,
  as \`scenarios.settings("P", "S")\`. \`const scenarios = yield* Scenarios\` gives the service of that name.
- **Effects.** A call does nothing before it is run: \`yield*\` runs it inside \`Effect.gen\`.
- **What takes long** is an operation. \`jobs.run\` waits, as \`start_and_wait\` does; \`jobs.start\` gives the operation. What
  blocks without end in Python has a deadline here, and what is lost says so.
- **Settings** are not edited in place: a pure function goes to \`update…\`, which reads, writes, and reads back.
- **One exception class** there is \`DssError\` here, with a \`reason\` for each cause: see [errors](errors.md).
- **Files**: what downloads to a path there is a \`Stream\` here, for \`saveToFile\` of \`@effect-dataiku/dss/files\`.

${recordedAreas.map(section).join("")}`;

const file = "docs/from_dataikuapi.md";
const text = await formatted(file, page);
if (Deno.args.includes("--check")) {
  if (await Deno.readTextFile(file).catch(() => "") !== text) {
    console.error(`${file} is out of date: run \`deno task docs\``);
    Deno.exit(1);
  }
} else {
  await Deno.mkdir("docs", { recursive: true });
  await Deno.writeTextFile(file, text);
  console.log(`${file} written`);
}
