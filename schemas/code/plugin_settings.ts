/**
 * Settings of plugins: parameter sets, presets of them, and pure edits.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open } from "../../src/json/open.ts";

const anything = dictionary(Schema.Unknown);

/** Whether a group may use a preset. */
export interface PresetPermission {
  /** Name of the group. */
  readonly group?: string | null;
  /** Whether it may. */
  readonly use?: boolean | null;
}

/** Schema of {@linkcode PresetPermission}. */
export const PresetPermission: Schema.Codec<PresetPermission, unknown> = open(
  { group: maybe(Schema.String), use: maybe(Schema.Boolean) } satisfies Fields<PresetPermission>,
);

/** What those may do whom no other permission names. */
export interface PresetDefaultPermission {
  /** Whether they may use the preset. */
  readonly use?: boolean | null;
}

/** Schema of {@linkcode PresetDefaultPermission}. */
export const PresetDefaultPermission: Schema.Codec<PresetDefaultPermission, unknown> = open(
  { use: maybe(Schema.Boolean) } satisfies Fields<PresetDefaultPermission>,
);

/** A preset: values for a parameter set, under a name. */
export interface PluginPreset {
  /** Name, unique in its parameter set. */
  readonly name: string;
  /** Type of its parameter set, as `parameter-set-geoadmin-account`. */
  readonly type: string;
  /** Login of its owner. */
  readonly owner?: string | null;
  /** Values of the parameters; those of passwords are secret. */
  readonly config?: Readonly<Record<string, unknown>> | null;
  /** Values of the parameters for administrators. */
  readonly pluginConfig?: Readonly<Record<string, unknown>> | null;
  /** Who may use it, when nothing else is said of them. */
  readonly defaultPermission?: PresetDefaultPermission | null;
  /** Which groups may use it. */
  readonly permissions?: ReadonlyArray<PresetPermission> | null;
}

/** Schema of {@linkcode PluginPreset}, with its accessors. */
export interface PluginPresetCodec extends Schema.Codec<PluginPreset, unknown> {
  /** Whether a group may use a preset; without a group, whether everybody may. A group that is not named goes by the default. */
  isUsableBy(preset: PluginPreset, group?: string): boolean;
}

const presetFields = {
  name: Schema.String,
  type: Schema.String,
  owner: maybe(Schema.String),
  config: maybe(anything),
  pluginConfig: maybe(anything),
  defaultPermission: maybe(PresetDefaultPermission),
  permissions: maybe(Schema.Array(PresetPermission)),
} satisfies Fields<PluginPreset>;

/** Schema of {@linkcode PluginPreset}, with its accessors. */
export const PluginPreset: PluginPresetCodec = Object.assign(
  open(presetFields) as Schema.Codec<PluginPreset, unknown>,
  {
    isUsableBy: ({ defaultPermission, permissions }: PluginPreset, group?: string): boolean =>
      (permissions?.find((each) => each.group === group) ?? defaultPermission)?.use === true,
  },
);

/** Where presets of a parameter set may be made. */
export interface ParameterSetPermission {
  /** Whether its values can be given where it is used, without a preset. */
  readonly definableInline?: boolean | null;
  /** Whether projects can have presets of their own. */
  readonly definableAtProjectLevel?: boolean | null;
}

/** Schema of {@linkcode ParameterSetPermission}. */
export const ParameterSetPermission: Schema.Codec<ParameterSetPermission, unknown> = open(
  {
    definableInline: maybe(Schema.Boolean),
    definableAtProjectLevel: maybe(Schema.Boolean),
  } satisfies Fields<ParameterSetPermission>,
);

/** A parameter set. */
export interface ParameterSet {
  /** Name, as in its description. */
  readonly name: string;
  /** Type, which its presets have. */
  readonly type?: string | null;
  /** Where presets of it may be made. */
  readonly defaultPermission?: ParameterSetPermission | null;
}

/** Schema of {@linkcode ParameterSet}. */
export const ParameterSet: Schema.Codec<ParameterSet, unknown> = open(
  {
    name: Schema.String,
    type: maybe(Schema.String),
    defaultPermission: maybe(ParameterSetPermission),
  } satisfies Fields<ParameterSet>,
);

/** A parameter. */
export interface PresetParameter {
  /** Name. */
  readonly name: string;
  /** Value that it has in a preset which says nothing of it. */
  readonly defaultValue?: unknown;
}

/** Schema of {@linkcode PresetParameter}. */
export const PresetParameter: Schema.Codec<PresetParameter, unknown> = open(
  { name: Schema.String, defaultValue: Schema.optionalKey(Schema.Unknown) } satisfies Fields<PresetParameter>,
);

/** The parameters of a parameter set. */
export interface ParameterSetParameters {
  /** Those of users. */
  readonly params?: ReadonlyArray<PresetParameter> | null;
  /** Those of administrators. */
  readonly pluginParams?: ReadonlyArray<PresetParameter> | null;
}

/** Schema of {@linkcode ParameterSetParameters}. */
export const ParameterSetParameters: Schema.Codec<ParameterSetParameters, unknown> = open(
  {
    params: maybe(Schema.Array(PresetParameter)),
    pluginParams: maybe(Schema.Array(PresetParameter)),
  } satisfies Fields<ParameterSetParameters>,
);

/** What a plugin says of a parameter set. */
export interface ParameterSetDescription {
  /** Name of the parameter set. */
  readonly id: string;
  /** Type of the parameter set. */
  readonly elementType?: string | null;
  /** Its parameters. */
  readonly desc?: ParameterSetParameters | null;
}

/** Schema of {@linkcode ParameterSetDescription}. */
export const ParameterSetDescription: Schema.Codec<ParameterSetDescription, unknown> = open(
  {
    id: Schema.String,
    elementType: maybe(Schema.String),
    desc: maybe(ParameterSetParameters),
  } satisfies Fields<ParameterSetDescription>,
);

/** The settings of a plugin, of the instance or of one project. */
export interface PluginSettingsDocument {
  /** Name of the code environment that it runs with; those of a project have none. */
  readonly codeEnvName?: string | null;
  /** Values of the parameters of the plugin as a whole. */
  readonly config?: Readonly<Record<string, unknown>> | null;
  /** Presets, of all parameter sets. */
  readonly presets?: ReadonlyArray<PluginPreset> | null;
  /** Parameter sets. */
  readonly parameterSets?: ReadonlyArray<ParameterSet> | null;
  /** What the plugin says of its parameter sets. */
  readonly accessibleParameterSetDescs?: ReadonlyArray<ParameterSetDescription> | null;
}

/** Schema of {@linkcode PluginSettingsDocument}, with its accessors. */
export interface PluginSettingsCodec extends Schema.Codec<PluginSettingsDocument, unknown> {
  /** Names of the parameter sets. */
  parameterSets(settings: PluginSettingsDocument): ReadonlyArray<string>;
  /** The presets of a parameter set; none of one that is not there. */
  presets(settings: PluginSettingsDocument, parameterSet: string): ReadonlyArray<PluginPreset>;
  /** A preset of a parameter set by its name. */
  preset(settings: PluginSettingsDocument, parameterSet: string, name: string): PluginPreset | undefined;
}

const pluginSettingsFields = {
  codeEnvName: maybe(Schema.String),
  config: maybe(anything),
  presets: maybe(Schema.Array(PluginPreset)),
  parameterSets: maybe(Schema.Array(ParameterSet)),
  accessibleParameterSetDescs: maybe(Schema.Array(ParameterSetDescription)),
} satisfies Fields<PluginSettingsDocument>;

/** @internal The type of the presets of a parameter set. */
export const presetTypeOf = (settings: PluginSettingsDocument, parameterSet: string): string | undefined =>
  settings.parameterSets?.find(({ name }) => name === parameterSet)?.type ??
    settings.accessibleParameterSetDescs?.find(({ id }) => id === parameterSet)?.elementType ?? undefined;

const presetsOf = (settings: PluginSettingsDocument, parameterSet: string): ReadonlyArray<PluginPreset> => {
  const type = presetTypeOf(settings, parameterSet);
  return settings.presets?.filter((preset) => preset.type === type) ?? [];
};

/** Schema of {@linkcode PluginSettingsDocument}, with its accessors. */
export const PluginSettingsDocument: PluginSettingsCodec = Object.assign(
  open(pluginSettingsFields) as Schema.Codec<PluginSettingsDocument, unknown>,
  {
    parameterSets: ({ accessibleParameterSetDescs }: PluginSettingsDocument): ReadonlyArray<string> =>
      accessibleParameterSetDescs?.map(({ id }) => id) ?? [],
    presets: presetsOf,
    preset: (settings: PluginSettingsDocument, parameterSet: string, name: string): PluginPreset | undefined =>
      presetsOf(settings, parameterSet).find((preset) => preset.name === name),
  },
);
