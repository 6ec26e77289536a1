/**
 * Templates of code studios: what their images are built from.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open } from "../../src/json/open.ts";
import { CodeStudioDescription } from "./code_studio.ts";
import { InfoMessages } from "../../src/json/info_messages.ts";

/** A template in a list. */
export interface CodeStudioTemplate {
  /** Id. */
  readonly id: string;
  /** Label. */
  readonly label?: string | null;
  /** What it says of itself. */
  readonly desc?: CodeStudioDescription | null;
  /** Container configurations that it was built for. */
  readonly buildFor?: ReadonlyArray<string> | null;
  /** When it was built last, in milliseconds since 1970; `0` for never. See `CodeStudioTemplate.lastBuiltAt`. */
  readonly lastBuilt?: number | null;
}

/** What can be told from {@linkcode CodeStudioTemplate}. */
export interface CodeStudioTemplateSchema extends Schema.Codec<CodeStudioTemplate, unknown> {
  /** When it was built last; `undefined` when it never was. */
  lastBuiltAt(template: CodeStudioTemplate): DateTime.Utc | undefined;
}

/** Schema of {@linkcode CodeStudioTemplate}. */
export const CodeStudioTemplate: CodeStudioTemplateSchema = Object.assign(
  open(
    {
      id: Schema.String,
      label: maybe(Schema.String),
      desc: maybe(CodeStudioDescription),
      buildFor: maybe(Schema.Array(Schema.String)),
      lastBuilt: maybe(Schema.Number),
    } satisfies Fields<CodeStudioTemplate>,
  ) as Schema.Codec<CodeStudioTemplate, unknown>,
  { lastBuiltAt: (template: CodeStudioTemplate): DateTime.Utc | undefined => instantOf(template.lastBuilt) },
);

/** The settings of a template; they are written back whole. */
export interface CodeStudioTemplateSettings {
  /** Id. */
  readonly id: string;
  /** Label. */
  readonly label?: string | null;
  /** Kind. */
  readonly type?: string | null;
  /** What it is made of, as its `blocks`. */
  readonly params?: Readonly<Record<string, unknown>> | null;
  /** Whether an image is built for each container configuration. */
  readonly allContainerConfs?: boolean | null;
  /** Container configurations for which an image is built, if not for all. */
  readonly containerConfs?: ReadonlyArray<string> | null;
  /** Container configuration of new code studios. */
  readonly defaultContainerConf?: string | null;
  /** Whether a code studio may have another one. */
  readonly allowContainerConfOverride?: boolean | null;
}

/** Schema of {@linkcode CodeStudioTemplateSettings}. */
export const CodeStudioTemplateSettings: Schema.Codec<CodeStudioTemplateSettings, unknown> = open(
  {
    id: Schema.String,
    label: maybe(Schema.String),
    type: maybe(Schema.String),
    params: maybe(dictionary(Schema.Unknown)),
    allContainerConfs: maybe(Schema.Boolean),
    containerConfs: maybe(Schema.Array(Schema.String)),
    defaultContainerConf: maybe(Schema.String),
    allowContainerConfOverride: maybe(Schema.Boolean),
  } satisfies Fields<CodeStudioTemplateSettings>,
);

/**
 * For which container configurations images are built: a pure edit for `CodeStudioTemplates.updateSettings`.
 *
 * @example
 * ```ts
 * import { buildTemplateFor } from "@effect-dataiku/dss/code-studio-templates";
 *
 * const edited = buildTemplateFor(["eks-default"])({ id: "vscode", allContainerConfs: true });
 * if (edited.allContainerConfs !== false) throw new Error("unexpected");
 * ```
 */
export function buildTemplateFor(
  names: ReadonlyArray<string> | "all",
): (settings: CodeStudioTemplateSettings) => CodeStudioTemplateSettings {
  return (settings) =>
    names === "all"
      ? { ...settings, allContainerConfs: true }
      : { ...settings, allContainerConfs: false, containerConfs: names };
}

/** What came of a build that did not fail. */
export interface CodeStudioTemplateBuild {
  /** What DSS has to say. */
  readonly messages?: InfoMessages | null;
}

/** Schema of {@linkcode CodeStudioTemplateBuild}. */
export const CodeStudioTemplateBuild: Schema.Codec<CodeStudioTemplateBuild, unknown> = open(
  { messages: maybe(InfoMessages) } satisfies Fields<CodeStudioTemplateBuild>,
);

/** What came of an import: DSS documents only that the id of the new template is in it, and messages. */
export interface CodeStudioTemplateImport {
  /** Id of the new template. */
  readonly id?: string | null;
  /** What DSS has to say. */
  readonly messages?: InfoMessages | null;
}

/** Schema of {@linkcode CodeStudioTemplateImport}. */
export const CodeStudioTemplateImport: Schema.Codec<CodeStudioTemplateImport, unknown> = open(
  { id: maybe(Schema.String), messages: maybe(InfoMessages) } satisfies Fields<CodeStudioTemplateImport>,
);
