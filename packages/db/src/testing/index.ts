export { createTestDatabase, type TestDatabase } from './create-test-database.ts'
export type { ProvidedTestServer } from './provided-test-server.ts'
export { type DisposablePostgres, startDisposablePostgres } from './start-disposable-postgres.ts'
