import type { EntityManager } from '@mikro-orm/postgresql'
import type { User } from '@tollkeeper/db'
import type { Services } from '../../../kernel/services.ts'
import { enqueueMail, readerOf, writeInstant } from '../../notification/index.ts'

export async function tellPasswordChanged(em: EntityManager, services: Services, { id, email, name }: User): Promise<void> {
  const reader = await readerOf(em, id)
  await enqueueMail(em, services, {
    to: email,
    userId: id,
    template: 'password-changed',
    data: { name, at: writeInstant(reader, services.clock.now()) },
    locale: reader.locale,
  })
}
