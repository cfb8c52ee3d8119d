/** What happens to a customer's next charges whatever their card says; `succeed` and `fail` last until changed back to `card`. */
export interface PaymentOutcome {
  /** The customer's id. */
  id: string
  outcome: 'succeed' | 'fail'
}
