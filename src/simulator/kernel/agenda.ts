/**
 * What will happen in the simulated DSS, and when.
 *
 * @module
 * @internal
 */

/** Something that will happen. */
interface Appointment {
  readonly at: number;
  readonly order: number;
  readonly happen: (at: number) => void;
}

/**
 * Appointments, kept in order of time; equal times in the order of their making.
 *
 * Nothing runs in the background: whoever looks at the state first lets everything happen that was due by then, each at its own time.
 */
export class Agenda {
  private readonly due: Array<Appointment> = [];
  private made = 0;
  private target = 0;

  /** The time up to which everything is happening, in milliseconds since 1970: later than what happens just now when nobody looked for long. */
  get until(): number {
    return this.target;
  }

  /** Lets something happen at a time, in milliseconds since 1970; it is told that time. */
  at(time: number, happen: (at: number) => void): void {
    const appointment = { at: time, order: this.made++, happen };
    let index = this.due.length;
    while (index > 0 && this.due[index - 1]!.at > time) index--;
    this.due.splice(index, 0, appointment);
  }

  /** Lets everything happen that is due. */
  advanceTo(now: number): void {
    this.target = now;
    while (this.due.length > 0 && this.due[0]!.at <= now) {
      const { at, happen } = this.due.shift()!;
      happen(at);
    }
  }
}
