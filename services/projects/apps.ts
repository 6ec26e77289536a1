/**
 * Applications: their manifests, and instances of them, which can be temporary.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import * as Option from "effect/Option";
import * as Random from "effect/Random";
import * as Schema from "effect/Schema";
import { App, AppInstance, AppManifest } from "../../schemas/projects/app.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import type { FutureEnd } from "../../src/operation/future_failure.ts";
import type { FutureOperation } from "../../src/operation/future_operation.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import type { ContactLost, WaitOptions, WaitTimedOut } from "../../src/operation/operation.ts";
import { del, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";
import { startFuture } from "../../src/operation/started_future.ts";

export * from "../../schemas/projects/app.ts";

/** How an instance is made. */
export interface CreateAppInstanceOptions extends WaitOptions {
  /** Whether DSS knows it as temporary; deleting it is left to whoever made it. */
  readonly temporary?: boolean;
}

/** How a temporary instance is made. */
export interface TemporaryAppInstanceOptions extends WaitOptions {
  /** Key of its project; by default one that begins with the id of the application. */
  readonly projectKey?: string;
}

/** What the making of an instance can end in. */
export type AppInstanceEnd = DssError | FutureEnd | ContactLost | WaitTimedOut;

/**
 * Applications.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { Apps, Scenarios } from "@effect-dataiku/dss";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const [apps, scenarios] = [yield* Apps, yield* Scenarios];
 *   // The instance is deleted afterwards, whatever happens.
 *   return yield* apps.withTemporaryInstance("PROJECT_LOGISTICS", ({ projectKey }) => scenarios.list(projectKey));
 * });
 * const found = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (!Array.isArray(found)) throw new Error("unexpected");
 * ```
 */
export interface Apps {
  /** The applications that may be used. */
  list(): Effect.Effect<ReadonlyArray<App>, DssError>;
  /** The manifest of an application. */
  manifest(appId: string): Effect.Effect<AppManifest, DssError>;
  /** The instances of an application that may be seen. */
  instances(appId: string): Effect.Effect<ReadonlyArray<AppInstance>, DssError>;
  /** Makes an instance, waits until it is there, and gives it. */
  createInstance(
    appId: string,
    projectKey: string,
    name: string,
    options?: CreateAppInstanceOptions,
  ): Effect.Effect<AppInstance, AppInstanceEnd>;
  /** Starts to make an instance. When DSS forgets its future, the project itself tells whether it is there. */
  startCreateInstance(
    appId: string,
    projectKey: string,
    name: string,
    options?: CreateAppInstanceOptions,
  ): Effect.Effect<FutureOperation<unknown>, DssError>;
  /**
   * Makes a temporary instance, uses it, and deletes it with the data of its managed datasets, whether the use ends well, fails or is
   * interrupted. When it cannot be deleted, that is the failure, after a use that ended well.
   */
  withTemporaryInstance<A, E, R>(
    appId: string,
    use: (instance: AppInstance) => Effect.Effect<A, E, R>,
    options?: TemporaryAppInstanceOptions,
  ): Effect.Effect<A, E | AppInstanceEnd, R>;
  /** The manifest of a project that is an application, or an instance of one. */
  projectManifest(projectKey: string): Effect.Effect<AppManifest, DssError>;
  /**
   * Changes the manifest of a project that is an application: reads it, edits it, writes it, reads it back, and gives it as DSS has it then.
   *
   * @param edit A pure edit. What it throws is a defect.
   */
  updateProjectManifest(
    projectKey: string,
    edit: (manifest: AppManifest) => AppManifest,
  ): Effect.Effect<AppManifest, DssError | SettingsError>;
  /**
   * Writes a manifest that was edited slowly, by a person or in a file, and reads it back.
   *
   * With `since`, the manifest as it was when the edit began, nothing is written when it is not the same any more.
   */
  saveProjectManifest(
    projectKey: string,
    next: AppManifest,
    options?: SaveOptions<AppManifest>,
  ): Effect.Effect<AppManifest, DssError | SettingsError>;
}

/** Key of {@linkcode Apps}, with its layer. */
export const Apps: DssService<Apps> = service(
  "Apps",
  Effect.map(Dss, (dss): Apps => {
    const manifest = editing(dss, {
      methods: ["Apps.projectManifest", "Apps.updateProjectManifest", "Apps.saveProjectManifest"],
      schema: AppManifest,
      at: (projectKey: string) => path`/projects/${projectKey}/app-manifest`,
    });
    const startCreateInstance: Apps["startCreateInstance"] = (
      appId,
      targetProjectKey,
      targetProjectName,
      options = {},
    ) => {
      const { temporary: isTemporaryAppInstance = false } = options;
      const method = "Apps.createInstance";
      return startFuture(dss, {
        method,
        request: post(path`/apps/${appId}/instances`, {
          json: { targetProjectKey, targetProjectName, isTemporaryAppInstance },
        }),
        result: Schema.Unknown,
        forgotten: Effect.option(dss.json(method, get(path`/projects/${targetProjectKey}`), Schema.Unknown)).pipe(
          Effect.map(Option.as(undefined)),
        ),
      }, options);
    };
    const createInstance: Apps["createInstance"] = (appId, projectKey, name, options) =>
      Effect.as(runOperation(startCreateInstance(appId, projectKey, name, options)), { projectKey });
    const startDelete = ({ projectKey }: AppInstance): Effect.Effect<FutureOperation<unknown>, DssError> =>
      startFuture(dss, {
        method: "Apps.withTemporaryInstance",
        request: del(path`/projects/${projectKey}`, {
          query: {
            clearManagedDatasets: true,
            clearManagedKnowledgeBanks: true,
            clearOutputManagedFolders: true,
            clearJobAndScenarioLogs: true,
            wait: false,
          },
        }),
        result: Schema.Unknown,
        forgotten: Effect.succeedSome(undefined),
      });
    return {
      list: () => dss.json("Apps.list", get(path`/apps/`), Schema.Array(App)),
      manifest: (appId) => dss.json("Apps.manifest", get(path`/apps/${appId}/`), AppManifest),
      instances: (appId) => dss.json("Apps.instances", get(path`/apps/${appId}/instances/`), Schema.Array(AppInstance)),
      createInstance,
      startCreateInstance,
      withTemporaryInstance: <A, E, R>(
        appId: string,
        use: (instance: AppInstance) => Effect.Effect<A, E, R>,
        options: TemporaryAppInstanceOptions = {},
      ): Effect.Effect<A, E | AppInstanceEnd, R> =>
        Effect.gen(function* () {
          const chance = (yield* Random.nextIntBetween(36 ** 6, 36 ** 7)).toString(36);
          const key = options.projectKey ?? `${appId.replaceAll(/\W+/g, "_")}_tmp_${chance}`;
          return yield* Effect.acquireUseRelease(
            createInstance(appId, key, key, { ...options, temporary: true }),
            use,
            // In a fiber of its own: a start in one that is interrupted is not sent.
            (instance) => Effect.flatMap(Effect.forkDetach(runOperation(startDelete(instance))), Fiber.join),
          );
        }),
      projectManifest: manifest.read,
      updateProjectManifest: manifest.update,
      saveProjectManifest: manifest.save,
    };
  }),
);
