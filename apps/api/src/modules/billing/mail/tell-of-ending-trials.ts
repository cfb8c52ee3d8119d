import { Subscription } from '@tollkeeper/db'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import type { Services } from '../../../kernel/services.ts'
import { mailMembers, writeInstant, writeMoney } from '../../notification/index.ts'
import { termsOf } from './terms-of.ts'

const DAYS_BEFORE = 3

/** Tells, three days before, those who pay for a tenant that its trial ends and what it costs then. Who has cancelled is spared. */
export async function tellOfEndingTrials(services: Services): Promise<void> {
  const now = services.clock.now()
  const soon = new Date(now.getTime() + DAYS_BEFORE * 86_400_000)
  const ending = await inSystem(services, (em) =>
    em.find(Subscription, {
      status: 'trialing',
      superseded: false,
      cancelAtPeriodEnd: false,
      currentPeriodEnd: { $gt: now, $lte: soon },
    }),
  )
  for (const row of ending) await inSystemTransaction(services, ({ em }) => tellOfEnd(em, services, row))
}

async function tellOfEnd(em: Parameters<typeof mailMembers>[0], services: Services, row: Subscription): Promise<void> {
  const endsAt = row.currentPeriodEnd
  if (!endsAt) return
  const { plan, price } = await termsOf(em, row)
  await mailMembers(em, services, {
    tenantId: row.tenantId,
    permission: 'billing:write',
    template: 'trial-ending',
    data: (reader, tenant) => ({
      name: reader.name,
      tenant,
      plan,
      price: writeMoney(reader.locale, price),
      endsAt: writeInstant(reader, endsAt),
    }),
    dedupeKey: `trial-ending ${row.id} ${endsAt.toISOString()}`,
  })
}
