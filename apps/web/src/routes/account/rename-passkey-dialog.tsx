import { useMutation } from '@tanstack/react-query'
import { Button, Dialog, Form, FormActions, TextField } from '@tollkeeper/ui'
import { useState } from 'react'
import type { Answers } from '../../api/answers.ts'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { fieldErrors, landsOnFields } from '../../api/field-errors.ts'
import { useTRPC } from '../../api/trpc.ts'
import { text } from './text.ts'

export interface RenamePasskeyDialogProps {
  /** The passkey to rename; null closes the dialog. */
  passkey: Answers['auth']['passkey']['list']['passkeys'][number] | null
  onClose: () => void
  onRenamed: () => void
}

/** Asks for another name of a passkey. */
export function RenamePasskeyDialog({ passkey, onClose, onRenamed }: RenamePasskeyDialogProps) {
  const trpc = useTRPC()
  const [missing, setMissing] = useState(false)
  const rename = useMutation(
    trpc.auth.passkey.rename.mutationOptions({
      onSuccess: () => {
        onClose()
        onRenamed()
      },
    }),
  )
  const failure = rename.error ? readFailure(rename.error) : null
  return (
    <Dialog
      open={passkey !== null}
      onOpenChange={(open) => {
        if (open) return
        rename.reset()
        setMissing(false)
        onClose()
      }}
      title={text.passkeys.renameTitle}
    >
      <Form
        notice={failure && !landsOnFields(failure, ['name']) && <FailureNotice error={rename.error} />}
        errors={missing ? { name: text.passkeys.nameMissing } : fieldErrors(failure, ['name'])}
        onSubmit={(values) => {
          const name = String(values.get('name') ?? '').trim()
          setMissing(name === '')
          if (name !== '' && passkey && !rename.isPending) rename.mutate({ id: passkey.id, name })
        }}
      >
        <TextField label={text.passkeys.name} name="name" maxLength={80} defaultValue={passkey?.name} autoComplete="off" />
        <FormActions>
          <Button variant="primary" type="submit" busy={rename.isPending}>
            {text.passkeys.renameAct}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {text.passkeys.cancel}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
