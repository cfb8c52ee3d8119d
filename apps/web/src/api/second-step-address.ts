/** Where a second step is set up, and where that leads back to. */
export function secondStepAddress(next: string): string {
  return `/account/second-step?next=${encodeURIComponent(next)}`
}
