/**
 * What the npm form of this package says of itself, and whether its types are whole.
 *
 * @module
 */

/** What is used of a `package.json`, as `deno pack` writes it. */
export interface Packed {
  readonly exports: Readonly<Record<string, { readonly types?: string; readonly default: string }>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** What of the imports of this package its users install themselves, in one version for all that they use. */
const peers: ReadonlyArray<string> = ["effect"];

/**
 * The `package.json` that is published.
 *
 * Two versions of `effect` in one program do not know each other's services, so it is a peer and no dependency.
 */
export const npmManifest = ({ dependencies = {}, ...packed }: Packed): object => {
  const others = Object.keys(dependencies).filter((name) => !peers.includes(name));
  if (others.length > 0) throw new Error(`The published files import ${others.join(", ")} besides ${peers.join(", ")}`);
  const absent = peers.filter((name) => dependencies[name] === undefined);
  if (absent.length > 0) throw new Error(`No published file imports ${absent.join(", ")}`);
  return {
    ...packed,
    description: "Dataiku DSS for TypeScript, with Effect: typed services, operations, and an embedded DSS for tests",
    keywords: ["dataiku", "dss", "effect", "typescript"],
    sideEffects: false,
    engines: { node: ">=22.19" },
    peerDependencies: dependencies,
  };
};

/** Relative imports of a declaration file: those that it has as statements and those within types. */
const importsOf = (text: string): ReadonlyArray<string> =>
  // A line of a comment begins with an asterisk.
  [...text.matchAll(/^(?! *\*(?!\/)).*?(?:\bfrom |\bimport\(|\bimport )["'](\.[^"']+)["']/gm)].map(([, path]) => path!);

/**
 * What is missing of the types of a package: the declaration files that its exports need, one by one or from each other, and that are not
 * there.
 */
export const missingTypes = (
  { exports }: Packed,
  read: (path: string) => string | undefined,
): ReadonlyArray<string> => {
  const missing: Array<string> = [];
  const needed = new Set<string>();
  for (const [name, { types }] of Object.entries(exports)) {
    if (types === undefined) missing.push(`the types of "${name}"`);
    else needed.add(types.replace("./", ""));
  }
  for (const path of needed) { // which grows meanwhile
    const text = read(path);
    if (text === undefined) missing.push(path);
    for (const imported of importsOf(text ?? "")) {
      needed.add(new URL(imported, `file:///${path}`).pathname.slice(1).replace(/\.js$/, ".d.ts"));
    }
  }
  return missing;
};
