import type { EntityManager } from '@mikro-orm/postgresql'
import type { User } from '@tollkeeper/db'
import type { ProviderName } from '@tollkeeper/shared'
import type { Services } from '../../../kernel/services.ts'
import { enqueueMail, readerOf, writeInstant } from '../../notification/index.ts'

/** Tells a person that their account can be entered in one more way, or in one less. */
export async function tellWayInChanged(
  em: EntityManager,
  services: Services,
  user: User,
  what: { change: 'added' | 'removed'; way: ProviderName | 'passkey' | 'password' },
): Promise<void> {
  const reader = await readerOf(em, user.id)
  await enqueueMail(em, services, {
    to: user.email,
    template: 'way-in-changed',
    data: { name: user.name, ...what, at: writeInstant(reader, services.clock.now()) },
    locale: reader.locale,
  })
}
