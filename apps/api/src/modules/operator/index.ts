export { assertOwnersStay } from './policy.ts'
export { operatorRouter } from './router.ts'
