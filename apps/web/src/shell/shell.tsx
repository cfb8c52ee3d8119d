import { Outlet, useLocation } from '@tanstack/react-router'
import { AppShell, TopBar } from '@tollkeeper/ui'
import { useEffect, useRef } from 'react'
import { TenantScope } from '../session/tenant-scope.tsx'
import { AccountMenu } from './account-menu.tsx'
import { ImpersonationBanner } from './impersonation-banner.tsx'
import { Places } from './places.tsx'
import { TenantSwitcher } from './tenant-switcher.tsx'

/** The frame around every screen of a tenant. */
export function Shell() {
  useFocusOnArrival()
  return (
    <TenantScope>
      <AppShell
        banner={<ImpersonationBanner />}
        sidebar={<Places />}
        topBar={<TopBar start={<TenantSwitcher />} end={<AccountMenu />} />}
      >
        <Outlet />
      </AppShell>
    </TenantScope>
  )
}

/** After a move to another screen, the keyboard and the screen reader start at its content, as they would on a new page. */
function useFocusOnArrival(): void {
  const { pathname } = useLocation()
  const before = useRef(pathname)
  useEffect(() => {
    if (before.current === pathname) return
    before.current = pathname
    document.getElementById('content')?.focus({ preventScroll: true })
  }, [pathname])
}
