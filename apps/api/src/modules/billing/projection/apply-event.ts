import { StripeEvent } from '@tollkeeper/db'
import { inSystem } from '../../../kernel/in-transaction.ts'
import type { EventSubject } from '../../../kernel/ports/payments.ts'
import type { Services } from '../../../kernel/services.ts'
import type { Origin, Outcome } from './origin.ts'
import { syncCheckout, syncInvoice, syncSubscription } from './sync.ts'

const syncs = { subscription: syncSubscription, invoice: syncInvoice, checkout: syncCheckout }

const states: Record<Outcome, { state: string; error: string | null }> = {
  applied: { state: 'handled', error: null },
  outdated: { state: 'handled', error: null },
  not_ours: { state: 'ignored', error: 'The customer is not of this installation.' },
  gone: { state: 'ignored', error: 'The provider does not know it (any more).' },
  price_unknown: { state: 'failed', error: 'The price is of no plan here.' },
}

/**
 * Acts on an event: whatever it said, the object it speaks of is fetched again and that is taken over, so events may come late,
 * twice, out of order or changed by an older API version.
 */
export async function applyEvent(
  services: Services,
  { eventId, subject }: { eventId: string; subject: EventSubject },
): Promise<void> {
  const origin: Origin = { source: 'stripe', stripeEventId: eventId }
  await inSystem(services, (em) => em.execute('update stripe_event set attempts = attempts + 1 where id = ?', [eventId]))
  const outcome = await syncs[subject.kind](services, subject.id, origin)
  await inSystem(services, (em) =>
    em.nativeUpdate(StripeEvent, { id: eventId }, { ...states[outcome], handledAt: services.clock.now() }),
  )
}
