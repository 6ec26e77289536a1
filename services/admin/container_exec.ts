/**
 * The execution in containers: the images and the policies that the whole instance needs for it.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import type { FutureEnd } from "../../src/operation/future_failure.ts";
import type { FutureOperation } from "../../src/operation/future_operation.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import type { ContactLost, WaitOptions, WaitTimedOut } from "../../src/operation/operation.ts";
import { type Path, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { startFuture } from "../../src/operation/started_future.ts";

/** Work for the execution in containers, from its start to its end. DSS does not document the result. */
export type ContainerExecWork = Effect.Effect<unknown, DssError | FutureEnd | ContactLost | WaitTimedOut>;

/** The start of work for the execution in containers. */
export type ContainerExecStart = Effect.Effect<FutureOperation<unknown>, DssError>;

/**
 * The execution in containers: the images and the policies that the whole instance needs for it.
 *
 * Each comes twice: `pushBaseImages` starts the work, waits for its end, and aborts it when the wait is interrupted;
 * `startPushBaseImages` gives its operation. Work that fails is a `FutureFailed` with the messages of DSS. Starts are never sent twice: a
 * lost answer is `OutcomeUnknown`. All of it needs an administrator's key. The images of code environments are built by `CodeEnvs`.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { ContainerExec } from "@effect-dataiku/dss/container-exec";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const push = yield* (yield* ContainerExec).startPushBaseImages();
 *   return (yield* push.state).phase;
 * });
 * const phase = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (phase !== "RUNNING") throw new Error("unexpected");
 * ```
 */
export interface ContainerExec {
  /** Pushes the base images to the registries that the general settings name. */
  pushBaseImages(options?: WaitOptions): ContainerExecWork;
  /** Starts what `pushBaseImages` does. */
  startPushBaseImages(options?: WaitOptions): ContainerExecStart;
  /** Applies the policies of namespaces of Kubernetes that the general settings define. */
  applyKubernetesPolicies(options?: WaitOptions): ContainerExecWork;
  /** Starts what `applyKubernetesPolicies` does. */
  startApplyKubernetesPolicies(options?: WaitOptions): ContainerExecStart;
  /** Builds the image with the plugins for the execution of the DSS engine in containers. */
  buildCdePluginsImage(options?: WaitOptions): ContainerExecWork;
  /** Starts what `buildCdePluginsImage` does. */
  startBuildCdePluginsImage(options?: WaitOptions): ContainerExecStart;
  /** Makes the kernels of Jupyter usable in all container configurations, or makes them anew. */
  installJupyterSupport(options?: WaitOptions): ContainerExecWork;
  /** Starts what `installJupyterSupport` does. */
  startInstallJupyterSupport(options?: WaitOptions): ContainerExecStart;
  /** Takes the kernels of Jupyter out of all container configurations. */
  removeJupyterSupport(options?: WaitOptions): ContainerExecWork;
  /** Starts what `removeJupyterSupport` does. */
  startRemoveJupyterSupport(options?: WaitOptions): ContainerExecStart;
}

/** Key of {@linkcode ContainerExec}, with its layer. */
export const ContainerExec: DssService<ContainerExec> = service(
  "ContainerExec",
  Effect.map(Dss, (dss): ContainerExec => {
    const starting = (method: string, action: Path) => (options?: WaitOptions): ContainerExecStart =>
      startFuture(dss, { method: `ContainerExec.${method}`, request: post(action), result: Schema.Unknown }, options);
    const startPushBaseImages = starting(
      "pushBaseImages",
      path`/admin/container-exec/actions/push-base-images`,
    );
    const startApplyKubernetesPolicies = starting(
      "applyKubernetesPolicies",
      path`/admin/container-exec/actions/apply-kubernetes-policies`,
    );
    const startBuildCdePluginsImage = starting(
      "buildCdePluginsImage",
      path`/admin/container-exec/actions/build-cde-plugins-image`,
    );
    const startInstallJupyterSupport = starting(
      "installJupyterSupport",
      path`/admin/container-exec/actions/install-jupyter-support`,
    );
    const startRemoveJupyterSupport = starting(
      "removeJupyterSupport",
      path`/admin/container-exec/actions/remove-jupyter-support`,
    );
    return {
      pushBaseImages: (options) => runOperation(startPushBaseImages(options)),
      startPushBaseImages,
      applyKubernetesPolicies: (options) => runOperation(startApplyKubernetesPolicies(options)),
      startApplyKubernetesPolicies,
      buildCdePluginsImage: (options) => runOperation(startBuildCdePluginsImage(options)),
      startBuildCdePluginsImage,
      installJupyterSupport: (options) => runOperation(startInstallJupyterSupport(options)),
      startInstallJupyterSupport,
      removeJupyterSupport: (options) => runOperation(startRemoveJupyterSupport(options)),
      startRemoveJupyterSupport,
    };
  }),
);
