export const text = {
  title: 'Forgot your password',
  body: 'We mail you a link that sets a new one.',
  email: 'Email',
  missing: 'Enter the email address of your account.',
  send: 'Send the link',
  sent: (email: string) => `If there is an account for ${email}, a link is on its way.`,
  sentBody: 'It works once, for one hour.',
  remembered: 'You know it after all?',
  signIn: 'Sign in',
}
