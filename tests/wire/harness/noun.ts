/**
 * What a noun tells the harness: a file `tests/wire/<area>/<noun>.ts` whose default export is a {@linkcode Noun}.
 *
 * @module
 */
import type { Effect } from "effect";
import { readdirSync } from "node:fs";
import type { Operation, OperationState } from "../../../mod.ts";
import type * as library from "../../../mod.ts";
import type { ServiceRecord } from "../../../services/all_services.ts";

type Services = { readonly [K in keyof ServiceRecord & string as Capitalize<K>]: ServiceRecord[K] };

type ServiceFunction = {
  [K in keyof Services & string]: `${K}.${keyof Services[K] & string}`;
}[keyof Services & string];

type Export = Exclude<keyof typeof library, keyof Services>;

/** A function of ours: of a service (`Jobs.get`), of the operation that one gives (`Jobs.attach().result`), or a pure one (`buildJob`, `Job.startedAt`). */
export type OurFunction =
  | ServiceFunction
  | `${ServiceFunction}().${keyof Operation<OperationState, unknown>}`
  | Export
  | `${Export}.${string}`;

/** Our call for a recorded one. How it ends does not count: the replies are invented. */
export type OurCall = (services: ServiceRecord) => Effect.Effect<unknown, unknown>;

/** What we have for a recorded method. */
export interface OurMethod {
  /** The function that a Python user looks for. */
  readonly ours: OurFunction;
  /** Our calls, one for each recorded case, in their order. */
  readonly calls: ReadonlyArray<OurCall>;
}

/** What we have for the official client's methods around one noun. */
export interface Noun {
  /** Areas of the recording that are covered with this noun: none of their methods may be missing. */
  readonly areas: ReadonlyArray<string>;
  /** Recorded methods of any area, as `DSSJob.abort`. */
  readonly methods: Readonly<Record<string, OurMethod>>;
  /** Recorded methods that another noun brings, by the area that comes with it: they are not missing before it is there. */
  readonly comesWith?: Readonly<Record<string, string>>;
  /** Members of the official client that send nothing, as `DSSProject.get_job`. */
  readonly withoutRequest?: Readonly<Record<string, OurFunction>>;
  /**
   * Answers that are true to DSS, by verb and path with `{}` for an id (`GET /projects/{}/jobs/`): what the invented replies leave out is
   * taken from them, so that they decode and the call goes on. The item of an array stands for all its items.
   */
  readonly samples?: Readonly<Record<string, unknown>>;
}

const wire = new URL("../", import.meta.url);

const files = readdirSync(wire, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !["harness", "recorded"].includes(entry.name))
  .flatMap(({ name: area }) => readdirSync(new URL(area, wire)).map((file) => `${area}/${file}`));

/** The tables of all nouns. */
export const nouns: ReadonlyArray<Noun> = await Promise.all(
  files.sort().map(async (file): Promise<Noun> => (await import(new URL(file, wire).href)).default),
);
