export { recordAudit, writeAudit } from './record-audit.ts'
export { auditRouter } from './router.ts'
