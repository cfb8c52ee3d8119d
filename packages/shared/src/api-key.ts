import { z } from 'zod'
import { idOf } from './id.ts'
import { KeyScope } from './permission.ts'
import { Instant } from './time.ts'

export const KeyStatus = z.enum(['active', 'revoked', 'expired'])

export const IssueKeyInput = z.strictObject({
  name: z.string().trim().min(1).max(80),
  scopes: z.array(KeyScope).min(1).max(8).default(['decision:ask', 'usage:read', 'usage:write', 'billing:read']),
  expiresAt: Instant.optional().describe('Absent: the key does not expire.'),
})
export type IssueKeyInput = z.infer<typeof IssueKeyInput>

export const KeyIdInput = z.strictObject({ id: idOf('apiKey') })

export const KeyView = z
  .strictObject({
    id: idOf('apiKey'),
    name: z.string(),
    prefix: z.string().describe('The first characters of the secret: enough to tell keys apart, not to use one.'),
    lastFour: z.string(),
    scopes: z.array(KeyScope),
    status: KeyStatus,
    createdAt: Instant,
    createdBy: z.string().nullable(),
    expiresAt: Instant.nullable(),
    lastUsedAt: Instant.nullable().describe('Exact to a minute.'),
  })
  .meta({ id: 'ApiKey' })
export type KeyView = z.infer<typeof KeyView>

export const IssuedKey = KeyView.extend({ secret: z.string().describe('Shown this once; only its hash is stored.') }).meta({
  id: 'IssuedApiKey',
})
export type IssuedKey = z.infer<typeof IssuedKey>
