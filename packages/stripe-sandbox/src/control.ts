import { ApiError } from './api/api-error.ts'
import type { RequestFault } from './api/request-faults.ts'
import type { TableName, Tables } from './books/tables.ts'
import { completeSession } from './checkout/complete-session.ts'
import type { CheckoutSession } from './checkout/session.ts'
import { payingCard, testCardByNumber } from './customers/test-cards.ts'
import { newId } from './objects/new-id.ts'
import type { Sandbox } from './sandbox.ts'
import type { DeliveryFaults } from './webhooks/delivery-faults.ts'
import { buildEndpoint } from './webhooks/endpoint.ts'
import type { SandboxEvent } from './webhooks/event.ts'

export interface Span {
  days?: number
  hours?: number
  minutes?: number
  seconds?: number
}

/** What Stripe cannot be asked to do: move time, choose what a card does, and break things on purpose. */
export interface Control {
  /** The sandbox's own time. */
  now(): Date
  /** Moves the clock on and lets renewals, retries, trials' ends and expiries happen on the way, in order. */
  advance(span: Span): void
  /** As `advance`, to a moment. Throws a RangeError for one in the past. */
  setTime(moment: Date | string | number): void
  /** What every later charge of this customer does; `card` goes back to what the card itself does. */
  setPaymentOutcome(customer: string, outcome: 'succeed' | 'fail' | 'card'): void
  /** Pays an open checkout as its page would. Throws if the card is declined. */
  completeCheckout(session: string, payment?: { email?: string; name?: string; card?: string }): CheckoutSession
  addWebhook(endpoint: { url: string; secret: string; events?: string[] }): void
  /** All rows of a table, oldest first. */
  all<K extends TableName>(table: K): Tables[K][]
  failRequests(fault: RequestFault): void
  faultDeliveries(faults: DeliveryFaults): void
  holdDeliveries(): void
  releaseDeliveries(order?: (events: SandboxEvent[]) => SandboxEvent[]): void
  resend(event: string): void
  /** Ends every fault, and sends what was held. */
  clearFaults(): void
  /** Resolves once no webhook is under way or waiting for another try. */
  whenDelivered(): Promise<void>
}

const nobody = { id: null, idempotency_key: null }

export function createControl(sandbox: Sandbox): Control {
  const { ledger, clock, courier, store } = sandbox
  return {
    now: () => new Date(clock.now()),
    advance({ days = 0, hours = 0, minutes = 0, seconds = 0 }) {
      sandbox.moveTo(clock.now() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000)
    },
    setTime: (moment) => sandbox.moveTo(new Date(moment).getTime()),
    setPaymentOutcome(customer, outcome) {
      ledger.transact(nobody, (books) => {
        books.find('customers', customer)
        if (outcome === 'card') books.remove('paymentOutcomes', customer)
        else books.record('paymentOutcomes', { id: customer, outcome })
      })
    },
    completeCheckout(session, { email = 'buyer@example.com', name, card } = {}) {
      const chosen = card === undefined ? payingCard : testCardByNumber(card)
      if (!chosen) throw new ApiError(402, 'card_error', 'The sandbox only takes test cards.', { code: 'incorrect_number' })
      sandbox.settle()
      return ledger.transact(nobody, (books) => completeSession(books, session, { email, name: name ?? null, card: chosen }))
    },
    addWebhook({ url, secret, events = ['*'] }) {
      const endpoint = { id: newId('we'), url, secret, enabledEvents: events, description: null, metadata: {} }
      ledger.transact(nobody, (books) => books.record('webhookEndpoints', buildEndpoint(endpoint, books.now())))
    },
    all: store.all,
    failRequests: sandbox.faults.add,
    faultDeliveries: courier.setFaults,
    holdDeliveries: courier.hold,
    releaseDeliveries: courier.release,
    resend(event) {
      courier.resend(ledger.books.find('events', event))
    },
    clearFaults() {
      sandbox.faults.clear()
      courier.setFaults({})
      courier.release()
    },
    whenDelivered: courier.idle,
  }
}
