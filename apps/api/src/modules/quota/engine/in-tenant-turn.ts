import type { PoolClient } from 'pg'
import { perNode } from '../../../kernel/per-node.ts'
import type { Services } from '../../../kernel/services.ts'
import { inOneTransaction } from './in-one-transaction.ts'
import { TenantTurns } from './tenant-turns.ts'

/** A node has nine connections for the quota, of which two are for its group commits. */
const turnsOf = perNode(
  () => new TenantTurns({ atOnce: 7, atOnceOfTenant: 4, waiting: 4_000, waitingOfTenant: 2_000, patienceMs: 5_000 }),
)

/**
 * Runs a transaction for one tenant when it is the tenant's turn: whoever asks for much, or waits for a balance that is held, keeps
 * nobody else from a connection. @throws AppError quota.overloaded
 */
export function inTenantTurn<Result>(
  services: Services,
  tenantId: string,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  return turnsOf(services).take(tenantId, () => inOneTransaction(services.keyedPool, work))
}
