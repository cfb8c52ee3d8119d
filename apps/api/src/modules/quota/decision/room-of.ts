import type { CheckInput } from '@tollkeeper/shared'
import { callerId } from '../../../kernel/caller.ts'
import type { Services } from '../../../kernel/services.ts'
import { MOST_UNITS } from '../engine/most-units.ts'
import type { DecisionFacts, Room } from './facts.ts'
import { balanceEntitlement } from './measure-of.ts'
import { countMembers, SEATS } from './seats.ts'

/** What is left for whoever asks; null where there is nothing to take from. */
export async function roomOf(
  services: Pick<Services, 'quota' | 'pool'>,
  { subject, tenant, feature }: Pick<DecisionFacts, 'subject' | 'tenant' | 'feature'>,
  { resource, member }: Pick<CheckInput, 'resource' | 'member'>,
): Promise<Room | null> {
  const entitlement = balanceEntitlement(tenant, feature)
  if (!entitlement) return null
  const room = await services.quota.room({
    tenantId: subject.tenantId,
    entitlement,
    featureKey: feature.key,
    callerId: callerId(subject.caller),
    ...(member === undefined ? {} : { memberId: member }),
    ...(resource === undefined ? {} : { resource }),
  })
  return feature.key === SEATS ? ofSeats(room, entitlement.limit, await countMembers(services, subject.tenantId)) : room
}

/** What a tenant uses of its seats is its members. */
function ofSeats(room: Room, limit: number | null, members: number): Room {
  const left = limit === null ? null : limit - members
  return { ...room, limit, used: members, remaining: left === null ? null : Math.max(0, left), available: left ?? MOST_UNITS }
}
