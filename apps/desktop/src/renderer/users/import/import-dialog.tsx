import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ImportReport } from '@tollkeeper/shared'
import { Button, Dialog, Form, FormActions, Notice, TextAreaField } from '@tollkeeper/ui'
import { useState } from 'react'
import { useServerClient } from '../../api/server-provider.tsx'
import { ActFailure } from '../../notice/act-failure.tsx'
import { ImportFaults } from './import-faults.tsx'
import { inBatches } from './in-batches.ts'
import { type ReadPeople, readPeople } from './read-people.ts'

interface Preview {
  read: ReadPeople
  report: ImportReport
}

/** Brings people in with the hashes they have elsewhere: first what would become of each row, then the deed. */
export function ImportDialog() {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const client = useServerClient()
  const queries = useQueryClient()
  const preview = useMutation({
    networkMode: 'always',
    mutationFn: async (): Promise<Preview> => {
      const read = readPeople(text)
      return { read, report: await inBatches(read.users, (users) => client.operator.importUsers.mutate({ users, dryRun: true })) }
    },
  })
  const run = useMutation({
    networkMode: 'always',
    mutationFn: ({ read }: Preview) =>
      inBatches(read.users, (users) => client.operator.importUsers.mutate({ users, dryRun: false })),
    onSettled: () => queries.invalidateQueries(),
  })
  const close = (next: boolean) => {
    setOpen(next)
    if (next) return
    setText('')
    preview.reset()
    run.reset()
  }
  const choose = async (file: File | undefined) => {
    if (!file) return
    setText(await file.text())
    preview.reset()
  }
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Import
      </Button>
      <Dialog
        open={open}
        onOpenChange={close}
        title="Import people"
        description="With the password hashes they have elsewhere (bcrypt, scrypt, argon2, PBKDF2). Each gets a hash of ours at their next sign-in. Nobody gets a mail."
      >
        {run.data ? (
          <Done report={run.data} onClose={() => close(false)} />
        ) : (
          <Form
            notice={(preview.error ?? run.error) && <ActFailure error={preview.error ?? run.error} />}
            errors={
              preview.data && preview.data.read.users.length === 0 ? { people: 'There is nobody in it that can be read.' } : {}
            }
            onSubmit={() => {
              if (preview.isPending || run.isPending) return
              if (preview.data && preview.data.report.created > 0) run.mutate(preview.data)
              else preview.mutate()
            }}
          >
            <label className="flex flex-col gap-1.5 font-medium">
              File
              <input
                type="file"
                accept=".json,.jsonl,.csv,.txt"
                className="font-normal text-ink-muted file:mr-3 file:min-h-control-small file:rounded-md file:border file:border-line file:bg-surface-raised file:px-2.5 file:font-medium file:text-ink"
                onChange={(event) => void choose(event.currentTarget.files?.[0])}
              />
            </label>
            <TextAreaField
              label="People"
              name="people"
              help="JSON, JSON lines, or CSV with the columns email, name, verified, hash."
              value={text}
              rows={6}
              spellCheck={false}
              onChange={(event) => {
                setText(event.currentTarget.value)
                preview.reset()
              }}
            />
            {preview.data && <Outlook {...preview.data} />}
            <FormActions>
              <Button variant="primary" type="submit" busy={preview.isPending || run.isPending}>
                {preview.data && preview.data.report.created > 0 ? `Import ${people(preview.data.report.created)}` : 'Check'}
              </Button>
              <Button variant="quiet" onClick={() => close(false)}>
                Cancel
              </Button>
            </FormActions>
          </Form>
        )}
      </Dialog>
    </>
  )
}

function Outlook({ read, report }: Preview) {
  return (
    <>
      <Notice tone={report.created > 0 ? 'info' : 'warning'} title={`${people(report.created)} would be brought in`}>
        Here already: {report.existing}. At fault: {report.refused + read.faults.length}.
      </Notice>
      <ImportFaults users={read.users} rows={report.rows} unread={read.faults} />
    </>
  )
}

function Done({ report, onClose }: { report: ImportReport; onClose: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <Notice tone="allowed" title={`${people(report.created)} brought in`}>
        Here already, and left as they are: {report.existing}. Refused: {report.refused}.
      </Notice>
      <div>
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  )
}

function people(count: number): string {
  return count === 1 ? '1 person' : `${count} people`
}
