import { type Route, route } from './route.ts'

/** The one account there is: what programs ask for to see whether their key works. */
export const accountRoutes: Route[] = [
  route('GET', '/v1/account', {}, () => ({
    id: 'acct_sandbox',
    object: 'account',
    business_profile: null,
    business_type: null,
    charges_enabled: true,
    country: 'US',
    default_currency: 'usd',
    details_submitted: true,
    email: null,
    payouts_enabled: true,
    type: 'standard',
  })),
]
