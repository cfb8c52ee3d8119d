export const text = {
  title: 'Choose a new password',
  body: 'Every device that is signed in now will have to sign in again.',
  password: 'New password',
  help: 'At least 12 characters. A few unrelated words are easy to keep in mind.',
  missing: 'Enter the password you want from now on.',
  set: 'Set the password',
  done: 'Your password is set',
  doneBody: 'Sign in with it.',
  signIn: 'Sign in',
  noToken: { title: 'This link is not complete', body: 'Open the link of the message once more, or have a new one sent.' },
  another: 'Have another link sent',
}
