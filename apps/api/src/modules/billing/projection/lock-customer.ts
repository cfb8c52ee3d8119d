import { LockMode } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import { Customer } from '@tollkeeper/db'

/**
 * The tenant's customer behind one of the provider, locked until the end of the transaction: what is known of a customer's money
 * changes one at a time. Null: not a customer of ours, whatever its metadata says.
 */
export function lockCustomer(em: EntityManager, stripeCustomerId: string): Promise<Customer | null> {
  return em.findOne(Customer, { stripeCustomerId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
}
