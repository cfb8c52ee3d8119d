import { X } from 'lucide-react'
import { Toast as Primitive } from 'radix-ui'
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'
import { Button } from '../action/button.tsx'
import { IconButton } from '../action/icon-button.tsx'

export interface ToastMessage {
  /** What was done: "Key revoked". */
  title: string
  detail?: string
  /** Takes it back. A toast that can be undone stays twice as long. */
  undo?: () => void
}

export interface ToastLabels {
  undo: string
  close: string
  region: string
}

export const toastLabels: ToastLabels = { undo: 'Undo', close: 'Close', region: 'Notifications ({hotkey})' }

const ToastContext = createContext<((message: ToastMessage) => void) | null>(null)

/** Shows what was done elsewhere on the page; faults belong beside what failed. Throws when there is no ToastProvider above. */
export function useToast(): (message: ToastMessage) => void {
  const show = useContext(ToastContext)
  if (show === null) throw new Error('useToast needs a ToastProvider above it. Put one at the root of the app.')
  return show
}

const seconds = 5

/** Holds the toasts of the app, in the lower right corner; F8 moves the focus there, and hovering keeps them. */
export function ToastProvider({ children, labels }: { children: ReactNode; labels?: Partial<ToastLabels> }) {
  const words = { ...toastLabels, ...labels }
  const [shown, setShown] = useState<readonly (ToastMessage & { id: number })[]>([])
  const show = useCallback((message: ToastMessage) => {
    setShown((current) => [...current.slice(-2), { ...message, id: (current.at(-1)?.id ?? 0) + 1 }])
  }, [])
  const close = (id: number) => setShown((current) => current.filter((toast) => toast.id !== id))
  return (
    <ToastContext value={show}>
      <Primitive.Provider label={words.region}>
        {children}
        {shown.map((toast) => (
          <Primitive.Root
            key={toast.id}
            duration={(toast.undo ? 2 : 1) * seconds * 1000}
            onOpenChange={(open) => {
              if (!open) close(toast.id)
            }}
            className="flex animate-rise items-center gap-3 rounded-md bg-surface-raised py-2 pr-2 pl-4 text-body shadow-popover"
          >
            <div className="min-w-0 flex-1">
              <Primitive.Title className="font-medium">{toast.title}</Primitive.Title>
              {toast.detail && <Primitive.Description className="text-ink-muted text-sm">{toast.detail}</Primitive.Description>}
            </div>
            {toast.undo && (
              <Primitive.Action asChild altText={words.undo}>
                <Button size="small" onClick={toast.undo}>
                  {words.undo}
                </Button>
              </Primitive.Action>
            )}
            <IconButton size="small" label={words.close} icon={<X />} onClick={() => close(toast.id)} />
          </Primitive.Root>
        ))}
        <Primitive.Viewport
          label={words.region}
          className="fixed right-0 bottom-0 z-50 flex w-[min(26rem,100vw)] flex-col gap-2 p-4 outline-none"
        />
      </Primitive.Provider>
    </ToastContext>
  )
}
