import type { ConsumeRequest } from '../../../kernel/ports/quota-engine.ts'

/** A member or key whose part of the tenant's units is capped. */
export interface Capped {
  holder: string
  limit: number
}

/** The caps that bind a request: the caller's, and that of the member a key asks for. One of their own goes before that of each. */
export function capsOf({
  entitlement: { caps },
  callerId,
  memberId,
}: Pick<ConsumeRequest, 'entitlement' | 'callerId' | 'memberId'>): Capped[] {
  if (caps === undefined) return []
  const holders = memberId === undefined || memberId === callerId ? [callerId] : [callerId, memberId]
  return holders.flatMap((holder) => {
    const limit = caps.get(holder) ?? caps.get(holder.startsWith('key_') ? 'each_key' : 'each_member')
    return limit === undefined ? [] : [{ holder, limit }]
  })
}
