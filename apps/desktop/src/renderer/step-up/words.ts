import type { StepUpMethod } from '@tollkeeper/shared'

/** What can be proved from a window of the console. A passkey is bound to the pages of its server, and cannot. */
export type Provable = Exclude<StepUpMethod, 'passkey'>

export const words: Record<Provable, { label: string; missing: string; instead: string }> = {
  password: { label: 'Password', missing: 'Enter your password.', instead: 'Use your password' },
  totp: { label: 'Code of your authenticator app', missing: 'Enter the code.', instead: 'Use the authenticator app' },
  backup_code: { label: 'Backup code', missing: 'Enter one of your backup codes.', instead: 'Use a backup code' },
  mail_code: { label: 'Code from the mail', missing: 'Enter the six digits of the mail.', instead: 'Mail me a code' },
}
