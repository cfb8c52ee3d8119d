import { z } from 'zod'
import { refused } from '../api/api-error.ts'
import { filled, ignored, paging, positive, text } from '../api/form.ts'
import { paginate } from '../api/paginate.ts'
import { type Route, route } from '../api/route.ts'
import { newId } from '../objects/new-id.ts'
import { aggregate } from './aggregate.ts'
import { buildMeter } from './meter.ts'

export const meterRoutes: Route[] = [
  route(
    'POST',
    '/v1/billing/meters',
    {
      display_name: filled,
      event_name: filled,
      default_aggregation: z.strictObject({ formula: z.enum(['sum', 'count', 'last']) }),
      customer_mapping: z.strictObject({ event_payload_key: filled, type: z.enum(['by_id']) }).optional(),
      value_settings: z.strictObject({ event_payload_key: filled }).optional(),
      event_time_window: ignored,
    },
    ({ books, input }) => {
      const taken = books.all('meters').some((meter) => meter.event_name === input.event_name && meter.status === 'active')
      if (taken) throw refused(`An active meter with event name ${input.event_name} already exists.`, { param: 'event_name' })
      const meter = buildMeter(
        {
          displayName: input.display_name,
          eventName: input.event_name,
          formula: input.default_aggregation.formula,
          customerKey: input.customer_mapping?.event_payload_key ?? 'stripe_customer_id',
          valueKey: input.value_settings?.event_payload_key ?? 'value',
        },
        books.now(),
      )
      return books.record('meters', meter, 'billing.meter.created')
    },
  ),
  route('GET', '/v1/billing/meters', { ...paging, status: text.optional() }, ({ books, input }) => {
    const rows = books.all('meters').filter((meter) => meter.status === (input.status ?? meter.status))
    return paginate(rows, '/v1/billing/meters', input)
  }),
  route('GET', '/v1/billing/meters/:id', {}, ({ books, id }) => books.find('meters', id)),

  route(
    'GET',
    '/v1/billing/meters/:id/event_summaries',
    { ...paging, customer: filled, start_time: positive, end_time: positive },
    ({ books, id, input }) => {
      const meter = books.find('meters', id)
      const { start_time, end_time } = input
      const summary = {
        id: newId('mtrusg_test'),
        object: 'billing.meter_event_summary',
        aggregated_value: aggregate(books, meter, input.customer, start_time, end_time),
        start_time,
        end_time,
        livemode: false,
        meter: id,
      }
      return paginate([summary], `/v1/billing/meters/${id}/event_summaries`, input)
    },
  ),

  route(
    'POST',
    '/v1/billing/meter_events',
    {
      event_name: filled,
      payload: z.record(z.string(), text),
      identifier: text.max(100).optional(),
      timestamp: positive.optional(),
    },
    ({ books, input }) => {
      const meter = books.all('meters').find((each) => each.event_name === input.event_name && each.status === 'active')
      if (!meter) throw refused(`No active meter found with the event name ${input.event_name}`, { param: 'event_name' })
      const customer = input.payload[meter.customer_mapping.event_payload_key]
      if (!customer) {
        const key = meter.customer_mapping.event_payload_key
        throw refused(`The payload must hold the customer under \`${key}\`.`, { param: `payload[${key}]` })
      }
      const value = input.payload[meter.value_settings.event_payload_key]
      if (value !== undefined && !/^-?\d+(\.\d+)?$/.test(value)) {
        throw refused(`The meter value must be a number (got ${value}).`, {
          param: `payload[${meter.value_settings.event_payload_key}]`,
        })
      }
      const identifier = input.identifier ?? newId('mev')
      if (books.get('meterEvents', identifier)) {
        throw refused(`An event already exists with identifier ${identifier}.`, {
          code: 'duplicate_meter_event',
          param: 'identifier',
        })
      }
      const event = {
        object: 'billing.meter_event' as const,
        created: books.now(),
        event_name: input.event_name,
        identifier,
        livemode: false,
        payload: input.payload,
        timestamp: input.timestamp ?? books.now(),
      }
      books.record('meterEvents', { ...event, id: identifier })
      return event
    },
  ),
]
