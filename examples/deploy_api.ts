/**
 * Packs an API service of a design node, and releases the package on a deployment of the API Deployer, another instance.
 *
 * `deno run -A examples/deploy_api.ts CHURN churn v3 churn-on-api-prod`
 *
 * The design node is the one that `DKU_DSS_URL` and `DKU_API_KEY` name; the deployer is named by `DKU_DEPLOYER_URL` and
 * `DKU_DEPLOYER_API_KEY`, or is the same. The exit code is 0 when the version answers, 1 when it does not and nothing was changed, 2 when the
 * former version was put back, 3 when that failed too.
 *
 * @module
 */
import process from "node:process";
import { Console, Data, Effect, Runtime, Stream } from "effect";
import { type ApiReleaseFailed, ApiReleases, ApiServices, type DssError, withOperation } from "@effect-dataiku/dss";
import { dss, runMain, secondDss } from "./program.ts";

const exitCodes = { NOTHING_CHANGED: 1, RESTORED: 2, NOT_RESTORED: 3 } as const;

class NotDeployed extends Data.Error<{ readonly message: string; readonly [Runtime.errorExitCode]: number }> {}

const deployer = secondDss("DKU_DEPLOYER");

const [project = "CHURN", service = "churn", version = "v3", deployment = "churn-on-api-prod"] = process.argv.slice(2);

/** Makes the package, unless it is there, and gives its bytes. */
const pack = Effect.gen(function* () {
  const services = yield* ApiServices;
  const packages = yield* services.packages(project, service);
  if (!packages.some(({ id }) => id === version)) yield* services.createPackage(project, service, version);
  yield* Console.log(`Package ${version} of ${project}.${service} is there`);
  return services.archive(project, service, version);
});

const release = (archive: Stream.Stream<Uint8Array, DssError>) =>
  Effect.gen(function* () {
    const releases = yield* ApiReleases;
    const request = { serviceId: service, version, deploymentId: deployment };
    yield* withOperation(releases.start(request, { archive }), ({ states, result }) =>
      Effect.andThen(
        Stream.runForEach(states, ({ phase }) => Console.log(`${deployment}  ${phase}`)),
        result,
      ));
  });

const notDeployed = ({ message, restored }: ApiReleaseFailed) =>
  new NotDeployed({ message, [Runtime.errorExitCode]: exitCodes[restored] });

const program = Effect.flatMap(
  Effect.provide(pack, dss),
  (archive) => Effect.provide(release(archive), deployer),
);

runMain(Effect.catchTag(program, "ApiReleaseFailed", (error) => Effect.fail(notDeployed(error))));
