import { Avatar } from '@tollkeeper/db'
import { inSystem } from '../../../kernel/in-transaction.ts'
import type { Services } from '../../../kernel/services.ts'

/** The picture with this key: a WebP that was drawn here. Null where there is none, any more or ever. */
export async function readAvatar(services: Services, key: string): Promise<Buffer | null> {
  const avatar = await inSystem(services, (em) => em.findOne(Avatar, { key }))
  return avatar && Buffer.from(avatar.image)
}
