import type Stripe from 'stripe'
import { refused } from '../api/api-error.ts'
import type { Books } from '../books/books.ts'
import { formatMoney } from '../objects/money.ts'
import type { Metadata } from '../objects/shape.ts'
import { buildRefund, type Refund } from './refund-object.ts'

/** Gives back `amount` minor units of a charge, or all that is left of it. */
export function refundCharge(
  books: Books,
  chargeId: string,
  { amount, reason, metadata }: { amount?: number; reason: Stripe.Refund.Reason | null; metadata: Metadata },
): Refund {
  const charge = books.find('charges', chargeId, 'charge')
  if (!charge.paid) throw refused(`Charge ${charge.id} failed, so there is nothing to refund.`, { param: 'charge' })
  const left = charge.amount - charge.amount_refunded
  if (left === 0) {
    throw refused(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded', param: 'charge' })
  }
  const size = amount ?? left
  if (size > left) {
    throw refused(
      `Refund amount (${formatMoney(size, charge.currency)}) is greater than unrefunded amount on charge (${formatMoney(left, charge.currency)})`,
      { param: 'amount' },
    )
  }
  const refund = books.record('refunds', buildRefund(charge, size, reason, metadata, books.now()), 'refund.created')
  const refundedSoFar = charge.amount_refunded + size
  books.revise(
    'charges',
    charge.id,
    { amount_refunded: refundedSoFar, refunded: refundedSoFar === charge.amount },
    'charge.refunded',
  )
  return refund
}
