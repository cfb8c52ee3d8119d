import type { ReactNode } from 'react'
import { Badge } from './badge.tsx'
import { StatusShape, type StatusTone } from './status-shape.tsx'

/** A state: a shape, a colour, and always a word. */
export function StatusBadge({ tone, children }: { tone: StatusTone; children: ReactNode }) {
  return (
    <Badge tone={tone}>
      <StatusShape tone={tone} />
      {children}
    </Badge>
  )
}
