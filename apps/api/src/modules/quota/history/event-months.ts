import { perNode } from '../../../kernel/per-node.ts'
import type { Services } from '../../../kernel/services.ts'

/** The first instant of the month that holds an instant, UTC; `later` months after it. @param at milliseconds of the epoch */
export function startOfMonth(at: number, later = 0): number {
  const date = new Date(at)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later)
}

const known = perNode(() => new Set<number>())

/** Makes sure that events of these instants have a partition to go to. A node asks the database once a month and partition. */
export async function openMonths(
  services: Pick<Services, 'pool' | 'changes' | 'clock' | 'logger'>,
  instants: Iterable<number>,
): Promise<void> {
  const open = known(services)
  for (const at of instants) {
    const month = startOfMonth(at)
    if (open.has(month)) continue
    await services.pool.query('select usage_event_add_month($1::date)', [new Date(month).toISOString().slice(0, 10)])
    open.add(month)
  }
}
