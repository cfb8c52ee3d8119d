import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { useFocusReturn } from './use-focus-return.ts'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  children?: ReactNode
  /** The buttons, the primary one first. Leave out where a form inside brings its own. */
  footer?: ReactNode
  closeLabel?: string
}

/** One task on top of the page. The focus stays inside, Escape closes, and it returns to where it came from. */
export function Dialog({ open, onOpenChange, title, description, children, footer, closeLabel = 'Close' }: DialogProps) {
  const focusReturn = useFocusReturn()
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
        <Primitive.Content
          {...focusReturn}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className="fixed top-1/2 left-1/2 z-40 flex max-h-[calc(100dvh-2rem)] w-[min(32rem,100vw-2rem)] -translate-x-1/2 -translate-y-1/2 animate-appear flex-col gap-stack overflow-y-auto rounded-md bg-surface-raised p-6 text-ink shadow-popover outline-none"
        >
          <header className="flex flex-col gap-1 pr-8">
            <Primitive.Title className="text-lg">{title}</Primitive.Title>
            {description && <Primitive.Description className="text-ink-muted text-pretty">{description}</Primitive.Description>}
          </header>
          {children}
          {footer && <footer className="flex flex-wrap gap-2">{footer}</footer>}
          {/* Last, so that the first field receives the focus. */}
          <Primitive.Close
            aria-label={closeLabel}
            title={closeLabel}
            className="absolute top-4 right-4 flex size-control-small items-center justify-center rounded-md text-ink-muted transition-colors hover:bg-surface-sunken hover:text-ink"
          >
            <X aria-hidden="true" className="size-4" />
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
