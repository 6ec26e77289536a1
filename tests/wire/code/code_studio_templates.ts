/** Templates of code studios: our calls for those of the official client. */
import { Stream } from "effect";
import { buildTemplateFor } from "../../../mod.ts";
import type { Noun } from "../harness/noun.ts";

const id = "tmpl1";

const zip = new TextEncoder().encode("PK-fake-zip");

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
    "DSSClient.create_code_studio_template": {
      ours: "CodeStudioTemplates.create",
      calls: [({ codeStudioTemplates }) => codeStudioTemplates.create("x1", "JINJA")],
    },
    "DSSClient.import_code_studio_template": {
      ours: "CodeStudioTemplates.import",
      calls: [
        ({ codeStudioTemplates }) => codeStudioTemplates.import(zip),
        ({ codeStudioTemplates }) => codeStudioTemplates.import(zip, { label: "x1", importSpec: "x1" as never }),
      ],
    },
    "DSSCodeStudioTemplate.get_export_stream": {
      ours: "CodeStudioTemplates.export",
      calls: [({ codeStudioTemplates }) => Stream.runDrain(codeStudioTemplates.export("x1"))],
    },
    "DSSCodeStudioTemplate.export_to_file": {
      ours: "CodeStudioTemplates.export",
      calls: [({ codeStudioTemplates }) => Stream.runDrain(codeStudioTemplates.export("x1"))],
    },
    "DSSCodeStudioTemplate.delete": {
      ours: "CodeStudioTemplates.delete",
      calls: [
        ({ codeStudioTemplates }) => codeStudioTemplates.delete("x1"),
        ({ codeStudioTemplates }) => codeStudioTemplates.delete("x1", { deleteRuntime: true, deleteImages: true }),
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
  samples: { "POST /admin/code-studios/": { id: "x1" } },
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
