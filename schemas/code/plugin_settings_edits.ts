/**
 * Pure edits of the settings of plugins.
 *
 * @module
 */
import {
  type ParameterSetPermission,
  type PluginPreset,
  type PluginSettingsDocument,
  type PresetParameter,
  presetTypeOf,
} from "./plugin_settings.ts";

/** An edit of the settings of a plugin. */
export type PluginSettingsEdit = (settings: PluginSettingsDocument) => PluginSettingsDocument;

/** Edits each of the presets or parameter sets, when the settings have them. */
const editedIn = <K extends "presets" | "parameterSets">(
  key: K,
  edit: (each: NonNullable<PluginSettingsDocument[K]>[number]) => NonNullable<PluginSettingsDocument[K]>[number],
): PluginSettingsEdit =>
(settings) => {
  const found: ReadonlyArray<NonNullable<PluginSettingsDocument[K]>[number]> | null | undefined = settings[key];
  return found === undefined || found === null ? settings : { ...settings, [key]: found.map(edit) };
};

/** Lets a plugin run with a code environment. */
export function setPluginCodeEnv(codeEnvName: string): PluginSettingsEdit {
  return (settings) => ({ ...settings, codeEnvName });
}

/** Says where presets of a parameter set may be made; what is not named stays. Settings without that parameter set are not changed. */
export function setParameterSetPermission(
  parameterSet: string,
  permission: ParameterSetPermission,
): PluginSettingsEdit {
  return editedIn(
    "parameterSets",
    (each) =>
      each.name === parameterSet ? { ...each, defaultPermission: { ...each.defaultPermission, ...permission } } : each,
  );
}

/** The default values of the parameters of a parameter set, as a new preset has them. */
export function presetDefaults(
  settings: PluginSettingsDocument,
  parameterSet: string,
): Pick<PluginPreset, "config" | "pluginConfig"> {
  const desc = settings.accessibleParameterSetDescs?.find(({ id }) => id === parameterSet)?.desc;
  const defaults = (parameters: ReadonlyArray<PresetParameter> | null | undefined) =>
    Object.fromEntries(
      (parameters ?? []).flatMap(({ name, defaultValue }) =>
        defaultValue === undefined || defaultValue === null ? [] : [[name, defaultValue]]
      ),
    );
  return { config: defaults(desc?.params), pluginConfig: defaults(desc?.pluginParams) };
}

/**
 * Puts a preset into a parameter set, in place of one of the same name or behind all others. Settings without that parameter set are not
 * changed.
 *
 * @param values What the preset says; what is not named stays, or is empty in a new one. See {@linkcode presetDefaults}.
 */
export function setPreset(
  parameterSet: string,
  name: string,
  values: Partial<Omit<PluginPreset, "name" | "type">>,
): PluginSettingsEdit {
  return (settings) => {
    const type = presetTypeOf(settings, parameterSet);
    if (type === undefined) return settings;
    const isIt = (preset: PluginPreset): boolean => preset.type === type && preset.name === name;
    const presets = settings.presets ?? [];
    const empty = { name, type, config: {}, pluginConfig: {}, defaultPermission: {}, permissions: [] };
    return {
      ...settings,
      presets: presets.some(isIt)
        ? presets.map((preset) => isIt(preset) ? { ...preset, ...values } : preset)
        : [...presets, { ...empty, ...values }],
    };
  };
}

/** Takes a preset out of a parameter set; nothing changes when it is not there. */
export function removePreset(parameterSet: string, name: string): PluginSettingsEdit {
  return (settings) => {
    const type = presetTypeOf(settings, parameterSet);
    const presets = settings.presets?.filter((preset) => preset.type !== type || preset.name !== name);
    return presets === undefined ? settings : { ...settings, presets };
  };
}

/** Lets a group use a preset or not; without a group, all that no permission names. */
export function setPresetUsableBy(
  parameterSet: string,
  name: string,
  use: boolean,
  group?: string,
): PluginSettingsEdit {
  return (settings) => {
    const type = presetTypeOf(settings, parameterSet);
    const edited = (preset: PluginPreset): PluginPreset => {
      if (preset.type !== type || preset.name !== name) return preset;
      if (group === undefined) return { ...preset, defaultPermission: { ...preset.defaultPermission, use } };
      const permissions = preset.permissions ?? [];
      const isNamed = permissions.some((each) => each.group === group);
      return {
        ...preset,
        permissions: isNamed
          ? permissions.map((each) => each.group === group ? { ...each, use } : each)
          : [...permissions, { group, use }],
      };
    };
    return editedIn("presets", edited)(settings);
  };
}
