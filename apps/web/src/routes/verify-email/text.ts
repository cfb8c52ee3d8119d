export const text = {
  confirmTitle: 'Verify your address',
  confirmBody: 'Enter the password you chose when you registered. Nothing happens before that.',
  password: 'Password',
  missingPassword: 'Enter the password you chose.',
  confirm: 'Verify and sign in',
  notYours: 'You did not choose one, or forgot it?',
  registerAgain: 'Register again',
  failed: {
    title: 'This link does not work',
    body: 'It was used before, or it is too old. If you have verified the address already, sign in. Otherwise we send a new link.',
  },
  noToken: { title: 'This link is not complete', body: 'Open the link of the message once more, or have a new one sent.' },
  email: 'Email',
  missingEmail: 'Enter the email address you registered with.',
  send: 'Send a new link',
  sent: (email: string) => `If ${email} waits for verification, a new link is on its way.`,
  signIn: 'Sign in',
}
