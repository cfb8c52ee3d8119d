import { AuditEntryView, PageInput, pageOf } from '@tollkeeper/shared'
import { router } from '../../trpc/init.ts'
import { tenantProcedure } from '../../trpc/procedures.ts'
import { listAudit } from './list-audit.ts'

export const auditRouter = router({
  list: tenantProcedure({
    permission: 'audit:read',
    scope: null,
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/audit', summary: 'Who did what in the tenant, newest first' },
  })
    .input(PageInput)
    .output(pageOf(AuditEntryView))
    .query(({ ctx, input }) => listAudit(ctx, input)),
})
