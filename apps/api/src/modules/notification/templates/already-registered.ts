import type { Template } from './letter.ts'

export const alreadyRegistered: Template<Record<string, never>> = {
  en: () => ({
    subject: 'You already have an account',
    paragraphs: [
      'Somebody, most likely you, registered with this address, and there is an account for it already. Nothing was changed: sign in with the password you have.',
    ],
    action: { label: 'Sign in', path: '/sign-in' },
    notes: ['If it was not you, do nothing. Whoever tried was not told that the account exists.'],
  }),
}
