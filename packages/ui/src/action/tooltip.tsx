import { Tooltip as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'

export interface TooltipProps {
  content: ReactNode
  /** The one element that is hovered or focused. */
  children: ReactNode
  side?: 'top' | 'right' | 'bottom' | 'left'
}

/** More about what is under the pointer or the focus. Never the only place where something is said. */
export function Tooltip({ content, children, side = 'top' }: TooltipProps) {
  return (
    <Primitive.Provider delayDuration={300} skipDelayDuration={150}>
      <Primitive.Root>
        <Primitive.Trigger asChild>{children}</Primitive.Trigger>
        <Primitive.Portal>
          <Primitive.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-72 animate-appear rounded-md bg-ink px-2 py-1 text-surface text-xs shadow-popover"
          >
            {content}
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </Primitive.Provider>
  )
}
