import { useQueryClient } from '@tanstack/react-query'
import { Button, Tabs } from '@tollkeeper/ui'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../api/trpc.ts'
import { may } from '../../session/may.ts'
import { useTenant } from '../../session/session.ts'
import { Page } from '../../shell/page.tsx'
import { InvitationList } from './invitation-list.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberList } from './member-list.tsx'
import { SeatsTaken } from './seats-taken.tsx'
import { text } from './text.ts'

/** Who is in the tenant, and who was asked to join. */
export function Members() {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const { tenant } = useTenant()
  const [inviting, setInviting] = useState(false)
  const [tab, setTab] = useState('members')
  const mayManage = may(tenant.role, 'member:write')
  return (
    <Page
      title={text.title}
      description={
        <>
          {text.description(tenant.name)} <SeatsTaken />
        </>
      }
      action={
        mayManage && (
          <Button variant="primary" icon={<UserPlus />} onClick={() => setInviting(true)}>
            {text.invite.act}
          </Button>
        )
      }
    >
      {mayManage ? (
        <Tabs
          label={text.title}
          value={tab}
          onValueChange={setTab}
          tabs={[
            { value: 'members', label: text.tabs.members, content: <MemberList /> },
            { value: 'invitations', label: text.tabs.invitations, content: <InvitationList /> },
          ]}
        />
      ) : (
        <MemberList />
      )}
      <InviteDialog
        open={inviting}
        onOpenChange={setInviting}
        onInvited={() => {
          setTab('invitations')
          void queries.invalidateQueries({ queryKey: trpc.tenant.invitation.pathKey() })
        }}
      />
    </Page>
  )
}
