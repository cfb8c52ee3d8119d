import { kept } from '../../session/storage.ts'

const storage = kept(() => sessionStorage, 'tollkeeper.checkout')

/** Remembers in this tab which plan is being bought, while the browser is away at the payment page. */
export function rememberCheckout(plan: string): void {
  storage.write(plan)
}

/** The plan being bought in this tab; null when there is none. It says what to wait for, never that it was paid. */
export function pendingCheckout(): string | null {
  return storage.read()
}

export function forgetCheckout(): void {
  storage.write(null)
}
