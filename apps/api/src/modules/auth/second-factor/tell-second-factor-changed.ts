import type { EntityManager } from '@mikro-orm/postgresql'
import type { User } from '@tollkeeper/db'
import type { Services } from '../../../kernel/services.ts'
import { type DataOf, enqueueMail, readerOf, writeInstant } from '../../notification/index.ts'

/** Tells a person what became of their second factor, whoever did it. */
export async function tellSecondFactorChanged(
  em: EntityManager,
  services: Services,
  { id, email, name }: User,
  change: DataOf<'second-factor-changed'>['change'],
): Promise<void> {
  const reader = await readerOf(em, id)
  await enqueueMail(em, services, {
    to: email,
    template: 'second-factor-changed',
    data: { name, change, at: writeInstant(reader, services.clock.now()) },
    locale: reader.locale,
  })
}
