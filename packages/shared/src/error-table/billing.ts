import { type ErrorRow, row } from './row.ts'

/** Plans and what is paid for them. */
export const billingErrors = {
  'billing.plan_not_for_sale': row(400, 'This plan cannot be bought here.', 'Choose a plan with a price, or talk to us.'),
  'billing.already_subscribed': row(409, 'The tenant has this plan already.', 'Choose another plan, or manage the subscription.'),
  'billing.no_subscription': row(404, 'The tenant has no subscription.', 'Choose a plan first.'),
  'billing.provider_unavailable': row(
    503,
    'The payment provider did not answer.',
    'Try again in a moment; nothing was charged.',
    true,
  ),
  'billing.payment_declined': row(
    402,
    'The payment was declined, so nothing was changed.',
    'Choose another card in the billing portal, then try again.',
  ),
  'billing.webhook_signature': row(
    400,
    'The signature of this webhook does not fit its body.',
    'Check STRIPE_WEBHOOK_SECRETS against the secret of the endpoint.',
  ),
} as const satisfies Record<string, ErrorRow>
