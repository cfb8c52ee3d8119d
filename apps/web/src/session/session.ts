import type { MembershipView, UserView } from '@tollkeeper/shared'
import type { ThemeChoice } from '@tollkeeper/ui'
import { createContext, useContext } from 'react'

export interface Session {
  user: UserView
  tenants: readonly MembershipView[]
  /** The operator who acts as this person, and until when; left out when it is the person. */
  impersonatedBy?: string | undefined
  impersonationEndsAt?: string | undefined
  /** Shows a theme, here at once and on the person's other devices when they next open a page. */
  chooseTheme: (choice: ThemeChoice) => void
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

export interface TenantAccess {
  /** The tenant asks for sign-ins in two steps, and the person's was none: nothing of it is answered. */
  asksForSecondFactor: boolean
  /** Asks the tenant again, once the person has what it asks for. */
  askAgain: () => void
}

export const TenantAccessContext = createContext<TenantAccess | null>(null)

/** Whether the tenant lets the person act. Throws outside the tenant's part of the app. */
export function useTenantAccess(): TenantAccess {
  const access = useContext(TenantAccessContext)
  if (access === null) throw new Error('useTenantAccess needs the TenantScope layout above it.')
  return access
}
