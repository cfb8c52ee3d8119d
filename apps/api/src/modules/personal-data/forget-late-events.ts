import { inSystem } from '../../kernel/in-transaction.ts'
import type { Services } from '../../kernel/services.ts'

const LATE_DAYS = 7

/** The payment provider tells of a customer it deletes, and may take days to: what it says of people who are erased is not kept. */
export async function forgetLateEvents(services: Services): Promise<void> {
  const since = new Date(services.clock.now().getTime() - LATE_DAYS * 86_400_000)
  await inSystem(services, (em) =>
    em.execute(
      `update stripe_event e set payload = jsonb_build_object('id', e.id, 'erased', true)
       from "user" u join tenant t on t.personal_of = u.id join customer c on c.tenant_id = t.id
       where u.erased_at > ? and e.received_at > ? and position(c.stripe_customer_id in e.payload::text) > 0`,
      [since, since],
    ),
  )
}
