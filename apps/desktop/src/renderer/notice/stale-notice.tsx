import { DateTime, Notice } from '@tollkeeper/ui'
import { failureOf } from '../api/failure-of.ts'

/** Data that could not be renewed stays in sight, with its age and the reason. */
export function StaleNotice({ error, since }: { error: unknown; since: number }) {
  const { code, title } = failureOf(error)
  return (
    <Notice tone="warning" title={title} reference={<code>{code}</code>}>
      <p>
        What you see is from <DateTime value={new Date(since).toISOString()} show="absolute" />. The console goes on asking.
      </p>
    </Notice>
  )
}
