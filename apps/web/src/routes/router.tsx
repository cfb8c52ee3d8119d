import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { SignedIn } from '../session/signed-in.tsx'
import { TenantGate } from '../session/tenant-gate.tsx'
import { Shell } from '../shell/shell.tsx'
import { Crash } from './crash.tsx'
import { NotFound } from './not-found.tsx'
import { only, parseSearch, stringifySearch } from './search.ts'
import { SignIn } from './sign-in/sign-in.tsx'

const root = createRootRoute({ component: Outlet })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: only('next', 'email', 'verified', 'error'),
  component: SignIn,
})
const signInCode = createRoute({
  getParentRoute: () => root,
  path: '/sign-in-code',
  validateSearch: only('next', 'email'),
  component: lazyRouteComponent(() => import('./sign-in-code/sign-in-code.tsx'), 'SignInCode'),
})
const signInLink = createRoute({
  getParentRoute: () => root,
  path: '/sign-in-link',
  validateSearch: only('token'),
  component: lazyRouteComponent(() => import('./sign-in-link/sign-in-link.tsx'), 'SignInLink'),
})
const secondStep = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/second-step',
  validateSearch: only('next'),
  component: lazyRouteComponent(() => import('./second-step/second-step.tsx'), 'SecondStep'),
})
const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  validateSearch: only('next'),
  component: lazyRouteComponent(() => import('./sign-up/sign-up.tsx'), 'SignUp'),
})
const verifyEmail = createRoute({
  getParentRoute: () => root,
  path: '/verify-email',
  validateSearch: only('token'),
  component: lazyRouteComponent(() => import('./verify-email/verify-email.tsx'), 'VerifyEmail'),
})
const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  validateSearch: only('email'),
  component: lazyRouteComponent(() => import('./forgot-password/forgot-password.tsx'), 'ForgotPassword'),
})
const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  validateSearch: only('token'),
  component: lazyRouteComponent(() => import('./reset-password/reset-password.tsx'), 'ResetPassword'),
})
const notMe = createRoute({
  getParentRoute: () => root,
  path: '/not-me',
  validateSearch: only('token'),
  component: lazyRouteComponent(() => import('./mailed-link/mailed-link.tsx'), 'NotMe'),
})
const confirmEmail = createRoute({
  getParentRoute: () => root,
  path: '/confirm-email',
  validateSearch: only('token'),
  component: lazyRouteComponent(() => import('./mailed-link/mailed-link.tsx'), 'ConfirmEmail'),
})
const cancelEmailChange = createRoute({
  getParentRoute: () => root,
  path: '/cancel-email-change',
  validateSearch: only('token'),
  component: lazyRouteComponent(() => import('./mailed-link/mailed-link.tsx'), 'CancelEmailChange'),
})
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  validateSearch: only('token'),
  component: lazyRouteComponent(() => import('./invitation/invitation.tsx'), 'Invitation'),
})
const impersonate = createRoute({
  getParentRoute: () => root,
  path: '/impersonate',
  validateSearch: only('token'),
  component: lazyRouteComponent(() => import('./impersonate/impersonate.tsx'), 'Impersonate'),
})

const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: SignedIn })
const device = createRoute({
  getParentRoute: () => signedIn,
  path: '/device',
  validateSearch: only('user_code'),
  component: lazyRouteComponent(() => import('./device/device.tsx'), 'Device'),
})

const shell = createRoute({ getParentRoute: () => signedIn, id: 'shell', component: Shell })
const ofTenant = createRoute({ getParentRoute: () => shell, id: 'tenant', component: TenantGate })
const overview = createRoute({
  getParentRoute: () => ofTenant,
  path: '/',
  component: lazyRouteComponent(() => import('./overview/overview.tsx'), 'Overview'),
})
const usage = createRoute({
  getParentRoute: () => ofTenant,
  path: '/usage',
  validateSearch: only('feature', 'days', 'step', 'by', 'property', 'event'),
  component: lazyRouteComponent(() => import('./usage/usage.tsx'), 'Usage'),
})
const keys = createRoute({
  getParentRoute: () => ofTenant,
  path: '/keys',
  validateSearch: only('issue'),
  component: lazyRouteComponent(() => import('./keys/keys.tsx'), 'Keys'),
})
const plans = createRoute({
  getParentRoute: () => ofTenant,
  path: '/plans',
  component: lazyRouteComponent(() => import('./plans/plans.tsx'), 'Plans'),
})
const billing = createRoute({
  getParentRoute: () => ofTenant,
  path: '/billing',
  component: lazyRouteComponent(() => import('./billing/billing.tsx'), 'Billing'),
})
const confirming = createRoute({
  getParentRoute: () => ofTenant,
  path: '/billing/confirming',
  validateSearch: only('session'),
  component: lazyRouteComponent(() => import('./confirming/confirming.tsx'), 'Confirming'),
})
const members = createRoute({
  getParentRoute: () => ofTenant,
  path: '/members',
  component: lazyRouteComponent(() => import('./members/members.tsx'), 'Members'),
})
const activity = createRoute({
  getParentRoute: () => ofTenant,
  path: '/activity',
  component: lazyRouteComponent(() => import('./activity/activity.tsx'), 'Activity'),
})
const security = createRoute({
  getParentRoute: () => ofTenant,
  path: '/security',
  component: lazyRouteComponent(() => import('./security/security.tsx'), 'Security'),
})
const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('./account/account.tsx'), 'Account'),
})
const accountSecurity = createRoute({
  getParentRoute: () => shell,
  path: '/account/security',
  validateSearch: only('error'),
  component: lazyRouteComponent(() => import('./account/account-security.tsx'), 'AccountSecurity'),
})
const secondStepSetUp = createRoute({
  getParentRoute: () => shell,
  path: '/account/second-step',
  validateSearch: only('next'),
  component: lazyRouteComponent(() => import('./account/set-up-second-step.tsx'), 'SetUpSecondStep'),
})

const routeTree = root.addChildren([
  signIn,
  signInCode,
  signInLink,
  secondStep,
  signUp,
  verifyEmail,
  forgotPassword,
  resetPassword,
  notMe,
  confirmEmail,
  cancelEmailChange,
  invitation,
  impersonate,
  signedIn.addChildren([
    device,
    shell.addChildren([
      ofTenant.addChildren([overview, usage, keys, plans, billing, confirming, members, activity, security]),
      account,
      accountSecurity,
      secondStepSetUp,
    ]),
  ]),
])

/** Every screen and its address. */
export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: Crash,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
