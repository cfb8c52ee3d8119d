export { leaseRouter } from './router.ts'
