import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Notice, ProgressSteps } from '@tollkeeper/ui'
import { useEffect, useState } from 'react'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { Page } from '../../shell/page.tsx'
import { forgetCheckout, pendingCheckout } from '../plans/pending-checkout.ts'
import { isConfirmed } from './is-confirmed.ts'
import { text } from './text.ts'
import { useElapsed } from './use-elapsed.ts'

const soonMs = 1_000
const laterMs = 5_000
const lateAfterMs = 45_000

/** Where the payment page sends the browser back to. It waits for the plan to change; the address alone proves nothing. */
export function Confirming() {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const [expected] = useState(pendingCheckout)
  const late = useElapsed(lateAfterMs)
  const current = useQuery(
    trpc.billing.current.queryOptions(undefined, {
      staleTime: 0,
      refetchInterval: ({ state }) => (state.data && isConfirmed(state.data, expected) ? false : late ? laterMs : soonMs),
    }),
  )
  const confirmed = current.data !== undefined && isConfirmed(current.data, expected)
  useEffect(() => {
    if (!confirmed) return
    forgetCheckout()
    void queries.invalidateQueries({ queryKey: trpc.quota.pathKey() })
  }, [confirmed, queries, trpc])

  if (confirmed && current.data) return <Confirmed planName={current.data.planName} />
  const { title, body, steps } = text.waiting
  return (
    <Page title={title} description={body}>
      <ProgressSteps
        label={text.steps}
        steps={[
          { label: steps.paid, state: 'done' },
          { label: steps.confirmed, state: 'current' },
          { label: steps.applied, state: 'waiting' },
        ]}
      />
      {current.error && <FailureNotice error={current.error} onRetry={() => void current.refetch()} />}
      {late && (
        <Notice
          tone="warning"
          title={text.late.title}
          urgent
          action={
            <Button size="small" asChild>
              <Link to="/plans" search={{}}>
                {text.late.plans}
              </Link>
            </Button>
          }
        >
          {text.late.body}
        </Notice>
      )}
    </Page>
  )
}

function Confirmed({ planName }: { planName: string }) {
  return (
    <Page
      title={text.done.title(planName)}
      description={text.done.body}
      action={
        <Button variant="primary" asChild>
          <Link to="/">{text.done.overview}</Link>
        </Button>
      }
      secondary={
        <Button asChild>
          <Link to="/billing">{text.done.billing}</Link>
        </Button>
      }
    >
      <ProgressSteps
        label={text.steps}
        steps={Object.values(text.waiting.steps).map((label) => ({ label, state: 'done' as const }))}
      />
    </Page>
  )
}
