import type { SandboxEvent } from './event.ts'

/** Trouble switched on for the way from the sandbox to the endpoints. */
export interface DeliveryFaults {
  /** Events this says true to are never sent; they stay pending, as if the endpoint could not be reached for good. */
  drop?: (event: SandboxEvent) => boolean
  /** How often each event is sent (default once). */
  copies?: (event: SandboxEvent) => number
  /** Wait before the first attempt, in milliseconds. Unequal waits arrive out of order. */
  delayMs?: (event: SandboxEvent) => number
}
