import { Slot } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from '../class-names.ts'

export interface SidebarProps {
  /** The mark and name, or the tenant switcher. */
  brand: ReactNode
  /** SidebarSections. */
  children: ReactNode
  /** Who is signed in, the theme. */
  footer?: ReactNode
  label?: string
}

/** The places of the app. */
export function Sidebar({ brand, children, footer, label = 'Main' }: SidebarProps) {
  return (
    <div className="flex h-full flex-col gap-4 overflow-y-auto bg-surface p-3">
      <div className="flex min-h-control items-center gap-2 px-2 font-medium">{brand}</div>
      <nav aria-label={label} className="flex flex-1 flex-col gap-5">
        {children}
      </nav>
      {footer && <div className="flex flex-col gap-2 border-line border-t pt-3">{footer}</div>}
    </div>
  )
}

/** A group of places, named where there are several groups. */
export function SidebarSection({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-0.5">
      {title && <p className="px-2 pb-1 text-ink-muted text-xs">{title}</p>}
      {children}
    </div>
  )
}

export interface SidebarLinkProps {
  /** A link of the app's router with its words inside: `<Link to="/keys">API keys</Link>`. */
  children: ReactNode
  icon?: ReactNode
  active?: boolean
  /** After the words: a count or a badge. */
  trailing?: ReactNode
}

/** One place. */
export function SidebarLink({ children, icon, active, trailing }: SidebarLinkProps) {
  return (
    <Slot.Root
      aria-current={active ? 'page' : undefined}
      className={classNames(
        'flex min-h-control-small items-center gap-2.5 rounded-md px-2 py-1 transition-colors [&_svg]:size-4 [&_svg]:shrink-0',
        active ? 'bg-surface-sunken font-medium text-ink' : 'text-ink-muted hover:bg-surface-sunken hover:text-ink',
      )}
    >
      {icon && (
        <span aria-hidden="true" className="contents">
          {icon}
        </span>
      )}
      <Slot.Slottable>{children}</Slot.Slottable>
      {trailing && <span className="ml-auto">{trailing}</span>}
    </Slot.Root>
  )
}
