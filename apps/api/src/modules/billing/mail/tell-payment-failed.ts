import type { Subscription } from '@tollkeeper/db'
import type { SystemTransaction } from '../../../kernel/in-transaction.ts'
import { mailMembers, writeInstant, writeMoney } from '../../notification/index.ts'
import { GRACE_MS } from '../../quota/index.ts'
import { termsOf } from './terms-of.ts'

/** Tells those who pay for a tenant that its renewal was not paid, and until when that changes nothing. */
export async function tellPaymentFailed({ em, services, now }: SystemTransaction, row: Subscription): Promise<void> {
  const failedAt = row.pastDueAt ?? now
  const { plan, price } = await termsOf(em, row)
  await mailMembers(em, services, {
    tenantId: row.tenantId,
    permission: 'billing:write',
    template: 'payment-failed',
    data: (reader, tenant) => ({
      name: reader.name,
      tenant,
      plan,
      amount: writeMoney(reader.locale, price),
      until: writeInstant(reader, new Date(failedAt.getTime() + GRACE_MS)),
    }),
    dedupeKey: `payment-failed ${row.id} ${failedAt.toISOString()}`,
  })
}
