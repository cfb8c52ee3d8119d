export const text = {
  noToken: { title: 'This link is not complete', body: 'Open the link of the message once more.' },
  signIn: 'Sign in',
  notMe: {
    title: 'It was not you',
    body: 'We end the sign-in the message told of, and mail you a link for a new password.',
    act: 'End that sign-in',
    done: 'The sign-in has ended',
    doneBody: 'Open the link we have just mailed you, and choose a new password.',
  },
  confirmEmail: {
    title: 'Use this address',
    body: 'Your account moves to this address. Other devices have to sign in again.',
    act: 'Use this address',
    done: 'Your account has its new address',
    doneBody: 'From now on, sign in with it.',
  },
  cancelEmailChange: {
    title: 'Stop the change of address',
    body: 'Your account keeps its address. Every device is signed out, and we mail you a link for a new password.',
    act: 'Stop the change',
    done: 'The address stays as it is',
    doneBody: 'Open the link we have just mailed you, and choose a new password.',
  },
}
