import type { Store } from '../books/store.ts'
import type { Logger } from '../logger.ts'
import { createBackground } from './background.ts'
import type { Delivery } from './delivery.ts'
import type { DeliveryFaults } from './delivery-faults.ts'
import { wants } from './endpoint.ts'
import type { SandboxEvent } from './event.ts'
import { send } from './send.ts'

export interface CourierOptions {
  store: Store
  logger: Logger
  /** Wait before the second attempt, in milliseconds; it doubles with each further one. */
  firstRetryMs: number
  /** How often an event is tried at all. */
  attempts: number
  timeoutMs: number
  /** Called when what is known about a delivery has changed. */
  changed: () => void
}

/** Carries events to endpoints: in the background, in order at first, at least once, again after failures. */
export interface Courier {
  dispatch(events: SandboxEvent[]): void
  /** Sends an event to its endpoints again, delivered or not. */
  resend(event: SandboxEvent): void
  /** Takes up what a previous run left undelivered. */
  resume(): void
  setFaults(faults: DeliveryFaults): void
  hold(): void
  /** Sends what was held, in the order `order` gives it. */
  release(order?: (events: SandboxEvent[]) => SandboxEvent[]): void
  /** Resolves once nothing is under way or waiting for another try. Held and dropped events do not count. */
  idle(): Promise<void>
  close(): Promise<void>
}

export function createCourier({ store, logger, firstRetryMs, attempts, timeoutMs, changed }: CourierOptions): Courier {
  const background = createBackground()
  let faults: DeliveryFaults = {}
  let held: SandboxEvent[] | null = null

  function save(delivery: Delivery): void {
    store.put('deliveries', delivery)
    store.commit()
    changed()
  }

  async function attempt(id: string, tries: number): Promise<void> {
    const before = store.get('deliveries', id)
    const event = before && store.get('events', before.event)
    const endpoint = before && store.get('webhookEndpoints', before.endpoint)
    if (!before || !event) return
    if (!endpoint) return save({ ...before, status: 'failed' })
    const result = await send(endpoint, event, timeoutMs)
    // Read again: copies of the same event may have come and gone meanwhile.
    const delivery = store.get('deliveries', id) ?? before
    const tried = { ...delivery, attempts: [...delivery.attempts, result] }
    if (result.status !== null && result.status >= 200 && result.status < 300) {
      save({ ...tried, status: 'succeeded' })
      if (delivery.status !== 'succeeded') acknowledge(delivery.event)
      return
    }
    const again = tries < attempts && !background.closed()
    save({ ...tried, status: delivery.status === 'pending' && !again && !background.closed() ? 'failed' : delivery.status })
    const reason = result.error ?? `it answered ${result.status}`
    logger.warn(`${event.type} (${event.id}) did not reach ${endpoint.url}: ${reason}; ${again ? 'trying again' : 'giving up'}.`)
    if (again) background.later(firstRetryMs * 2 ** (tries - 1), () => attempt(id, tries + 1))
  }

  function acknowledge(eventId: string): void {
    const event = store.get('events', eventId)
    if (!event) return
    store.put('events', { ...event, pending_webhooks: Math.max(0, event.pending_webhooks - 1) })
    store.commit()
    changed()
  }

  function carry(event: SandboxEvent): void {
    const dropped = faults.drop?.(event) ?? false
    const copies = faults.copies?.(event) ?? 1
    const delayMs = faults.delayMs?.(event) ?? 0
    for (const endpoint of store.all('webhookEndpoints').filter((each) => wants(each, event.type))) {
      const id = `${event.id}.${endpoint.id}`
      const status = dropped ? 'dropped' : 'pending'
      save(store.get('deliveries', id) ?? { id, event: event.id, endpoint: endpoint.id, status, attempts: [] })
      if (dropped) continue
      for (let copy = 0; copy < copies; copy += 1) {
        if (delayMs > 0) background.later(delayMs, () => attempt(id, 1))
        else background.inOrder(endpoint.id, () => attempt(id, 1))
      }
    }
  }

  return {
    dispatch(events) {
      if (held) held.push(...events)
      else for (const event of events) carry(event)
    },
    resend: carry,
    resume() {
      for (const { id, endpoint, status } of store.all('deliveries')) {
        if (status === 'pending') background.inOrder(endpoint, () => attempt(id, 1))
      }
    },
    setFaults(next) {
      faults = next
    },
    hold() {
      held ??= []
    },
    release(order = (events) => events) {
      const events = order(held ?? [])
      held = null
      for (const event of events) carry(event)
    },
    idle: background.idle,
    close: background.close,
  }
}
