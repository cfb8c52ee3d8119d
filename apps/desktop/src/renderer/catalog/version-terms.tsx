import type { EntitlementView, PlanVersionView } from '@tollkeeper/shared'
import { CopyId, DateTime, KeyValueList, Money, Quantity } from '@tollkeeper/ui'
import { spanWords } from './feature-words.ts'
import { limitLine } from './limit-line.ts'
import { Price } from './plan-matrix.tsx'

/** Everything one version of a plan says. */
export function VersionTerms({ version }: { version: PlanVersionView }) {
  return (
    <KeyValueList
      items={[
        { label: 'A month', value: <Price version={version} /> },
        ...version.entitlements.map((entitlement) => ({ label: entitlement.name, value: <Terms {...entitlement} /> })),
        { label: 'Published', value: <DateTime value={version.publishedAt} show="absolute" /> },
        { label: 'Id', value: <CopyId id={version.id} /> },
      ]}
    />
  )
}

function Terms(entitlement: EntitlementView) {
  const { overage = 0, overagePrice, rollover = 0, rates = [] } = entitlement
  return (
    <span className="flex flex-col py-0.5">
      <span>{limitLine(entitlement)}</span>
      {overage !== 0 && (
        <span className="text-ink-muted text-xs">
          {overage === null ? 'any use past it' : <Quantity value={overage} unit="past it" />}
          {overagePrice && (
            <>
              {' '}
              at <Money {...overagePrice} /> for <Quantity value={overagePrice.per} />
            </>
          )}
        </span>
      )}
      {rollover > 0 && (
        <span className="text-ink-muted text-xs">
          up to <Quantity value={rollover} /> unused go over into the next window
        </span>
      )}
      {rates.map(({ name, units, seconds }) => (
        <span key={name} className="text-ink-muted text-xs">
          at most <Quantity value={units} /> in {spanWords(seconds)} ({name})
        </span>
      ))}
    </span>
  )
}
