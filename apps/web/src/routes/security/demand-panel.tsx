import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Notice, StatusBadge } from '@tollkeeper/ui'
import { useState } from 'react'
import { useTRPC } from '../../api/trpc.ts'
import { may } from '../../session/may.ts'
import { useTenant } from '../../session/session.ts'
import { Panel } from '../../shell/panel.tsx'
import { DemandDialog } from './demand-dialog.tsx'
import { text } from './text.ts'

const words = text.demand

/** Whether every member has to sign in with two steps, and the way to change that. */
export function DemandPanel({ isRequired }: { isRequired: boolean }) {
  const trpc = useTRPC()
  const { tenant } = useTenant()
  const own = useQuery(trpc.auth.secondFactor.read.queryOptions())
  const [asking, setAsking] = useState(false)
  const mayChange = may(tenant.role, 'tenant:write')
  const lacksOwn = own.data?.enabled === false
  return (
    <Panel
      title={words.title}
      note={isRequired ? words.isRequired : words.isOptional}
      aside={<StatusBadge tone={isRequired ? 'allowed' : 'neutral'}>{isRequired ? words.required : words.optional}</StatusBadge>}
    >
      {!mayChange ? (
        <p className="text-ink-muted">{words.onlyManagers}</p>
      ) : isRequired ? (
        <div>
          <Button onClick={() => setAsking(true)}>{words.release}</Button>
        </div>
      ) : lacksOwn ? (
        <Notice
          tone="warning"
          title={words.ownFirst}
          action={
            <Button variant="primary" asChild>
              <Link to="/account/second-step" search={{ next: '/security' }}>
                {words.ownFirstAct}
              </Link>
            </Button>
          }
        >
          {words.ownFirstBody}
        </Notice>
      ) : (
        <div>
          <Button variant="primary" onClick={() => setAsking(true)}>
            {words.require}
          </Button>
        </div>
      )}
      {asking && <DemandDialog require={!isRequired} onClose={() => setAsking(false)} />}
    </Panel>
  )
}
