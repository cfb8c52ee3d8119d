export const text = {
  title: 'Sign in',
  verified: 'Your address is verified',
  verifiedNext: 'Sign in to begin.',
  toContinue: 'Sign in to continue.',
  email: 'Email',
  password: 'Password',
  missingEmail: 'Enter your email address.',
  missingPassword: 'Enter your password.',
  forgot: 'Forgot your password?',
  submit: 'Sign in',
  noAccount: 'No account yet?',
  signUp: 'Create one',
}
