export * from './entities/index.ts'
export { migrate } from './migrate.ts'
export { type Orm, openOrm } from './orm.ts'
export { systemSession, tenantSession } from './sessions.ts'
