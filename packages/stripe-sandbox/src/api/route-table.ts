import { priceRoutes } from '../catalog/price-routes.ts'
import { productRoutes } from '../catalog/product-routes.ts'
import { checkoutRoutes } from '../checkout/routes.ts'
import { paymentMethodRoutes } from '../customers/payment-method-routes.ts'
import { customerRoutes } from '../customers/routes.ts'
import { invoiceItemRoutes } from '../invoices/item-routes.ts'
import { invoiceRoutes } from '../invoices/routes.ts'
import { meterRoutes } from '../meters/routes.ts'
import { paymentRoutes } from '../payments/routes.ts'
import { portalRoutes } from '../portal/routes.ts'
import { subscriptionItemRoutes } from '../subscriptions/item-routes.ts'
import { subscriptionRoutes } from '../subscriptions/routes.ts'
import { webhookRoutes } from '../webhooks/routes.ts'
import { accountRoutes } from './account-routes.ts'
import type { Route } from './route.ts'

/** All of Stripe that the sandbox speaks. */
export const routeTable: readonly Route[] = [
  ...customerRoutes,
  ...paymentMethodRoutes,
  ...productRoutes,
  ...priceRoutes,
  ...checkoutRoutes,
  ...subscriptionRoutes,
  ...subscriptionItemRoutes,
  ...invoiceRoutes,
  ...invoiceItemRoutes,
  ...paymentRoutes,
  ...portalRoutes,
  ...webhookRoutes,
  ...meterRoutes,
  ...accountRoutes,
]
