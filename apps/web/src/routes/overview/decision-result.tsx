import { Link } from '@tanstack/react-router'
import type { Decision } from '@tollkeeper/shared'
import { Button, CopyId, DenialNotice, type DenialRemedy, formatQuantity, Notice, useLocale } from '@tollkeeper/ui'
import { text } from './text.ts'

export interface DecisionResultProps {
  decision: Decision
  featureName: string | undefined
  /** Asks again, for an amount that would be allowed. */
  onAskFor: (amount: number) => void
}

/** The answer to a decision: what was used and is left, or why not and what would allow it. */
export function DecisionResult({ decision, featureName, onAskFor }: DecisionResultProps) {
  if (decision.allowed) return <Allowed decision={decision} featureName={featureName} />
  return (
    <DenialNotice
      decision={decision}
      featureName={featureName}
      remedyAction={(remedy) => <RemedyAction remedy={remedy} onAskFor={onAskFor} />}
    />
  )
}

function Allowed({ decision, featureName }: { decision: Decision; featureName: string | undefined }) {
  const { locale } = useLocale()
  const { remaining, limit } = decision
  return (
    <Notice
      tone="allowed"
      title={text.ask.allowed}
      reference={
        <span className="inline-flex items-center gap-1.5">
          {text.ask.quote} <CopyId id={decision.decisionId} />
        </span>
      }
    >
      <p>
        {text.ask.used(formatQuantity(decision.amount, locale), featureName ?? decision.feature)}{' '}
        {remaining === null || limit === null
          ? text.ask.unlimited
          : text.ask.left(formatQuantity(remaining, locale), formatQuantity(limit, locale))}
      </p>
    </Notice>
  )
}

function RemedyAction({ remedy, onAskFor }: { remedy: DenialRemedy; onAskFor: (amount: number) => void }) {
  const { locale } = useLocale()
  if (remedy.kind === 'upgrade') {
    return (
      <Button size="small" asChild>
        <Link to="/plans" search={{}}>
          {text.ask.seePlans}
        </Link>
      </Button>
    )
  }
  const { amount } = remedy
  if (remedy.kind === 'use_less' && amount !== undefined && amount > 0) {
    return (
      <Button size="small" onClick={() => onAskFor(amount)}>
        {text.ask.askFor(formatQuantity(amount, locale))}
      </Button>
    )
  }
  return null
}
