export { enqueueMail } from './enqueue-mail.ts'
export { startMailSender } from './mail-sender.ts'
export { listMailbox, readMailboxMessage } from './mailbox.ts'
