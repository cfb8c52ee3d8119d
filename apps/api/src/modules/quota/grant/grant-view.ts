import type { GrantSource, GrantView } from '@tollkeeper/shared'
import type { z } from 'zod'

/** A grant, and what of it was used and can still be. */
export interface GrantRow {
  id: string
  featureKey: string
  units: number
  priority: number
  source: string
  reason: string
  effectiveAt: Date
  expiresAt?: Date | null
  createdAt: Date
  voidedAt?: Date | null
  used: number
  remaining: number
}

export function toGrantView(row: GrantRow, now: Date): GrantView {
  const { id, units, used, priority, reason, effectiveAt, expiresAt, createdAt, voidedAt } = row
  const state = stateOf(row, now)
  return {
    id,
    feature: row.featureKey,
    units,
    used,
    remaining: state === 'live' || state === 'waiting' ? row.remaining : 0,
    state,
    source: row.source as z.infer<typeof GrantSource>,
    reason,
    priority,
    effectiveAt: effectiveAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    voidedAt: voidedAt?.toISOString() ?? null,
  }
}

function stateOf({ effectiveAt, expiresAt, voidedAt, remaining }: GrantRow, now: Date): GrantView['state'] {
  if (voidedAt) return 'voided'
  if (expiresAt && expiresAt <= now) return 'expired'
  if (remaining === 0) return 'used_up'
  return effectiveAt > now ? 'waiting' : 'live'
}
