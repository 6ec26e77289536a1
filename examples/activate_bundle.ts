/**
 * Exports a bundle of a design node, activates it on an automation node, and runs a smoke test there; when the test fails, the bundle that
 * was active before is activated again.
 *
 * `deno run -A examples/activate_bundle.ts SALES v2 TEST_SMOKE`
 *
 * The design node is the one that `DKU_DSS_URL` and `DKU_API_KEY` name; the automation node is named by `DKU_AUTOMATION_URL` and
 * `DKU_AUTOMATION_API_KEY`, or is the same. The exit code is 0 when the bundle is active, 1 when it is not and nothing was changed, 2 when the
 * former bundle is active again.
 *
 * @module
 */
import process from "node:process";
import { Console, Data, Effect, Runtime, type Stream } from "effect";
import { Bundles, type DssError, Projects, ScenarioRuns } from "@effect-dataiku/dss";
import { dss, runMain, secondDss } from "./program.ts";

class RolledBack extends Data.Error<{ readonly message: string }> {
  override readonly [Runtime.errorExitCode] = 2;
}

const [project = "SALES", bundle = "v2", scenario = "TEST_SMOKE"] = process.argv.slice(2);

/** Exports the bundle, unless it is there, and gives its bytes. */
const exported = Effect.gen(function* () {
  const bundles = yield* Bundles;
  const all = yield* bundles.exported(project);
  if (!all.some(({ bundleId }) => bundleId === bundle)) yield* bundles.create(project, bundle);
  yield* Console.log(`Bundle ${bundle} of ${project} is exported`);
  return bundles.download(project, bundle);
});

/** The bundle that is active; DSS shows it in the summary of the project. */
const activeBundle = Effect.gen(function* () {
  const summary = yield* (yield* Projects).get(project);
  const { activeBundleState } = summary as { readonly activeBundleState?: { readonly bundleId?: string } };
  return activeBundleState?.bundleId;
});

const activate = (archive: Stream.Stream<Uint8Array, DssError>) =>
  Effect.gen(function* () {
    const bundles = yield* Bundles;
    if (!(yield* (yield* Projects).keys()).includes(project)) yield* bundles.createProject(archive);
    const imported = yield* bundles.imported(project);
    if (!imported.some(({ bundleId }) => bundleId === bundle)) yield* bundles.import(project, archive);
    const former = yield* activeBundle;
    yield* bundles.preload(project, bundle);
    yield* bundles.activate(project, bundle);
    yield* Console.log(`Bundle ${bundle} is active, ${scenario} tells whether it works`);
    yield* Effect.catch((yield* ScenarioRuns).run(project, scenario), ({ message }) =>
      Effect.gen(function* () {
        if (former !== undefined) yield* bundles.activate(project, former);
        const back = former === undefined ? "there was no bundle before" : `bundle ${former} is active again`;
        return yield* Effect.fail(new RolledBack({ message: `${message}: ${back}` }));
      }));
    yield* Console.log(`${scenario} is well`);
  });

runMain(
  Effect.flatMap(
    Effect.provide(exported, dss),
    (archive) => Effect.provide(activate(archive), secondDss("DKU_AUTOMATION")),
  ),
);
