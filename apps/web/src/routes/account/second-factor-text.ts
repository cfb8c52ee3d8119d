const names = { passkey: 'a passkey', totp: 'a code of your authenticator app', backup_code: 'a backup code' }

export const text = {
  title: 'Two-step sign-in',
  off: 'A second step at each sign-in: a code of an app on your phone, or a passkey. Who finds out your password still cannot come in.',
  on: (methods: readonly (keyof typeof names)[]) =>
    methods.length > 0
      ? `Each sign-in asks for ${new Intl.ListFormat('en', { type: 'disjunction' }).format(methods.map((method) => names[method]))}.`
      : 'Each sign-in asks for a second step.',
  setUpPage: {
    title: 'Set up your second step',
    body: 'An authenticator app or a passkey. It takes a minute.',
    bodyAndBack: 'An authenticator app or a passkey. It takes a minute; then you come back to where you were.',
    back: 'Go back',
    toAccount: 'Your account',
  },
  requiredBy: (names: string) => `${names} asks for it`,
  requiredBody: 'Until you have set it up, you can do nothing there.',
  setUp: 'Set up an authenticator app',
  usePasskeys: 'Turn on with a passkey',
  app: 'Authenticator app',
  noApp: 'Not set up',
  passkeys: 'Passkeys',
  passkeysServe: (count: number) => (count === 0 ? 'None' : count === 1 ? 'The one you have' : `Any of your ${count}`),
  appSince: 'Set up',
  passkeysSince: 'turned on',
  codesLeft: 'Backup codes left',
  fewCodes: 'Make new ones before you run out.',
  renew: 'New backup codes',
  remove: {
    all: {
      button: 'Turn off',
      title: 'Turn off two-step sign-in',
      body: 'All backup codes stop working, and every other device has to sign in again. One step then opens the account, such as your password alone.',
    },
    totp: {
      button: 'Remove the app',
      title: 'Remove the authenticator app',
      body: 'Its codes stop working, and every other device has to sign in again. Two-step sign-in stays on by your passkeys.',
    },
    passkey: {
      button: 'Turn off for passkeys',
      title: 'Turn off two-step sign-in by passkeys',
      body: 'Every other device has to sign in again. Two-step sign-in stays on by the authenticator app, in whose place a passkey can still be used.',
    },
  },
  renewTitle: 'New backup codes',
  renewBody: 'The codes you have now stop working at once.',
  renewConfirm: 'Make new codes',
  cancel: 'Cancel',
  dialog: {
    title: 'Set up an authenticator app',
    scan: 'Scan this with an authenticator app, such as Google Authenticator, 1Password or Aegis.',
    qr: 'QR code for the authenticator app',
    type: 'Or type this key into it:',
    code: 'The code it shows now',
    codeMissing: 'Enter the six digits the app shows.',
    confirm: 'Turn on',
  },
  codes: {
    title: 'Store your backup codes now',
    explanation:
      'Each opens your account once when the app or the passkey is lost. They are shown this once; keep them where your phone is not.',
    stored: 'I have stored them',
    file: 'tollkeeper-backup-codes.txt',
  },
}
