import { filled, ignored, url } from '../api/form.ts'
import { type Route, route } from '../api/route.ts'
import { buildPortalSession } from './portal-session.ts'

export const portalRoutes: Route[] = [
  route(
    'POST',
    '/v1/billing_portal/sessions',
    { customer: filled, return_url: url.optional(), locale: ignored, configuration: ignored, flow_data: ignored },
    ({ books, input }) => {
      const customer = books.find('customers', input.customer, 'customer')
      const session = buildPortalSession(
        { customer: customer.id, returnUrl: input.return_url ?? null, link: books.links.portal },
        books.now(),
      )
      return books.record('portalSessions', session, 'billing_portal.session.created')
    },
  ),
]
