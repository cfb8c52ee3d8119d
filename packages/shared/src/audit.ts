import { z } from 'zod'
import { Instant } from './time.ts'

export const AuditEntryView = z
  .strictObject({
    id: z.string(),
    action: z.string(),
    actor: z.strictObject({
      kind: z.enum(['user', 'api_key', 'system']),
      id: z.string().nullable(),
      impersonatorId: z.string().optional().describe('The operator who acted as this person; left out when it was the person.'),
    }),
    target: z.string().nullable(),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    requestId: z.string().nullable(),
    at: Instant,
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntryView = z.infer<typeof AuditEntryView>
