import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { Button, Skeleton } from '@tollkeeper/ui'
import { useTRPC } from '../api/trpc.ts'
import { Page } from '../shell/page.tsx'
import { useTenant, useTenantAccess } from './session.ts'
import { text } from './text.ts'

const words = text.secondFactorAsked

/** The screens of a tenant, or, where it asks for more of a sign-in than this one was, the way to that and back. */
export function TenantGate() {
  const { asksForSecondFactor } = useTenantAccess()
  return asksForSecondFactor ? <SecondFactorAsked /> : <Outlet />
}

function SecondFactorAsked() {
  const trpc = useTRPC()
  const { tenant } = useTenant()
  const { href } = useLocation()
  const factor = useQuery(trpc.auth.secondFactor.read.queryOptions())
  if (factor.isPending) {
    return (
      <Page title={words.title(tenant.name)}>
        <Skeleton width="60%" />
      </Page>
    )
  }
  const [{ body, act }, to] = factor.data?.enabled
    ? [words.signInAgain, '/sign-in' as const]
    : [words.setUp, '/account/second-step' as const]
  return (
    <Page title={words.title(tenant.name)} description={body}>
      <div>
        <Button variant="primary" asChild>
          <Link to={to} search={{ next: href }}>
            {act}
          </Link>
        </Button>
      </div>
    </Page>
  )
}
