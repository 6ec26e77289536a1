/**
 * The code studios and their templates that a simulated DSS starts with.
 *
 * @module
 * @internal
 */
import {
  addCodeStudio,
  type CodeStudioTemplateRecord,
  codeStudioTemplates,
  noConflicts,
  setCodeStudioState,
} from "./code_studios_state.ts";
import type { World } from "../kernel/world.ts";

const hour = 3_600_000;

const template = (
  id: string,
  label: string,
  shortDesc: string,
  containerConfs: ReadonlyArray<string>,
  lastBuilt: number,
): CodeStudioTemplateRecord => ({
  settings: {
    id,
    label,
    type: "block_based",
    allContainerConfs: false,
    containerConfs,
    defaultContainerConf: "eks-default",
    allowContainerConfOverride: true,
    params: { blocks: [{ type: "add_codeenv", params: { envLang: "PYTHON", envName: "py311_ds" } }] },
  },
  shortDesc,
  buildFor: lastBuilt === 0 ? [] : containerConfs,
  lastBuilt,
});

/** Fills an instance: two code studios of SALES run, one with conflicts, and one was never started. */
export const seedCodeStudios = (world: World, boot: number): void => {
  const vscode = template(
    "vscode-py311",
    "VS Code (Python 3.11)",
    "VS Code with project libraries",
    ["eks-default"],
    boot - 600 * hour,
  );
  const streamlit = template("streamlit", "Streamlit", "Web apps", ["eks-default"], 0);
  world.of(codeStudioTemplates).set("vscode-py311", vscode).set("streamlit", streamlit);
  const add = (id: string, name: string, owner: string) =>
    addCodeStudio(world, { projectKey: "SALES", id, name, owner, templateId: "vscode-py311", now: boot - 100 * hour });
  const maria = add("Xb2c9Qd1", "maria-vscode", "maria");
  setCodeStudioState(maria, "RUNNING", boot - 5 * hour);
  maria.zones.get("code_studio-versioned")!.conflicts = {
    ...noConflicts,
    authors: ["admin"],
    added: ["notes.md"],
    modified: ["src/app.py"],
  };
  setCodeStudioState(add("Kd83mPq2", "admin-vscode", "admin"), "RUNNING", boot - 2 * hour);
  add("Zt1y7Wn5", "maria-trial", "maria");
};
