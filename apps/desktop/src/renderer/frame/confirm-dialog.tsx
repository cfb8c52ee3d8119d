import { Button, Dialog } from '@tollkeeper/ui'
import type { ReactNode } from 'react'
import { ActFailure } from '../notice/act-failure.tsx'

interface Props {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  confirmLabel: string
  danger?: boolean
  busy: boolean
  error: unknown
  onConfirm: () => void
  /** What comes of it. */
  children?: ReactNode
}

/** Asks whether somebody means what they are about to do, once it was said what comes of it. A failure is told in place. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  description,
  confirmLabel,
  danger,
  busy,
  error,
  onConfirm,
  children,
}: Props) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      footer={
        <>
          <Button
            {...(danger ? { variant: 'danger', filled: true } : { variant: 'primary' })}
            busy={busy}
            onClick={() => !busy && onConfirm()}
          >
            {confirmLabel}
          </Button>
          <Button variant="quiet" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
        </>
      }
    >
      {children}
      {error !== null && <ActFailure error={error} />}
    </Dialog>
  )
}

/** What comes of an act, line by line. */
export function Consequences({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="flex list-disc flex-col gap-1.5 pl-5 text-pretty">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
