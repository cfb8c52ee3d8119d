/** How finely time is kept: a window is remembered as this many parts at most, and one. */
const PARTS = 64

interface Part {
  firstAt: number
  lastAt: number
  amount: number
}

/**
 * What passed lately, so that in any window of the cap's length no more than the cap does. Units that passed close together age
 * as the youngest of them, so it never lets pass too much.
 */
export class Spending {
  #parts: Part[] = []

  /** Units that passed in the `windowMs` before `at`. */
  within(windowMs: number, at: number): number {
    return this.#parts.reduce((sum, { lastAt, amount }) => (at - lastAt < windowMs ? sum + amount : sum), 0)
  }

  add(amount: number, at: number, windowMs: number): void {
    const last = this.#parts.at(-1)
    if (last && at - last.firstAt < windowMs / PARTS) {
      last.amount += amount
      last.lastAt = Math.max(last.lastAt, at)
    } else this.#parts.push({ firstAt: at, lastAt: at, amount })
    this.#parts = this.#parts.filter(({ lastAt }) => at - lastAt < windowMs)
  }

  /** Gives back what did not pass after all. */
  takeBack(amount: number, at: number): void {
    const part = this.#parts.findLast(({ firstAt, lastAt }) => firstAt <= at && at <= lastAt)
    if (part) part.amount -= amount
  }

  /** What is remembered, as instants and amounts. */
  parts(): { at: number; amount: number }[] {
    return this.#parts.filter(({ amount }) => amount > 0).map(({ lastAt, amount }) => ({ at: lastAt, amount }))
  }
}
