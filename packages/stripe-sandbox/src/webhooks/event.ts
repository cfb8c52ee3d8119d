import type Stripe from 'stripe'
import { apiVersion } from '../api-version.ts'
import { newId } from '../objects/new-id.ts'

export type EventType = Stripe.Event['type']

/** Whose doing an event is: the API request it came from, or nobody's when time brought it about. */
export interface Origin {
  id: string | null
  idempotency_key: string | null
}

export interface SandboxEvent {
  id: string
  object: 'event'
  api_version: string
  created: number
  data: { object: object; previous_attributes?: Record<string, unknown> }
  livemode: false
  /** How many endpoints have not answered 2xx yet. */
  pending_webhooks: number
  request: Origin
  type: EventType
}

export interface EventInput {
  type: EventType
  object: object
  previous?: Record<string, unknown>
  origin: Origin
  endpoints: number
}

export function buildEvent(input: EventInput, now: number): SandboxEvent {
  return {
    id: newId('evt'),
    object: 'event',
    api_version: apiVersion,
    created: now,
    data: input.previous ? { object: input.object, previous_attributes: input.previous } : { object: input.object },
    livemode: false,
    pending_webhooks: input.endpoints,
    request: input.origin,
    type: input.type,
  }
}
