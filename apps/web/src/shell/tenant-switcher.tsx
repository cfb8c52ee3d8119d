import { Avatar, DropdownMenu, type MenuItem } from '@tollkeeper/ui'
import { Check, ChevronsUpDown, Plus } from 'lucide-react'
import { useState } from 'react'
import { useSession, useTenant } from '../session/session.ts'
import { CreateTenantDialog } from './create-tenant-dialog.tsx'
import { text } from './text.ts'

/** Which tenant the screens are about, and the way to another. */
export function TenantSwitcher() {
  const { tenants } = useSession()
  const { tenant, choose } = useTenant()
  const [creating, setCreating] = useState(false)
  const others: MenuItem[] = tenants.map(({ id, name }, index) => ({
    label: tenants.findIndex((other) => other.name === name) === index ? name : `${name} · ${id.slice(-4)}`,
    icon: id === tenant.id ? <Check aria-hidden="true" /> : <span aria-hidden="true" className="size-4" />,
    onSelect: () => choose(id),
  }))
  return (
    <>
      <DropdownMenu
        align="start"
        heading={text.tenants}
        trigger={
          <button
            type="button"
            className="-ml-2 flex min-h-control min-w-0 items-center gap-2 rounded-md px-2 font-medium transition-colors hover:bg-surface-sunken"
          >
            <Avatar name={tenant.name} shape="square" size="small" />
            <span className="truncate">{tenant.name}</span>
            <span className="sr-only">{text.switchTenant}</span>
            <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-ink-muted" />
          </button>
        }
        items={[
          ...others,
          { label: text.createTenant, icon: <Plus aria-hidden="true" />, separated: true, onSelect: () => setCreating(true) },
        ]}
      />
      <CreateTenantDialog open={creating} onOpenChange={setCreating} onCreated={choose} />
    </>
  )
}
