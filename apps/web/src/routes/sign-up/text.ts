export const text = {
  title: 'Create your account',
  name: 'Name',
  email: 'Email',
  password: 'Password',
  passwordHelp: 'At least 12 characters. A few unrelated words are easy to keep in mind.',
  missing: {
    name: 'Enter your name.',
    email: 'Enter your email address.',
    password: 'Choose a password of at least 12 characters.',
  },
  submit: 'Create account',
  haveAccount: 'Have an account?',
  signIn: 'Sign in',
  check: {
    title: 'Check your mail',
    sent: (email: string) => `We sent a message to ${email}. Open the link in it to go on.`,
    slow: 'It can take a minute. If nothing comes, look into the spam folder.',
    mailbox: 'Open the development mailbox',
    mailboxNote: 'This server is set up for development: mail stays on it and can be read here.',
    back: 'Use another address',
  },
  resend: {
    action: 'Send it again',
    wait: (seconds: number) => `Send it again in ${seconds} s`,
    done: 'Sent. Look into your mailbox.',
  },
}
