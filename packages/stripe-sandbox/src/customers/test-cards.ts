/** What a test card does: pays, cannot even be attached, or can be attached but is declined at every charge. */
export type CardBehaviour = 'pays' | 'declines' | 'declines_charges'

export interface TestCard {
  number: string
  /** The name of Stripe's ready-made payment method for this card. */
  token: string
  brand: 'visa' | 'mastercard'
  behaviour: CardBehaviour
  declineCode: 'generic_decline' | 'insufficient_funds' | 'expired_card' | null
}

/** Stripe's own test numbers. Anything else is refused, so no real card number is ever taken. */
export const testCards: readonly TestCard[] = [
  { number: '4242424242424242', token: 'pm_card_visa', brand: 'visa', behaviour: 'pays', declineCode: null },
  { number: '5555555555554444', token: 'pm_card_mastercard', brand: 'mastercard', behaviour: 'pays', declineCode: null },
  {
    number: '4000000000000002',
    token: 'pm_card_chargeDeclined',
    brand: 'visa',
    behaviour: 'declines',
    declineCode: 'generic_decline',
  },
  {
    number: '4000000000009995',
    token: 'pm_card_chargeDeclinedInsufficientFunds',
    brand: 'visa',
    behaviour: 'declines',
    declineCode: 'insufficient_funds',
  },
  {
    number: '4000000000000341',
    token: 'pm_card_chargeCustomerFail',
    brand: 'visa',
    behaviour: 'declines_charges',
    declineCode: 'generic_decline',
  },
]

export const payingCard = testCards[0] as TestCard
export const declinedCard = testCards[2] as TestCard
export const failingCard = testCards[4] as TestCard

/** The test card with this number (spaces allowed), or undefined if it is not one. */
export function testCardByNumber(number: string): TestCard | undefined {
  const digits = number.replace(/[\s-]/g, '')
  return testCards.find((card) => card.number === digits)
}

export function testCardByToken(token: string): TestCard | undefined {
  return testCards.find((card) => card.token === token)
}

/** The card behind a stored payment method, of which only the last four digits are kept. */
export function testCardByLastFour(lastFour: string): TestCard {
  return testCards.find((card) => card.number.endsWith(lastFour)) ?? payingCard
}
