import type { ReactNode } from 'react'
import { Button } from '../action/button.tsx'
import { classNames } from '../class-names.ts'
import { Badge } from '../data/badge.tsx'
import { useLocale } from '../locale/locale.tsx'
import { type EntitlementLabels, entitlementLabels, entitlementLine, type PlanEntitlement } from './entitlement-line.ts'
import { Money } from './money.tsx'

/** How a plan stands to the one the reader is on; it decides what the button says. `choose`: the reader has none yet. */
export type PlanRelation = 'current' | 'choose' | 'upgrade' | 'downgrade' | 'resume' | 'contact'

export interface PlanCardLabels {
  action: Record<PlanRelation, (name: string) => string>
  perMonth: string
  byAgreement: string
  entitlement: EntitlementLabels
}

export const planCardLabels: PlanCardLabels = {
  action: {
    current: () => 'Your plan',
    choose: (name) => `Choose ${name}`,
    upgrade: (name) => `Upgrade to ${name}`,
    downgrade: (name) => `Move to ${name}`,
    resume: (name) => `Keep ${name}`,
    contact: () => 'Talk to us',
  },
  perMonth: 'a month',
  byAgreement: 'By agreement',
  entitlement: entitlementLabels,
}

export interface PlanCardProps {
  name: string
  description?: string
  /** Per interval; null is by agreement. */
  price: { amountMinor: number; currency: string } | null
  entitlements: readonly PlanEntitlement[]
  relation: PlanRelation
  onAction?: () => void
  busy?: boolean
  /** The plan to look at first: its button is the primary one. */
  highlighted?: boolean
  /** A word beside the name, such as "Popular" or "Trial". */
  badge?: string
  /** One line at the button, such as "Ends on 1 December". */
  note?: ReactNode
  labels?: Partial<PlanCardLabels>
}

/** A plan: its price, what it grants, and one button whose words follow how it stands to the reader's plan. */
export function PlanCard(props: PlanCardProps) {
  const { name, description, price, entitlements, relation, onAction, busy, highlighted, badge, note } = props
  const { locale } = useLocale()
  const labels = { ...planCardLabels, ...props.labels }
  const action = labels.action[relation](name)
  return (
    <article
      className={classNames(
        'row-span-4 grid grid-rows-subgrid content-start gap-5 rounded-md border bg-surface-raised p-5',
        highlighted ? 'border-accent' : 'border-line',
      )}
    >
      <header className="flex flex-col gap-1">
        <div className="flex items-center gap-2">
          <h3 className="text-lg">{name}</h3>
          {badge && <Badge tone="accent">{badge}</Badge>}
        </div>
        {description && <p className="text-ink-muted text-pretty">{description}</p>}
      </header>
      <p className="flex min-h-10 flex-wrap items-baseline gap-x-1.5">
        {price === null ? (
          <span className="font-medium text-xl">{labels.byAgreement}</span>
        ) : (
          <>
            <span className="font-medium text-3xl">
              <Money {...price} />
            </span>
            <span className="text-ink-muted">{labels.perMonth}</span>
          </>
        )}
      </p>
      <div className="flex flex-col gap-2">
        {relation === 'current' ? (
          <p className="flex min-h-control items-center justify-center rounded-md bg-surface-sunken font-medium text-ink-muted">
            {action}
          </p>
        ) : (
          <Button variant={highlighted || relation === 'resume' ? 'primary' : 'secondary'} wide busy={busy} onClick={onAction}>
            {action}
          </Button>
        )}
        {note && <p className="text-center text-ink-muted text-sm">{note}</p>}
      </div>
      <dl className="flex flex-col divide-y divide-line border-line border-t">
        {entitlements.map((entitlement) => (
          <div key={entitlement.feature} className="flex items-baseline justify-between gap-4 py-2">
            <dt className="text-ink-muted">{entitlement.name}</dt>
            <dd className="whitespace-nowrap text-right tabular-nums">
              {entitlementLine(entitlement, labels.entitlement, locale)}
            </dd>
          </div>
        ))}
      </dl>
    </article>
  )
}
