import type { ImportedUser, ImportFate } from '@tollkeeper/shared'
import { type Column, DataTable, EmptyState } from '@tollkeeper/ui'
import { Fitting } from '../../frame/fitting.tsx'

interface FaultRow {
  key: string
  who: string
  what: string
}

const words: Record<NonNullable<ImportFate['code']>, string> = {
  email_invalid: 'The email is not an address.',
  email_repeated: 'The email stands in the list twice.',
  name_invalid: 'The name is missing or too long.',
  hash_unknown: 'The hash is of no kind that is known.',
  hash_too_costly: 'The hash would take too long to check.',
}

const columns: Column<FaultRow>[] = [
  { key: 'who', header: 'Row', width: '50%', cell: ({ who }) => <Fitting>{who}</Fitting> },
  { key: 'what', header: 'What becomes of it', cell: ({ what }) => what },
]

/** The rows that would bring nobody in, and why. */
export function ImportFaults({
  users,
  rows,
  unread,
}: {
  users: readonly ImportedUser[]
  rows: readonly ImportFate[]
  unread: readonly { place: string; message: string }[]
}) {
  const told: FaultRow[] = [
    ...unread.map(({ place, message }) => ({ key: place, who: place, what: message })),
    ...rows
      .filter(({ fate }) => fate !== 'created')
      .map(({ path, fate, code }) => ({
        key: path,
        who: users[Number(path.split('.')[1])]?.email ?? path,
        what: code ? words[code] : fate === 'exists' ? 'Is here already, and stays as they are.' : 'Refused.',
      })),
  ]
  if (told.length === 0) return null
  return (
    <div className="flex max-h-56 flex-col">
      <DataTable
        label="Rows that bring nobody in"
        scroll="self"
        columns={columns}
        rows={told}
        rowKey={({ key }) => key}
        empty={<EmptyState>Every row brings somebody in.</EmptyState>}
      />
    </div>
  )
}
