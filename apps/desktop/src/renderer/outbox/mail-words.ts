import type { MailPage } from '@tollkeeper/shared'
import type { StatusTone } from '@tollkeeper/ui'

export type Mail = MailPage['rows'][number]
export type MailState = Mail['state']

/** What became of a mail: the word for it, and what it means for whoever asks. */
export const stateWords: Record<MailState, { word: string; tone: StatusTone; means: string }> = {
  queued: {
    word: 'Waiting',
    tone: 'info',
    means: 'It is tried again by itself, at longer and longer intervals, eight times in all.',
  },
  sent: {
    word: 'Sent',
    tone: 'allowed',
    means: 'The mail server took it. What it said is no longer kept, so it cannot be sent again.',
  },
  dead: { word: 'Given up', tone: 'denied', means: 'Eight attempts failed. Nothing happens by itself any more.' },
  bounced: { word: 'Refused', tone: 'denied', means: 'The mail server refused it for good. Nothing happens by itself any more.' },
  suppressed: {
    word: 'Held back',
    tone: 'warning',
    means:
      'The address refused mail before, and its owner can do without this one. It was not tried, and what it said is no longer kept.',
  },
  mailbox: {
    word: 'In the mailbox',
    tone: 'neutral',
    means: 'This server sends no mail. It lies in the development mailbox.',
  },
}

export const mailStates = Object.keys(stateWords) as MailState[]

/** The mail server's own words, where our mailer has put some in front of them. */
export function serverWords(error: string): string {
  return /\b[45]\d\d[ -].*/s.exec(error)?.[0] ?? error
}

/** Whether sending it again is worth offering; the server knows whether what it said is still kept. */
export function isResendable({ state }: Mail): boolean {
  return state === 'dead' || state === 'bounced'
}
