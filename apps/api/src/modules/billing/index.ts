export { subscriptionOf } from './current-subscription.ts'
export { billingJobs } from './jobs.ts'
export { receiveEvent } from './receive-event.ts'
export { billingRouter } from './router.ts'
