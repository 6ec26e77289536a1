/** Templates of code studios: our calls for those of the official client. */
import { buildTemplateFor } from "../../../mod.ts";
import type { Noun } from "../harness/noun.ts";

const id = "tmpl1";

const codeStudioTemplates: Noun = {
  areas: [],
  methods: {
    "DSSClient.list_code_studio_templates": {
      ours: "CodeStudioTemplates.list",
      calls: [
        ({ codeStudioTemplates }) => codeStudioTemplates.list(),
        ({ codeStudioTemplates }) => codeStudioTemplates.list(),
      ],
    },
    "DSSCodeStudioTemplate.get_settings": {
      ours: "CodeStudioTemplates.settings",
      calls: [({ codeStudioTemplates }) => codeStudioTemplates.settings(id)],
    },
    "DSSCodeStudioTemplate.build": {
      ours: "CodeStudioTemplates.build",
      calls: [
        ({ codeStudioTemplates }) => codeStudioTemplates.startBuild(id),
        ({ codeStudioTemplates }) => codeStudioTemplates.startBuild(id, { noCache: true }),
      ],
    },
    "DSSCodeStudioTemplateSettings.save": {
      ours: "CodeStudioTemplates.updateSettings",
      calls: [
        ({ codeStudioTemplates }) =>
          codeStudioTemplates.updateSettings(id, ({ id }) => buildTemplateFor(["conf1", "conf2"])({ id })),
        ({ codeStudioTemplates }) =>
          codeStudioTemplates.updateSettings(id, ({ id }) => buildTemplateFor("all")({ id })),
      ],
    },
  },
  withoutRequest: {
    "DSSClient.get_code_studio_template": "CodeStudioTemplates.settings",
    "DSSCodeStudioTemplateListItem.to_code_studio_template": "CodeStudioTemplate",
    "DSSCodeStudioTemplateListItem.label": "CodeStudioTemplate",
    "DSSCodeStudioTemplateListItem.id": "CodeStudioTemplate",
    "DSSCodeStudioTemplateListItem.build_for_configs": "CodeStudioTemplate",
    "DSSCodeStudioTemplateListItem.last_built": "CodeStudioTemplate.lastBuiltAt",
    "DSSCodeStudioTemplateSettings.get_raw": "CodeStudioTemplates.settings",
    "DSSCodeStudioTemplateSettings.get_built_for_all_container_confs": "CodeStudioTemplateSettings",
    "DSSCodeStudioTemplateSettings.get_built_container_confs": "CodeStudioTemplateSettings",
    "DSSCodeStudioTemplateSettings.set_built_container_confs": "buildTemplateFor",
  },
};

export default codeStudioTemplates;
