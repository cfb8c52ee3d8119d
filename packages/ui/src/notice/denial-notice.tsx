import type { ReactNode } from 'react'
import { CopyId } from '../data/copy-id.tsx'
import { useLocale } from '../locale/locale.tsx'
import type { DenialDecision, DenialRemedy } from './denial.ts'
import { denialFacts, remedyFacts, spellOut } from './denial-facts.ts'
import { type DenialLabels, denialLabels } from './denial-labels.ts'
import { Notice } from './notice.tsx'

export interface DenialNoticeProps {
  decision: DenialDecision
  /** The feature's name in running text; absent: its key spelled out. */
  featureName?: string
  /** A plan's name for its key; absent: the key with a capital. */
  planName?: (key: string) => string
  /** A button beside a remedy, such as one that starts the upgrade. */
  remedyAction?: (remedy: DenialRemedy) => ReactNode
  unlimitedLabel?: string
  labels?: Partial<DenialLabels>
}

const capitalised = (key: string) => spellOut(key).replace(/^./u, (letter) => letter.toUpperCase())

/** A denial, the same everywhere: what was asked, why not, what would make it allowed and by whom, and the id to quote. Nothing for an allowed decision. */
export function DenialNotice({
  decision,
  featureName,
  planName = capitalised,
  remedyAction,
  unlimitedLabel = 'unlimited',
  labels,
}: DenialNoticeProps) {
  const settings = useLocale()
  if (decision.allowed) return null
  const words = { ...denialLabels, ...labels }
  const facts = denialFacts(decision, featureName ?? spellOut(decision.feature), unlimitedLabel, settings.locale)
  const reference = (
    <>
      <code>{decision.code}</code>
      <span className="inline-flex items-center gap-1.5">
        {words.quote} <CopyId id={decision.decisionId} />
      </span>
    </>
  )
  return (
    <Notice tone="denied" title={words.title} reference={reference}>
      <p>
        {words.asked(facts)} {words.why(facts)}
      </p>
      {decision.remedies.length === 0 ? (
        <p>{words.noRemedy}</p>
      ) : (
        <div className="flex flex-col gap-1">
          <p className="text-ink">{words.remediesTitle}</p>
          <ul className="flex flex-col divide-y divide-line">
            {decision.remedies.map((remedy) => {
              const remedyWords = remedyFacts(remedy, planName, unlimitedLabel, settings)
              const by = words.by(remedyWords)
              return (
                <li key={JSON.stringify(remedy)} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-1.5">
                  <span>
                    <span className="text-ink">{words.remedy(remedyWords)}</span>
                    {by && <span> · {by}</span>}
                  </span>
                  {remedyAction?.(remedy)}
                </li>
              )
            })}
          </ul>
        </div>
      )}
    </Notice>
  )
}
