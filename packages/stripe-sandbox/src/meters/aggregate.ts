import type { Books } from '../books/books.ts'
import type { Meter } from './meter.ts'

/** What a customer used of a meter from `start` up to but not including `end` (unix seconds). */
export function aggregate(books: Books, meter: Meter, customer: string, start: number, end: number): number {
  const values = books
    .all('meterEvents')
    .filter((event) => event.event_name === meter.event_name && event.timestamp >= start && event.timestamp < end)
    .filter((event) => event.payload[meter.customer_mapping.event_payload_key] === customer)
    .map((event) => Number(event.payload[meter.value_settings.event_payload_key] ?? 1))
  const formula = meter.default_aggregation.formula
  if (formula === 'count') return values.length
  if (formula === 'last') return values.at(-1) ?? 0
  return values.reduce((sum, value) => sum + value, 0)
}
