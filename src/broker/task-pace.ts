/** The newest measurement's weight in a running mean. */
const meanWeight = 0.1;
/** How often over the slots may be filled with tasks leased ahead. */
const roundsAhead = 2;

/** How long tasks and requests take lately, and what that means for leasing ahead. */
export class TaskPace {
  #taskMilliseconds: number | undefined;
  #requestMilliseconds = 0;

  observeTask(milliseconds: number): void {
    this.#taskMilliseconds = mean(this.#taskMilliseconds ?? milliseconds, milliseconds);
  }

  observeRequest(milliseconds: number): void {
    this.#requestMilliseconds = mean(this.#requestMilliseconds, milliseconds);
  }

  /** How many tasks the slots get through while a request is under way. */
  tasksAhead(slots: number): number {
    if (this.#taskMilliseconds === undefined) return 0;
    const rounds = this.#requestMilliseconds / Math.max(this.#taskMilliseconds, 0.001);
    return Math.floor(Math.min(rounds, roundsAhead) * slots);
  }
}

function mean(before: number, value: number): number {
  return before + (value - before) * meanWeight;
}
