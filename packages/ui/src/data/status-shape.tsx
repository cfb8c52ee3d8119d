import type { ReactNode } from 'react'
import { classNames } from '../class-names.ts'
import type { Tone } from './badge.tsx'

export type StatusTone = Exclude<Tone, 'accent'>

const shapes: Record<StatusTone, ReactNode> = {
  neutral: <circle cx="4" cy="4" r="2.75" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  allowed: <circle cx="4" cy="4" r="3.5" fill="currentColor" />,
  denied: <path d="M1 1 7 7M7 1 1 7" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />,
  warning: <path d="M4 .5 7.75 7.25H.25Z" fill="currentColor" />,
  info: <rect x="1" y="1" width="6" height="6" rx="1" fill="currentColor" />,
}

const colours: Record<StatusTone, string> = {
  neutral: 'text-ink-muted',
  allowed: 'text-allowed',
  denied: 'text-denied',
  warning: 'text-warning',
  info: 'text-info',
}

/** One shape a state, so that no state is told by colour alone. Decoration: a word stands beside it. */
export function StatusShape({ tone, size = 'small' }: { tone: StatusTone; size?: 'small' | 'normal' }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 8 8"
      className={classNames('shrink-0', size === 'small' ? 'size-2' : 'size-2.5', colours[tone])}
    >
      {shapes[tone]}
    </svg>
  )
}
