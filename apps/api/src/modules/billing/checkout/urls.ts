/** Where a person waits until the payment has arrived here. Coming there changes nothing by itself. */
export function confirmingUrl(publicUrl: string, sessionId?: string): string {
  return `${publicUrl}/billing/confirming${sessionId ? `?session=${sessionId}` : ''}`
}
