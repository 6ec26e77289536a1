/**
 * Templates of code studios: what their images are built from.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import * as Schema from "effect/Schema";
import type * as Stream from "effect/Stream";
import {
  CodeStudioTemplate,
  CodeStudioTemplateBuild,
  CodeStudioTemplateImport,
  CodeStudioTemplateSettings,
} from "../../schemas/code/code_studio_template.ts";
import { FutureState } from "../../src/operation/future_state.ts";
import { Dss } from "../../src/connection/dss.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import type { FutureEnd } from "../../src/operation/future_failure.ts";
import { type FutureOperation, makeFutureOperation } from "../../src/operation/future_operation.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import type { ContactLost, WaitOptions, WaitTimedOut } from "../../src/operation/operation.ts";
import { decodeValue } from "../../src/transport/answer.ts";
import { type Content, del, type DssRequest, get, path, post } from "../../src/transport/request.ts";
import { failureMessages } from "../../src/operation/failure_messages.ts";
import { CodeStudioTemplateCreationFailed } from "./code_studio_failed.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";
import { futureOf } from "../../src/operation/started_future.ts";

export * from "../../schemas/code/code_studio_template.ts";
export { CodeStudioTemplateCreationFailed } from "./code_studio_failed.ts";

/** How a template is built. */
export interface BuildTemplateOptions extends WaitOptions {
  /**
   * Whether every layer of the image is built anew.
   *
   * @default {false}
   */
  readonly noCache?: boolean;
}

/** How a template is imported. */
export interface ImportTemplateOptions {
  /** Label of the new template; by default that of the exported one. */
  readonly label?: string;
  /** What else is to be done with it, as JSON; DSS does not document it. */
  readonly importSpec?: Readonly<Record<string, unknown>>;
}

/** What goes with a template that is deleted. */
export interface DeleteTemplateOptions {
  /**
   * Whether its code studios that run are removed too.
   *
   * @default {false}
   */
  readonly deleteRuntime?: boolean;
  /**
   * Whether its images are deleted too.
   *
   * @default {false}
   */
  readonly deleteImages?: boolean;
}

/**
 * Templates of code studios: what their images are built from. All of it needs an administrator's key.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { buildTemplateFor, CodeStudioTemplates } from "@effect-dataiku/dss/code-studio-templates";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const templates = yield* CodeStudioTemplates;
 *   yield* templates.updateSettings("streamlit", buildTemplateFor("all"));
 *   return (yield* (yield* templates.startBuild("streamlit")).state).phase;
 * });
 * const phase = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (phase !== "RUNNING") throw new Error("unexpected");
 * ```
 */
export interface CodeStudioTemplates {
  /** All templates. */
  list(): Effect.Effect<ReadonlyArray<CodeStudioTemplate>, DssError>;
  /** The settings of a template. */
  settings(id: string): Effect.Effect<CodeStudioTemplateSettings, DssError>;
  /**
   * Changes the settings of a template: reads them, edits them, writes them, reads them back, and gives them as DSS has them then.
   *
   * @param edit A pure edit, see `buildTemplateFor`. What it throws is a defect.
   */
  updateSettings(
    id: string,
    edit: (settings: CodeStudioTemplateSettings) => CodeStudioTemplateSettings,
  ): Effect.Effect<CodeStudioTemplateSettings, DssError | SettingsError>;
  /**
   * Writes settings that were edited slowly, by a person or in a file, and reads them back.
   *
   * With `since`, the settings as they were when the edit began, nothing is written when they are not the same any more.
   */
  saveSettings(
    id: string,
    next: CodeStudioTemplateSettings,
    options?: SaveOptions<CodeStudioTemplateSettings>,
  ): Effect.Effect<CodeStudioTemplateSettings, DssError | SettingsError>;
  /**
   * Creates a template, and gives its id. DSS can answer a success without a template: that is `CodeStudioTemplateCreationFailed`. It is never
   * sent twice: a lost answer is `OutcomeUnknown`.
   *
   * @param type `"block_based"`, `"manual"`, or a type that a plugin brings.
   */
  create(label: string, type: string): Effect.Effect<string, DssError | CodeStudioTemplateCreationFailed>;
  /** The archive of a template, a ZIP file for `import` on another instance; `saveToFile` of `./files` writes it. */
  export(id: string): Stream.Stream<Uint8Array, DssError>;
  /** Makes a template from the archive of one; it can fail as `create` does. */
  import(
    archive: Content,
    options?: ImportTemplateOptions,
  ): Effect.Effect<CodeStudioTemplateImport, DssError | CodeStudioTemplateCreationFailed>;
  /** Deletes a template; its code studios and images stay, unless the options say otherwise. */
  delete(id: string, options?: DeleteTemplateOptions): Effect.Effect<void, DssError>;
  /**
   * Builds the images of a template, waits for their end, and aborts the build when the wait is interrupted. It needs a key that stands for
   * a user. A build that fails is `FutureFailed` with the messages of DSS.
   */
  build(
    id: string,
    options?: BuildTemplateOptions,
  ): Effect.Effect<CodeStudioTemplateBuild, DssError | FutureEnd | ContactLost | WaitTimedOut>;
  /** Starts what `build` does. */
  startBuild(
    id: string,
    options?: BuildTemplateOptions,
  ): Effect.Effect<FutureOperation<CodeStudioTemplateBuild>, DssError>;
}

const Created = Schema.Struct({ id: Schema.String });

/** Key of {@linkcode CodeStudioTemplates}, with its layer. */
export const CodeStudioTemplates: DssService<CodeStudioTemplates> = service(
  "CodeStudioTemplates",
  Effect.map(Dss, (dss): CodeStudioTemplates => {
    const template = (id: string) => path`/admin/code-studios/${id}`;
    const { read, update, save } = editing(dss, {
      methods: [
        "CodeStudioTemplates.settings",
        "CodeStudioTemplates.updateSettings",
        "CodeStudioTemplates.saveSettings",
      ],
      schema: CodeStudioTemplateSettings,
      at: template,
    });
    const list = (method: string) =>
      dss.json(method, get(path`/admin/code-studios/`), Schema.Array(CodeStudioTemplate));
    /** DSS answers a success also when there is no new template. */
    const created = <A>(method: string, request: DssRequest, schema: Schema.Codec<A, unknown>) =>
      Effect.gen(function* () {
        const answer = yield* dss.json(method, request, Schema.Unknown);
        const messages = failureMessages(answer);
        if (messages !== undefined) {
          return yield* Effect.fail(
            new CodeStudioTemplateCreationFailed({ method, messages: dss.withoutSecrets(messages, request) }),
          );
        }
        return yield* Effect.mapError(decodeValue(answer, schema), (reason) => new DssError({ method, reason }));
      });
    const startBuild: CodeStudioTemplates["startBuild"] = (id, { noCache = false, ...wait } = {}) =>
      Effect.gen(function* () {
        const method = "CodeStudioTemplates.build";
        const query = { withNoCache: noCache };
        const answer = yield* dss.json(
          method,
          post(path`/admin/code-studios/${id}/build`, { query, starts: true }),
          FutureState,
        );
        const { startTime } = answer;
        // A build that finds all in the cache takes no second, and DSS may have forgotten it when it is looked at.
        const forgotten = Effect.map(list(method), (all): Option.Option<CodeStudioTemplateBuild> => {
          const lastBuilt = all.find((each) => each.id === id)?.lastBuilt ?? 0;
          return typeof startTime === "number" && startTime > 0 && lastBuilt >= startTime
            ? Option.some({})
            : Option.none();
        });
        const spec = { method, future: futureOf(answer), isNew: true, result: CodeStudioTemplateBuild, forgotten };
        return yield* makeFutureOperation(dss, spec, wait);
      });
    return {
      list: () => list("CodeStudioTemplates.list"),
      settings: read,
      updateSettings: update,
      saveSettings: save,
      create: (label, type) =>
        Effect.map(
          created("CodeStudioTemplates.create", post(path`/admin/code-studios/`, { json: { label, type } }), Created),
          ({ id }) => id,
        ),
      export: (id) => dss.stream("CodeStudioTemplates.export", get(path`/admin/code-studios/${id}/export`)),
      import: (content, { label, importSpec } = {}) =>
        created(
          "CodeStudioTemplates.import",
          post(path`/admin/code-studios/import`, {
            query: { label, importSpec: importSpec === undefined ? undefined : { json: importSpec } },
            parts: [{ name: "file", fileName: "template.zip", type: "application/zip", content }],
          }),
          CodeStudioTemplateImport,
        ),
      delete: (id, { deleteRuntime = false, deleteImages = false } = {}) =>
        dss.empty("CodeStudioTemplates.delete", del(template(id), { query: { deleteRuntime, deleteImages } })),
      build: (...args) => runOperation(startBuild(...args)),
      startBuild,
    };
  }),
);
