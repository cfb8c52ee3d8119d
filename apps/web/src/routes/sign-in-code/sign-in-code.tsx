import { getRouteApi, Link } from '@tanstack/react-router'
import type { MailSignInAsked } from '@tollkeeper/shared'
import { useState } from 'react'
import { EntryPage } from '../../shell/entry-page.tsx'
import { textLink } from '../../shell/text-link.ts'
import { AskForCode } from './ask-for-code.tsx'
import { EnterCode } from './enter-code.tsx'
import { keptAttempt } from './kept-attempt.ts'
import { text } from './text.ts'

const route = getRouteApi('/sign-in-code')

export type Attempt = MailSignInAsked & { email: string }

/** Signing in by a mail: the address, then the code from it. Who reads their mail in this tab comes back to the second step. */
export function SignInCode() {
  const { next, email = '' } = route.useSearch()
  const [attempt, setAttempt] = useState<Attempt | null>(() => keptAttempt.read())
  const choose = (chosen: Attempt | null) => {
    keptAttempt.write(chosen)
    setAttempt(chosen)
  }
  return (
    <EntryPage
      title={attempt ? text.enterTitle : text.title}
      description={attempt ? text.sent(attempt.email) : text.body}
      below={
        <>
          {text.rather}{' '}
          <Link to="/sign-in" search={{ next, email: attempt?.email ?? (email || undefined) }} className={textLink}>
            {text.withPassword}
          </Link>
        </>
      }
    >
      {attempt ? (
        <EnterCode key={attempt.attempt} attempt={attempt} next={next} onOther={() => choose(null)} onSentAgain={choose} />
      ) : (
        <AskForCode email={email} onSent={choose} />
      )}
    </EntryPage>
  )
}
