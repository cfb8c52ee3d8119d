/**
 * What a failed attempt means for the message: `later`, try again; `refused`, this message will never be taken; `no_mailbox`, no
 * message to this address will.
 */
export type Verdict = 'later' | 'refused' | 'no_mailbox'

/** What nodemailer knows of a failure: the server's answer, and to what it was the answer. */
interface SmtpFailure {
  responseCode?: number
  response?: string
  command?: string
}

/** Answers to RCPT TO that speak of the mailbox without an enhanced code (RFC 5321 §4.2.3). */
const MAILBOX_CODES = new Set([550, 551, 553])

/**
 * Reads a 5xx answer (RFC 5321, RFC 3463). Only what is said of the recipient is held against them: a refused sign-in or sender is
 * our own doing, and is tried again once it is mended; a policy (5.7) or a full mailbox (5.2.2) says nothing of the address.
 */
export function judgeFailure(error: unknown): Verdict {
  const { responseCode = 0, response = '', command = '' } = (error ?? {}) as SmtpFailure
  if (responseCode < 500 || responseCode > 599) return 'later'
  if (command === 'RCPT TO') return isAboutMailbox(responseCode, response) ? 'no_mailbox' : 'refused'
  return command === 'DATA' ? 'refused' : 'later'
}

function isAboutMailbox(code: number, response: string): boolean {
  const enhanced = /^\d{3}[ -]5\.(\d{1,3})\.(\d{1,3})/.exec(response)
  if (!enhanced) return MAILBOX_CODES.has(code)
  const [, subject, detail] = enhanced
  return subject === '1' || (subject === '2' && detail === '1')
}
