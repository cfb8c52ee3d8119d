import { isLive } from './access-of-status.ts'

export interface Candidate {
  stripeSubscriptionId: string
  status: string
  providerCreatedAt: Date
}

/**
 * Which of a tenant's live subscriptions counts; there is more than one only when two checkouts were paid. One that is paid
 * comes before one that is owed, then the one that was bought last.
 */
export function chooseBase<Row extends Candidate>(rows: readonly Row[]): Row | null {
  const [base] = rows.filter(({ status }) => isLive(status)).sort(byClaim)
  return base ?? null
}

function byClaim(a: Candidate, b: Candidate): number {
  return (
    Number(isPaid(b)) - Number(isPaid(a)) ||
    b.providerCreatedAt.getTime() - a.providerCreatedAt.getTime() ||
    (a.stripeSubscriptionId < b.stripeSubscriptionId ? 1 : -1)
  )
}

function isPaid({ status }: Candidate): boolean {
  return status === 'active' || status === 'trialing'
}
