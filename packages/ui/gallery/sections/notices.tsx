import { Button, type DenialDecision, DenialNotice, ErrorNotice, Notice } from '../../src/index.ts'
import { Section, Specimen } from '../specimen.tsx'

const denied: DenialDecision = {
  allowed: false,
  decisionId: 'dec_01JD7Q2W9R5T8Y3K4M6N',
  code: 'quota.limit_reached',
  feature: 'characters',
  amount: 412,
  remaining: 120,
  limit: 1000,
  resetsAt: '2026-12-01T00:00:00Z',
  remedies: [
    { kind: 'upgrade', plan: 'starter', limit: 50_000 },
    { kind: 'use_less', amount: 120 },
    { kind: 'wait', until: '2026-12-01T00:00:00Z' },
  ],
}

export function Notices() {
  return (
    <Section title="Notices">
      <Specimen name="Notice" wide>
        <div className="grid gap-4 sm:grid-cols-2">
          <Notice tone="info" title="Confirming your payment" />
          <Notice tone="allowed" title="You are on Starter">
            50,000 characters a day, from now.
          </Notice>
          <Notice tone="warning" title="Your card expires this month" action={<Button size="small">Update card</Button>}>
            Update it before 1 December to keep Starter.
          </Notice>
          <ErrorNotice
            title="The server did not answer."
            code="network.unreachable"
            requestId="req_01JD7Q2W9R5T"
            action={<Button size="small">Try again</Button>}
          >
            Check your connection. What you typed is kept.
          </ErrorNotice>
        </div>
      </Specimen>
      <Specimen name="DenialNotice" wide>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <DenialNotice
            decision={denied}
            remedyAction={(remedy) =>
              remedy.kind === 'upgrade' && (
                <Button size="small" variant="primary">
                  Upgrade to Starter
                </Button>
              )
            }
          />
          <DenialNotice decision={{ ...denied, code: 'tenant.suspended', remedies: [] }} />
        </div>
      </Specimen>
    </Section>
  )
}
