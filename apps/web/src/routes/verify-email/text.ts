export const text = {
  checking: { title: 'Verifying your address', body: 'This takes a moment.' },
  failed: {
    title: 'This link does not work',
    body: 'It was used before, or it is too old. If you have verified the address already, sign in. Otherwise we send a new link.',
  },
  noToken: { title: 'This link is not complete', body: 'Open the link of the message once more, or have a new one sent.' },
  unanswered: { title: 'Your address is not verified yet' },
  email: 'Email',
  missingEmail: 'Enter the email address you registered with.',
  send: 'Send a new link',
  sent: (email: string) => `If ${email} waits for verification, a new link is on its way.`,
  signIn: 'Sign in',
}
