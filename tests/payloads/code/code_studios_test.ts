import { Effect } from "effect";
import {
  CodeStudio,
  CodeStudioConflicts,
  CodeStudioSettings,
  CodeStudioStatus,
  CodeStudioTemplate,
  CodeStudioTemplateBuild,
  CodeStudioTemplateImport,
  CodeStudioTemplateSettings,
  CreatedCodeStudio,
  PushedFiles,
} from "../../../mod.ts";
import {
  codeStudio,
  codeStudioConflicts,
  codeStudioSettings,
  codeStudioStatus,
  codeStudioTemplate,
  codeStudioTemplateBuild,
  codeStudioTemplateImport,
  codeStudioTemplateSettings,
  createdCodeStudio,
  pushedFiles,
  stoppedCodeStudio,
} from "./code_studios.ts";
import { itIsReturned } from "../returned.ts";

const [project, id, zone] = ["SALES", "Xb2c9Qd1", "code_studio-versioned"];

itIsReturned("a code studio in a list", {
  document: codeStudio,
  schema: CodeStudio,
  through: {
    "CodeStudios.list": {
      answers: (studio) => [[studio]],
      call: ({ codeStudios }) => Effect.map(codeStudios.list(project), ([first]) => first!),
    },
  },
});

itIsReturned("the definition of a code studio", {
  document: codeStudioSettings,
  schema: CodeStudioSettings,
  through: { "CodeStudios.settings": { call: ({ codeStudios }) => codeStudios.settings(project, id) } },
});

itIsReturned("a code studio that was created", {
  document: createdCodeStudio,
  schema: CreatedCodeStudio,
  through: {
    "CodeStudios.create": {
      answers: (codeStudio) => [{ codeStudio }],
      call: ({ codeStudios }) => codeStudios.create(project, "maria-vscode", "vscode-py311"),
    },
  },
});

itIsReturned("where a code studio stands", {
  document: codeStudioStatus,
  schema: CodeStudioStatus,
  through: { "CodeStudios.status": { call: ({ codeStudios }) => codeStudios.status(project, id) } },
  accessors: [CodeStudioStatus.lastChangedAt, CodeStudioStatus.zoneNames],
});

itIsReturned("a code studio that is stopped", {
  document: stoppedCodeStudio,
  schema: CodeStudioStatus,
  through: {
    "CodeStudios.stop": {
      answers: (status) => [{}, status],
      call: ({ codeStudios }) => codeStudios.stop(project, id),
    },
  },
  accessors: [CodeStudioStatus.lastChangedAt, CodeStudioStatus.zoneNames],
});

itIsReturned("the conflicts of a zone", {
  document: codeStudioConflicts,
  schema: CodeStudioConflicts,
  through: {
    "CodeStudios.conflicts": {
      answers: (conflicts) => [{ [zone]: conflicts }],
      call: ({ codeStudios }) => codeStudios.conflicts(project, id, zone),
    },
  },
  accessors: [CodeStudioConflicts.files],
});

itIsReturned("what was copied to a code studio", {
  document: pushedFiles,
  schema: PushedFiles,
  through: { "CodeStudios.push": { call: ({ codeStudios }) => codeStudios.push(project, id, zone) } },
});

itIsReturned("a template in a list", {
  document: codeStudioTemplate,
  schema: CodeStudioTemplate,
  through: {
    "CodeStudioTemplates.list": {
      answers: (template) => [[template]],
      call: ({ codeStudioTemplates }) => Effect.map(codeStudioTemplates.list(), ([first]) => first!),
    },
  },
  accessors: [CodeStudioTemplate.lastBuiltAt],
});

itIsReturned("the settings of a template", {
  document: codeStudioTemplateSettings,
  schema: CodeStudioTemplateSettings,
  through: {
    "CodeStudioTemplates.settings": { call: ({ codeStudioTemplates }) => codeStudioTemplates.settings("vscode-py311") },
    "CodeStudioTemplates.updateSettings": {
      call: ({ codeStudioTemplates }) => codeStudioTemplates.updateSettings("vscode-py311", (same) => same),
    },
    "CodeStudioTemplates.saveSettings": {
      call: ({ codeStudioTemplates }, settings) =>
        codeStudioTemplates.saveSettings("vscode-py311", settings as unknown as CodeStudioTemplateSettings),
    },
  },
});

itIsReturned("what came of the build of a template", {
  document: codeStudioTemplateBuild,
  schema: CodeStudioTemplateBuild,
  through: {
    "CodeStudioTemplates.build": {
      answers: (result) => [{ hasResult: true, result }],
      call: ({ codeStudioTemplates }) => codeStudioTemplates.build("vscode-py311"),
    },
  },
});

itIsReturned("what came of the import of a template", {
  document: codeStudioTemplateImport,
  schema: CodeStudioTemplateImport,
  through: {
    "CodeStudioTemplates.import": {
      call: ({ codeStudioTemplates }) => codeStudioTemplates.import(new TextEncoder().encode("zip")),
    },
  },
});
