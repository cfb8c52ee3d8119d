import type { EntityManager } from '@mikro-orm/postgresql'
import { User, UserPreference } from '@tollkeeper/db'
import type { RequestContext } from '../../../kernel/context.ts'
import { enqueueMail, readerOf, writeInstant } from '../../notification/index.ts'
import { issueMailToken } from '../mail-token/mail-token.ts'
import { deviceOf, namedDevice } from './device-words.ts'

const LINK_DAYS = 30
/** How many of the last sign-ins are looked at. */
const REMEMBERED = 500

interface SignInPlace {
  user_agent: string | null
  address_bucket: string
}

/**
 * Tells a person of a sign-in from a device or network they never came from, with a link that ends it. The first sign-in of an
 * account is no news. Call it after the sign-in is on record.
 */
export async function tellOfNewDevice(
  em: EntityManager,
  { services, client }: RequestContext,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<void> {
  const [current, ...earlier] = await em.execute<SignInPlace[]>(
    `select user_agent, address_bucket from login_event
     where user_id = ? and outcome = 'success' and method <> 'confirmation' order by id desc limit ${REMEMBERED}`,
    [userId],
  )
  if (!current || earlier.length === 0 || earlier.some((place) => isAlike(place, current))) return
  if ((await em.findOne(UserPreference, { userId }))?.newSignInMail === false) return
  const now = services.clock.now()
  const [user, reader] = [await em.findOneOrFail(User, { id: userId }), await readerOf(em, userId)]
  const lifetimeMs = LINK_DAYS * 86_400_000
  const token = issueMailToken(em, { userId, purpose: 'not_me', subject: sessionId, now, lifetimeMs })
  await enqueueMail(em, services, {
    to: user.email,
    userId,
    template: 'new-sign-in',
    data: {
      name: user.name,
      at: writeInstant(reader, now),
      device: namedDevice(deviceOf(client.userAgent)),
      address: client.ip,
      token,
    },
    locale: reader.locale,
    dedupeKey: `new-sign-in ${sessionId}`,
  })
}

/** The same kind of device in the same network. Versions change, and a line is given another address of its network every day. */
function isAlike(first: SignInPlace, other: SignInPlace): boolean {
  const [one, two] = [deviceOf(first.user_agent), deviceOf(other.user_agent)]
  return (
    one.program === two.program && one.system === two.system && networkOf(first.address_bucket) === networkOf(other.address_bucket)
  )
}

/** An IPv4 /16 or an IPv6 /48. */
function networkOf(bucket: string): string {
  return bucket.includes(':') ? bucket.split(':').slice(0, 3).join(':') : bucket.split('.').slice(0, 2).join('.')
}
