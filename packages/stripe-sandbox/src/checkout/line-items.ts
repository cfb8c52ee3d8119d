import type Stripe from 'stripe'
import type { Books } from '../books/books.ts'
import type { Price } from '../catalog/price.ts'
import { type List, listOf, type Narrow } from '../objects/shape.ts'
import { productName } from '../subscriptions/lines.ts'
import { periodAmount } from '../subscriptions/subscription-item.ts'

export type SessionLine = Narrow<Stripe.LineItem, { price: Price }>

export function sessionLines(books: Books, sessionId: string): List<SessionLine> {
  const session = books.find('checkoutSessions', sessionId, 'session')
  const order = books.find('checkoutOrders', sessionId, 'session')
  const lines = order.lines.map((line): SessionLine => {
    const price = books.find('prices', line.price)
    const amount = session.amount_total === 0 ? 0 : periodAmount({ price, quantity: line.quantity })
    return {
      id: line.id,
      object: 'item',
      adjustable_quantity: null,
      amount_discount: 0,
      amount_subtotal: amount,
      amount_tax: 0,
      amount_total: amount,
      currency: price.currency,
      description: productName(books, { price }),
      metadata: {},
      price,
      quantity: line.quantity,
    }
  })
  return listOf(lines, `/v1/checkout/sessions/${sessionId}/line_items`)
}
