/**
 * Code studios and their templates, as DSS answers them.
 *
 * @module
 */
import { always, type Document, document, oneOf, optional } from "../document.ts";
import { infoMessages } from "../automation/futures.ts";

const named = {
  id: always("Xb2c9Qd1"),
  name: always("maria-vscode"),
  owner: always("maria"),
  templateId: always("vscode-py311"),
  projectKey: optional("SALES"),
};

const desc = document({
  label: optional("VS Code (Python 3.11)"),
  shortDesc: optional("VS Code with project libraries"),
});

/** A code studio in a list. */
export const codeStudio: Document = document({ ...named, desc: optional(desc) });

/** The definition of a code studio. */
export const codeStudioSettings: Document = document({
  ...named,
  libName: always("maria-vscode"),
  versionTag: optional({ versionNumber: 1, lastModifiedBy: { login: "maria" }, lastModifiedOn: 1758000000000 }),
  tags: optional([]),
});

/** A code studio that was created. */
export const createdCodeStudio: Document = document({
  id: always("Xb2c9Qd1"),
  projectKey: optional("SALES"),
  name: optional("maria-vscode"),
  owner: optional("maria"),
  templateId: optional("vscode-py311"),
});

/** Where a code studio stands that runs. */
export const codeStudioStatus: Document = document({
  state: always(oneOf("RUNNING")),
  lastStateChange: optional(1759312596668),
  syncedZones: optional([
    document({
      id: optional("code_studio-versioned"),
      zone: optional("code_studio-versioned"),
      pathInContainer: optional("/home/dataiku/workspace/code_studio-versioned"),
    }),
  ]),
  exposed: optional([{ label: "VS Code", port: 8181, exposeHtml: true, proxiedUrlSuffix: "$uri$is_args$args" }]),
});

/** Where a code studio stands that is stopped. */
export const stoppedCodeStudio: Document = document({
  state: always("STOPPED"),
  lastStateChange: optional(0),
  syncedZones: optional([]),
  exposed: optional([]),
});

/** The conflicts of a zone. */
export const codeStudioConflicts: Document = document({
  authors: optional(["maria"]),
  added: optional(["notes.md", { path: "notes.md" }]),
  modified: optional(["src/app.py"]),
  deleted: optional([]),
  commitFrom: optional("1b0f0c4f2b0b6a1c4b1f5a0d9f7e6c5b4a392817"),
  commitTo: optional("9d2e7c6b5a49382716051b0f0c4f2b0b6a1c4b1f"),
});

/** What was copied. */
export const pushedFiles: Document = document({ count: optional(12), size: optional(40960) });

/** A template in a list. */
export const codeStudioTemplate: Document = document({
  id: always("vscode-py311"),
  label: optional("VS Code (Python 3.11)"),
  desc: optional(desc),
  buildFor: optional(["eks-default"]),
  lastBuilt: optional(1757000000000),
  isBuilt: optional(true),
});

/** The settings of a template. */
export const codeStudioTemplateSettings: Document = document({
  id: always("vscode-py311"),
  label: optional("VS Code (Python 3.11)"),
  type: optional("block_based"),
  allContainerConfs: optional(false),
  containerConfs: optional(["eks-default"]),
  defaultContainerConf: optional("eks-default"),
  allowContainerConfOverride: optional(true),
  params: optional({ blocks: [{ type: "add_codeenv", params: { envLang: "PYTHON", envName: "py311_ds" } }] }),
});

/** What came of a build. */
export const codeStudioTemplateBuild: Document = document({
  messages: optional(infoMessages({ error: false, fatal: false })),
});

/** What came of the import of a template. */
export const codeStudioTemplateImport: Document = document({
  id: optional("Kd83mPq2"),
  messages: optional(infoMessages({ error: false, fatal: false })),
});
