import type { CheckInput } from '@tollkeeper/shared'
import { callerId } from '../../../kernel/caller.ts'
import type { Services } from '../../../kernel/services.ts'
import type { DecisionFacts, Room } from './facts.ts'
import { balanceEntitlement } from './measure-of.ts'

/** What is left for whoever asks; null where there is nothing to take from. */
export async function roomOf(
  { quota }: Pick<Services, 'quota'>,
  { subject, tenant, feature }: Pick<DecisionFacts, 'subject' | 'tenant' | 'feature'>,
  { resource, member }: Pick<CheckInput, 'resource' | 'member'>,
): Promise<Room | null> {
  const entitlement = balanceEntitlement(tenant, feature)
  if (!entitlement) return null
  return quota.room({
    tenantId: subject.tenantId,
    entitlement,
    featureKey: feature.key,
    callerId: callerId(subject.caller),
    ...(member === undefined ? {} : { memberId: member }),
    ...(resource === undefined ? {} : { resource }),
  })
}
