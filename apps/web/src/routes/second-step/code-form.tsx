import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { SecondFactorInput } from '@tollkeeper/shared'
import { Button, Form, TextField } from '@tollkeeper/ui'
import { useState } from 'react'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { safeNext } from '../../session/safe-next.ts'
import { EntryPage } from '../../shell/entry-page.tsx'
import { text } from './text.ts'

type Method = SecondFactorInput['method']

interface CodeFormProps {
  methods: readonly Method[]
  next: string | undefined
  onEnded: () => void
}

/** One code, of the app or from the paper. */
export function CodeForm({ methods, next, onEnded }: CodeFormProps) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const router = useRouter()
  const [method, choose] = useState<Method>('totp')
  const [missing, setMissing] = useState(false)
  const finish = useMutation(
    trpc.auth.challenge.signIn.mutationOptions({
      onSuccess: (me) => {
        queries.setQueryData(trpc.auth.me.queryKey(), me)
        router.history.push(safeNext(next))
      },
      onError: (error) => {
        if (readFailure(error).code === 'auth.challenge_ended') onEnded()
      },
    }),
  )
  const failure = finish.error ? readFailure(finish.error) : null
  const wrong = failure?.code === 'auth.second_factor_wrong' ? `${failure.title} ${failure.next}` : undefined
  const others = methods.filter((other) => other !== method)
  return (
    <EntryPage title={text.title} description={text.description[method]} below={text.lost}>
      <Form
        key={method}
        notice={failure && !wrong && <FailureNotice error={finish.error} />}
        errors={{ code: missing ? text.missing[method] : wrong }}
        onSubmit={(values) => {
          const code = String(values.get('code') ?? '').trim()
          setMissing(code === '')
          if (code !== '' && !finish.isPending) finish.mutate({ method, code })
        }}
      >
        <TextField
          label={text.label[method]}
          name="code"
          mono
          autoComplete="one-time-code"
          inputMode={method === 'totp' ? 'numeric' : 'text'}
          autoFocus
        />
        <Button variant="primary" type="submit" wide busy={finish.isPending}>
          {text.submit}
        </Button>
        {others.map((other) => (
          <Button
            key={other}
            variant="quiet"
            wide
            onClick={() => {
              finish.reset()
              setMissing(false)
              choose(other)
            }}
          >
            {text.instead[other]}
          </Button>
        ))}
      </Form>
    </EntryPage>
  )
}
