import { z } from 'zod'

/** The kinds of id in the system. Every id is its kind's prefix, an underscore and 26 time-ordered characters. */
export const idPrefixes = {
  user: 'usr',
  session: 'ses',
  account: 'acc',
  verification: 'ver',
  registration: 'reg',
  mailToken: 'mtk',
  mailSignIn: 'msi',
  passkey: 'psk',
  passkeyChallenge: 'pkc',
  providerAttempt: 'pat',
  refreshFamily: 'rfm',
  challenge: 'chg',
  tenant: 'ten',
  member: 'mem',
  invitation: 'ivt',
  apiKey: 'key',
  feature: 'fea',
  plan: 'pln',
  planVersion: 'plv',
  price: 'prc',
  customer: 'cst',
  checkout: 'chk',
  subscription: 'sub',
  invoice: 'inv',
  email: 'eml',
  audit: 'aud',
  decision: 'dec',
  usageEntry: 'ent',
  reservation: 'rsv',
  grant: 'gra',
  lease: 'lea',
  signingKey: 'sig',
  device: 'dev',
  request: 'req',
} as const

export type IdKind = keyof typeof idPrefixes

const schemas = new Map<IdKind, z.ZodString>()

/** An id of one kind, as callers send it. A well-formed id of nothing is answered like a missing one, not as bad input. */
export function idOf(kind: IdKind): z.ZodString {
  const known = schemas.get(kind)
  if (known) return known
  const prefix = idPrefixes[kind]
  const schema = z
    .string()
    .max(64)
    .regex(new RegExp(`^${prefix}_[0-9A-Za-z]{1,60}$`), `must be an id that begins with ${prefix}_`)
    .meta({
      id: `${kind[0]!.toUpperCase()}${kind.slice(1)}Id`,
      description: `Begins with \`${prefix}_\`.`,
      examples: [`${prefix}_06f4kzs8m2v1c9q7e3r5t0w4xb`],
    })
  schemas.set(kind, schema)
  return schema
}
