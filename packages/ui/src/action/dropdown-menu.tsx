import { DropdownMenu as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from '../class-names.ts'
import { Kbd } from './kbd.tsx'

export interface MenuItem {
  /** Unique within the menu. */
  label: string
  onSelect: () => void
  icon?: ReactNode
  shortcut?: string
  danger?: boolean
  disabled?: boolean
  /** A line above this item. */
  separated?: boolean
}

export interface DropdownMenuProps {
  /** The one element that opens the menu. */
  trigger: ReactNode
  items: readonly MenuItem[]
  align?: 'start' | 'end'
  /** What stands above the items, such as who is signed in. */
  heading?: ReactNode
}

/** Actions that do not need to be in sight all the time. Arrows move, letters jump, Escape closes. */
export function DropdownMenu({ trigger, items, align = 'end', heading }: DropdownMenuProps) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-44 max-w-[calc(100vw-1rem)] animate-rise rounded-md bg-surface-raised p-1 text-body text-ink shadow-popover outline-none"
        >
          {heading && <Primitive.Label className="px-2 py-1.5 text-ink-muted text-sm">{heading}</Primitive.Label>}
          {items.map((item) => (
            <MenuRow key={item.label} item={item} />
          ))}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

function MenuRow({ item }: { item: MenuItem }) {
  return (
    <>
      {item.separated && <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />}
      <Primitive.Item
        disabled={item.disabled}
        onSelect={item.onSelect}
        className={classNames(
          'flex min-h-control-small cursor-default select-none items-center gap-2 rounded-sm px-2 py-1 outline-none data-[disabled]:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
          item.danger
            ? 'text-denied data-[highlighted]:bg-denied-soft'
            : 'data-[highlighted]:bg-surface-sunken [&_svg]:text-ink-muted',
        )}
      >
        {item.icon}
        <span className="flex-1">{item.label}</span>
        {item.shortcut && <Kbd>{item.shortcut}</Kbd>}
      </Primitive.Item>
    </>
  )
}
