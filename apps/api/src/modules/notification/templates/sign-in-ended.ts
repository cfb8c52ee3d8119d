import type { Template } from './letter.ts'

export const signInEnded: Template<{ name: string; signedInAt: string; device: string | null }> = {
  en: ({ name, signedInAt, device }) => ({
    subject: 'A sign-in of yours was ended',
    paragraphs: [
      `${name}, a refresh token of yours was used a second time. That happens when a token was copied, so the whole sign-in it belongs to was ended: the one of ${signedInAt}${device ? `, from "${device}"` : ''}.`,
      'If you restored a device from a backup, sign in on it again; nothing else is needed. If you cannot explain it, treat that device as not yours alone and change your password.',
    ],
    action: { label: 'Sign in again', path: '/sign-in' },
  }),
}
