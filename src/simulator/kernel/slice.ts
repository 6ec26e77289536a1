/**
 * Slices of state: each noun of the simulated DSS declares its own, and what holds them does not know them.
 *
 * @module
 * @internal
 */

/** What happens to a slice besides what its own routes do. */
export interface SliceEvents<A> {
  /** An object was removed, as `projects/SALES`: what belongs to it goes too. */
  removed?(state: A, object: string): void;
  /** An object got another name: both are as `removed` tells them. */
  renamed?(state: A, object: string, to: string): void;
  /** DSS is restarted: what was running ends, and is over when DSS is back. Times are in milliseconds since 1970. */
  restarted?(state: A, at: number, backAt: number): void;
}

/** A piece of state: plain JSON, or maps of it. */
export interface Slice<A> extends SliceEvents<A> {
  /** As snapshots name it. */
  readonly name: string;
  /** As it is before anything has happened. */
  readonly empty: () => A;
  /** Whether it holds secrets: snapshots leave it out then. */
  readonly isSecret: boolean;
}

/** Declares a piece of state. */
export const slice = <A>(
  name: string,
  empty: () => A,
  options: SliceEvents<A> & { readonly isSecret?: boolean } = {},
): Slice<A> => ({ name, empty, isSecret: false, ...options });

/** What holds slices. */
export class Slices {
  readonly #held: Map<Slice<unknown>, unknown> = new Map();

  /** Holds these from the beginning, and others from when they are first asked for. */
  constructor(slices: Iterable<Slice<unknown>> = []) {
    for (const each of slices) this.of(each);
  }

  /** The state of a slice. */
  of<A>(slice: Slice<A>): A {
    if (!this.#held.has(slice)) this.#held.set(slice, slice.empty());
    return this.#held.get(slice) as A;
  }

  /** The slices that are held. */
  get slices(): Iterable<Slice<unknown>> {
    return this.#held.keys();
  }

  /** Keys of what a slice holds, by its name: for reports over everything; none when there is no such slice. */
  keysOf(name: string): ReadonlyArray<string> {
    const state = [...this.#held].find(([slice]) => slice.name === name)?.[1];
    return state instanceof Map ? [...state.keys()] : [];
  }

  /** Tells all slices that an object was removed. */
  removed(object: string): void {
    for (const [slice, state] of this.#held) slice.removed?.(state, object);
  }

  /** Tells all slices that an object got another name. */
  renamed(object: string, to: string): void {
    for (const [slice, state] of this.#held) slice.renamed?.(state, object, to);
  }

  /** Tells all slices that DSS is restarted. */
  restarted(at: number, backAt: number): void {
    for (const [slice, state] of this.#held) slice.restarted?.(state, at, backAt);
  }

  /** What snapshots show of the slices. */
  protected shown(): Readonly<Record<string, unknown>> {
    const shown = [...this.#held].filter(([{ isSecret }]) => !isSecret);
    return Object.fromEntries(shown.map(([{ name }, state]) => [name, state]));
  }
}
