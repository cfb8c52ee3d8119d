import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Badge, Button } from '@tollkeeper/ui'
import { useTRPC } from '../../api/trpc.ts'
import { useTenant } from '../../session/session.ts'
import { Page } from '../../shell/page.tsx'
import { AskPanel } from './ask-panel.tsx'
import { FirstSteps } from './first-steps.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { text } from './text.ts'
import { UsagePanel } from './usage-panel.tsx'

/** How the tenant stands: its plan, its usage, and a place to try a decision. */
export function Overview() {
  const trpc = useTRPC()
  const { tenant } = useTenant()
  const plan = useQuery(trpc.billing.current.queryOptions())
  return (
    <Page
      title={text.title}
      description={tenant.name}
      badge={plan.data && <Badge tone="accent">{text.onPlan(plan.data.planName)}</Badge>}
      action={
        <Button variant="primary" asChild>
          <Link to="/plans" search={{}}>
            {text.seePlans}
          </Link>
        </Button>
      }
    >
      <FirstSteps />
      <UsagePanel />
      <AskPanel />
      <HistoryPanel />
    </Page>
  )
}
