import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { landsOnFields } from '../../api/field-errors.ts'
import { ResendMail } from '../sign-up/resend-mail.tsx'

/** Why the sign-in was refused, above the fields. An address that is not verified yet gets another mail from here. */
export function SignInFailure({ error, email }: { error: unknown; email: string }) {
  const failure = readFailure(error)
  if (landsOnFields(failure, ['email', 'password'])) return null
  return <FailureNotice error={error} action={failure.code === 'auth.email_unverified' && <ResendMail email={email} />} />
}
