import { Link, useLocation } from '@tanstack/react-router'
import { Mark, Sidebar, SidebarLink, SidebarSection } from '@tollkeeper/ui'
import { ChartColumn, CreditCard, Gauge, History, KeyRound, Layers, ShieldCheck, Users } from 'lucide-react'
import { may } from '../session/may.ts'
import { useTenant } from '../session/session.ts'
import { text } from './text.ts'

/** The places of the app that this role can use. */
export function Places() {
  const { pathname } = useLocation()
  const { tenant } = useTenant()
  const { places } = text
  const within = (path: string) => pathname === path || pathname.startsWith(`${path}/`)
  return (
    <Sidebar
      brand={
        <>
          <Mark /> {text.product}
        </>
      }
    >
      <SidebarSection>
        <SidebarLink icon={<Gauge />} active={pathname === '/'}>
          <Link to="/">{places.overview}</Link>
        </SidebarLink>
        <SidebarLink icon={<ChartColumn />} active={within('/usage')}>
          <Link to="/usage" search={{}}>
            {places.usage}
          </Link>
        </SidebarLink>
        <SidebarLink icon={<KeyRound />} active={within('/keys')}>
          <Link to="/keys" search={{}}>
            {places.keys}
          </Link>
        </SidebarLink>
        <SidebarLink icon={<Layers />} active={within('/plans')}>
          <Link to="/plans" search={{}}>
            {places.plans}
          </Link>
        </SidebarLink>
        <SidebarLink icon={<CreditCard />} active={within('/billing')}>
          <Link to="/billing">{places.billing}</Link>
        </SidebarLink>
      </SidebarSection>
      <SidebarSection title={text.tenantSection}>
        <SidebarLink icon={<Users />} active={within('/members')}>
          <Link to="/members">{places.members}</Link>
        </SidebarLink>
        {may(tenant.role, 'audit:read') && (
          <SidebarLink icon={<History />} active={within('/activity')}>
            <Link to="/activity">{places.activity}</Link>
          </SidebarLink>
        )}
        {may(tenant.role, 'tenant:write') && (
          <SidebarLink icon={<ShieldCheck />} active={within('/security')}>
            <Link to="/security">{places.security}</Link>
          </SidebarLink>
        )}
      </SidebarSection>
    </Sidebar>
  )
}
