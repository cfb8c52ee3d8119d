/** One request of a client. The same id always asks for the same. */
export interface Ask {
  /** Which balance, by its place. */
  place: number
  amount: number
  requestId: string | null
}

export interface DemandOptions {
  hot: number
  spread: number
  seed: number
}

const MOST_AMOUNT = 9
/** Of all requests, for balances that everybody wants. */
const HOT = 0.6
const NAMED = 0.5
/** Of named requests: one that is under way, or was a moment ago, is sent again. */
const REPEAT_RECENT = 0.25
/** Of named requests: any that was ever sent is sent again. */
const REPEAT_OLD = 0.1
const RECENT = 64

/** Units that `asks` requests may be expected to want of each balance, hot and spread: repeated ids want nothing more. */
export function expectedUnits(asks: number, { hot, spread }: DemandOptions): { hot: number; spread: number } {
  const units = asks * (1 - NAMED * (REPEAT_RECENT + REPEAT_OLD)) * ((1 + MOST_AMOUNT) / 2)
  return { hot: (units * HOT) / hot, spread: (units * (1 - HOT)) / spread }
}

/** Requests without end, by chance but from a seed: a few balances that everybody wants, many that few want, and ids sent again. */
export class Demand {
  #options: DemandOptions
  #random: () => number
  #named: Ask[] = []

  constructor(options: DemandOptions) {
    this.#options = options
    this.#random = randomFrom(options.seed)
  }

  next(): Ask {
    if (this.#random() >= NAMED) return { ...this.#fresh(), requestId: null }
    const chance = this.#random()
    if (chance < REPEAT_RECENT && this.#named.length > 0)
      return this.#named[Math.max(0, this.#named.length - 1 - this.#below(RECENT))]!
    if (chance < REPEAT_RECENT + REPEAT_OLD && this.#named.length > 0) return this.#named[this.#below(this.#named.length)]!
    const ask = { ...this.#fresh(), requestId: `ask-${this.#named.length}` }
    this.#named.push(ask)
    return ask
  }

  /** A number from 0 to below `most`. */
  #below(most: number): number {
    return Math.floor(this.#random() * most)
  }

  #fresh(): Omit<Ask, 'requestId'> {
    const { hot, spread } = this.#options
    const place = this.#random() < HOT ? this.#below(hot) : hot + this.#below(spread)
    return { place, amount: 1 + this.#below(MOST_AMOUNT) }
  }
}

/** Mulberry32: numbers from 0 to below 1, always the same for a seed. */
function randomFrom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
