export { toAuditView } from './list-audit.ts'
export { recordAudit, writeAudit } from './record-audit.ts'
export { auditRouter } from './router.ts'
