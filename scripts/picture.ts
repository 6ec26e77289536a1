/**
 * Draws docs/demo.svg, the picture of the README, from what `deno task demo` really says: `deno run -A scripts/picture.ts`.
 *
 * @module
 */
// deno-lint-ignore-file no-console

const [width, height, margin] = [8.43, 19, 16];

const demo = await new Deno.Command(Deno.execPath(), {
  args: ["task", "--quiet", "demo"],
  env: { FORCE_COLOR: "0", NO_COLOR: "1" },
  stderr: "inherit",
}).output();
if (!demo.success) throw new Error("The demo failed");
const said = new TextDecoder().decode(demo.stdout).trimEnd().split("\n");
// The end says the most: the tree with its durations.
const from = said.findLastIndex((line) => /\bKIND\b/.test(line));
const lines = ["$ deno task demo", ...said.slice(0, 1), "", ...said.slice(from)];

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Words that are states are painted as a terminal would. */
const painted = (line: string): string =>
  escaped(line)
    .replaceAll(/\b(SUCCESS|DONE)\b/g, '<tspan fill="#7ee787">$1</tspan>')
    .replaceAll(/\b(FAILED|ABORTED)\b/g, '<tspan fill="#ff7b72">$1</tspan>')
    .replaceAll(/\b(SKIPPED|WARNING)\b/g, '<tspan fill="#e3b341">$1</tspan>');

const columns = Math.max(...lines.map((line) => line.length));
const size = { x: Math.ceil(columns * width + 2 * margin), y: lines.length * height + 2 * margin };
const rows = lines.map((line, at) =>
  `  <text x="${margin}" y="${margin + (at + 0.75) * height}" xml:space="preserve">${painted(line)}</text>`
);
const svg =
  `<svg xmlns="http://www.w3.org/2000/svg" width="${size.x}" height="${size.y}" viewBox="0 0 ${size.x} ${size.y}">
  <title>The end of deno task demo: a scenario, its steps, their jobs and activities</title>
  <rect width="100%" height="100%" rx="8" fill="#0d1117" />
  <g fill="#e6edf3" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14">
${rows.join("\n")}
  </g>
</svg>
`;
await Deno.writeTextFile("docs/demo.svg", svg);
console.log(`docs/demo.svg: ${lines.length} lines`);
