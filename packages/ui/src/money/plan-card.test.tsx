import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { PlanCard, type PlanRelation } from './plan-card.tsx'

const card = (relation: PlanRelation) =>
  renderToStaticMarkup(<PlanCard name="Pro" price={{ amountMinor: 9900, currency: 'cny' }} entitlements={[]} relation={relation} />)

test('the button says what pressing it does to the reader’s plan', () => {
  expect(card('upgrade')).toContain('Upgrade to Pro')
  expect(card('downgrade')).toContain('Move to Pro')
  expect(card('resume')).toContain('Keep Pro')
  expect(card('choose')).toContain('Choose Pro')
  expect(card('contact')).toContain('Talk to us')
})

test('the plan one is on has no button at all', () => {
  expect(card('current')).toContain('Your plan')
  expect(card('current')).not.toContain('<button')
})

test('a price by agreement shows no number', () => {
  const markup = renderToStaticMarkup(<PlanCard name="Enterprise" price={null} entitlements={[]} relation="contact" />)
  expect(markup).toContain('By agreement')
  expect(markup).not.toContain('¥')
})
