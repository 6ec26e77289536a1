/**
 * The settings of a code environment: what it must have installed, and what images are built of it. They are written back whole.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";
import type { CodeEnvDeploymentMode, CodeEnvLang } from "./code_env.ts";

/** The packages that a code environment must have. */
export interface CodeEnvPackages {
  /** Requirements of pip or R, one per line. */
  readonly specPackageList?: string | null;
  /** Requirements of conda, one per line. */
  readonly specCondaEnvironment?: string | null;
  /** What is installed, one per line; DSS writes it. */
  readonly actualPackageList?: string | null;
}

const packages = {
  specPackageList: maybe(Schema.String),
  specCondaEnvironment: maybe(Schema.String),
  actualPackageList: maybe(Schema.String),
} satisfies Fields<CodeEnvPackages>;

/** Where in the image of a code environment its cache is invalidated; further values may come. */
export type CacheBustingLocation =
  | "BEGINNING"
  | "AFTER_START_DOCKERFILE"
  | "AFTER_PACKAGES"
  | "AFTER_AFTER_PACKAGES_DOCKERFILE"
  | "END"
  | "NONE"
  | (string & Record<never, never>);

/** A prepared addition to the images of a code environment. */
export interface ContainerHook {
  /** Its kind, as `BASIC_GPU_ENABLING`. */
  readonly type: string;
}

/** The images that are built of a code environment. */
export interface CodeEnvImages {
  /** Whether an image is built for each container configuration. */
  readonly allContainerConfs?: boolean | null;
  /** Names of the container configurations that an image is built for, when not for all. */
  readonly containerConfs?: ReadonlyArray<string> | null;
  /** Whether an image is built for each Spark configuration on Kubernetes. */
  readonly allSparkKubernetesConfs?: boolean | null;
  /** Names of the Spark configurations that an image is built for, when not for all. */
  readonly sparkKubernetesConfs?: ReadonlyArray<string> | null;
  /** Where the cache of the image is invalidated. */
  readonly containerCacheBustingLocation?: CacheBustingLocation | null;
  /** Prepared additions. */
  readonly predefinedContainerHooks?: ReadonlyArray<ContainerHook> | null;
  /** Lines of the Dockerfile, at its start. */
  readonly dockerfileAtStart?: string | null;
  /** Lines of the Dockerfile, before all packages. */
  readonly dockerfileBeforePackages?: string | null;
  /** Lines of the Dockerfile, after the packages of conda. */
  readonly dockerfileAfterCondaPackages?: string | null;
  /** Lines of the Dockerfile, after all packages. */
  readonly dockerfileAfterPackages?: string | null;
  /** Lines of the Dockerfile, at its end. */
  readonly dockerfileAtEnd?: string | null;
}

const images = {
  allContainerConfs: maybe(Schema.Boolean),
  containerConfs: maybe(Schema.Array(Schema.String)),
  allSparkKubernetesConfs: maybe(Schema.Boolean),
  sparkKubernetesConfs: maybe(Schema.Array(Schema.String)),
  containerCacheBustingLocation: maybe(openEnum<CacheBustingLocation>()),
  predefinedContainerHooks: maybe(Schema.Array(open({ type: Schema.String } satisfies Fields<ContainerHook>))),
  dockerfileAtStart: maybe(Schema.String),
  dockerfileBeforePackages: maybe(Schema.String),
  dockerfileAfterCondaPackages: maybe(Schema.String),
  dockerfileAfterPackages: maybe(Schema.String),
  dockerfileAtEnd: maybe(Schema.String),
} satisfies Fields<CodeEnvImages>;

/** How a code environment is made, on a design node. */
export interface CodeEnvDescription {
  /** Interpreter, as `PYTHON311`. */
  readonly pythonInterpreter?: string | null;
  /** Whether it is an environment of conda. */
  readonly conda?: boolean | null;
  /** Which versions of the packages that DSS itself needs, as `PANDAS23`. */
  readonly corePackagesSet?: string | null;
  /** Whether the packages that DSS itself needs are installed. */
  readonly installCorePackages?: boolean | null;
  /** Whether notebooks can use it; see `CodeEnvs.setJupyterSupport`. */
  readonly installJupyterSupport?: boolean | null;
}

const description = open(
  {
    pythonInterpreter: maybe(Schema.String),
    conda: maybe(Schema.Boolean),
    corePackagesSet: maybe(Schema.String),
    installCorePackages: maybe(Schema.Boolean),
    installJupyterSupport: maybe(Schema.Boolean),
  } satisfies Fields<CodeEnvDescription>,
);

/** A version of a code environment, on an automation node. */
export interface CodeEnvVersion extends CodeEnvPackages {
  /** Id of the version; the single one of an environment has none. */
  readonly versionId?: string | null;
  /** How it is made. */
  readonly desc?: CodeEnvDescription | null;
}

const version: Schema.Codec<CodeEnvVersion, unknown> = open(
  { ...packages, versionId: maybe(Schema.String), desc: maybe(description) } satisfies Fields<CodeEnvVersion>,
);

/** The settings of a code environment. What stands here and in `desc` is taken from here when it is written. */
export interface CodeEnvSettings extends CodeEnvPackages, CodeEnvImages {
  /** Name, which cannot be changed. */
  readonly envName: string;
  /** Language. */
  readonly envLang: CodeEnvLang;
  /** Who manages its packages. */
  readonly deploymentMode: CodeEnvDeploymentMode;
  /** Login of its owner. */
  readonly owner?: string | null;
  /** Whether everybody may use it. */
  readonly usableByAll?: boolean | null;
  /** Who may use or change it besides its owner. */
  readonly permissions?: ReadonlyArray<unknown> | null;
  /** How it is made, on a design node. */
  readonly desc?: CodeEnvDescription | null;
  /** Its versions; there on automation nodes alone, even when it has none. */
  readonly versions?: ReadonlyArray<CodeEnvVersion> | null;
  /** Its only version, with `AUTOMATION_SINGLE`. */
  readonly currentVersion?: CodeEnvVersion | null;
  /** What stands for a version on an automation node when it has no versions at all. */
  readonly noVersion?: CodeEnvVersion | null;
}

/** Schema of {@linkcode CodeEnvSettings}. */
export const CodeEnvSettings: Schema.Codec<CodeEnvSettings, unknown> = open(
  {
    ...packages,
    ...images,
    envName: Schema.String,
    envLang: openEnum<CodeEnvLang>(),
    deploymentMode: openEnum<CodeEnvDeploymentMode>(),
    owner: maybe(Schema.String),
    usableByAll: maybe(Schema.Boolean),
    permissions: maybe(Schema.Array(Schema.Unknown)),
    desc: maybe(description),
    versions: maybe(Schema.Array(version)),
    currentVersion: maybe(version),
    noVersion: maybe(version),
  } satisfies Fields<CodeEnvSettings>,
);
