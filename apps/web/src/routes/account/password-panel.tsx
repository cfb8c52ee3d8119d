import { Panel } from '../../shell/panel.tsx'
import { ChangePasswordForm } from './change-password-form.tsx'
import { SetPasswordForm } from './set-password-form.tsx'
import { text } from './text.ts'

/** The password: another one, or the first of who came another way. */
export function PasswordPanel({ hasPassword }: { hasPassword: boolean }) {
  return (
    <Panel
      title={hasPassword ? text.password.title : text.password.setTitle}
      note={hasPassword ? text.password.note : text.password.none}
    >
      <div className="max-w-96">{hasPassword ? <ChangePasswordForm /> : <SetPasswordForm />}</div>
    </Panel>
  )
}
