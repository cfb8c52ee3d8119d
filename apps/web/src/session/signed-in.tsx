import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { isHalfDone, isSignedOut } from '../api/failure.ts'
import { FailureNotice } from '../api/failure-notice.tsx'
import { useTRPC } from '../api/trpc.ts'
import { Leaving } from '../routes/leaving/leaving.tsx'
import { Leave } from '../shell/leave.tsx'
import { useThemeOfAccount } from '../theme/use-theme-of-account.ts'
import { keepChosenTenant } from './chosen-tenant.ts'
import { type Session, SessionContext } from './session.ts'
import { Waiting } from './waiting.tsx'

/** The part of the app that needs a person. Who has not signed in is sent to do so, and comes back to the same address. */
export function SignedIn() {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { href } = useLocation()
  const me = useQuery(trpc.auth.me.queryOptions(undefined, { staleTime: 60_000 }))
  const theme = useThemeOfAccount(me.data !== undefined && !me.data.impersonatedBy)
  const { choose: chooseTheme } = theme
  const { mutateAsync: endSession } = useMutation(trpc.auth.signOut.mutationOptions())
  const session = useMemo<Session | null>(() => {
    if (!me.data) return null
    return {
      ...me.data,
      chooseTheme,
      refresh: () => queries.invalidateQueries({ queryKey: trpc.auth.me.queryKey() }),
      signOut: async () => {
        await endSession()
        keepChosenTenant(null)
        await navigate({ to: '/sign-in', search: {} })
        // what the sign-in page asks at this moment stays: a question that is thrown away under it would never be answered
        queries.removeQueries({ type: 'inactive' })
        queries.getMutationCache().clear()
      },
    }
  }, [me.data, chooseTheme, queries, trpc, endSession, navigate])

  if (isHalfDone(me.error)) {
    return (
      <Leave go={() => void navigate({ to: '/sign-in/second-step', search: { next: href }, replace: true })}>
        <Waiting />
      </Leave>
    )
  }
  if (isSignedOut(me.error)) {
    return (
      <Leave go={() => void navigate({ to: '/sign-in', search: href === '/' ? {} : { next: href }, replace: true })}>
        <Waiting />
      </Leave>
    )
  }
  if (session && theme.isKnown) {
    return (
      <SessionContext value={session}>
        {session.user.deletesAt ? <Leaving deletesAt={session.user.deletesAt} /> : <Outlet />}
      </SessionContext>
    )
  }
  if (me.error) {
    return (
      <div className="mx-auto w-full max-w-xl px-gutter py-16">
        <FailureNotice error={me.error} onRetry={() => void me.refetch()} />
      </div>
    )
  }
  return <Waiting />
}
