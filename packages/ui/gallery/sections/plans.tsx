import { PlanCard, type PlanEntitlement, PlanGrid } from '../../src/index.ts'
import { Section, Specimen } from '../specimen.tsx'

function grants(
  characters: number | null,
  calls: number | null,
  storage: number | null,
  seats: number | null,
  sso: boolean,
): PlanEntitlement[] {
  return [
    { feature: 'characters', name: 'Characters', kind: 'metered', unit: 'characters', limit: characters, cadence: 'day' },
    { feature: 'api_calls', name: 'API calls', kind: 'metered', unit: 'calls', limit: calls, cadence: 'day' },
    { feature: 'storage_mb', name: 'Storage', kind: 'gauge', unit: 'MB', limit: storage, cadence: 'never' },
    { feature: 'seats', name: 'Seats', kind: 'gauge', unit: 'seats', limit: seats, cadence: 'never' },
    { feature: 'sso', name: 'Single sign-on', kind: 'boolean', unit: '', limit: sso ? 1 : 0, cadence: 'never' },
  ]
}

export function Plans() {
  return (
    <Section title="Plans">
      <Specimen name="PlanCard" wide>
        <PlanGrid>
          <PlanCard
            name="Free"
            description="To try it."
            price={{ amountMinor: 0, currency: 'cny' }}
            entitlements={grants(1_000, 100, 10, 1, false)}
            relation="downgrade"
            note="From 1 December"
          />
          <PlanCard
            name="Starter"
            description="For a small team."
            price={{ amountMinor: 2900, currency: 'cny' }}
            entitlements={grants(50_000, 10_000, 500, 10, false)}
            relation="current"
          />
          <PlanCard
            name="Pro"
            description="For a team that ships every day."
            price={{ amountMinor: 9900, currency: 'cny' }}
            entitlements={grants(500_000, 100_000, 5_000, 50, true)}
            relation="upgrade"
            highlighted
            badge="Popular"
          />
          <PlanCard
            name="Enterprise"
            description="On your terms."
            price={null}
            entitlements={grants(null, null, null, null, true)}
            relation="contact"
          />
        </PlanGrid>
      </Specimen>
    </Section>
  )
}
