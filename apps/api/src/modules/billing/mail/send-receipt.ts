import type { SystemTransaction } from '../../../kernel/in-transaction.ts'
import type { ProviderInvoice } from '../../../kernel/ports/payments.ts'
import { mailMembers, writeInstant, writeMoney } from '../../notification/index.ts'

/** An invoice that is older when we first see it as paid is history that was taken over, and no news to anybody. */
const NEWS_FOR_MS = 7 * 86_400_000

/** Tells those who pay for a tenant that a payment of theirs arrived. Nothing was paid: there is nothing to tell. */
export async function sendReceipt(
  { em, services, now }: SystemTransaction,
  tenantId: string,
  paid: ProviderInvoice,
): Promise<void> {
  if (paid.paidMinor === 0 || now.getTime() - paid.createdAt.getTime() > NEWS_FOR_MS) return
  const amount = { amountMinor: paid.paidMinor, currency: paid.currency }
  await mailMembers(em, services, {
    tenantId,
    permission: 'billing:write',
    template: 'receipt',
    data: (reader, tenant) => ({
      name: reader.name,
      tenant,
      number: paid.number,
      amount: writeMoney(reader.locale, amount),
      paidAt: writeInstant(reader, now),
    }),
    dedupeKey: `receipt ${paid.id}`,
  })
}
