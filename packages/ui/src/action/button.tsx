import { Slot } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { classNames } from '../class-names.ts'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  /** `primary` once a page; `danger` is quiet text until `filled`. */
  variant?: ButtonVariant
  size?: 'normal' | 'small'
  /** Fills a danger button: only where the loss has been confirmed. */
  filled?: boolean
  /** Work is under way: the button keeps its width and words, ignores presses, and says so to assistive technology. */
  busy?: boolean
  /** Stretches to the width of its container. */
  wide?: boolean
  /** Before the words; decoration only. */
  icon?: ReactNode
  /** The single child becomes the element, so that a router's link can look like a button. */
  asChild?: boolean
}

const looks: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border border-line bg-surface-raised hover:border-line-strong',
  quiet: 'text-ink hover:bg-surface-sunken',
  danger: 'text-denied hover:bg-denied-soft',
}

/** Does one thing, named by its verb and noun. */
export function Button({
  variant = 'secondary',
  size = 'normal',
  filled,
  busy,
  wide,
  icon,
  asChild,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const Element = asChild ? Slot.Root : 'button'
  return (
    <Element
      {...rest}
      {...(asChild ? {} : { type })}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled']}
      className={classNames(
        'relative inline-flex shrink-0 select-none items-center justify-center gap-2 overflow-hidden whitespace-nowrap rounded-md font-medium no-underline transition-colors',
        'disabled:opacity-50 aria-busy:cursor-progress [&_svg]:size-4 [&_svg]:shrink-0',
        size === 'small' ? 'min-h-control-small px-2.5 text-sm' : 'min-h-control px-3.5 text-body',
        wide && 'w-full',
        variant === 'danger' && filled ? 'bg-denied text-on-denied' : looks[variant],
      )}
    >
      {icon && (
        <span aria-hidden="true" className="contents">
          {icon}
        </span>
      )}
      <Slot.Slottable>{children}</Slot.Slottable>
      {busy && <span aria-hidden="true" className="absolute inset-x-0 bottom-0 h-0.5 animate-working bg-current" />}
    </Element>
  )
}
