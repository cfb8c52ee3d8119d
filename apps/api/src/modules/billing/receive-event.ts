import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import type { ProviderEvent } from '../../kernel/ports/payments.ts'
import type { Services } from '../../kernel/services.ts'
import { applyEventJob } from './jobs.ts'

/**
 * Keeps an event the provider sent, once, and asks in the same commit for it to be acted on; only then may it be acknowledged. A
 * repetition changes nothing. An event of the other mode, or of something we do not keep, is stored and left alone.
 * @throws AppError billing.webhook_signature; what the database throws, so that the provider sends it again
 */
export async function receiveEvent(services: Services, rawBody: Buffer, signature: string): Promise<void> {
  const event = services.payments.readEvent(rawBody, signature)
  const subject = event.livemode === services.payments.livemode ? event.subject : null
  if (event.livemode !== services.payments.livemode) {
    services.logger.warn({ event: event.id, type: event.type, livemode: event.livemode }, 'a webhook of the other mode was ignored')
  }
  const isNew = await inSystemTransaction(services, async ({ em, now }) => {
    const stored = await em.execute<unknown[]>(
      `insert into stripe_event (id, type, livemode, payload, state, received_at, handled_at) values (?, ?, ?, ?, ?, ?, ?)
       on conflict (id) do nothing returning id`,
      [...valuesOf(event), subject ? 'received' : 'ignored', now, subject ? null : now],
    )
    if (stored.length === 0 || !subject) return false
    await services.jobs.enqueue(em, applyEventJob, { eventId: event.id, subject })
    return true
  })
  if (isNew) services.jobs.wake(applyEventJob)
}

function valuesOf({ id, type, livemode, payload }: ProviderEvent) {
  return [id, type, livemode, JSON.stringify(payload)]
}
