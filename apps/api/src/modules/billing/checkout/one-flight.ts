import { perNode } from '../../../kernel/per-node.ts'
import type { Services } from '../../../kernel/services.ts'

const flights = perNode(() => new Map<string, Promise<string>>())

/**
 * Lets those who ask for the same at the same time share one asking of the provider, and its answer: a double click waits for the
 * first click. Across nodes the provider itself knows the same request again.
 */
export function oneFlight(services: Services, what: string, fly: () => Promise<string>): Promise<string> {
  const underWay = flights(services)
  let flight = underWay.get(what)
  if (!flight) {
    flight = fly().finally(() => underWay.delete(what))
    underWay.set(what, flight)
  }
  return flight
}
