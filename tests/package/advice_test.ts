import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath, URL } from "node:url";
import * as library from "../../mod.ts";
import { makeServices } from "../../services/all_services.ts";
import * as files from "../../src/files.ts";
import { Simulator } from "../../src/simulator/mod.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The published sources, without the simulator, whose words are those of DSS. */
const sources = ["src", "services", "schemas"].flatMap((folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`)
).filter((file) => file.endsWith(".ts") && !file.includes("simulator/")).map((file) => ({
  file,
  // Comments are for readers of the code.
  code: readFileSync(`${root}${file}`, "utf8").replaceAll(/\/\*[^]*?\*\//g, "").replaceAll(/(^|\s)\/\/ .*$/gm, ""),
}));

const code = sources.map(({ code }) => code).join("\n");

/** The texts in the code, with `…` for what is put into them. */
const texts = sources.flatMap(({ code }) =>
  [...code.matchAll(/"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g)].map(([, ...found]) =>
    found.find((text) => text !== undefined)!.replaceAll(/\$\{[^}]*\}/g, "…").replaceAll("\\`", "`")
  )
);

/** Each find of a pattern in the texts, once. */
const said = (pattern: RegExp): ReadonlyArray<string> =>
  [...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, found]) => found!)))].sort();

/** Whether something of this name can be given, called or imported. */
const isDeclared = (name: string): boolean =>
  name in library || name in files || new RegExp(`\\b${name}\\??[:(<]|(?:function|const) ${name}\\b`).test(code);

/** Names of Dataiku's own config file. */
const ofConfigFile = [
  "dss_instances",
  "default_instance",
  "url",
  "api_key",
  "jwt_bearer_token",
  "no_check_certificate",
];

describe("what errors advise", () => {
  it("names what can be given, called or imported", () => {
    const names = said(/`([A-Za-z_]+)`/g);
    expect(names).toEqual(expect.arrayContaining(["maxBodyBytes", "apiKey", "unreadable"]));
    expect(names.filter((name) => !ofConfigFile.includes(name) && !isDeclared(name))).toEqual([]);
  });

  it("on its page names what can be given, called or imported", () => {
    const page = readFileSync(fileURLToPath(new URL("../../docs/errors.md", import.meta.url)), "utf8");
    const names = [...page.matchAll(/`([A-Za-z]+)`/g)].map(([, name]) => name!)
      .filter((name) => !/^([A-Z]+|null)$/.test(name));
    expect(names.length).toBeGreaterThan(40);
    expect(names.filter((name) => !isDeclared(name))).toEqual([]);
  });

  it("names functions that there are, also without quotes", () => {
    const hints = texts.filter((text) => / (?:with|use|give|set|see|in place of) [a-z]+[A-Z]/.test(text));
    const names = [...new Set(hints.flatMap((text) => text.match(/\b[a-z]+[A-Z][A-Za-z]+\b/g) ?? []))];
    expect(names).toContain("fileContent");
    expect(names.filter((name) => !isDeclared(name))).toEqual([]);
  });

  it("names methods of services that there are", () =>
    Effect.runPromise(
      Effect.map(Effect.provide(makeServices, Simulator.layer()), (services) => {
        const members = Object.entries(services).flatMap(([service, members]) =>
          Object.keys(members).map((member) => `${service[0]!.toUpperCase()}${service.slice(1)}.${member}`)
        );
        const nouns = new Set(members.map((member) => member.split(".")[0]!));
        const names = said(/(?:^|`| )([A-Z][A-Za-z]+\.[a-z][A-Za-z]+)(?:$|`| |,)/g)
          .filter((name) => nouns.has(name.split(".")[0]!));
        expect(names.length).toBeGreaterThan(200);
        expect(names.filter((name) => !members.includes(name))).toEqual([]);
      }),
    ));

  it("names chapters that there are", () => {
    const readme = readFileSync(`${root}README.md`, "utf8");
    const chapters = said(/see (\w+) in the README/g);
    expect(chapters).toContain("TLS");
    expect(chapters.filter((chapter) => !new RegExp(`^#+ ${chapter}$`, "m").test(readme))).toEqual([]);
  });

  it("names variables that are read", () => {
    const variables = said(/\b(DKU_[A-Z_]+)\b/g);
    expect(variables.length).toBeGreaterThan(5);
    expect(variables.filter((name) => !code.includes(`variable("${name}"`))).toEqual([]);
  });

  it("names flags that the runtimes have", () => {
    const flags = [
      "--allow-net",
      "--allow-env",
      "--allow-read",
      "--allow-write",
      "--unsafely-ignore-certificate-errors",
      "--max-http-header-size", // of Node
    ];
    expect(said(/(--[a-z][a-z-]+)/g).filter((flag) => !flags.includes(flag))).toEqual([]);
  });
});
