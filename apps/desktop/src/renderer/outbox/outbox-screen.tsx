import { useNavigate, useSearch } from '@tanstack/react-router'
import { Tabs } from '@tollkeeper/ui'
import { useConnection } from '../api/connection-context.tsx'
import { ListHead } from '../frame/list-head.tsx'
import { Screen } from '../frame/screen.tsx'
import { MailList } from './mail-list.tsx'
import { SuppressedAddresses } from './suppressed-addresses.tsx'

/** What the server mails: every mail with what became of it, and the addresses that take none. */
export function OutboxScreen() {
  const { id: connectionId } = useConnection()
  const { view = 'mails' } = useSearch({ from: '/c/$connectionId/outbox' })
  const navigate = useNavigate()
  return (
    <Screen head={<ListHead title="Outbox" count="What mails say is never shown: the links in them are keys." />}>
      <Tabs
        label="Outbox"
        value={view}
        onValueChange={(next) =>
          void navigate({
            to: '/c/$connectionId/outbox',
            params: { connectionId },
            search: next === 'addresses' ? { view: 'addresses' } : {},
            replace: true,
          })
        }
        tabs={[
          { value: 'mails', label: 'Mails', content: <MailList /> },
          { value: 'addresses', label: 'Addresses that take no mail', content: <SuppressedAddresses /> },
        ]}
      />
    </Screen>
  )
}
