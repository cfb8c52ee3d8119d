export { type QueueFileOptions, queueFile } from './queue-file.ts'
