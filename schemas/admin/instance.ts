/**
 * What DSS says of the instance itself.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import type * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";

/** What an instance is for; further values may come. */
export type NodeType = "DESIGN" | "AUTOMATION" | "DEPLOYER" | "GOVERN" | (string & Record<never, never>);

/** Which instance it is. Who is no administrator may be told its node and version alone. */
export interface InstanceInfo {
  /** Id of the node. */
  readonly nodeId: string;
  /** Name of the node. */
  readonly nodeName: string;
  /** What it is for. */
  readonly nodeType: NodeType;
  /** What it is for, in DSS's finer terms. */
  readonly rawNodeType?: string | null;
  /** Version of DSS, as `14.4.1`. */
  readonly dssVersion?: string | null;
  /** Host that it runs on. */
  readonly hostname?: string | null;
  /** Id of the installation. */
  readonly installId?: string | null;
  /** Another id of the installation. */
  readonly dipInstanceId?: string | null;
  /** Id of the instance in its licence. */
  readonly licenseInstanceId?: string | null;
  /** Id of its licence. */
  readonly licenseId?: string | null;
  /** Operating system. */
  readonly os?: string | null;
  /** Version of the operating system. */
  readonly osVersion?: string | null;
  /** Vendor of the Java runtime. */
  readonly javaVendor?: string | null;
  /** Version of the Java runtime. */
  readonly javaVersion?: string | null;
  /** When DSS was started, in milliseconds since 1970. */
  readonly dssStartupTimestamp?: number | null;
  /** Folder of its data. */
  readonly dataDirPath?: string | null;
}

/** Schema of {@linkcode InstanceInfo}, with its accessor. */
export interface InstanceInfoCodec extends Schema.Codec<InstanceInfo, unknown> {
  /** When DSS was started. */
  startedAt(info: InstanceInfo): DateTime.Utc | undefined;
}

const text = maybe(Schema.String);

/** Schema of {@linkcode InstanceInfo}, with its accessor. */
export const InstanceInfo: InstanceInfoCodec = Object.assign(
  open(
    {
      nodeId: Schema.String,
      nodeName: Schema.String,
      nodeType: openEnum<NodeType>(),
      rawNodeType: text,
      dssVersion: text,
      hostname: text,
      installId: text,
      dipInstanceId: text,
      licenseInstanceId: text,
      licenseId: text,
      os: text,
      osVersion: text,
      javaVendor: text,
      javaVersion: text,
      dssStartupTimestamp: maybe(Schema.Number),
      dataDirPath: text,
    } satisfies Fields<InstanceInfo>,
  ) as Schema.Codec<InstanceInfo, unknown>,
  { startedAt: (info: InstanceInfo): DateTime.Utc | undefined => instantOf(info.dssStartupTimestamp) },
);

/** How many there are of one kind of object; DSS adds numbers by type, as `allByType`. */
export interface UsageCount {
  /** All of them. */
  readonly all?: number | null;
}

/** Schema of {@linkcode UsageCount}. */
export const UsageCount: Schema.Codec<UsageCount, unknown> = open(
  { all: maybe(Schema.Number) } satisfies Fields<UsageCount>,
);

/** How many notebooks there are. */
export interface NotebookCount {
  /** Jupyter notebooks. */
  readonly nbJupyterNotebooks?: number | null;
  /** SQL notebooks. */
  readonly nbSqlNotebooks?: number | null;
}

/** Schema of {@linkcode NotebookCount}. */
export const NotebookCount: Schema.Codec<NotebookCount, unknown> = open(
  { nbJupyterNotebooks: maybe(Schema.Number), nbSqlNotebooks: maybe(Schema.Number) } satisfies Fields<NotebookCount>,
);

/** How many scenarios there are. */
export interface ScenarioCount {
  /** All scenarios. */
  readonly all?: number | null;
  /** Scenarios that are active and have a trigger. */
  readonly activeWithTriggers?: number | null;
}

/** Schema of {@linkcode ScenarioCount}. */
export const ScenarioCount: Schema.Codec<ScenarioCount, unknown> = open(
  { all: maybe(Schema.Number), activeWithTriggers: maybe(Schema.Number) } satisfies Fields<ScenarioCount>,
);

/** How much there is on the instance. */
export interface UsageSummary {
  /** Number of projects. */
  readonly projects?: number | null;
  /** Datasets. */
  readonly datasets?: UsageCount | null;
  /** Recipes. */
  readonly recipes?: UsageCount | null;
  /** Notebooks. */
  readonly notebooks?: NotebookCount | null;
  /** Scenarios. */
  readonly scenarios?: ScenarioCount | null;
  /** The same by project, when it was asked for, in a form that DSS does not document. */
  readonly projectSummaries?: unknown;
}

/** Schema of {@linkcode UsageSummary}. */
export const UsageSummary: Schema.Codec<UsageSummary, unknown> = open(
  {
    projects: maybe(Schema.Number),
    datasets: maybe(UsageCount),
    recipes: maybe(UsageCount),
    notebooks: maybe(NotebookCount),
    scenarios: maybe(ScenarioCount),
    projectSummaries: Schema.optionalKey(Schema.Unknown),
  } satisfies Fields<UsageSummary>,
);

/** How much of a quota of cost was used by calls of LLMs; DSS documents no field but its id. */
export interface LlmCostCounter {
  /** Id of the quota. */
  readonly id: string;
}

/** Schema of {@linkcode LlmCostCounter}. */
export const LlmCostCounter: Schema.Codec<LlmCostCounter, unknown> = open(
  { id: Schema.String } satisfies Fields<LlmCostCounter>,
);

/** The Govern node that an instance reports to. */
export interface GovernNode {
  /** Whether it reports to one. */
  readonly enabled?: boolean | null;
  /** Address of the node. */
  readonly nodeUrl?: string | null;
  /** Key with which the instance speaks to it. */
  readonly apiKey?: Redacted.Redacted<string> | null;
  /** Whether any certificate of the node is taken. */
  readonly trustAllSSLCertificates?: boolean | null;
}

/** Schema of {@linkcode GovernNode}. */
export const GovernNode: Schema.Codec<GovernNode, unknown> = open(
  {
    enabled: maybe(Schema.Boolean),
    nodeUrl: text,
    apiKey: maybe(Schema.RedactedFromValue(Schema.String)),
    trustAllSSLCertificates: maybe(Schema.Boolean),
  } satisfies Fields<GovernNode>,
);
