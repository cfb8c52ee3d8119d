import { Link } from '@tanstack/react-router'
import type { Me, PendingSignIn } from '@tollkeeper/shared'
import { Button } from '@tollkeeper/ui'
import { useState } from 'react'
import { readFailure } from '../../api/failure.ts'
import { useArrival } from '../../session/use-arrival.ts'
import { EntryPage } from '../../shell/entry-page.tsx'
import { textLink } from '../../shell/text-link.ts'
import { CodeForm } from './code-form.tsx'
import { PasskeyStep } from './passkey-step.tsx'
import { text } from './text.ts'

interface SecondStepFormProps {
  /** What is offered before another is chosen. */
  first: PendingSignIn['methods'][number]
  methods: PendingSignIn['methods']
  next: string | undefined
  onEnded: () => void
}

/** What becomes of the second step, whichever way it is taken. */
export interface Ending {
  onSuccess: (me: Me) => Promise<void>
  onError: (error: unknown) => void
}

/** One way to take the step, and the way to the others the person has. */
export function SecondStepForm({ first, methods, next, onEnded }: SecondStepFormProps) {
  const { onSuccess } = useArrival(next)
  const [method, choose] = useState(first)
  const ending: Ending = {
    onSuccess,
    onError: (error) => {
      if (readFailure(error).code === 'auth.challenge_ended') onEnded()
    },
  }
  const others = methods
    .filter((other) => other !== method)
    .map((other) => (
      <Button key={other} variant="quiet" wide onClick={() => choose(other)}>
        {text.instead[other]}
      </Button>
    ))
  return (
    <EntryPage
      title={text.title}
      description={text.description[method]}
      below={
        <>
          {text.lost}{' '}
          <Link to="/sign-in" search={{ next }} className={textLink}>
            {text.startOver}
          </Link>
        </>
      }
    >
      {method === 'passkey' ? (
        <PasskeyStep ending={ending} others={others} />
      ) : (
        <CodeForm key={method} method={method} ending={ending} others={others} />
      )}
    </EntryPage>
  )
}
