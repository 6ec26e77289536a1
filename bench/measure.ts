/**
 * Measuring two things side by side: in turn, in the same run, as a ratio with its interval.
 *
 * @module
 */
import process from "node:process";

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
  /** Of the time on the clock. */
  readonly ratio?: Ratio;
  /** Of the time of processors, which others on the machine do not lengthen. */
  readonly cpu?: Ratio;
  /** Which of the two the target is on; by default the clock. */
  readonly judgedBy?: "clock" | "cpu";
  /** The same thing beside itself: how far the machine lets a ratio stray. */
  readonly itself?: Ratio;
  readonly target?: Target;
  /** Absolute figures, which are printed and never judged. */
  readonly note?: string;
}

/** What something took, in seconds: on the clock, and of processors. */
export interface Spent {
  readonly seconds: number;
  readonly cpu: number;
}

/** Something that takes time; gives what it took when it measures itself. */
export type Side = () => Promise<Spent | void>;

/** Seconds of processors that this process has used, with those of its children that have ended, where Linux tells them. */
const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  let ofChildren = 0;
  try {
    // Behind the name of the program: the times of children are the 16th and the 17th number of the line, in ticks of 10 ms.
    const fields = Deno.readTextFileSync("/proc/self/stat").replace(/^.*\) /, "").split(" ");
    ofChildren = (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    // Other systems do not tell.
  }
  return (user + system) / 1e6 + ofChildren;
};

/** What something takes. */
export const spent = async (side: Side): Promise<Spent> => {
  const [since, cpuSince] = [performance.now(), cpuSeconds()];
  const own = await side();
  return own ?? { seconds: (performance.now() - since) / 1000, cpu: cpuSeconds() - cpuSince };
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
  /** The same of the time of processors. */
  readonly cpu: Ratio;
  /** Median seconds of the first side. */
  readonly first: number;
  /** Median seconds of the second side. */
  readonly second: number;
}

/** Lets two sides run in turn, the one that begins changing with each round, after one that does not count. */
export const inTurn = async (first: Side, second: Side, rounds: number): Promise<Rounds> => {
  await spent(first);
  await spent(second);
  const pairs: Array<readonly [Spent, Spent]> = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) {
      const one = await spent(first);
      pairs.push([one, await spent(second)]);
    } else {
      const other = await spent(second);
      pairs.push([await spent(first), other]);
    }
  }
  return {
    ratio: ratioOf(pairs.map(([one, other]) => one.seconds / other.seconds)),
    cpu: ratioOf(pairs.map(([one, other]) => one.cpu / Math.max(other.cpu, 1e-6))),
    first: ratioOf(pairs.map(([one]) => one.seconds)).median,
    second: ratioOf(pairs.map(([, other]) => other.seconds)).median,
  };
};

/** The ratio of a line that its target is on. */
export const judged = ({ ratio, cpu, judgedBy }: Line): Ratio | undefined => judgedBy === "cpu" ? cpu : ratio;

/** Whether the interval of a ratio reaches its target. */
export const isMet = (ratio: Ratio, { atMost, atLeast }: Target): boolean =>
  (atMost === undefined || ratio.low <= atMost) && (atLeast === undefined || ratio.high >= atLeast);
