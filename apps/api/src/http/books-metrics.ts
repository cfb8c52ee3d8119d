import type { BooksState } from '@tollkeeper/shared'
import { Counter, Gauge } from 'prom-client'
import type { Services } from '../kernel/services.ts'
import { booksState } from '../modules/quota/index.ts'
import type { Metrics } from './metrics.ts'

/**
 * What the check of the books knows, read from the database when it is asked for, so that every node says the same. Where the database
 * does not answer, the last numbers stay.
 */
export function booksMetrics({ registry }: Metrics, services: Services): void {
  const read = stateReader(services)
  const registers = [registry]
  new Gauge({
    name: 'tollkeeper_books_differences',
    help: 'Balances and sums that are not what the ledger adds up to.',
    registers,
    async collect() {
      const state = await read()
      if (state) this.set(state.differences)
    },
  })
  new Gauge({
    name: 'tollkeeper_books_round_age_seconds',
    help: 'Since every balance had last been checked; -1: not yet.',
    registers,
    async collect() {
      const state = await read()
      if (!state) return
      const { roundEndedAt } = state
      this.set(roundEndedAt === null ? -1 : (services.clock.now().getTime() - Date.parse(roundEndedAt)) / 1000)
    },
  })
  new Counter({
    name: 'tollkeeper_books_checked_total',
    help: 'Balances that were compared with the ledger.',
    registers,
    async collect() {
      const state = await read()
      if (!state) return
      this.reset()
      this.inc(state.checkedTotal)
    },
  })
}

/** One reading serves all numbers that are asked for at once. */
function stateReader(services: Services): () => Promise<BooksState | null> {
  let underWay: Promise<BooksState | null> | null = null
  const read = async () => {
    try {
      return await booksState(services)
    } catch (error) {
      services.logger.warn({ err: error }, 'the state of the books could not be read')
      return null
    } finally {
      underWay = null
    }
  }
  return () => (underWay ??= read())
}
