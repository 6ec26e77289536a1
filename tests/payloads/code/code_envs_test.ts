import { Effect } from "effect";
import {
  CodeEnv,
  CodeEnvLog,
  CodeEnvProjectVersion,
  CodeEnvResult,
  CodeEnvSettings,
  CodeEnvUsage,
  codeEnvVersion,
  isAutomationCodeEnv,
  requiredCondaPackages,
  requiredPackages,
} from "../../../mod.ts";
import {
  codeEnv,
  codeEnvLog,
  codeEnvProjectVersion,
  codeEnvResult,
  codeEnvSettings,
  codeEnvUsage,
} from "./code_envs.ts";
import { itIsReturned } from "../returned.ts";

const [lang, name] = ["PYTHON", "py311_ds"];

itIsReturned("a code environment in a list", {
  document: codeEnv,
  schema: CodeEnv,
  through: {
    "CodeEnvs.list": {
      answers: (codeEnv) => [[codeEnv]],
      call: ({ codeEnvs }) => Effect.map(codeEnvs.list(), ([first]) => first!),
    },
  },
});

itIsReturned("the settings of a code environment", {
  document: codeEnvSettings,
  schema: CodeEnvSettings,
  through: {
    "CodeEnvs.settings": { call: ({ codeEnvs }) => codeEnvs.settings(lang, name) },
    "CodeEnvs.updateSettings": { call: ({ codeEnvs }) => codeEnvs.updateSettings(lang, name, (same) => same) },
    "CodeEnvs.saveSettings": {
      call: ({ codeEnvs }, settings) => codeEnvs.saveSettings(lang, name, settings as unknown as CodeEnvSettings),
    },
  },
  accessors: [requiredPackages, requiredCondaPackages, isAutomationCodeEnv, codeEnvVersion],
});

itIsReturned("a usage of a code environment", {
  document: codeEnvUsage,
  schema: CodeEnvUsage,
  through: {
    "CodeEnvs.usages": {
      answers: (usage) => [[usage]],
      call: ({ codeEnvs }) => Effect.map(codeEnvs.usages(lang, name), ([first]) => first!),
    },
    "CodeEnvs.listUsages": {
      answers: (usage) => [[usage]],
      call: ({ codeEnvs }) => Effect.map(codeEnvs.listUsages(), ([first]) => first!),
    },
  },
});

itIsReturned("a log of a code environment", {
  document: codeEnvLog,
  schema: CodeEnvLog,
  through: {
    "CodeEnvs.logs": {
      answers: (log) => [[log]],
      call: ({ codeEnvs }) => Effect.map(codeEnvs.logs(lang, name), ([first]) => first!),
    },
  },
});

itIsReturned("the version that a project uses", {
  document: codeEnvProjectVersion,
  schema: CodeEnvProjectVersion,
  through: {
    "CodeEnvs.versionForProject": { call: ({ codeEnvs }) => codeEnvs.versionForProject(lang, name, "CHURN") },
  },
});

const future = { jobId: "Zk3nQ9fA", hasResult: false, alive: true, aborted: false, unknown: false };

itIsReturned("what came of the work on a code environment", {
  document: codeEnvResult,
  schema: CodeEnvResult,
  through: {
    "CodeEnvs.create": { call: ({ codeEnvs }) => codeEnvs.create(lang, name) },
    "CodeEnvs.createInternal": { call: ({ codeEnvs }) => codeEnvs.createInternal("RAG_CODE_ENV") },
    "CodeEnvs.createFromPreset": { call: ({ codeEnvs }) => codeEnvs.createFromPreset("statistics") },
    "CodeEnvs.updatePackages": {
      answers: (result) => [future, { ...future, alive: false, hasResult: true }, { hasResult: true, result }],
      call: ({ codeEnvs }) => codeEnvs.updatePackages(lang, name),
    },
    "CodeEnvs.updateImages": {
      answers: (result) => [{ hasResult: true, alive: false, result }],
      call: ({ codeEnvs }) => codeEnvs.updateImages(lang, name),
    },
    "CodeEnvs.setJupyterSupport": { call: ({ codeEnvs }) => codeEnvs.setJupyterSupport(lang, name, true) },
    "CodeEnvs.delete": { call: ({ codeEnvs }) => codeEnvs.delete(lang, name) },
  },
});
