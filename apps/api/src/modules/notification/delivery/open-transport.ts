import { createTransport } from 'nodemailer'

/** Hands one message to the next server on its way. */
export interface Transport {
  sendMail(message: { from: string; to: string; subject: string; text: string; html: string; messageId: string }): Promise<unknown>
  close?(): void
}

/** A server that says nothing for this long is given up for now; well under the time for which a node claims a message. */
const SILENCE_MS = 20_000

/** @param url smtp:// or smtps://, with the credentials in it */
export function openTransport(url: string, from: string, silenceMs = SILENCE_MS): Transport {
  const timeouts = { connectionTimeout: silenceMs, greetingTimeout: silenceMs, socketTimeout: silenceMs, dnsTimeout: silenceMs }
  return createTransport({ url, ...timeouts }, { from })
}
