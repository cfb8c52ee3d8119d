import { z } from 'zod'
import { idOf } from './id.ts'
import { PageInput } from './paging.ts'
import { Instant } from './time.ts'

export const TenantStatus = z.enum(['active', 'suspended'])
export const TenantView = z
  .strictObject({
    id: idOf('tenant'),
    name: z.string(),
    slug: z.string(),
    personal: z.boolean(),
    status: TenantStatus,
    plan: z.string().describe('Key of the plan in force.'),
    createdAt: Instant,
  })
  .meta({ id: 'Tenant' })
export type TenantView = z.infer<typeof TenantView>

export const CreateTenantInput = z.strictObject({ name: z.string().trim().min(1).max(80) })
export const TenantIdInput = z.strictObject({ id: idOf('tenant') })
export const TenantPageInput = PageInput.extend(TenantIdInput.shape)
export type TenantPageInput = z.infer<typeof TenantPageInput>

/** What a tenant asks of its members' sign-ins. */
export const TenantSecurity = z
  .strictObject({ secondFactorRequired: z.boolean().describe('Nobody acts here who has not signed in with two factors.') })
  .meta({ id: 'TenantSecurity' })
export type TenantSecurity = z.infer<typeof TenantSecurity>
export const SetTenantSecurityInput = TenantIdInput.extend(TenantSecurity.shape)
export type SetTenantSecurityInput = z.infer<typeof SetTenantSecurityInput>
