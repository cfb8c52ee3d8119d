import type { ComponentProps, ReactNode } from 'react'
import { classNames } from '../class-names.ts'
import { Tooltip } from './tooltip.tsx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'children' | 'aria-label'> {
  /** What it does, in words: read aloud, and shown on hover and focus. */
  label: string
  icon: ReactNode
  size?: 'normal' | 'small'
}

/** A button whose place leaves no room for words; its label is still required and shown on hover. */
export function IconButton({ label, icon, size = 'normal', type = 'button', ...rest }: IconButtonProps) {
  return (
    <Tooltip content={label}>
      <button
        {...rest}
        type={type}
        aria-label={label}
        className={classNames(
          'inline-flex shrink-0 items-center justify-center rounded-md text-ink-muted transition-colors hover:bg-surface-sunken hover:text-ink disabled:opacity-50 [&_svg]:size-4',
          size === 'small' ? 'size-control-small' : 'size-control',
        )}
      >
        {icon}
      </button>
    </Tooltip>
  )
}
