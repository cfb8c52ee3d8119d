import type { ReactNode } from 'react'
import { classNames } from '../class-names.ts'

export type Tone = 'neutral' | 'accent' | 'allowed' | 'denied' | 'warning' | 'info'

const looks: Record<Tone, string> = {
  neutral: 'bg-surface-sunken text-ink-muted',
  accent: 'bg-accent-soft text-accent',
  allowed: 'bg-allowed-soft text-allowed',
  denied: 'bg-denied-soft text-denied',
  warning: 'bg-warning-soft text-warning',
  info: 'bg-info-soft text-info',
}

/** A short word that classifies what stands next to it. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={classNames(
        'inline-flex h-5 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-sm px-1.5 font-medium text-xs',
        looks[tone],
      )}
    >
      {children}
    </span>
  )
}
