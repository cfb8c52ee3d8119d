import type { ReactNode } from 'react'
import { Badge, type Tone } from './badge.tsx'

export type StatusTone = Exclude<Tone, 'accent'>

/** One shape a state, so that no state is told by colour alone. */
const shapes: Record<StatusTone, ReactNode> = {
  neutral: <circle cx="4" cy="4" r="2.75" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  allowed: <circle cx="4" cy="4" r="3.5" fill="currentColor" />,
  denied: <path d="M1 1 7 7M7 1 1 7" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />,
  warning: <path d="M4 .5 7.75 7.25H.25Z" fill="currentColor" />,
  info: <rect x="1" y="1" width="6" height="6" rx="1" fill="currentColor" />,
}

/** A state: a shape, a colour, and always a word. */
export function StatusBadge({ tone, children }: { tone: StatusTone; children: ReactNode }) {
  return (
    <Badge tone={tone}>
      <svg aria-hidden="true" viewBox="0 0 8 8" className="size-2">
        {shapes[tone]}
      </svg>
      {children}
    </Badge>
  )
}
