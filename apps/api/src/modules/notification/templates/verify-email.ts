import type { Template } from './letter.ts'

/** Goes to an address nobody has proved, so it holds nothing the person who typed that address could have written. */
export const verifyEmail: Template<{ token: string; hours: number }> = {
  en: ({ token, hours }) => ({
    subject: 'Verify your address',
    paragraphs: [
      'Somebody, most likely you, registered with this address. Open the link to prove that it is yours; then you can sign in.',
    ],
    action: { label: 'Verify this address', path: `/verify-email?token=${encodeURIComponent(token)}` },
    notes: [
      `The link works once, for ${hours} hours.`,
      'If it was not you, do nothing: without the link there is no account, and the password that was chosen opens nothing.',
    ],
  }),
}
