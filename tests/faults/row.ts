/**
 * Rows: what is played, and on which levels.
 *
 * @module
 */
import type { Effect, Scope } from "effect";
import type { ConnectionOptions } from "../../mod.ts";
import type { SimulatorOptions } from "../../src/simulator/mod.ts";
import type { Stage, Wrong } from "./play.ts";

/** Where rows are played: in process in virtual time, or on real sockets. */
export type Level = "process" | "deno" | "node";

/** All levels. */
export const allLevels: ReadonlyArray<Level> = ["process", "deno", "node"];

/** Whether the way to DSS is a real socket. */
export const isOnSockets = (level: Level): boolean => level !== "process";

/** One row. */
export interface Row {
  /** Number of the fault in the list of the README. */
  readonly row: string;
  /** What DSS or the way to it does. */
  readonly fault: string;
  /** What is called. */
  readonly given: string;
  /** What it comes to. */
  readonly expected: string;
  readonly levels: ReadonlyArray<Level>;
  /** How the simulated DSS is made. */
  readonly simulator?: SimulatorOptions;
  /** How the library connects to it. */
  readonly connection?: ConnectionOptions;
  /** Plays it, and says what was wrong. */
  readonly play: Effect.Effect<Wrong, unknown, Stage | Scope.Scope>;
}

/** What came of a row on a level. */
export interface Played {
  readonly row: Row;
  readonly level: Level;
  /** Nothing, when it passed. */
  readonly wrong: Wrong;
}
