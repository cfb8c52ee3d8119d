import { Button, Dialog } from '@tollkeeper/ui'
import { type ReactNode, useState } from 'react'

interface Props {
  /** Of the button that opens it, and what it is called where that alone does not say. */
  label: string
  accessibleName?: string | undefined
  title: string
  description: string
  children: (close: () => void) => ReactNode
}

/** A button, and the form in a dialog that it opens. */
export function FormDialog({ label, accessibleName, title, description, children }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" {...(accessibleName ? { 'aria-label': accessibleName } : {})} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={title} description={description}>
        {children(() => setOpen(false))}
      </Dialog>
    </>
  )
}
