/**
 * Writes COVERAGE.md: what of the official client is here, and whether it was seen to send the same, by running the recorded cases. With
 * `--check` it only says whether the page is out of date.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import { Effect } from "effect";
import { nouns } from "../tests/wire/harness/noun.ts";
import { documented, recordedAreas } from "../tests/wire/harness/recording.ts";
import { wireReport } from "../tests/wire/harness/report.ts";
import { formatted } from "./formatted.ts";

const { areas } = await Effect.runPromise(wireReport);

const methods = new Map<string, { readonly ours: string }>(areas.flatMap((area) => Object.entries(area.methods)));
const silent = new Map<string, string>(nouns.flatMap(({ withoutRequest = {} }) => Object.entries(withoutRequest)));
const results = Map.groupBy(areas.flatMap((area) => area.results), ({ method }) => method);

/** What running the recorded cases of a method showed. */
const seen = (member: string): string => {
  const cases = results.get(member) ?? [];
  if (cases.length === 0) return methods.has(member) ? "not recorded" : "sends nothing";
  const same = cases.filter(({ differences }) => differences.length === 0).length;
  return same === cases.length ? `same (${same})` : `differs (${cases.length - same} of ${cases.length})`;
};

const row = (member: string): string => {
  const ours = methods.get(member)?.ours ?? silent.get(member);
  return ours === undefined ? `| \`${member}\` | | |` : `| \`${member}\` | \`${ours}\` | ${seen(member)} |`;
};

const isHere = (member: string): boolean => methods.has(member) || silent.has(member);

const table = (members: ReadonlyArray<string>): string =>
  ["| Python | here | requests |", "| --- | --- | --- |", ...members.map(row)].join("\n");

const share = (members: ReadonlyArray<string>): string => `${members.filter(isHere).length} of ${members.length}`;

const pages = Object.entries(documented).map(([title, classes]) => ({
  title,
  members: Object.entries(classes).flatMap(([name, members]) => members.map((member) => `${name}.${member}`)),
}));

const sending = recordedAreas.flatMap((area) => Object.keys(area.methods));
const begun = areas.filter((area) => area.isCovered || Object.keys(area.methods).length > 0);
const toCome = areas.filter((area) => !begun.includes(area) && area.recorded > 0);

const counted = (methods: number): string => `${methods} ${methods === 1 ? "method" : "methods"}`;

const areaSection = ({ area, isCovered, recorded, methods }: typeof areas[number]): string => {
  const recording = recordedAreas.find((recording) => recording.area === area)!;
  const members = Object.keys(recording.methods).concat(recording.withoutRequest)
    .filter((member) => isCovered || isHere(member));
  const rest = recorded - Object.keys(methods).length;
  return `### ${area}\n\n${table(members)}\n${rest === 0 ? "" : `\nTo come: ${counted(rest)}.\n`}`;
};

const page = `# Coverage

What of the official Python client (dataikuapi 15.2.0) is here. Written by \`deno task coverage\`, which runs our call for each recorded call of
the official client and compares what is sent: "same" is the number of recorded calls for which it is, by the rules that \`deno task wire\` names.

- Of what Dataiku's documentation lists on the pages below: ${share(pages.flatMap(({ members }) => members))} members.
- Of all that sends a request: ${share(sending)} methods.

## By page of the documentation

${pages.map(({ title, members }) => `### ${title}\n\nHere: ${share(members)}.\n\n${table(members)}\n`).join("\n")}
## By area of the official client

${begun.map(areaSection).join("\n")}
### To come

${toCome.map(({ area, recorded }) => `- ${area}: ${counted(recorded)}`).join("\n")}
`;

const file = "COVERAGE.md";
const text = await formatted(file, page);
const written = await Deno.readTextFile(file).catch((error: unknown) => {
  if (error instanceof Deno.errors.NotFound) return "";
  throw error;
});
if (text !== written && Deno.args.includes("--check")) {
  console.error(`${file} is out of date: run \`deno task coverage\``);
  Deno.exitCode = 1;
} else if (text !== written) {
  await Deno.writeTextFile(file, text);
  console.log(`${file} written`);
}
