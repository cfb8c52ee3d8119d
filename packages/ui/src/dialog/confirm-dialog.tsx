import { type ReactNode, useEffect, useState } from 'react'
import { Button } from '../action/button.tsx'
import { Form, FormActions } from '../form/form.tsx'
import { TextField } from '../form/text-field.tsx'
import { Dialog } from './dialog.tsx'

export interface ConfirmLabels {
  /** Above the field. */
  instruction: (phrase: string) => string
  mismatch: (phrase: string) => string
  cancel: string
}

export const confirmLabels: ConfirmLabels = {
  instruction: (phrase) => `Type ${phrase} to confirm`,
  mismatch: (phrase) => `That is not "${phrase}". Type it as it is written.`,
  cancel: 'Cancel',
}

export interface ConfirmDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Names the loss: "Delete Acme Translations". */
  title: string
  /** What is lost and what stays. */
  children: ReactNode
  /** What has to be typed: the name of what will be lost. */
  phrase: string
  /** The verb and noun of the button. */
  confirmLabel: string
  onConfirm: () => void
  busy?: boolean
  /** An ErrorNotice when the deed failed. */
  notice?: ReactNode
  labels?: Partial<ConfirmLabels>
}

/** For what cannot be undone: the reader types what will be lost. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, children, phrase, confirmLabel, onConfirm, busy, notice } = props
  const words = { ...confirmLabels, ...props.labels }
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  useEffect(() => {
    if (open) return
    setTyped('')
    setTried(false)
  }, [open])
  const matches = typed.trim() === phrase
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={children}>
      <Form
        notice={notice}
        errors={tried && !matches ? { phrase: words.mismatch(phrase) } : {}}
        onSubmit={() => {
          setTried(true)
          if (matches) onConfirm()
        }}
      >
        <TextField
          label={words.instruction(phrase)}
          name="phrase"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setTried(false)
          }}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
        <FormActions>
          <Button variant="danger" filled type="submit" busy={busy}>
            {confirmLabel}
          </Button>
          <Button variant="quiet" onClick={() => onOpenChange(false)}>
            {words.cancel}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
