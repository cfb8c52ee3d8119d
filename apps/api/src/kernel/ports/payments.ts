/** What a payment provider says of a subscription, in our words. */
export interface ProviderSubscription {
  id: string
  customerId: string
  status: string
  priceId: string
  currentPeriodStart: Date | null
  currentPeriodEnd: Date | null
  cancelAtPeriodEnd: boolean
  endedAt: Date | null
  createdAt: Date
}

export interface ProviderInvoice {
  id: string
  customerId: string
  subscriptionId: string | null
  number: string | null
  status: string
  currency: string
  totalMinor: number
  paidMinor: number
  hostedUrl: string | null
  pdfUrl: string | null
  createdAt: Date
}

export interface ProviderCheckout {
  id: string
  status: 'open' | 'complete' | 'expired'
  /** Where the person pays; null once it is no longer open. */
  url: string | null
  customerId: string | null
  subscriptionId: string | null
  expiresAt: Date
}

/** What an event speaks of: the object to fetch again. */
export interface EventSubject {
  kind: 'subscription' | 'invoice' | 'checkout'
  id: string
}

export interface ProviderEvent {
  id: string
  type: string
  livemode: boolean
  /** The event as it came, for the store. */
  payload: Record<string, unknown>
  /** Null: nothing that we keep. */
  subject: EventSubject | null
}

export interface PlanForSale {
  planVersionId: string
  name: string
  priceMinor: number
  currency: string
}

export interface CheckoutOrder {
  customerId: string
  priceId: string
  tenantId: string
  planVersionId: string
  successUrl: string
  cancelUrl: string
  /** Tells this order from an earlier one of the same things: the same order again answers the same checkout. */
  attempt: number
}

/**
 * Where money moves. The truth of it lives with the provider; we keep a projection. Every call that creates something carries
 * an idempotency key made of what is asked, so the same call again, from any node, creates nothing more.
 * @throws AppError billing.provider_unavailable when the provider does not answer, or answers that it cannot
 */
export interface Payments {
  /** The provider's name in `provider_price`: prices of the sandbox and of Stripe never mix. */
  readonly provider: string
  /** Whether real money moves; an event of the other kind is not ours to act on. */
  readonly livemode: boolean
  createCustomer(customer: { tenantId: string; email: string; name: string }): Promise<{ id: string }>
  /** The recurring price of a plan version, made where there is none. */
  ensurePrice(plan: PlanForSale): Promise<{ priceId: string; productId: string }>
  startCheckout(order: CheckoutOrder): Promise<ProviderCheckout>
  fetchCheckout(id: string): Promise<ProviderCheckout | null>
  /** Closes a checkout nobody has paid; one that is paid or closed stays as it is. */
  expireCheckout(id: string): Promise<void>
  openPortal(customerId: string, returnUrl: string): Promise<{ url: string }>
  /**
   * Moves a subscription to another price at once: what is left of the old one is credited, and a difference is charged now.
   * A cancellation at the period's end is taken back.
   * @throws AppError billing.payment_declined, and then nothing has changed
   */
  changePrice(subscriptionId: string, priceId: string): Promise<void>
  /** Ends a subscription at once and credits what is left of its period; one that has ended stays as it is. */
  endSubscription(id: string): Promise<void>
  /** Has the provider delete what it holds of a person, ends their subscriptions with it, and keeps invoices. Asked again it changes nothing. */
  forgetCustomer(id: string): Promise<void>
  fetchSubscription(id: string): Promise<ProviderSubscription | null>
  /** All of a customer's subscriptions, ended ones as well. */
  listSubscriptions(customerId: string): Promise<ProviderSubscription[]>
  fetchInvoice(id: string): Promise<ProviderInvoice | null>
  /** @throws AppError billing.webhook_signature when no secret of ours signed this body within the last five minutes */
  readEvent(rawBody: Buffer, signature: string): ProviderEvent
}
