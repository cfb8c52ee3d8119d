import { ApiError } from '../api/api-error.ts'
import { declineMessage } from './charge.ts'
import type { PaymentIntent } from './payment-intent.ts'

/** 402 with the intent inside, as the SDK's StripeCardError expects it. `keepsWork` false undoes the attempt as if never made. */
export function cardDeclined(intent: PaymentIntent, keepsWork: boolean): ApiError {
  const declineCode = intent.last_payment_error?.decline_code ?? 'generic_decline'
  return new ApiError(
    402,
    'card_error',
    declineMessage(declineCode),
    {
      code: 'card_declined',
      decline_code: declineCode,
      payment_intent: intent,
      ...(intent.latest_charge ? { charge: intent.latest_charge } : {}),
    },
    keepsWork,
  )
}
