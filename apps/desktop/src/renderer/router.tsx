import { createHashHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { MailState } from '@tollkeeper/shared'
import { z } from 'zod'
import { CatalogScreen } from './catalog/catalog-screen.tsx'
import { ConnectScreen } from './connect/connect-screen.tsx'
import { ConnectionSettings } from './connect/connection-settings.tsx'
import { ConnectionLayout } from './frame/connection-layout.tsx'
import { FirstScreen } from './frame/first-screen.tsx'
import { NoScreen } from './frame/no-screen.tsx'
import { RootLayout } from './frame/root-layout.tsx'
import { ScreenFault } from './frame/screen-fault.tsx'
import { MailboxScreen } from './mailbox/mailbox-screen.tsx'
import { OperatorsScreen } from './operators/operators-screen.tsx'
import { OutboxScreen } from './outbox/outbox-screen.tsx'
import { OverviewScreen } from './overview/overview-screen.tsx'
import { TenantScreen } from './tenants/tenant-screen.tsx'
import { TenantsScreen } from './tenants/tenants-screen.tsx'
import { UserScreen } from './users/user-screen.tsx'
import { UsersScreen } from './users/users-screen.tsx'

const ListSearch = z.object({ search: z.string().max(200).optional().catch(undefined) })
const OutboxSearch = ListSearch.extend({
  state: MailState.optional().catch(undefined),
  view: z.literal('addresses').optional().catch(undefined),
})
const MailboxSearch = z.object({ message: z.string().max(64).optional().catch(undefined) })

const root = createRootRoute({ component: RootLayout, notFoundComponent: NoScreen, errorComponent: ScreenFault })
const first = createRoute({ getParentRoute: () => root, path: '/', component: FirstScreen })
const connect = createRoute({ getParentRoute: () => root, path: '/connect', component: ConnectScreen })
const connection = createRoute({ getParentRoute: () => root, path: '/c/$connectionId', component: ConnectionLayout })
const overview = createRoute({ getParentRoute: () => connection, path: '/', component: OverviewScreen })
const users = createRoute({ getParentRoute: () => connection, path: 'users', validateSearch: ListSearch, component: UsersScreen })
const user = createRoute({ getParentRoute: () => connection, path: 'users/$userId', component: UserScreen })
const tenants = createRoute({
  getParentRoute: () => connection,
  path: 'tenants',
  validateSearch: ListSearch,
  component: TenantsScreen,
})
const tenant = createRoute({ getParentRoute: () => connection, path: 'tenants/$tenantId', component: TenantScreen })
const operators = createRoute({ getParentRoute: () => connection, path: 'operators', component: OperatorsScreen })
const catalog = createRoute({ getParentRoute: () => connection, path: 'catalog', component: CatalogScreen })
const outbox = createRoute({
  getParentRoute: () => connection,
  path: 'outbox',
  validateSearch: OutboxSearch,
  component: OutboxScreen,
})
const mailbox = createRoute({
  getParentRoute: () => connection,
  path: 'mailbox',
  validateSearch: MailboxSearch,
  component: MailboxScreen,
})
const settings = createRoute({ getParentRoute: () => connection, path: 'settings', component: ConnectionSettings })

const router = createRouter({
  history: createHashHistory(),
  routeTree: root.addChildren([
    first,
    connect,
    connection.addChildren([overview, users, user, tenants, tenant, catalog, operators, outbox, mailbox, settings]),
  ]),
  defaultErrorComponent: ScreenFault,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

/** The screens. They live in the fragment of the one page, so back and forward work as in a browser. */
export function ConsoleRouter() {
  return <RouterProvider router={router} />
}
