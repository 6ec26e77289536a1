/**
 * Measuring two things side by side: in turn, in the same run, as a ratio with its interval.
 *
 * @module
 */

/** A ratio: the median of the rounds, and between what it lies with 95 % confidence. */
export interface Ratio {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** What a ratio should be. */
export interface Target {
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** One line of the table. */
export interface Line {
  /** As `B1`. */
  readonly id: string;
  /** What is measured. */
  readonly what: string;
  /** What it is measured beside. */
  readonly beside: string;
  readonly ratio?: Ratio;
  /** The same thing beside itself: how far the machine lets a ratio stray. */
  readonly itself?: Ratio;
  readonly target?: Target;
  /** Absolute figures, which are printed and never judged. */
  readonly note?: string;
}

/** Something that takes time; gives its seconds when it measures itself. */
export type Side = () => Promise<number | void>;

const timed = async (side: Side): Promise<number> => {
  const since = performance.now();
  const own = await side();
  return own ?? (performance.now() - since) / 1000;
};

/** The median with its interval: no distribution is assumed, the ranks alone tell. */
export const ratioOf = (values: ReadonlyArray<number>): Ratio => {
  const sorted = values.toSorted((a, b) => a - b);
  const count = sorted.length;
  const median = count % 2 === 1 ? sorted[(count - 1) / 2]! : (sorted[count / 2 - 1]! + sorted[count / 2]!) / 2;
  // The most values that may be left out at each end: of as many throws of a coin, fewer heads have a chance below 2.5 %.
  let chance = 0.5 ** count;
  let below = chance;
  let rank = 0;
  while (below <= 0.025 && rank < count / 2) {
    rank += 1;
    chance *= (count - rank + 1) / rank;
    below += chance;
  }
  const outer = Math.max(rank - 1, 0);
  return { median, low: sorted[outer]!, high: sorted[count - 1 - outer]! };
};

/** What both sides took, round by round. */
export interface Rounds {
  readonly ratio: Ratio;
  /** Median seconds of the first side. */
  readonly first: number;
  /** Median seconds of the second side. */
  readonly second: number;
}

/** Lets two sides run in turn, the one that begins changing with each round, after one that does not count. */
export const inTurn = async (first: Side, second: Side, rounds: number): Promise<Rounds> => {
  await timed(first);
  await timed(second);
  const pairs: Array<readonly [number, number]> = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) {
      const one = await timed(first);
      pairs.push([one, await timed(second)]);
    } else {
      const other = await timed(second);
      pairs.push([await timed(first), other]);
    }
  }
  return {
    ratio: ratioOf(pairs.map(([one, other]) => one / other)),
    first: ratioOf(pairs.map(([one]) => one)).median,
    second: ratioOf(pairs.map(([, other]) => other)).median,
  };
};

/** Whether the interval of a ratio reaches its target. */
export const isMet = (ratio: Ratio, { atMost, atLeast }: Target): boolean =>
  (atMost === undefined || ratio.low <= atMost) && (atLeast === undefined || ratio.high >= atLeast);
