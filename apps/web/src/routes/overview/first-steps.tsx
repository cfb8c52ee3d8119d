import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, CodeSample, ProgressSteps } from '@tollkeeper/ui'
import { useTRPC } from '../../api/trpc.ts'
import { may } from '../../session/may.ts'
import { useTenant } from '../../session/session.ts'
import { Panel } from '../../shell/panel.tsx'
import { firstDecision } from './first-decision.ts'
import { text } from './text.ts'

const everyMs = 4_000

/** What is left to do until a program of the tenant has asked for its first decision. Gone after that. */
export function FirstSteps() {
  const trpc = useTRPC()
  const { tenant } = useTenant()
  const keys = useQuery(
    trpc.apiKey.list.queryOptions(
      { limit: 100 },
      { refetchInterval: (query) => (query.state.data?.rows.some(({ lastUsedAt }) => lastUsedAt !== null) ? false : everyMs) },
    ),
  )
  const rows = keys.data?.rows
  if (!rows || rows.some(({ lastUsedAt }) => lastUsedAt !== null)) return null
  const hasKey = rows.some(({ status }) => status === 'active')
  return (
    <Panel
      title={text.steps.title}
      note={text.steps.note}
      aside={
        !hasKey &&
        may(tenant.role, 'api_key:write') && (
          <Button asChild>
            <Link to="/keys">{text.issueKey}</Link>
          </Button>
        )
      }
    >
      <ProgressSteps
        label={text.steps.title}
        steps={[
          { label: text.steps.issue, state: hasKey ? 'done' : 'current', note: hasKey ? text.steps.issueDone : undefined },
          { label: text.steps.decide, state: hasKey ? 'current' : 'waiting', note: text.steps.decideWaiting },
        ]}
      />
      <CodeSample label={text.steps.code} variants={firstDecision(window.location.origin)} />
    </Panel>
  )
}
