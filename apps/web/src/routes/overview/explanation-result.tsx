import type { ExplainedStep, Explanation } from '@tollkeeper/shared'
import { type Column, CopyId, DataTable, DenialNotice, EmptyState, Notice, StatusBadge } from '@tollkeeper/ui'
import { text } from './text.ts'

const { columns: names, steps, passed, refused } = text.explanation

const columns: Column<ExplainedStep>[] = [
  { key: 'step', header: names.step, cell: ({ step }) => <span className="whitespace-nowrap">{steps[step]}</span> },
  {
    key: 'outcome',
    header: names.outcome,
    cell: ({ outcome }) => (
      <StatusBadge tone={outcome === 'passed' ? 'allowed' : 'denied'}>{outcome === 'passed' ? passed : refused}</StatusBadge>
    ),
  },
  {
    key: 'detail',
    header: names.detail,
    cell: ({ detail, evidence }) => (
      <span className="flex min-w-48 flex-col py-1">
        {detail}
        <span className="flex flex-wrap gap-x-3 text-sm">
          {evidence.map(({ kind, id }) => (
            <span key={`${kind} ${id}`} className="inline-flex items-center gap-1.5 text-ink-muted">
              {kind.replaceAll('_', ' ')} <CopyId id={id} short />
            </span>
          ))}
        </span>
      </span>
    ),
  },
]

/** Every step of a decision, not only to the first refusal, with what each was decided on. Nothing was used up. */
export function ExplanationResult({ explanation, featureName }: { explanation: Explanation; featureName: string | undefined }) {
  const { decision, smallestChange } = explanation
  return (
    <div className="flex flex-col gap-4">
      {decision.allowed ? (
        <Notice tone="allowed" title={text.explanation.wouldAllow} />
      ) : (
        <DenialNotice
          decision={{ ...decision, remedies: smallestChange ? [smallestChange] : decision.remedies }}
          featureName={featureName}
          labels={{ title: text.explanation.wouldRefuse }}
        />
      )}
      <DataTable
        label={text.explanation.title}
        columns={columns}
        rows={explanation.steps}
        rowKey={({ step }) => step}
        empty={<EmptyState>{text.explanation.empty}</EmptyState>}
      />
    </div>
  )
}
