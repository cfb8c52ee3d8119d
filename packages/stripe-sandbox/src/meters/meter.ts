import type Stripe from 'stripe'
import { newId } from '../objects/new-id.ts'

export type Meter = Stripe.Billing.Meter

export interface MeterInput {
  displayName: string
  eventName: string
  formula: 'sum' | 'count' | 'last'
  customerKey: string
  valueKey: string
}

export function buildMeter(input: MeterInput, now: number): Meter {
  return {
    id: newId('mtr_test'),
    object: 'billing.meter',
    created: now,
    customer_mapping: { event_payload_key: input.customerKey, type: 'by_id' },
    default_aggregation: { formula: input.formula },
    display_name: input.displayName,
    event_name: input.eventName,
    event_time_window: null,
    livemode: false,
    status: 'active',
    status_transitions: { deactivated_at: null },
    updated: now,
    value_settings: { event_payload_key: input.valueKey },
  }
}

export type MeterEvent = Stripe.Billing.MeterEvent & { id: string }
