import type { ChangeFeed } from './change-feed.ts'
import type { Services } from './services.ts'

/**
 * Something a module keeps in memory once per node, made when it is first needed. A node is known by its change feed, because
 * that is what keeps its memory honest; tests run several nodes in one process.
 */
export function perNode<Kept>(make: (services: Pick<Services, 'changes' | 'pool' | 'clock' | 'logger'>) => Kept) {
  const kept = new WeakMap<ChangeFeed, Kept>()
  return (services: Pick<Services, 'changes' | 'pool' | 'clock' | 'logger'>): Kept => {
    let one = kept.get(services.changes)
    if (one === undefined) {
      one = make(services)
      kept.set(services.changes, one)
    }
    return one
  }
}
