import { z } from 'zod'
import { refused } from '../api/api-error.ts'
import { filled, ignored, metadata, paging, text } from '../api/form.ts'
import { paginate } from '../api/paginate.ts'
import { type Route, route } from '../api/route.ts'
import { attachNamed } from './attach-named.ts'
import { buildPaymentMethod } from './payment-method.ts'
import { testCardByNumber, testCardByToken } from './test-cards.ts'

const card = z.strictObject({ number: text, token: text, exp_month: ignored, exp_year: ignored, cvc: ignored }).partial()

const tokens: Record<string, string> = {
  tok_visa: 'pm_card_visa',
  tok_chargeDeclined: 'pm_card_chargeDeclined',
  tok_mastercard: 'pm_card_mastercard',
}

export const paymentMethodRoutes: Route[] = [
  route(
    'POST',
    '/v1/payment_methods',
    { type: z.enum(['card']), card, billing_details: ignored, metadata: metadata.optional() },
    ({ books, input }) => {
      const chosen =
        input.card.number === undefined
          ? testCardByToken(tokens[input.card.token ?? ''] ?? '')
          : testCardByNumber(input.card.number)
      if (!chosen)
        throw refused('The sandbox only takes test cards, 4242424242424242 for example.', {
          code: 'incorrect_number',
          param: 'card[number]',
        })
      const method = buildPaymentMethod(chosen, { email: null, name: null }, null, books.now())
      return books.record('paymentMethods', { ...method, metadata: input.metadata ?? {} })
    },
  ),
  route('GET', '/v1/payment_methods', { ...paging, customer: text.optional(), type: text.optional() }, ({ books, input }) => {
    const rows = books
      .all('paymentMethods')
      .filter((row) => row.customer !== null && row.customer === (input.customer ?? row.customer))
    return paginate(rows, '/v1/payment_methods', input)
  }),
  route('GET', '/v1/payment_methods/:id', {}, ({ books, id }) => books.find('paymentMethods', id)),
  route('POST', '/v1/payment_methods/:id/attach', { customer: filled }, ({ books, id, input }) =>
    attachNamed(books, input.customer, id),
  ),
  route('POST', '/v1/payment_methods/:id/detach', {}, ({ books, id }) => {
    const method = books.find('paymentMethods', id)
    if (method.customer === null)
      throw refused('The payment method you provided is not attached to a customer so detachment is impossible.')
    const customer = books.get('customers', method.customer)
    if (customer?.invoice_settings.default_payment_method === id) {
      const settings = { ...customer.invoice_settings, default_payment_method: null }
      books.revise('customers', customer.id, { invoice_settings: settings }, 'customer.updated')
    }
    return books.revise('paymentMethods', id, { customer: null }, 'payment_method.detached')
  }),
]
