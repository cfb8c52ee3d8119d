export { canonicalEmail } from '../../../kernel/email-address.ts'
