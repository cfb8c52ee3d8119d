export { createJobs, type JobQueue } from './create-jobs.ts'
