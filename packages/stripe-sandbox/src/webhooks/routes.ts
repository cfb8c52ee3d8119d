import { z } from 'zod'
import { created, flag, ignored, metadata, metadataChange, paging, text, url, within } from '../api/form.ts'
import { paginate } from '../api/paginate.ts'
import { type Route, route } from '../api/route.ts'
import { mergeMetadata } from '../objects/metadata.ts'
import { newId } from '../objects/new-id.ts'
import { buildEndpoint, type WebhookEndpoint } from './endpoint.ts'

const enabledEvents = z.array(text).min(1)

export const webhookRoutes: Route[] = [
  route(
    'GET',
    '/v1/events',
    { ...paging, ...created, type: text.optional(), types: z.array(text).max(20).optional(), delivery_success: flag.optional() },
    ({ books, input }) => {
      const rows = books
        .all('events')
        .filter((row) => within(row.created, input.created))
        .filter((row) => input.type === undefined || matches(row.type, input.type))
        .filter((row) => input.types?.some((pattern) => matches(row.type, pattern)) ?? true)
        .filter((row) => input.delivery_success === undefined || (row.pending_webhooks === 0) === input.delivery_success)
      return paginate(rows, '/v1/events', input)
    },
  ),
  route('GET', '/v1/events/:id', {}, ({ books, id }) => books.find('events', id)),

  route(
    'POST',
    '/v1/webhook_endpoints',
    {
      url,
      enabled_events: enabledEvents,
      description: text.optional(),
      metadata: metadata.optional(),
      api_version: ignored,
      connect: ignored,
    },
    ({ books, input }) => {
      const endpoint = buildEndpoint(
        {
          id: newId('we'),
          url: input.url,
          enabledEvents: input.enabled_events,
          description: input.description ?? null,
          metadata: input.metadata ?? {},
        },
        books.now(),
      )
      // The secret is shown in this one answer and never again.
      return books.record('webhookEndpoints', endpoint)
    },
  ),
  route('GET', '/v1/webhook_endpoints', paging, ({ books, input }) =>
    paginate(books.all('webhookEndpoints').map(withoutSecret), '/v1/webhook_endpoints', input),
  ),
  route('GET', '/v1/webhook_endpoints/:id', {}, ({ books, id }) => withoutSecret(books.find('webhookEndpoints', id))),
  route(
    'POST',
    '/v1/webhook_endpoints/:id',
    {
      url: url.optional(),
      enabled_events: enabledEvents.optional(),
      description: text.optional(),
      disabled: flag.optional(),
      metadata: metadataChange.optional(),
    },
    ({ books, id, input }) => {
      const endpoint = books.find('webhookEndpoints', id)
      const status = input.disabled === undefined ? endpoint.status : input.disabled ? 'disabled' : 'enabled'
      return withoutSecret(
        books.revise('webhookEndpoints', id, {
          url: input.url ?? endpoint.url,
          enabled_events: input.enabled_events ?? endpoint.enabled_events,
          description: input.description === undefined ? endpoint.description : input.description || null,
          metadata: mergeMetadata(endpoint.metadata, input.metadata),
          status,
        }),
      )
    },
  ),
  route('DELETE', '/v1/webhook_endpoints/:id', {}, ({ books, id }) => {
    books.find('webhookEndpoints', id)
    books.remove('webhookEndpoints', id)
    return { id, object: 'webhook_endpoint', deleted: true }
  }),
]

function withoutSecret({ secret: _, ...endpoint }: WebhookEndpoint): Omit<WebhookEndpoint, 'secret'> {
  return endpoint
}

/** `invoice.*` stands for all events that begin so. */
function matches(type: string, pattern: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern
}
