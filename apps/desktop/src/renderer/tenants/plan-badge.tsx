import { Badge } from '@tollkeeper/ui'

/** The plan in force; nothing yet, where no entitlement has been given. */
export function PlanBadge({ plan }: { plan: string }) {
  if (plan === '') return <span className="text-ink-muted">None</span>
  return <Badge tone={plan === 'free' ? 'neutral' : 'accent'}>{plan}</Badge>
}
