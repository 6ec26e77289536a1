/**
 * Settings: documents that are read, edited and written back whole, without losing a field.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import type * as Schema from "effect/Schema";
import * as Semaphore from "effect/Semaphore";
import type { Dss } from "../connection/dss.ts";
import { DssError } from "../errors/dss_error.ts";
import { equalJson } from "../json/exact_json.ts";
import { jsonDifference, notKnown } from "../json/json_difference.ts";
import { jsonText } from "../json/json_text.ts";
import { Invalid } from "../errors/reasons.ts";
import { oneLine } from "../errors/one_line.ts";
import { type DssRequest, get, type Path, put } from "../transport/request.ts";
import { hiding, secretsUnder } from "../transport/request_secrets.ts";
import { PlainError } from "../errors/plain_error.ts";

/** Somebody else wrote the settings in between. */
export class SettingsConflict extends PlainError<{
  /** The method that wrote, or refused to. */
  readonly method: string;
  /** Whether our write was done all the same: then it may have undone the other one. */
  readonly written: boolean;
  /** What is different, in words. */
  readonly detail: string;
}> {
  /** Tag of this error. */
  readonly _tag = "SettingsConflict" as const;
  /** Name of this error, as logs show it. */
  override readonly name = "SettingsConflict" as const;
  /** One line. */
  override get message(): string {
    const done = this.written
      ? "the settings were written all the same, look at them"
      : "nothing was written, read them again";
    return `${this.method}: Somebody else changed the settings in between (${this.detail}): ${done}`;
  }
}

/** DSS took the settings, answered a success, and dropped a part of them or changed it again. */
export class SettingsDropped extends PlainError<{
  /** The method that wrote. */
  readonly method: string;
  /** What is not as it was written, as `params.triggers[2].active`. */
  readonly paths: ReadonlyArray<string>;
  /** Whether somebody else may have written in between: of documents without a version nobody can tell. */
  readonly maybeConflict?: boolean;
}> {
  /** Tag of this error. */
  readonly _tag = "SettingsDropped" as const;
  /** Name of this error, as logs show it. */
  override readonly name = "SettingsDropped" as const;
  /** One line. */
  override get message(): string {
    const shown = oneLine(this.paths.slice(0, 5).join(", "));
    const more = this.paths.length > 5 ? ` and ${this.paths.length - 5} more` : "";
    const orOthers = this.maybeConflict === true ? ", or somebody else wrote in between" : "";
    return `${this.method}: DSS accepted the settings but dropped or changed ${shown}${more}: check the spelling and the values, and that this version of DSS knows them${orOthers}`;
  }
}

/** The settings were written, but what DSS made of them could not be read back. */
export class SettingsUnverified extends PlainError<{
  /** The method that wrote. */
  readonly method: string;
  /** Why they could not be read back. */
  readonly cause: DssError;
}> {
  /** Tag of this error. */
  readonly _tag = "SettingsUnverified" as const;
  /** Name of this error, as logs show it. */
  override readonly name = "SettingsUnverified" as const;
  /** One line. */
  override get message(): string {
    return `${this.method}: The settings were written, but could not be read back: ${this.cause.message}`;
  }
}

/** What can go wrong with settings, besides a call that fails. */
export type SettingsError = SettingsConflict | SettingsDropped | SettingsUnverified;

/** How settings are saved that were edited slowly, by a person or in a file. */
export interface SaveOptions<A> {
  /** The settings as they were when the edit began: nothing is written when they are not the same any more. */
  readonly since?: A;
}

/** @internal Where settings are, and what they are. */
export interface SettingsSource<A> {
  /** The method, for errors. */
  readonly method: string;
  readonly schema: Schema.Codec<A, unknown>;
  readonly read: DssRequest;
  readonly write: (settings: A) => DssRequest;
  /** Keys, at any depth, whose values DSS takes without showing them again, as `password`. */
  readonly writeOnly?: ReadonlyArray<string>;
  /** Keys, at any depth, that DSS changes by itself, each known by evidence; besides those of {@linkcode everRewritten}. */
  readonly rewritten?: ReadonlyArray<string>;
  /** Why a document must not be written, as one of which DSS has shown a part. */
  readonly unfit?: (settings: A) => string | undefined;
}

/** The version of a document: DSS counts it up with each write. */
const versionOf = (document: unknown): number | undefined => {
  const tag = (document as { readonly versionTag?: { readonly versionNumber?: unknown } | null } | null)?.versionTag;
  return typeof tag?.versionNumber === "number" ? tag.versionNumber : undefined;
};

/** @internal Reads settings: no number loses a digit. */
export const readSettings = <A>(dss: Dss, { method, read, schema }: SettingsSource<A>): Effect.Effect<A, DssError> =>
  dss.json(method, { ...read, exact: true }, schema);

/** The same, read back: what has the very text that was written is what was written. */
const knowing = <A>(source: SettingsSource<A>, known: NonNullable<DssRequest["known"]>): SettingsSource<A> => ({
  ...source,
  read: { ...source.read, known },
});

/** What DSS keeps of who wrote a document, and when: it is in all kinds of documents that DSS answers. */
const everRewritten: ReadonlyArray<string> = [
  "versionTag",
  "creationTag",
  "lastModifiedBy",
  "lastModifiedOn",
  "lastUpdatedBy",
  "lastUpdatedOn",
];

/** A turn at a document, and how many want it. */
interface Turn {
  readonly permit: Semaphore.Semaphore;
  wanted: number;
}

/** The turns at documents, by connection and address. */
const turns: WeakMap<Dss, Map<string, Turn>> = new WeakMap();

/** Lets the edits of one document on one connection take turns: two that read the same would lose what one of them wrote. */
const inTurn = <A, E>(dss: Dss, { path, query }: DssRequest, edit: Effect.Effect<A, E>): Effect.Effect<A, E> =>
  Effect.suspend(() => {
    const ofConnection = turns.get(dss) ?? new Map<string, Turn>();
    turns.set(dss, ofConnection);
    const document = JSON.stringify([path.value, query ?? {}]);
    const turn = ofConnection.get(document) ?? { permit: Semaphore.makeUnsafe(1), wanted: 0 };
    ofConnection.set(document, turn);
    turn.wanted += 1;
    return Effect.ensuring(
      turn.permit.withPermit(edit),
      Effect.sync(() => {
        turn.wanted -= 1;
        if (turn.wanted === 0) ofConnection.delete(document);
      }),
    );
  });

const withoutVersion = (document: unknown): unknown => ({ ...document as object, versionTag: undefined });

/** Writes, and looks at what DSS made of it. */
const write = <A>(
  dss: Dss,
  source: SettingsSource<A>,
  before: A | undefined,
  next: A,
): Effect.Effect<A, DssError | SettingsError> =>
  Effect.gen(function* () {
    const { method } = source;
    const unfit = source.unfit?.(before ?? next) ?? source.unfit?.(next);
    if (unfit !== undefined) {
      return yield* Effect.fail(new DssError({ method, reason: new Invalid({ detail: unfit }) }));
    }
    const from = versionOf(before);
    // Sent again blindly after a lost answer, it could undo the write of somebody else, and nobody would see it.
    const again = from === undefined
      ? {}
      : { unlessDone: Effect.map(readSettings(dss, source), (found) => versionOf(found) !== from) };
    const request = source.write(next);
    const text = request.json === next ? Result.getOrUndefined(jsonText(next, "")) : undefined;
    const written = text === undefined ? {} : { jsonText: text };
    const sent = yield* Effect.result(dss.empty(method, { ...request, ...written, ...again }));
    const failure = Result.isFailure(sent) ? sent.failure : undefined;
    if (failure !== undefined && (from === undefined || failure.reason._tag !== "OutcomeUnknown")) {
      return yield* Effect.fail(failure);
    }
    const after = yield* Effect.mapError(
      readSettings(dss, text === undefined ? source : knowing(source, { text, value: next })),
      (cause) => failure ?? new SettingsUnverified({ method, cause }),
    );
    if (after === next) return after;
    // The version tells that somebody has stored something; that it was this can only be seen in it.
    if (failure !== undefined && !equalJson(withoutVersion(next), withoutVersion(after))) {
      return yield* Effect.fail(failure);
    }
    const to = versionOf(after);
    if (from !== undefined && to !== undefined && to > from + 1) {
      const detail = `their version went from ${from} to ${to} with one write of ours`;
      return yield* Effect.fail(new SettingsConflict({ method, written: true, detail }));
    }
    const { missing, ours, others } = jsonDifference(before ?? notKnown, next, after);
    const without = (keys: ReadonlyArray<string>) => (path: string): boolean =>
      !path.split(/[.[\]]+/).some((key) => keys.includes(key));
    const isShown = without(source.writeOnly ?? []);
    const isOthers = without([...everRewritten, ...source.rewritten ?? []]);
    const isVersioned = from !== undefined && to !== undefined;
    const paths = [...missing, ...ours.filter(isOthers)].filter(isShown);
    const theirs = others.filter(isOthers).filter(isShown);
    // Under one version more, what else has changed is DSS's own doing.
    if (!isVersioned && theirs.length > 0) {
      const detail = `${oneLine(theirs.slice(0, 5).join(", "))} changed meanwhile`;
      return yield* Effect.fail(new SettingsConflict({ method, written: true, detail }));
    }
    if (paths.length === 0) return after;
    return yield* Effect.fail(new SettingsDropped({ method, paths, ...(isVersioned ? {} : { maybeConflict: true }) }));
  });

/**
 * @internal Reads settings, edits them, writes them and reads them back; gives them as DSS has them then.
 */
export const updateSettings = <A>(
  dss: Dss,
  source: SettingsSource<A>,
  edit: (settings: A) => A,
): Effect.Effect<A, DssError | SettingsError> =>
  inTurn(
    dss,
    source.read,
    Effect.flatMap(readSettings(dss, source), (before) => write(dss, source, before, edit(before))),
  );

/** @internal Writes settings that were edited elsewhere, and reads them back. */
export const saveSettings = <A>(
  dss: Dss,
  source: SettingsSource<A>,
  next: A,
  options: SaveOptions<A> = {},
): Effect.Effect<A, DssError | SettingsError> => {
  const { since } = options;
  if (since === undefined) return inTurn(dss, source.read, write(dss, source, undefined, next));
  const look = Effect.flatMap(readSettings(dss, source), (current) => {
    const [then, now] = [versionOf(since), versionOf(current)];
    const same = then === undefined || now === undefined ? equalJson(since, current) : then === now;
    if (same) return write(dss, source, current, next);
    const detail = then === undefined
      ? "they are not what the edit began with"
      : `their version went from ${then} to ${now}`;
    return Effect.fail(new SettingsConflict({ method: source.method, written: false, detail }));
  });
  return inTurn(dss, source.read, look);
};

/** @internal The three functions of a document that is read, edited and written back whole. */
export interface Editing<A, Ids extends ReadonlyArray<string>> {
  readonly read: (...ids: Ids) => Effect.Effect<A, DssError>;
  readonly update: (...args: [...Ids, (document: A) => A]) => Effect.Effect<A, DssError | SettingsError>;
  readonly save: (...args: [...Ids, A, SaveOptions<A>?]) => Effect.Effect<A, DssError | SettingsError>;
}

/** @internal What a service says of such a document. */
export interface EditingSpec<A, Ids extends ReadonlyArray<string>> {
  /** Its functions, as `ProjectSettings.tags`, `ProjectSettings.updateTags` and `ProjectSettings.saveTags`. */
  readonly methods: readonly [read: string, update: string, save: string];
  readonly schema: Schema.Codec<A, unknown>;
  /** Where it is read and written. */
  readonly at: (...ids: Ids) => Path;
  /** Keys, at any depth, that DSS changes by itself, each known by evidence. */
  readonly rewritten?: ReadonlyArray<string>;
  /** Keys of secrets, at any depth: DSS takes them without showing them again, and no error shows them. */
  readonly writeOnly?: ReadonlyArray<string>;
  /** Why a document must not be written, as one of which DSS has shown a part. */
  readonly unfit?: (document: A) => string | undefined;
}

/** @internal Makes the three functions of a document. */
export const editing = <A, Ids extends ReadonlyArray<string>>(
  dss: Dss,
  { methods: [read, update, save], at, ...rest }: EditingSpec<A, Ids>,
): Editing<A, Ids> => {
  const source = (method: string, ids: Ids): SettingsSource<A> => ({
    ...rest,
    method,
    read: get(at(...ids)),
    write: (json) => hiding(secretsUnder(rest.writeOnly ?? [], json), put(at(...ids), { json })),
  });
  const count = at.length;
  const idsOf = (args: ReadonlyArray<unknown>): Ids => args.slice(0, count) as unknown as Ids;
  return {
    read: (...ids) => readSettings(dss, source(read, ids)),
    update: (...args) => updateSettings(dss, source(update, idsOf(args)), args[count] as (document: A) => A),
    save: (...args) =>
      saveSettings(dss, source(save, idsOf(args)), args[count] as A, args[count + 1] as SaveOptions<A> | undefined),
  };
};
