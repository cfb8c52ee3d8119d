import { type ReactNode, useState } from 'react'
import { Button } from '../action/button.tsx'
import { Form, FormActions } from './form.tsx'
import { PasswordField } from './password-field.tsx'
import { TextField } from './text-field.tsx'

export interface SecretFormProps {
  /** What is asked for: a password, a code of digits only, or one of letters too. */
  kind: 'password' | 'digits' | 'code'
  label: string
  /** What to do, said at the field when nothing was entered. */
  missing: string
  /** Why it is not right and what to do, said at the field. */
  wrong?: string | undefined
  /** Any other fault: an ErrorNotice. */
  notice?: ReactNode
  submitLabel: string
  busy?: boolean
  autoFocus?: boolean
  /** What can be pressed instead. */
  others?: ReactNode
  /** Called with what was entered, and never while busy. */
  onSecret: (secret: string) => void
}

/** One secret, by which somebody shows who they are. */
export function SecretForm(props: SecretFormProps) {
  const { kind, label, missing, wrong, notice, submitLabel, busy, autoFocus, others, onSecret } = props
  const [isMissing, setIsMissing] = useState(false)
  const field = { label, name: 'secret', autoFocus }
  return (
    <Form
      notice={notice}
      errors={{ secret: isMissing ? missing : wrong }}
      onSubmit={(values) => {
        const secret = String(values.get('secret') ?? '')
        const isBlank = secret.trim() === ''
        setIsMissing(isBlank)
        if (!isBlank && !busy) onSecret(secret)
      }}
    >
      {kind === 'password' ? (
        <PasswordField {...field} autoComplete="current-password" />
      ) : (
        <TextField {...field} mono autoComplete="one-time-code" inputMode={kind === 'digits' ? 'numeric' : 'text'} />
      )}
      <FormActions>
        <Button variant="primary" type="submit" busy={busy}>
          {submitLabel}
        </Button>
        {others}
      </FormActions>
    </Form>
  )
}
