import { describe, expect, it } from "@effect/vitest";
import { missingTypes, npmManifest, type Packed } from "../../scripts/npm_package.ts";

const packed: Packed = {
  exports: {
    ".": { types: "./mod.d.ts", default: "./mod.js" },
    "./jobs": { types: "./a/jobs.d.ts", default: "./a.js" },
  },
  dependencies: { effect: "^4.1.0" },
};

describe("the npm form", () => {
  it("asks for effect as a peer, in the range of the sources", () => {
    const manifest = npmManifest(packed);
    expect(manifest).toMatchObject({ peerDependencies: { effect: "^4.1.0" }, exports: packed.exports });
    expect(manifest).not.toHaveProperty("dependencies");
  });

  it("has no other dependency", () => {
    expect(() => npmManifest({ ...packed, dependencies: { effect: "^4", zod: "^4" } })).toThrow("import zod");
    expect(() => npmManifest({ ...packed, dependencies: {} })).toThrow("imports effect");
  });

  it("has all types that those of its exports need", () => {
    const files: Record<string, string> = {
      "mod.d.ts": '/**\n * import { a } from "./shown.js";\n */ export * from "./src/all.js";\n',
      "src/all.d.ts":
        'export type A = import("../a/b.js").B;\nimport type { C } from "effect";\nimport "./effects.js";\n',
      "src/effects.d.ts": "",
      "a/b.d.ts": 'export {\n  B\n} from "./jobs.js";\n',
      "a/jobs.d.ts": 'export * from "../mod.js";\n',
    };
    expect(missingTypes(packed, (path) => files[path])).toEqual([]);
    for (const absent of Object.keys(files)) {
      expect(missingTypes(packed, (path) => path === absent ? undefined : files[path])).toEqual([absent]);
    }
    expect(missingTypes({ exports: { "./x": { default: "./x.js" } } }, () => "")).toEqual(['the types of "./x"']);
  });
});
