import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, TextField, useToast } from '@tollkeeper/ui'
import { useState } from 'react'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { fieldErrors, landsOnFields } from '../../api/field-errors.ts'
import { useTRPC } from '../../api/trpc.ts'
import { useSession } from '../../session/session.ts'
import { Panel } from '../../shell/panel.tsx'
import { PictureField } from './picture-field.tsx'
import { text } from './text.ts'

/** What the person is called. */
export function ProfilePanel() {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const { user } = useSession()
  const [missing, setMissing] = useState(false)
  const save = useMutation(
    trpc.auth.account.changeProfile.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.auth.me.queryKey() })
        toast({ title: text.saved })
      },
    }),
  )
  const failure = save.error ? readFailure(save.error) : null
  return (
    <Panel title={text.profile.title}>
      <div className="flex max-w-96 flex-col gap-4">
        <PictureField />
        <Form
          notice={failure && !landsOnFields(failure, ['name']) && <FailureNotice error={save.error} />}
          errors={missing ? { name: text.profile.missing } : fieldErrors(failure, ['name'])}
          onSubmit={(values) => {
            const name = String(values.get('name') ?? '').trim()
            setMissing(name === '')
            if (name !== '' && !save.isPending) save.mutate({ name })
          }}
        >
          <TextField label={text.profile.name} name="name" autoComplete="name" maxLength={120} defaultValue={user.name} />
          <div>
            <Button type="submit" busy={save.isPending}>
              {text.profile.save}
            </Button>
          </div>
        </Form>
      </div>
    </Panel>
  )
}
