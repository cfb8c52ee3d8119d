import type { CurrentSubscription } from '@tollkeeper/shared'
import { CopyId, DateTime, type KeyValue, KeyValueList, Money, Skeleton, StatusBadge, type StatusTone } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { Panel } from '../../shell/panel.tsx'
import { text } from './text.ts'

const tones: Record<CurrentSubscription['status'], StatusTone> = {
  none: 'neutral',
  incomplete: 'warning',
  incomplete_expired: 'denied',
  trialing: 'info',
  active: 'allowed',
  past_due: 'warning',
  unpaid: 'denied',
  paused: 'neutral',
  canceled: 'neutral',
}

export interface SubscriptionPanelProps {
  current: CurrentSubscription | undefined
  error: unknown
  onRetry: () => void
}

/** The plan in force, what it costs, and until when. */
export function SubscriptionPanel({ current, error, onRetry }: SubscriptionPanelProps) {
  return (
    <Panel title={text.subscription}>
      {error ? <FailureNotice error={error} onRetry={onRetry} /> : null}
      {current ? <KeyValueList items={facts(current)} /> : !error && <KeyValueList items={skeleton} />}
    </Panel>
  )
}

const skeleton: KeyValue[] = [text.plan, text.status, text.price].map((label) => ({ label, value: <Skeleton width="8rem" /> }))

function facts(current: CurrentSubscription): KeyValue[] {
  const { price, currentPeriodStart: start, currentPeriodEnd: end } = current
  const items: KeyValue[] = [
    { label: text.plan, value: current.planName },
    { label: text.status, value: <StatusBadge tone={tones[current.status]}>{text.statuses[current.status]}</StatusBadge> },
    { label: text.price, value: <Price price={price} /> },
  ]
  if (start !== null && end !== null) {
    items.push({
      label: text.period,
      value: (
        <span className="flex flex-wrap gap-x-1.5">
          <DateTime value={start} show="absolute" /> {text.to} <DateTime value={end} show="absolute" />
        </span>
      ),
    })
  }
  if (end !== null) items.push({ label: current.cancelAtPeriodEnd ? text.ends : text.renews, value: <DateTime value={end} /> })
  if (current.id !== null) items.push({ label: text.id, value: <CopyId id={current.id} /> })
  return items
}

function Price({ price }: { price: CurrentSubscription['price'] }) {
  if (price === null || price.amountMinor === 0) return text.free
  return (
    <>
      <Money {...price} /> <span className="text-ink-muted">{text.perMonth}</span>
    </>
  )
}
