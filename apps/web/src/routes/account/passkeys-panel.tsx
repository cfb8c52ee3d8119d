import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Badge, Button, type Column, DataTable, DateTime, EmptyState, Notice } from '@tollkeeper/ui'
import { useState } from 'react'
import type { Answers } from '../../api/answers.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC, useTRPCClient } from '../../api/trpc.ts'
import { Panel } from '../../shell/panel.tsx'
import { knowsPasskeys, makePasskey, refusalOfDevice } from '../../ways-in/passkey.ts'
import { text as ways } from '../../ways-in/text.ts'
import { RenamePasskeyDialog } from './rename-passkey-dialog.tsx'
import { text } from './text.ts'

type Passkey = Answers['auth']['passkey']['list']['passkeys'][number]

/** The person's passkeys: make one, name it, remove it. */
export function PasskeysPanel() {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const [renaming, setRenaming] = useState<Passkey | null>(null)
  const waysIn = useQuery(trpc.auth.waysIn.queryOptions(undefined, { staleTime: 300_000 }))
  const passkeys = useQuery(trpc.auth.passkey.list.queryOptions())
  const reload = async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: trpc.auth.passkey.list.queryKey() }),
      // two-step sign-in counts them
      queries.invalidateQueries({ queryKey: trpc.auth.secondFactor.read.queryKey() }),
    ])
  }
  const add = useMutation({
    mutationFn: async () => {
      const credential = await makePasskey(await client.auth.passkey.creationOptions.mutate())
      return client.auth.passkey.add.mutate({ credential })
    },
    onSuccess: reload,
  })
  const remove = useMutation(trpc.auth.passkey.remove.mutationOptions({ onSettled: reload }))
  const rows = passkeys.data?.passkeys
  const columns: Column<Passkey>[] = [
    {
      key: 'name',
      header: text.passkeys.name,
      cell: ({ name, backedUp }) => (
        <span className="flex flex-wrap items-center gap-x-2">
          {name}
          {backedUp && <Badge>{text.passkeys.backedUp}</Badge>}
        </span>
      ),
    },
    { key: 'added', header: text.passkeys.added, cell: ({ createdAt }) => <DateTime value={createdAt} />, wideOnly: true },
    {
      key: 'used',
      header: text.passkeys.used,
      cell: ({ lastUsedAt }) => (lastUsedAt ? <DateTime value={lastUsedAt} /> : text.passkeys.never),
      wideOnly: true,
    },
    {
      key: 'actions',
      header: text.passkeys.actions,
      cell: (passkey) => (
        <span className="flex flex-wrap justify-end gap-2">
          <Button size="small" aria-label={text.passkeys.renameNamed(passkey.name)} onClick={() => setRenaming(passkey)}>
            {text.passkeys.rename}
          </Button>
          <Button
            size="small"
            aria-label={text.passkeys.removeNamed(passkey.name)}
            busy={remove.isPending && remove.variables.id === passkey.id}
            onClick={() => remove.mutate({ id: passkey.id })}
          >
            {text.passkeys.remove}
          </Button>
        </span>
      ),
      numeric: true,
    },
  ]
  if (waysIn.data && !waysIn.data.passkeys) return null
  const refused = refusalOfDevice(add.error)
  const failure = (refused ? null : add.error) ?? remove.error
  return (
    <Panel
      title={text.passkeys.title}
      note={text.passkeys.note}
      aside={
        knowsPasskeys() ? (
          <Button size="small" busy={add.isPending} onClick={() => !add.isPending && add.mutate()}>
            {text.passkeys.add}
          </Button>
        ) : null
      }
    >
      {refused && <Notice tone="info" title={refused === 'known_already' ? ways.passkeyKnown : text.passkeys.stopped} urgent />}
      {failure ? <FailureNotice error={failure} /> : null}
      {passkeys.error && !rows ? (
        <FailureNotice error={passkeys.error} onRetry={() => void passkeys.refetch()} />
      ) : (
        <DataTable
          label={text.passkeys.table}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          empty={<EmptyState>{text.passkeys.empty}</EmptyState>}
        />
      )}
      <RenamePasskeyDialog passkey={renaming} onClose={() => setRenaming(null)} onRenamed={() => void reload()} />
    </Panel>
  )
}
