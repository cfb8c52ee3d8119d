import { CodeSample, EmptyState } from '@tollkeeper/ui'
import type { ReactNode } from 'react'
import { firstDecision } from '../overview/first-decision.ts'
import { text } from './text.ts'

/** Where keys will be: what one is for, and the first thing to do with it. */
export function NoKeys({ action }: { action: ReactNode }) {
  return (
    <EmptyState action={action} code={<CodeSample label={text.title} variants={firstDecision(window.location.origin)} />}>
      {text.empty}
    </EmptyState>
  )
}
