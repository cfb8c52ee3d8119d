/** What a payment provider says of a subscription, in our words. */
export interface ProviderSubscription {
  id: string
  customerId: string
  status: string
  priceId: string
  metadata: Record<string, string>
  currentPeriodStart: Date | null
  currentPeriodEnd: Date | null
  cancelAtPeriodEnd: boolean
  endedAt: Date | null
  createdAt: Date
}

export interface ProviderInvoice {
  id: string
  customerId: string
  number: string | null
  status: string
  currency: string
  totalMinor: number
  paidMinor: number
  hostedUrl: string | null
  pdfUrl: string | null
  createdAt: Date
}

export interface ProviderEvent {
  id: string
  type: string
  livemode: boolean
  createdAt: Date
  /** The event as it came, for the store. */
  payload: Record<string, unknown>
  /** What it speaks of: the kind and id of the object to fetch again. */
  object: { kind: string; id: string; subscriptionId: string | null; customerId: string | null }
}

export interface PlanForSale {
  planKey: string
  planVersionId: string
  name: string
  priceMinor: number
  currency: string
}

/**
 * Where money moves. The truth of it lives with the provider; we keep a projection. Every call that creates something carries
 * an idempotency key of ours.
 * @throws AppError billing.provider_unavailable when the provider does not answer, billing.webhook_signature on a false signature
 */
export interface Payments {
  /** The provider's name in `provider_price`: prices of the sandbox and of Stripe never mix. */
  readonly provider: string
  createCustomer(customer: { tenantId: string; email: string; name: string }): Promise<{ id: string }>
  ensurePrice(plan: PlanForSale): Promise<{ priceId: string; productId: string }>
  startCheckout(order: {
    customerId: string
    priceId: string
    tenantId: string
    planVersionId: string
    successUrl: string
    cancelUrl: string
    idempotencyKey: string
  }): Promise<{ url: string }>
  openPortal(customerId: string, returnUrl: string): Promise<{ url: string }>
  changePrice(subscriptionId: string, priceId: string, idempotencyKey: string): Promise<void>
  fetchSubscription(id: string): Promise<ProviderSubscription | null>
  fetchInvoice(id: string): Promise<ProviderInvoice | null>
  listSubscriptions(customerId: string): Promise<ProviderSubscription[]>
  readEvent(rawBody: Buffer, signature: string): ProviderEvent
}
