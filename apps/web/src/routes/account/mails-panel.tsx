import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Switch } from '@tollkeeper/ui'
import { useState } from 'react'
import type { Answers } from '../../api/answers.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { Panel } from '../../shell/panel.tsx'
import { text } from './text.ts'

type Choices = Answers['auth']['account']['read']['preferences']['notifications']

const order: readonly (keyof Choices)[] = ['newSignIn', 'keyIssued', 'quota', 'billing', 'receipt']

/** Which mails a person wants. A switch takes effect at once, and goes back where the server did not take it. */
export function MailsPanel({ choices }: { choices: Choices }) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const [shown, setShown] = useState(choices)
  const save = useMutation(
    trpc.auth.account.changePreferences.mutationOptions({
      onSuccess: ({ notifications }) => {
        setShown(notifications)
        return queries.invalidateQueries({ queryKey: trpc.auth.account.read.queryKey() })
      },
      onError: () => setShown(choices),
    }),
  )
  return (
    <Panel title={text.mails.title} note={text.mails.note}>
      <div className="flex max-w-prose flex-col gap-4">
        {order.map((choice) => (
          <Switch
            key={choice}
            label={text.mails.choices[choice].label}
            help={text.mails.choices[choice].help}
            checked={shown[choice]}
            onCheckedChange={(on) => {
              setShown({ ...shown, [choice]: on })
              save.mutate({ notifications: { [choice]: on } })
            }}
          />
        ))}
        {save.error && <FailureNotice error={save.error} />}
      </div>
    </Panel>
  )
}
