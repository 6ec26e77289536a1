/**
 * The state of the simulated DSS: plain JSON as DSS sends it, in slices, and what will happen to it.
 *
 * @module
 * @internal
 */
import { Agenda } from "./agenda.ts";
import { Chance } from "./chance.ts";
import { Outcomes } from "./outcomes.ts";
import { type Slice, Slices } from "./slice.ts";
import type { User } from "./user.ts";

/** All slices that are declared. */
export interface DeclaredSlices {
  /** Those that the world holds. */
  readonly ofWorld: ReadonlyArray<Slice<unknown>>;
  /** Those that what the world holds has in its turn. */
  readonly nested: ReadonlyArray<Slice<unknown>>;
}

/** How a world is made. */
export interface WorldOptions {
  /** Seed of its chance. */
  readonly seed: number;
  /** Keys of stored documents that it does not know. */
  readonly unknownKeys?: ReadonlyArray<string>;
  readonly slices: DeclaredSlices;
}

/** Everything that the simulated DSS knows. */
export class World extends Slices {
  /** What will happen. */
  readonly agenda: Agenda = new Agenda();
  /** The one source of chance, so that a seed replays exactly. */
  readonly chance: Chance;
  /** What was scripted to go otherwise. */
  readonly outcomes: Outcomes = new Outcomes();
  /** Keys that open its doors, and their owners. */
  readonly keys: Map<string, User> = new Map();
  /** Tickets of programs inside DSS, and their owners. */
  readonly tickets: Map<string, User> = new Map();
  /** Keys of stored documents that this DSS does not know: it drops them. */
  readonly unknownKeys: ReadonlySet<string>;
  /** All slices that are declared. */
  readonly declared: DeclaredSlices;
  /** DSS is down until then, in milliseconds since 1970. */
  downUntil = 0;

  /** Starts an empty instance. */
  constructor({ seed, unknownKeys = [], slices }: WorldOptions) {
    super(slices.ofWorld);
    this.chance = new Chance(seed);
    this.unknownKeys = new Set(unknownKeys);
    this.declared = slices;
  }

  /** Restarts: it is down for a while, and what was running is over. */
  restart(at: number, backAt: number): void {
    this.downUntil = backAt;
    this.restarted(at, backAt);
  }

  /** What snapshots show: the slices, without the engine and the keys. */
  toJSON(): Readonly<Record<string, unknown>> {
    return this.shown();
  }

  /** A copy of the state, as plain JSON; of bytes, each is a character. */
  snapshot(): Readonly<Record<string, unknown>> {
    const plain = (value: unknown): unknown => {
      if (value instanceof Map) return Object.fromEntries([...value].map(([key, held]) => [key, plain(held)]));
      if (value instanceof Set) return [...value];
      return value instanceof Uint8Array ? Array.from(value, (byte) => String.fromCharCode(byte)).join("") : value;
    };
    return JSON.parse(JSON.stringify(this, (_, value) => plain(value)));
  }
}
