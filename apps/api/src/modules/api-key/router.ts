import { IssuedKey, IssueKeyInput, KeyIdInput, KeyView, PageInput, pageOf } from '@tollkeeper/shared'
import { router } from '../../trpc/init.ts'
import { tenantProcedure } from '../../trpc/procedures.ts'
import { issueKey } from './issue-key.ts'
import { listKeys } from './list-keys.ts'
import { readKey } from './read-key.ts'
import { revokeKey } from './revoke-key.ts'

const manage = { permission: 'api_key:write', scope: null, limit: 'write' } as const
const read = { permission: 'api_key:read', scope: null, audit: null, idempotent: 'read', limit: 'read' } as const

export const apiKeyRouter = router({
  issue: tenantProcedure({
    ...manage,
    audit: 'api_key.issued',
    idempotent: 'key_secret',
    stepUp: true,
    rest: { method: 'POST', path: '/api-keys', summary: 'Issue an API key; its secret is in this answer only', status: 201 },
  })
    .input(IssueKeyInput)
    .output(IssuedKey)
    .mutation(({ ctx, input }) => issueKey(ctx, input)),

  list: tenantProcedure({ ...read, rest: { method: 'GET', path: '/api-keys', summary: 'The API keys of the tenant' } })
    .input(PageInput)
    .output(pageOf(KeyView))
    .query(({ ctx, input }) => listKeys(ctx, input)),

  get: tenantProcedure({ ...read, rest: { method: 'GET', path: '/api-keys/{id}', summary: 'One API key' } })
    .input(KeyIdInput)
    .output(KeyView)
    .query(({ ctx, input }) => readKey(ctx, input.id)),

  revoke: tenantProcedure({
    ...manage,
    audit: 'api_key.revoked',
    idempotent: 'natural',
    stepUp: false,
    rest: { method: 'DELETE', path: '/api-keys/{id}', summary: 'Revoke an API key: refused everywhere within a second' },
  })
    .input(KeyIdInput)
    .output(KeyView)
    .mutation(({ ctx, input }) => revokeKey(ctx, input.id)),
})
