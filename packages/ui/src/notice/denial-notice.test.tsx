import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { LocaleProvider } from '../locale/locale.tsx'
import type { DenialDecision } from './denial.ts'
import { denialLabels } from './denial-labels.ts'
import { DenialNotice, type DenialNoticeProps } from './denial-notice.tsx'

const denied: DenialDecision = {
  allowed: false,
  decisionId: 'dec_01',
  code: 'quota.limit_reached',
  feature: 'api_calls',
  amount: 412,
  remaining: 0,
  limit: 1000,
  resetsAt: '2026-12-01T00:00:00Z',
  remedies: [
    { kind: 'upgrade', plan: 'starter', limit: 50_000 },
    { kind: 'wait', until: '2026-12-01T00:00:00Z' },
  ],
}

function textOf(props: DenialNoticeProps): string {
  const markup = renderToStaticMarkup(
    <LocaleProvider locale="en" timeZone="UTC">
      <DenialNotice {...props} />
    </LocaleProvider>,
  )
  return markup.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
}

test('a denial says what was asked, why not, what would allow it, by whom, and the id to quote', () => {
  const text = textOf({ decision: denied })
  expect(text).toContain('You asked for 412 api calls.')
  expect(text).toContain('All 1,000 are used.')
  expect(text).toContain('Upgrade to Starter, which grants 50,000 · an owner of the tenant can')
  expect(text).toContain('Wait until Dec 1, 2026, 00:00 UTC')
  expect(text).toContain('quota.limit_reached')
  expect(text).toContain('dec_01')
})

test('when something is left, it says how much', () => {
  expect(textOf({ decision: { ...denied, remaining: 120 } })).toContain('Only 120 of 1,000 are left.')
})

test('an unlimited upgrade reads as such', () => {
  const decision = { ...denied, remedies: [{ kind: 'upgrade', plan: 'enterprise', limit: null }] }
  expect(textOf({ decision })).toContain('Upgrade to Enterprise, which grants unlimited')
})

test('every code and remedy a server may send has words, unknown ones too', () => {
  const codes = ['auth.user_suspended', 'tenant.suspended', 'access.not_a_member', 'access.forbidden', 'api_key.scope_missing']
  for (const code of [...codes, 'billing.payment_overdue', 'quota.not_in_plan', 'future.code']) {
    const text = textOf({ decision: { ...denied, code, remedies: [] } })
    expect(text).toContain(code)
    expect(text).toContain(denialLabels.noRemedy)
    expect(text).not.toContain('undefined')
  }
  for (const kind of ['use_less', 'top_up', 'pay_invoice', 'ask_role', 'issue_key', 'contact_operator', 'future_kind']) {
    const text = textOf({ decision: { ...denied, remedies: [{ kind, amount: 5, permission: 'key:write', scope: 'usage' }] } })
    expect(text).not.toMatch(/undefined|null/)
  }
})

test('an allowed decision shows nothing', () => {
  expect(textOf({ decision: { ...denied, allowed: true } })).toBe('')
})
