/** A call that names a feature or an amount, and a request for it in good order. */
interface Asking {
  caller: 'key' | 'owner' | 'operator'
  /** A request in good order, with the feature and the amount that are put in. */
  of(feature: string, amount: unknown): Record<string, unknown>
  /** Where its feature is told to be wrong; null: it takes none, or each event tells of its own. */
  feature: string | null
  amount: string | null
  /** Whether nothing at all is a number it takes. */
  zero?: true
}

/** Every call of the quota that takes a number of units or names a feature, by its procedure. */
export function callsWithAmounts(tenantId: () => string): Record<string, Asking> {
  const inTenant = (rest: object) => ({ tenantId: tenantId(), reason: 'test', ...rest })
  return {
    'quota.authorize': { caller: 'key', feature: 'feature', amount: 'amount', of: (feature, amount) => ({ feature, amount }) },
    'quota.check': { caller: 'key', feature: 'feature', amount: 'amount', of: (feature, amount) => ({ feature, amount }) },
    'quota.explain': { caller: 'key', feature: 'feature', amount: 'amount', of: (feature, amount) => ({ feature, amount }) },
    'quota.reserve': { caller: 'key', feature: 'feature', amount: 'amount', of: (feature, amount) => ({ feature, amount }) },
    'quota.track': {
      caller: 'key',
      feature: null,
      amount: 'events.1.amount',
      of: (feature, amount) => ({
        events: [
          { id: 'good', feature: 'characters', amount: 1 },
          { id: 'bad', feature, amount },
        ],
      }),
    },
    'lease.take': { caller: 'key', feature: 'feature', amount: 'units', of: (feature, units) => ({ feature, units }) },
    'lease.settle': {
      caller: 'key',
      feature: null,
      amount: 'used',
      zero: true,
      of: (_, used) => ({ id: 'rsv_00000000000000000000000000', used }),
    },
    'quota.commit': {
      caller: 'key',
      feature: null,
      amount: 'amount',
      of: (_, amount) => ({ id: 'rsv_00000000000000000000000000', amount }),
    },
    'quota.gauge.acquire': {
      caller: 'key',
      feature: 'feature',
      amount: 'amount',
      of: (feature, amount) => ({ feature, holder: 'a', amount }),
    },
    'quota.gauge.release': { caller: 'key', feature: 'feature', amount: null, of: (feature) => ({ feature, holder: 'a' }) },
    'quota.cap.set': {
      caller: 'owner',
      feature: 'feature',
      amount: 'limit',
      zero: true,
      of: (feature, limit) => ({ feature, holder: 'each_member', limit }),
    },
    'quota.cap.setSpend': {
      caller: 'owner',
      feature: 'feature',
      amount: 'amountMinor',
      zero: true,
      of: (feature, amountMinor) => ({ feature, amountMinor }),
    },
    'quota.grant.grant': {
      caller: 'operator',
      feature: 'feature',
      amount: 'units',
      of: (feature, units) => inTenant({ feature, units }),
    },
    'quota.grant.overrideLimit': {
      caller: 'operator',
      feature: 'feature',
      amount: 'limit',
      zero: true,
      of: (feature, limit) => inTenant({ feature, limit }),
    },
    'quota.grant.correctUsage': {
      caller: 'operator',
      feature: null,
      amount: 'amount',
      zero: true,
      of: (_, amount) => inTenant({ eventId: 'e', amount }),
    },
  }
}
