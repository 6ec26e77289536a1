import { Effect } from "effect";
import { Plugin, PluginFile, PluginSettingsDocument, PluginUsages } from "../../../mod.ts";
import { always, document, oneOf, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

itIsReturned("a plugin", {
  document: document({
    id: always("geoadmin"),
    version: optional("2.3.1"),
    isDev: optional(false),
    meta: optional(document({
      label: optional("Geo administrative areas"),
      description: optional(""),
      author: optional("Dataiku"),
      icon: optional("icon-globe"),
      tags: optional(["geo"]),
      category: optional("Geospatial"),
      supportLevel: optional("SUPPORTED"),
      licenseInfo: optional("Apache 2.0"),
    })),
  }),
  schema: Plugin,
  through: {
    "Plugins.list": {
      answers: (plugin) => [[plugin]],
      call: ({ plugins }) => Effect.map(plugins.list(), ([first]) => first!),
    },
  },
});

itIsReturned("the usages of a plugin", {
  document: document({
    usages: optional([document({
      projectKey: optional("SALES"),
      objectType: optional("RECIPE"),
      objectId: optional("compute"),
      elementKind: optional("python-recipes"),
      elementType: optional("CustomCode_geo"),
    })]),
    missingTypes: optional([document({
      missingType: optional("CustomCode_gone"),
      objectType: optional("RECIPE"),
      projectKey: optional("SALES"),
      objectId: optional("compute"),
    })]),
  }),
  schema: PluginUsages,
  through: {
    "Plugins.usages": { call: ({ plugins }) => plugins.usages("geoadmin") },
    "Plugins.projectUsages": {
      answers: (pluginUsages) => [[{ pluginId: "geoadmin", pluginUsages }]],
      call: ({ plugins }) => Effect.map(plugins.projectUsages("SALES"), ([first]) => first!.pluginUsages!),
    },
  },
  accessors: [PluginUsages.mayBeUsed],
});

itIsReturned("the settings of a plugin", {
  document: document({
    codeEnvName: optional("py311"),
    config: optional({}),
    presets: optional([document({
      name: always("default"),
      type: always("parameter-set-x"),
      owner: optional("admin"),
      config: optional({ a: 1 }),
      pluginConfig: optional({ b: 2 }),
      defaultPermission: optional(document({ use: optional(true) })),
      permissions: optional([document({ group: optional("g"), use: optional(true) })]),
    })]),
    parameterSets: optional([document({
      name: always("x"),
      type: optional("parameter-set-x"),
      defaultPermission: optional(
        document({ definableInline: optional(true), definableAtProjectLevel: optional(true) }),
      ),
    })]),
    accessibleParameterSetDescs: optional([document({
      id: always("x"),
      elementType: optional(oneOf("parameter-set-x")),
      desc: optional(document({
        params: optional([document({ name: always("a"), defaultValue: optional(1) })]),
        pluginParams: optional([]),
      })),
    })]),
  }),
  schema: PluginSettingsDocument,
  through: {
    "PluginSettings.get": { call: ({ pluginSettings }) => pluginSettings.get("x") },
    "PluginSettings.update": {
      answers: (settings) => [settings, {}, settings],
      call: ({ pluginSettings }) => pluginSettings.update("x", (found) => found),
    },
  },
  accessors: [PluginSettingsDocument.parameterSets],
});

itIsReturned("a file of a plugin", {
  document: document({
    name: always("python-lib"),
    path: always("python-lib"),
    children: optional([document({ name: always("a.py"), path: always("python-lib/a.py") })]),
  }),
  schema: PluginFile,
  through: {
    "PluginFiles.list": {
      answers: (file) => [[file]],
      call: ({ pluginFiles }) => Effect.map(pluginFiles.list("x"), ([first]) => first!),
    },
  },
  accessors: [(file) => PluginFile.paths([file])],
});
