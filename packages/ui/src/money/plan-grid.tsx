import type { ReactNode } from 'react'

/** Plan cards side by side, their prices, buttons and entitlements in line across the cards. */
export function PlanGrid({ children }: { children: ReactNode }) {
  return <div className="grid grid-cols-[repeat(auto-fit,minmax(min(13.5rem,100%),1fr))] gap-4">{children}</div>
}
