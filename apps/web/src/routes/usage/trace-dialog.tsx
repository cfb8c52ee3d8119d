import { useQuery } from '@tanstack/react-query'
import type { EventTrace, TraceStep } from '@tollkeeper/shared'
import { Button, CopyId, DateTime, Dialog, KeyValueList, Quantity, Skeleton, StatusBadge } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { text } from './text.ts'

/** What became of one event, step by step; its id stands in the address, so the page can be sent to somebody. */
export function TraceDialog({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const trpc = useTRPC()
  const trace = useQuery(trpc.quota.eventTrace.queryOptions({ id: id ?? '' }, { enabled: id !== undefined }))
  return (
    <Dialog
      open={id !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={text.trace.title}
      description={<span className="font-mono text-[0.92em] [overflow-wrap:anywhere]">{id}</span>}
      footer={<Button onClick={onClose}>{text.trace.close}</Button>}
    >
      {trace.error && <FailureNotice error={trace.error} onRetry={() => void trace.refetch()} />}
      {!trace.data && !trace.error && (
        <div aria-busy="true" className="h-60">
          <Skeleton shape="block" />
        </div>
      )}
      {trace.data && <Trace trace={trace.data} />}
    </Dialog>
  )
}

function Trace({ trace: { state, event, steps, refusals } }: { trace: EventTrace }) {
  const facts = event ?? refusals[0]
  return (
    <>
      <div>
        <StatusBadge tone={state === 'counted' ? 'allowed' : 'denied'}>{text.trace[state]}</StatusBadge>
      </div>
      <ol className="flex flex-col divide-y divide-line">
        {steps.map((step) => (
          <Step key={step.step} step={step} />
        ))}
      </ol>
      {facts && (
        <KeyValueList
          items={[
            { label: text.trace.feature, value: facts.feature },
            { label: text.trace.amount, value: <Quantity value={facts.amount} /> },
            ...(facts.at ? [{ label: text.trace.happened, value: <DateTime value={facts.at} /> }] : []),
            ...(event?.properties
              ? [
                  {
                    label: text.trace.properties,
                    value: <code className="[overflow-wrap:anywhere]">{JSON.stringify(event.properties)}</code>,
                  },
                ]
              : []),
            ...(state === 'counted'
              ? refusals.map(({ code, times, lastAt }) => ({
                  label: text.trace.refusals,
                  value: (
                    <>
                      <code>{code}</code>, {text.events.times(times)}, <DateTime value={lastAt} />
                    </>
                  ),
                }))
              : []),
          ]}
        />
      )}
    </>
  )
}

function Step({ step: { step, outcome, at, code, detail, evidence } }: { step: TraceStep }) {
  const tone = outcome === 'passed' ? 'allowed' : outcome === 'refused' ? 'denied' : 'neutral'
  return (
    <li className="flex flex-col gap-1 py-2">
      <span className="flex flex-wrap items-center gap-x-3">
        <span className={outcome === 'not_reached' ? 'text-ink-muted' : 'font-medium'}>{text.trace.steps[step]}</span>
        <StatusBadge tone={tone}>{code ?? text.trace.outcomes[outcome]}</StatusBadge>
        {at && (
          <span className="ml-auto text-ink-muted text-sm">
            <DateTime value={at} />
          </span>
        )}
      </span>
      {detail && <span className="text-ink-muted text-pretty [overflow-wrap:anywhere]">{detail}</span>}
      {outcome !== 'not_reached' && evidence.length > 0 && (
        <span className="flex flex-wrap gap-x-4 text-sm">
          {evidence.map(({ kind, id }) => (
            <span key={`${kind} ${id}`} className="inline-flex items-center gap-1.5 text-ink-muted">
              {kind.replaceAll('_', ' ')} <CopyId id={id} />
            </span>
          ))}
        </span>
      )}
    </li>
  )
}
