import { randomBytes } from 'node:crypto'
import type Stripe from 'stripe'
import { apiVersion } from '../api-version.ts'
import type { Metadata } from '../objects/shape.ts'
import type { EventType } from './event.ts'

export type WebhookEndpoint = Omit<Stripe.WebhookEndpoint, 'deleted'> & { secret: string; status: 'enabled' | 'disabled' }

export interface EndpointInput {
  id: string
  url: string
  secret?: string
  enabledEvents: string[]
  description: string | null
  metadata: Metadata
}

export function buildEndpoint(input: EndpointInput, now: number): WebhookEndpoint {
  return {
    id: input.id,
    object: 'webhook_endpoint',
    api_version: apiVersion,
    application: null,
    created: now,
    description: input.description,
    enabled_events: input.enabledEvents,
    livemode: false,
    metadata: input.metadata,
    secret: input.secret ?? `whsec_${randomBytes(24).toString('hex')}`,
    status: 'enabled',
    url: input.url,
  }
}

export function wants(endpoint: WebhookEndpoint, type: EventType): boolean {
  if (endpoint.status !== 'enabled') return false
  return endpoint.enabled_events.includes('*') || endpoint.enabled_events.includes(type)
}
