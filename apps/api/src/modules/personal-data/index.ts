export { personalDataJobs } from './jobs.ts'
export { personalDataRouter } from './router.ts'
