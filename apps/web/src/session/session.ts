import type { MembershipView, UserView } from '@tollkeeper/shared'
import { createContext, useContext } from 'react'

export interface Session {
  user: UserView
  tenants: readonly MembershipView[]
  /** The operator who acts as this person, and until when; left out when it is the person. */
  impersonatedBy?: string | undefined
  impersonationEndsAt?: string | undefined
  /** Reads who is signed in again; resolves when it is known. */
  refresh: () => Promise<void>
  /** Ends the session here and on the server, and shows the sign-in page. */
  signOut: () => Promise<void>
}

export const SessionContext = createContext<Session | null>(null)

/** Who is signed in. Throws outside the signed-in part of the app. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('useSession needs the SignedIn layout above it.')
  return session
}

export interface ActingTenant {
  tenant: MembershipView
  /** Acts for another tenant from now on. */
  choose: (id: string) => void
}

export const TenantContext = createContext<ActingTenant | null>(null)

/** The tenant the screens are about. Throws outside the tenant's part of the app. */
export function useTenant(): ActingTenant {
  const acting = useContext(TenantContext)
  if (acting === null) throw new Error('useTenant needs the TenantScope layout above it.')
  return acting
}
