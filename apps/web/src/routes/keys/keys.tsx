import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { IssuedKey, KeyView } from '@tollkeeper/shared'
import { Button } from '@tollkeeper/ui'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { PagedTable } from '../../api/paged-table.tsx'
import { useTRPC, useTRPCClient } from '../../api/trpc.ts'
import { usePages } from '../../api/use-pages.ts'
import { may } from '../../session/may.ts'
import { useTenant } from '../../session/session.ts'
import { Page } from '../../shell/page.tsx'
import { IssueKeyDialog } from './issue-key-dialog.tsx'
import { IssuedSecret } from './issued-secret.tsx'
import { keyColumns } from './key-columns.tsx'
import { NoKeys } from './no-keys.tsx'
import { RevokeKeyDialog } from './revoke-key-dialog.tsx'
import { text } from './text.ts'

const route = getRouteApi('/signed-in/shell/tenant/keys')

/** The API keys of the tenant: issue, look at, revoke. */
export function Keys() {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const { tenant } = useTenant()
  const navigate = route.useNavigate()
  const issuing = route.useSearch().issue !== undefined
  const setIssuing = (open: boolean) => void navigate({ search: open ? { issue: 'yes' } : {}, replace: true })
  const [issued, setIssued] = useState<IssuedKey | null>(null)
  const [revoking, setRevoking] = useState<KeyView | null>(null)
  const mayManage = may(tenant.role, 'api_key:write')
  const pages = usePages(trpc.apiKey.list.pathKey(), (cursor) => client.apiKey.list.query({ cursor }))
  const reload = () => queries.invalidateQueries({ queryKey: trpc.apiKey.pathKey() })
  const issueButton = (
    <Button variant="primary" icon={<Plus />} onClick={() => setIssuing(true)}>
      {text.issue}
    </Button>
  )
  const isEmpty = pages.rows?.length === 0
  return (
    <Page
      title={text.title}
      description={`${text.description(tenant.name)}${mayManage ? '' : ` ${text.askAdmin}`}`}
      action={mayManage && !isEmpty && issueButton}
    >
      {issued && <IssuedSecret issued={issued} onStored={() => setIssued(null)} />}
      <PagedTable
        label={text.title}
        pages={pages}
        columns={keyColumns(mayManage ? setRevoking : undefined)}
        rowKey={({ id }) => id}
        empty={<NoKeys action={mayManage && issueButton} />}
      />
      <IssueKeyDialog
        open={issuing}
        onOpenChange={setIssuing}
        onIssued={(key) => {
          setIssued(key)
          void reload()
        }}
      />
      <RevokeKeyDialog revoking={revoking} onClose={() => setRevoking(null)} onRevoked={reload} />
    </Page>
  )
}
