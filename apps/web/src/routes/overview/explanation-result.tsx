import type { ExplainedStep, Explanation } from '@tollkeeper/shared'
import { type Column, CopyId, DataTable, DenialNotice, EmptyState, Notice, StatusBadge } from '@tollkeeper/ui'
import { text } from './text.ts'

const { columns: names, steps, passed, refused } = text.explanation

const columns: Column<ExplainedStep>[] = [
  {
    key: 'step',
    header: names.step,
    cell: ({ step, outcome }) => (
      <span className="flex flex-col items-start gap-1 py-1.5">
        {steps[step]}
        <span className="sm:hidden">
          <Outcome outcome={outcome} />
        </span>
      </span>
    ),
  },
  { key: 'outcome', header: names.outcome, cell: ({ outcome }) => <Outcome outcome={outcome} />, wideOnly: true },
  {
    key: 'detail',
    header: names.detail,
    cell: ({ detail, evidence }) => (
      <span className="flex flex-col py-1.5">
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

function Outcome({ outcome }: Pick<ExplainedStep, 'outcome'>) {
  return <StatusBadge tone={outcome === 'passed' ? 'allowed' : 'denied'}>{outcome === 'passed' ? passed : refused}</StatusBadge>
}

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
