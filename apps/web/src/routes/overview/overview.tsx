import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Badge, Button } from '@tollkeeper/ui'
import { useTRPC } from '../../api/trpc.ts'
import { may } from '../../session/may.ts'
import { useTenant } from '../../session/session.ts'
import { Page } from '../../shell/page.tsx'
import { AskPanel } from './ask-panel.tsx'
import { FirstSteps } from './first-steps.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { text } from './text.ts'
import { UsagePanel } from './usage-panel.tsx'
import { useFirstStep } from './use-first-steps.ts'

/** How the tenant stands: its plan, its usage, and a place to try a decision. */
export function Overview() {
  const trpc = useTRPC()
  const { tenant } = useTenant()
  const plan = useQuery(trpc.billing.current.queryOptions())
  const step = useFirstStep()
  const issueNext = step === 'issue_key' && may(tenant.role, 'api_key:write')
  const seePlans = (
    <Button variant={issueNext ? 'secondary' : 'primary'} asChild>
      <Link to="/plans" search={{}}>
        {text.seePlans}
      </Link>
    </Button>
  )
  const issueKey = (
    <Button variant="primary" asChild>
      <Link to="/keys" search={{ issue: 'yes' }}>
        {text.issueKey}
      </Link>
    </Button>
  )
  return (
    <Page
      title={text.title}
      description={text.description(tenant.name)}
      badge={plan.data && <Badge tone="accent">{text.onPlan(plan.data.planName)}</Badge>}
      action={issueNext ? issueKey : seePlans}
      secondary={issueNext && seePlans}
    >
      {(step === 'issue_key' || step === 'use_key') && <FirstSteps hasKey={step === 'use_key'} />}
      <UsagePanel />
      <AskPanel />
      <HistoryPanel />
    </Page>
  )
}
