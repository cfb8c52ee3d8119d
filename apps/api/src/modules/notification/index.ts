export { enqueueMail, type MailOrder } from './enqueue-mail.ts'
export { type MailSender, startMailSender } from './mail-sender.ts'
export { listMailbox, readMailboxMessage } from './mailbox.ts'
