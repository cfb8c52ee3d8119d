export const text = {
  title: 'Second step',
  description: {
    passkey: 'Use a passkey of this account: by finger, face or PIN, or with your security key.',
    totp: 'Enter the code your authenticator app shows for this account.',
    backup_code: 'Enter one of the backup codes you stored. Each works once.',
  },
  label: { totp: 'Code', backup_code: 'Backup code' },
  missing: { totp: 'Enter the code.', backup_code: 'Enter one of your backup codes.' },
  instead: { passkey: 'Use a passkey', totp: 'Use the authenticator app', backup_code: 'Use a backup code' },
  submit: 'Sign in',
  none: 'Nothing of your second step can be used in this browser.',
  lost: 'Lost everything that is asked for? Ask the people who run this service to reset your second step.',
  startOver: 'Sign in as somebody else',
  ended: 'This sign-in has ended',
  endedBody: 'It took too long, or there were too many wrong codes. Begin again with your first step.',
  again: 'Sign in again',
}
