export const text = {
  title: 'Is it you?',
  description: 'What you are about to do asks for proof of who you are that is less than ten minutes old.',
  password: 'Password',
  totp: 'Code of your authenticator app',
  backup_code: 'Backup code',
  missing: { password: 'Enter your password.', totp: 'Enter the code.', backup_code: 'Enter one of your backup codes.' },
  instead: { password: 'Use your password', totp: 'Use the authenticator app', backup_code: 'Use a backup code' },
  submit: 'Continue',
  cancel: 'Cancel',
  noWay: 'Your account has nothing that could be asked for here. Sign in again, then repeat what you wanted to do.',
  signIn: 'Sign in again',
}
