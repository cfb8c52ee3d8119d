import { randomBytes } from 'node:crypto'
import { Avatar, User } from '@tollkeeper/db'
import type { Me } from '@tollkeeper/shared'
import { announceChange } from '../../../kernel/change-feed.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { readPerson } from '../view.ts'

/** Gives the caller a picture, from base64 of a PNG, JPEG, WebP or GIF. @throws AppError avatar.refused */
export async function setAvatar(ctx: UserContext, { image }: { image: string }): Promise<Me> {
  // the library that draws takes memory that most servers never need
  const { encodeAvatar } = await import('./encode-avatar.ts')
  const encoded = await encodeAvatar(Buffer.from(image, 'base64'))
  return storeAvatar(ctx, encoded)
}

/** Takes the caller's picture away, where they have one. */
export function removeAvatar(ctx: UserContext): Promise<Me> {
  return storeAvatar(ctx, null)
}

async function storeAvatar({ services, caller, requestId }: UserContext, image: Buffer | null): Promise<Me> {
  const { userId } = caller
  await inSystemTransaction(services, async ({ em, now }) => {
    // another picture has another address: nobody is shown the old one from a cache, and the old address leads nowhere
    const key = randomBytes(16).toString('base64url')
    if (image) await em.upsert(Avatar, { userId, key, image, updatedAt: now })
    else await em.nativeDelete(Avatar, { userId })
    await em.nativeUpdate(User, { id: userId }, { image: image ? `/avatars/${key}.webp` : null, updatedAt: now })
    announceChange(em, 'user', userId)
    const action = image ? 'user.avatar_changed' : 'user.avatar_removed'
    writeAudit(em, { tenantId: null, action, target: userId, caller, requestId, at: now })
  })
  return readPerson(services, userId)
}
