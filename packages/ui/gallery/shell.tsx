import { Building2, CreditCard, Gauge, KeyRound, Plus, Users } from 'lucide-react'
import {
  AppShell,
  Avatar,
  Badge,
  Button,
  type Column,
  CopyId,
  DataTable,
  DateTime,
  DropdownMenu,
  EmptyState,
  Mark,
  PageHeader,
  Sidebar,
  SidebarLink,
  SidebarSection,
  StatusBadge,
  ThemeSwitch,
  TopBar,
  UsageBar,
  useTheme,
} from '../src/index.ts'

interface Key {
  id: string
  name: string
  active: boolean
  usedAt: string
}

const keys: Key[] = [
  { id: 'key_01JD7Q2W9R5T8Y3K4M6N', name: 'ci', active: true, usedAt: '2026-11-20T08:00:00Z' },
  { id: 'key_01JD7Q2W9R5T8Y3K4M7P', name: 'production', active: true, usedAt: '2026-11-22T19:00:00Z' },
  { id: 'key_01JD7Q2W9R5T8Y3K4M8Q', name: 'laptop of Ada', active: false, usedAt: '2026-08-02T08:00:00Z' },
]

const columns: Column<Key>[] = [
  { key: 'name', header: 'Name', cell: (row) => row.name },
  { key: 'id', header: 'Id', cell: (row) => <CopyId id={row.id} short />, wideOnly: true },
  {
    key: 'status',
    header: 'Status',
    cell: (row) => <StatusBadge tone={row.active ? 'allowed' : 'denied'}>{row.active ? 'Active' : 'Revoked'}</StatusBadge>,
  },
  { key: 'usedAt', header: 'Last used', cell: (row) => <DateTime value={row.usedAt} />, numeric: true },
]

function Places() {
  const [theme, chooseTheme] = useTheme()
  return (
    <Sidebar
      brand={
        <>
          <Mark /> Tollkeeper
        </>
      }
      footer={<ThemeSwitch value={theme} onValueChange={chooseTheme} />}
    >
      <SidebarSection>
        <SidebarLink icon={<Gauge />}>
          <a href="#usage">Usage</a>
        </SidebarLink>
        <SidebarLink icon={<KeyRound />} active>
          <a href="#keys">API keys</a>
        </SidebarLink>
      </SidebarSection>
      <SidebarSection title="Tenant">
        <SidebarLink icon={<Users />} trailing={<Badge>12</Badge>}>
          <a href="#members">Members</a>
        </SidebarLink>
        <SidebarLink icon={<CreditCard />}>
          <a href="#billing">Plan and billing</a>
        </SidebarLink>
        <SidebarLink icon={<Building2 />}>
          <a href="#settings">Settings</a>
        </SidebarLink>
      </SidebarSection>
    </Sidebar>
  )
}

/** The pieces of the shell around a believable page. */
export function Shell() {
  return (
    <AppShell
      sidebar={<Places />}
      topBar={
        <TopBar
          start={<span className="truncate font-medium">Acme Translations</span>}
          end={
            <DropdownMenu
              trigger={
                <Button variant="quiet" size="small">
                  <Avatar name="Ada Lovelace" size="small" /> Ada
                </Button>
              }
              items={[
                { label: 'Account', onSelect: () => undefined },
                { label: 'Sign out', onSelect: () => undefined },
              ]}
            />
          }
        />
      }
    >
      <PageHeader
        title="API keys"
        description="Keys let your programs act for this tenant."
        action={
          <Button variant="primary" icon={<Plus />}>
            Issue key
          </Button>
        }
      />
      <UsageBar label="Keys" used={3} limit={5} unit="keys" />
      <DataTable
        label="API keys"
        columns={columns}
        rows={keys}
        rowKey={(row) => row.id}
        onOpen={() => undefined}
        openLabel={(row) => `Open ${row.name}`}
        empty={<EmptyState>Keys are listed here.</EmptyState>}
      />
    </AppShell>
  )
}
