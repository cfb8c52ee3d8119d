export { operatorRouter } from './router.ts'
